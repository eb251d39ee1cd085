"""Who is at a case: seen by the others for as long as it lasts, and by nobody who may not see the case."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from corrections.domain import presence, retention
from corrections.models import Case, Presence
from newsroom.models import Article, StaffMember
from tests.corrections.desk.steps import HOSTILE, address_of, happenings, now, page_address, stored, text_of
from tests.corrections.desk.test_queue import make_cases
from tests.factories import as_actor, make_staff


@pytest.fixture
def colleague(second_editor: StaffMember, signed_in: Callable[[StaffMember], Client]) -> Client:
    """The browser of another editor, called Salma."""
    StaffMember.objects.filter(pk=second_editor.pk).update(display_name="سلمى")
    return signed_in(second_editor)


def be_at(client: Client, case: Case, doing: str = "viewing") -> Any:
    return client.post(address_of(case, "presence"), {"doing": doing})


def words(response: Any) -> str:
    return " ".join(text_of(response).split())


def test_the_others_at_a_case_are_named_and_oneself_is_not(desk: Client, colleague: Client, case: Case) -> None:
    assert words(be_at(desk, case)) == ""
    assert words(be_at(colleague, case)) != ""
    assert words(be_at(desk, case)) == "في الصفحة الآن: سلمى"
    be_at(colleague, case, "writing")
    assert words(be_at(desk, case)) == "سلمى – كتابة"


def test_the_page_says_who_is_there_without_a_script(desk: Client, colleague: Client, case: Case) -> None:
    be_at(colleague, case, "writing")
    assert "<bdi>سلمى</bdi> – كتابة" in desk.get(address_of(case)).content.decode()
    assert "سلمى – كتابة" not in words(colleague.get(address_of(case)))


def test_to_be_at_a_case_is_no_change_of_it(desk: Client, case: Case) -> None:
    be_at(desk, case, "writing")
    assert (stored(case).version, happenings(case)) == (1, ["received"])


def test_who_goes_away_is_gone_at_once_and_a_dead_browser_after_a_while(
    desk: Client, editor: StaffMember, colleague: Client, case: Case
) -> None:
    be_at(colleague, case)
    be_at(colleague, case, "leaving")
    assert words(be_at(desk, case)) == ""
    be_at(colleague, case)
    Presence.objects.update(seen_at=timezone.now() - timedelta(seconds=46))
    assert words(be_at(desk, case)) == ""
    assert "سلمى – " not in words(desk.get(address_of(case)))
    retention.erase_expired(now())
    assert list(Presence.objects.values_list("staff_member", flat=True)) == [editor.pk]


def test_the_list_says_who_writes_on_which_case(desk: Client, colleague: Client, case: Case, complaint: Case) -> None:
    be_at(colleague, case, "writing")
    row = f'data-here="{case.pk}"'
    page = desk.get(page_address("queue")).content.decode()
    assert page.split(row)[1].split("</p>")[0].count("<bdi>سلمى</bdi> – كتابة") == page.count("<bdi>سلمى</bdi> – ") == 1
    asked = desk.get(page_address("presences"), {"cases": f"{case.pk},{complaint.pk}"}).json()
    assert set(asked) == {str(case.pk)}
    assert "<bdi>سلمى</bdi> – كتابة" in asked[str(case.pk)]


@pytest.mark.parametrize("cases", ["", ",", "x", "1;2", "-1", "\u0661", "9" * 40, "1," * 500])
def test_what_names_no_cases_is_answered_with_nobody(desk: Client, cases: str) -> None:
    assert desk.get(page_address("presences"), {"cases": cases}).json() == {}


def test_nobody_learns_of_a_complaint_about_their_own_article_from_who_is_at_it(
    conflicted: Client, colleague: Client, complaint: Case
) -> None:
    be_at(colleague, complaint, "writing")
    assert conflicted.get(page_address("presences"), {"cases": str(complaint.pk)}).json() == {}
    assert be_at(conflicted, complaint).status_code == 404
    assert Presence.objects.count() == 1


def test_who_may_no_longer_see_a_complaint_is_not_shown_at_it(
    standards_desk: Client, author: StaffMember, complaint: Case
) -> None:
    presence.be_here(complaint, is_writing=True, actor=as_actor(author), now=now())
    StaffMember.objects.filter(pk=author.pk).update(role="editor")
    assert standards_desk.get(address_of(complaint)).context["here"] == []


def test_a_name_is_only_a_name(desk: Client, second_editor: StaffMember, colleague: Client, case: Case) -> None:
    StaffMember.objects.filter(pk=second_editor.pk).update(display_name=HOSTILE)
    be_at(colleague, case)
    page = be_at(desk, case).content.decode()
    assert ("<script" in page, "<img" in page, "alert(1)" in page) == (False, False, True)


def test_the_list_asks_once_for_all_its_rows(desk: Client, colleague: Client, article: Article) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert desk.get(page_address("queue")).status_code == 200
        return len(found)

    make_cases(article, 3)
    few = queries()
    make_cases(article, 22)
    for member in [make_staff("editor") for _each in range(4)]:
        for case in Case.objects.all():
            presence.be_here(case, is_writing=False, actor=as_actor(member), now=now())
    assert queries() == few
