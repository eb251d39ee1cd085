"""What went wrong in others' desks and must stay impossible here, each test named after its sentence.

Those that are promises of a calculation or of the readers' side stand with it, under the same kind of name: a holiday
(tests/corrections/test_calendar.py), the same form sent twice (reader/test_submission.py), a second tab
(reader/test_my_case.py), two editors (domain/test_two_editors.py), what a client writes into a header
(test_second_factor.py), bulk actions (test_bulk.py), logs (test_staff.py and newsroom/config/test_logs.py).
"""

import csv
import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.contrib import admin
from django.db import OperationalError, connection
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from pytest_django import Settings

from corrections.domain import abuse
from corrections.models import Case, Decision, Delivery, Notice, Statement
from corrections.notifications.deliver import deliver_due
from corrections.notifications.links import token_of
from newsroom import articles
from newsroom.articles import latest_revision
from newsroom.models import Article, Revision, Section, StaffMember
from tests.corrections.desk.steps import address_of, fields_in, happenings, now, press, stored, text_of
from tests.corrections.desk.test_access import everything, stored_sessions
from tests.corrections.desk.test_decide import send
from tests.corrections.reader.pages import fill_correction
from tests.corrections.statements import ask_statement, link_of
from tests.factories import make_case, make_staff

MACHINES_MARK = ("=", "+", "-", "@", "\t", "\r")


@contextmanager
def broken(table: str) -> Iterator[None]:
    """A database that dies when something is written into a table."""

    def die(execute: Any, sql: str, *rest: Any) -> Any:
        if sql.startswith(f'INSERT INTO "{table}"'):
            raise OperationalError("the server closed the connection unexpectedly")
        return execute(sql, *rest)

    with connection.execute_wrapper(die):
        yield


@pytest.fixture
def links(complaint: Case, standards_editor: StaffMember, author: StaffMember, article: Article) -> list[str]:
    """The signed links of three mails: to a statement, to one's own case, to the confirmation of an address."""
    statement: Statement = ask_statement(complaint, standards_editor, author, now=now())
    make_case(article, now=now(), address="first@example.org", wants_mail=True, confirmed=False)
    return [
        link_of(statement, "ar"),
        *(f"/ar/open/{token_of(each)}/" for each in Delivery.objects.filter(audience="reader")),
    ]


def test_a_plain_get_closes_no_case_and_spends_no_token(
    desk: Client, stranger: Client, case_in_review: Case, links: list[str]
) -> None:
    send(desk, case_in_review)
    closing = [address_of(case_in_review, name) for name in ("close", "undo", "reopen", "decide")]
    before = everything(), stored_sessions()
    for client, address in [*((desk, address) for address in closing), *((stranger, link) for link in links)]:
        for _scanner in range(2):
            client.get(address)
            client.head(address)
    assert (everything(), stored_sessions()) == before
    assert all("<form" in stranger.get(link).content.decode() for link in links)


def test_an_anonymous_post_sets_no_status_no_outcome_and_no_other_internal_field(
    reader: Client, article: Article
) -> None:
    path = f"/ar/{article.pk}/correction/"
    internal = {"status": "closed", "finding": "upheld", "remedy": "correction", "severity": "safety", "version": "9"}
    further = {"assigned_to": "1", "received_at": "2020-01-01", "decided_at": "2020-01-01", "lead": "1", "year": "1999"}
    answer = reader.post(path, {**fill_correction(reader, path), **internal, **further})
    assert answer.status_code == 303
    case = Case.objects.get()
    assert (case.status, case.severity, case.version, case.assigned_to, case.lead, case.decided_at) == (
        *("new", "", 1, None, None, None),
    )
    assert (case.year, now() - case.received_at < timedelta(minutes=5)) == (now().year, True)
    assert Decision.objects.count() == 0


def test_a_mail_goes_out_on_a_transition_and_on_no_save(
    desk: Client, case: Case, mailoutbox: list[Any], settings: Settings
) -> None:
    settings.DELIVERY_HOLD_SECONDS = 0
    deliver_due(100, now)
    mailoutbox.clear()
    press(desk, case, "claim")
    for severity in ("serious", "minor", "serious"):
        press(desk, case, "severity", severity=severity)
    for words in ("ملاحظة أولى", "ملاحظة ثانية"):
        press(desk, case, "note", text=words)
    desk.post(address_of(case, "keep_draft", form="text"), {"text": "مسودة", "expected_version": stored(case).version})
    press(desk, case, "snooze", until=f"{now() + timedelta(days=3):%d/%m/%Y}")
    stored(case).save()
    deliver_due(100, now)
    assert [message.to for message in mailoutbox] == []
    press(desk, case, "ask", text="ما المصدر؟")
    stored(case).save()
    deliver_due(100, now)
    deliver_due(100, now)
    assert [message.to for message in mailoutbox] == [["reader@example.org"]]


def test_no_public_page_offers_a_reply_that_ends_at_a_sign_in(
    desk: Client, stranger: Client, case_in_review: Case, article: Article
) -> None:
    send(desk, case_in_review)
    waiting, seen, forms = [f"/ar/{article.pk}/", "/ar/", "/ar/corrections/"], set(), 0
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        seen.add(path)
        answer = stranger.get(path, follow=True)
        assert "sign-in" not in (answer.redirect_chain[-1][0] if answer.redirect_chain else path), path
        assert answer.status_code == 200, path
        page = answer.content.decode("utf-8", "replace") if "html" in answer["Content-Type"] else ""
        forms += page.count("<form")
        targets = re.findall(r'(?:href|action)="(/[^"#?]*)', page)
        waiting += [target for target in targets if not urlsplit(target).path.startswith(("/static/", "/media/"))]
    assert {path for path in seen if "/desk/" in path or "/admin/" in path} == set()
    assert {f"/ar/{article.pk}/correction/", f"/ar/{article.pk}/complaint/", f"/ar/{article.pk}/follow/"} <= seen
    assert forms > 3


