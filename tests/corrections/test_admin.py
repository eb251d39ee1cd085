"""The administration of the desk: cases are only read; clauses and keys are kept here."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.test import Client, RequestFactory
from django.utils import timezone

from corrections.domain import api_tokens
from corrections.models import ApiToken, Case, Clause, Decision, Delivery, Event, Message, Notice
from newsroom.models import Article, StaffMember
from tests.factories import make_case

READ_ONLY = [Case, Event, Message, Decision, Notice, Delivery]
ADMIN = "/en/admin/corrections"


@pytest.fixture
def office(signed_in: Callable[[StaffMember], Client], administrator: StaffMember) -> Client:
    """The administrator's browser."""
    return signed_in(administrator)


@pytest.fixture
def clause(db: None) -> Clause:
    return Clause.objects.get(key="fairness")


@pytest.mark.parametrize("model", READ_ONLY)
def test_cases_and_what_belongs_to_them_are_only_read(
    administrator: StaffMember, rf: RequestFactory, model: type[Any]
) -> None:
    request = rf.get("/")
    request.user = administrator
    page = admin.site._registry[model]
    allowed = (
        page.has_add_permission(request),
        page.has_change_permission(request),
        page.has_delete_permission(request),
    )
    assert (page.has_view_permission(request), allowed) == (True, (False, False, False))


def test_the_pages_of_a_case_open_and_show_no_hash(office: Client, article: Article) -> None:
    case = make_case(article, now=timezone.now(), name="أم سامر", credit="name")
    page = office.get(f"{ADMIN}/case/{case.pk}/change/").content.decode()
    assert (case.number in office.get(f"{ADMIN}/case/").content.decode(), case.receipt_hash in page) == (True, False)
    for name in ("event", "message", "decision", "notice", "delivery"):
        assert office.get(f"{ADMIN}/{name}/").status_code == 200
    assert office.post(f"{ADMIN}/case/{case.pk}/change/", {"status": "closed"}).status_code == 403
    assert office.post(f"{ADMIN}/case/{case.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Case.objects.get(pk=case.pk).status == "new"


@pytest.mark.parametrize("role", ["author", "editor", "standards_editor"])
def test_nobody_but_administrators_opens_the_administration(
    signed_in: Callable[[StaffMember], Client], role: str, article: Article, clause: Clause
) -> None:
    member = StaffMember.objects.create_user("else", password="x" * 12, role=role, is_staff=True, is_superuser=True)
    client = signed_in(member)
    for name in ("case", "clause", "apitoken", "message"):
        assert client.get(f"{ADMIN}/{name}/").status_code == 302
    client.post(f"{ADMIN}/clause/{clause.pk}/change/", {"name_en": "Mine"})
    assert not Clause.objects.filter(name_en="Mine").exists()


def test_an_administrator_who_wrote_the_article_reads_no_complaint_about_it(
    office: Client, administrator: StaffMember, article: Article
) -> None:
    complaint = make_case(article, now=timezone.now(), kind="complaint", text="شكوى على الكاتب.")
    assert complaint.number in office.get(f"{ADMIN}/case/").content.decode()
    article.bylines.update(staff_member=administrator)
    assert complaint.number not in office.get(f"{ADMIN}/case/").content.decode()
    message = Message.objects.get(case=complaint)
    for address in (f"case/{complaint.pk}", f"message/{message.pk}"):
        assert "شكوى على الكاتب." not in office.get(f"{ADMIN}/{address}/change/", follow=True).content.decode()


def test_a_key_is_shown_once_and_stored_only_as_a_hash(office: Client, administrator: StaffMember) -> None:
    form = {"name": "كشوف", "may_write": "on"}
    page = office.post(f"{ADMIN}/apitoken/add/", form, follow=True).content.decode()
    row = ApiToken.objects.get()
    shown = re.findall(rf"{re.escape(row.prefix)}[\w-]{{20,}}", page)
    assert len(shown) == 1
    found = api_tokens.authenticate(shown[0], timezone.now())
    assert (found, row.staff_member, row.may_write) == (row, administrator, True)
    assert shown[0] not in office.get(f"{ADMIN}/apitoken/").content.decode()
    assert not LogEntry.objects.filter(change_message__contains=shown[0]).exists()


def test_nobody_makes_a_key_in_the_name_of_somebody_else(
    office: Client, administrator: StaffMember, standards_editor: StaffMember
) -> None:
    assert "staff_member" not in office.get(f"{ADMIN}/apitoken/add/").content.decode()
    office.post(f"{ADMIN}/apitoken/add/", {"staff_member": standards_editor.pk, "name": "x", "may_write": "on"})
    assert [row.staff_member for row in ApiToken.objects.all()] == [administrator]


def test_a_key_is_not_changed_but_revoked(office: Client, editor: StaffMember) -> None:
    row, key = api_tokens.issue(
        editor, name="كشوف", may_write=False, expires_at=timezone.now().replace(year=2040), now=timezone.now()
    )
    assert office.post(f"{ADMIN}/apitoken/{row.pk}/change/", {"may_write": "on"}).status_code == 403
    office.post(f"{ADMIN}/apitoken/", {"action": "revoke", "_selected_action": [row.pk]})
    assert (api_tokens.authenticate(key, timezone.now()), ApiToken.objects.get().may_write) == (None, False)