def test_sent_stands_on_no_page_before_it_is(desk: Client, reader: Client, article: Article, case: Case) -> None:
    desk.raise_request_exception = reader.raise_request_exception = False
    path = f"/ar/{article.pk}/correction/"
    fields = fill_correction(reader, path)
    with broken("corrections_delivery"):
        report = reader.post(path, fields, follow=True)
        message = press(desk, case, "message", text="وصلنا بلاغكم.")
    assert (report.status_code, message.status_code) == (500, 500)
    for answer in (report, message):
        assert not re.search("أُرسل|وصل ", text_of(answer)), text_of(answer)
    assert (Case.objects.count(), happenings(case)) == (1, ["received"])
    # What is written down waits for its letter, which can be taken back until then.
    page = text_of(desk.get(press(desk, case, "message", text="وصلنا بلاغكم.")["Location"]))
    assert Delivery.objects.get(event__case=case, template="message").status == "pending"
    assert ("موعد الإرسال الساعة" in page, bool(re.search("أُرسل(ت)? ", page))) == (True, False)


def test_the_client_gives_no_date_to_a_correction_and_deletes_none_without_a_trace(
    desk: Client, case_in_review: Case, article: Article, administrator: StaffMember, signed_in: Callable[..., Client]
) -> None:
    dates = dict.fromkeys(
        ("published_at", "decided_at", "created_at", "revised_at", "date", "now"), "2020-01-01T00:00:00Z"
    )
    send(desk, case_in_review, **dates)
    notice, revision = Notice.objects.get(), Revision.objects.latest("pk")
    for moment in (notice.published_at, Decision.objects.get().decided_at, revision.made_at):
        assert isinstance(moment, datetime)
        assert now() - moment < timedelta(minutes=5)
    office = signed_in(administrator)
    for model in (Notice, Decision, Revision):
        if model in admin.site._registry:
            address = reverse(f"admin:{model._meta.label_lower.replace('.', '_')}_delete", args=[1])
            assert office.post(address, {"post": "yes"}).status_code in (403, 404)
    undoing = fields_in(desk.get(address_of(case_in_review)).content.decode(), "step")
    press(desk, case_in_review, "undo", step=undoing[0])
    assert (Notice.objects.count(), Notice.objects.get().text) == (1, notice.text)
    assert happenings(case_in_review)[-1] == "undone"
    assert Revision.objects.filter(article=article).count() == 3


def test_an_articles_author_edits_no_correction_to_it(
    conflicted: Client, case: Case, desk: Client, article: Article, author: StaffMember
) -> None:
    for role in ("author", "editor", "standards_editor", "administrator"):
        StaffMember.objects.filter(pk=author.pk).update(role=role)
        assert send(conflicted, case).status_code in (302, 403, 404, 422), role
    press(desk, case, "claim")
    send(desk, case)
    before = Notice.objects.values().get(), latest_revision(Article.objects.get(pk=article.pk)).number
    for name in ("undo", "reopen", "close", "decide"):
        conflicted.post(address_of(case, name), {"expected_version": stored(case).version, "step": 3, "reason": "لا"})
    assert (Notice.objects.values().get(), latest_revision(Article.objects.get(pk=article.pk)).number) == before


def test_a_flood_of_reports_closes_the_door_for_nobody_else(article: Article) -> None:
    path, flood, other = f"/ar/{article.pk}/correction/", Client(REMOTE_ADDR="198.51.100.7"), Client()
    for _report in range(abuse.SUBMIT.count):
        abuse.spend(abuse.SUBMIT, "198.51.100.7", now())
    assert flood.post(path, fill_correction(flood, path)).status_code == 429
    assert other.post(path, fill_correction(other, path)).status_code == 303
    assert Case.objects.count() == 1


@pytest.mark.parametrize("export", ["figures_csv", "cases_csv"])
def test_no_cell_of_an_export_starts_a_formula(standards_desk: Client, export: str) -> None:
    author = make_staff("author")
    for mark in MACHINES_MARK:
        content = articles.Content(title=f"{mark}HYPERLINK(1)", standfirst="", body="<p>نص</p>")
        draft = articles.ArticleDraft(
            language="ar",
            section=Section.objects.create(slug=f"section-{ord(mark)}", name_ar=f"{mark}قسم", name_en=f"{mark}section"),
            content=content,
            bylines=[],
        )
        article = articles.publish(draft, by=author, origin=Revision.Origin.NEWSROOM, published_at=now())
        make_case(article, now=now(), text=f"{mark}cmd|' /C calc'!A1")
    answer = standards_desk.get(
        reverse(f"desk:{export}"), {"first": "1/1/2020", "last": f"{localdate(now()):%d/%m/%Y}"}
    )
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig"))))
    assert len(rows) > len(MACHINES_MARK)
    assert [cell for row in rows for cell in row if cell.startswith(MACHINES_MARK)] == []
