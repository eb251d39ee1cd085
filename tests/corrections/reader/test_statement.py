"""The page behind a statement's link, as the asked person sees it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from corrections.domain import abuse, conversation, testimony
from corrections.models import Case, Statement
from newsroom.config.logs import safe_path
from newsroom.models import Article, StaffMember
from tests.corrections.desk.steps import HOSTILE, fields_in, text_of
from tests.corrections.statements import QUESTION, ask_statement, link_of
from tests.factories import as_actor, make_case

SECRETS = ("canary-text", "canary-name", "canary@example.net", "canary-source", "canary-sought", "canary-proposed")


@pytest.fixture
def complaint(article: Article) -> Case:
    """A complaint about a passage that says everything a reader can say."""
    return make_case(
        article,
        now=timezone.now(),
        kind="complaint",
        text="canary-text",
        sources="canary-source",
        remedy_sought="canary-sought",
        proposed="canary-proposed",
        name="canary-name",
        address="canary@example.net",
        wants_mail=True,
        place="2",
    )


@pytest.fixture
def statement(complaint: Case, standards_editor: StaffMember, author: StaffMember) -> Statement:
    return ask_statement(complaint, standards_editor, author, now=timezone.now())


def test_the_page_shows_what_is_asked_and_of_the_article_and_nothing_of_the_report(
    stranger: Client, statement: Statement, complaint: Case
) -> None:
    for language, due in (("ar", "تُرجى الإجابة"), ("en", "Please answer by")):
        response = stranger.get(link_of(statement, language))
        page = text_of(response)
        for words in (QUESTION, complaint.revision.title, "12,000 أسرة", due):
            assert words in page
        for secret in (*SECRETS, "شكوى", "Complaint:", complaint.number):
            assert secret not in response.content.decode()


def test_opening_the_page_spends_nothing_and_changes_nothing(
    stranger: Client, statement: Statement, row_counts: Callable[[], dict[str, int]]
) -> None:
    before = row_counts()
    for _again in range(3):
        assert stranger.get(link_of(statement)).status_code == 200
        assert stranger.head(link_of(statement)).status_code == 200
    assert row_counts() == before


def test_the_address_leaks_nowhere(stranger: Client, statement: Statement) -> None:
    response = stranger.get(link_of(statement))
    assert {name: response[name] for name in ("Referrer-Policy", "Cache-Control", "X-Robots-Tag")} == {
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store, private",
        "X-Robots-Tag": "noindex, nofollow",
    }
    assert safe_path(link_of(statement)) == "/ar/statement/…/"
    assert response.cookies == {}


def test_a_statement_is_sent_without_signing_in_without_a_cookie_and_shown_again_to_be_amended(
    reader: Client, statement: Statement
) -> None:
    address = link_of(statement)
    response = reader.post(address, {"seen": "0", "text": "راجعت التقرير.\n\nوهذا نصه."})
    assert (response.status_code, response["Location"]) == (303, address)
    page = reader.get(address).content.decode()
    assert (fields_in(page, "text"), fields_in(page, "seen")) == (["راجعت التقرير.\n\nوهذا نصه."], ["1"])
    assert reader.post(address, {"seen": "1", "text": "نص آخر"}).status_code == 303
    statement.refresh_from_db()
    assert (statement.text, statement.version) == ("نص آخر", 2)


def test_a_second_press_of_the_same_button_sends_it_once(reader: Client, statement: Statement) -> None:
    for _again in range(2):
        assert reader.post(link_of(statement), {"seen": "0", "text": "مرة"}).status_code == 303
    statement.refresh_from_db()
    assert (statement.version, statement.case.events.filter(happening="statement_given").count()) == (1, 1)


@pytest.mark.parametrize("typed", ["", "  \u200b", "س" * 12_001])
def test_words_to_mend_stand_beside_the_field_and_nothing_typed_is_lost(
    reader: Client, statement: Statement, typed: str
) -> None:
    response = reader.post(link_of(statement), {"seen": "0", "text": typed})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["text"]
    assert fields_in(response.content.decode(), "text") == [typed]
    statement.refresh_from_db()
    assert statement.version == 0


def test_who_was_overtaken_sees_the_other_text_and_keeps_the_own(reader: Client, statement: Statement) -> None:
    reader.post(link_of(statement), {"seen": "0", "text": "الأول"})
    response = reader.post(link_of(statement), {"seen": "0", "text": "الثاني"})
    page = response.content.decode()
    assert (response.status_code, fields_in(page, "text"), fields_in(page, "seen")) == (409, ["الثاني"], ["1"])
    assert "الأول" in page
    assert reader.post(link_of(statement), {"seen": "1", "text": "الثاني"}).status_code == 303


def test_a_dead_link_gives_the_typed_words_back(
    reader: Client, statement: Statement, complaint: Case, standards_editor: StaffMember
) -> None:
    address = link_of(statement)
    complaint.refresh_from_db()
    testimony.withdraw(
        complaint,
        statement.pk,
        actor=as_actor(standards_editor),
        expected_version=complaint.version,
        now=timezone.now(),
    )
    for dead in (address, address.replace("/statement/", "/statement/x")):
        assert reader.get(dead).status_code == 404
        response = reader.post(dead, {"seen": "0", "text": "كلمات كتبتها"})
        assert (response.status_code, "كلمات كتبتها" in response.content.decode()) == (404, True)


def test_a_dead_and_a_wrong_link_look_the_same(reader: Client, statement: Statement, complaint: Case) -> None:
    address = link_of(statement, "en")
    Case.objects.filter(pk=complaint.pk).update(status="decided", decided_at=timezone.now())
    pages = [reader.get(each).content.decode() for each in (address, address.replace("/statement/", "/statement/y"))]
    assert pages[0] == pages[1].replace("/statement/y", "/statement/")


def test_what_is_late_can_still_be_given(reader: Client, statement: Statement) -> None:
    Statement.objects.filter(pk=statement.pk).update(due_at=timezone.now() - timedelta(days=1))
    assert "ولا يزال تقديمها ممكنًا" in text_of(reader.get(link_of(statement)))
    assert reader.post(link_of(statement), {"seen": "0", "text": "متأخرة"}).status_code == 303


def test_too_many_tries_lose_no_word(reader: Client, statement: Statement, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(abuse, "GIVE_STATEMENT", abuse.Allowance("give statement", 0, 3600))
    response = reader.post(link_of(statement), {"seen": "0", "text": "كلمات"})
    assert (response.status_code, fields_in(response.content.decode(), "text")) == (429, ["كلمات"])
    assert int(response["Retry-After"]) > 0


@pytest.mark.parametrize("seen", ["", "-1", "1e9", "x", "9" * 400])
def test_a_bent_form_is_answered_calmly(reader: Client, statement: Statement, seen: str) -> None:
    reader.post(link_of(statement), {"seen": "0", "text": "الأول"})
    assert reader.post(link_of(statement), {"seen": seen, "text": "الثاني"}).status_code == 409
    assert reader.post(link_of(statement)).status_code == 422


def test_hostile_words_stay_words(
    reader: Client, complaint: Case, standards_editor: StaffMember, author: StaffMember
) -> None:
    statement = ask_statement(complaint, standards_editor, author, question=HOSTILE, now=timezone.now())
    reader.post(link_of(statement), {"seen": "0", "text": HOSTILE})
    page = reader.get(link_of(statement)).content.decode()
    assert ("<script>alert" in page, "<img src=x" in page, page.count("alert(1)")) == (False, False, 2)


def test_the_author_signed_in_sees_the_complaint_by_this_page_alone(
    signed_in: Callable[[StaffMember], Client], statement: Statement, author: StaffMember, complaint: Case
) -> None:
    StaffMember.objects.filter(pk=author.pk).update(role="editor")
    browser = signed_in(author)
    assert browser.get(link_of(statement)).status_code == 200
    desk = f"/ar/desk/cases/{complaint.year}/{complaint.sequence}/"
    assert [browser.get(desk + place).status_code for place in ("", "statements/", "decide/")] == [404, 404, 404]


def test_the_page_costs_one_query(stranger: Client, statement: Statement, standards_editor: StaffMember) -> None:
    address = link_of(statement)
    case = statement.case
    for number in range(20):
        case.refresh_from_db()
        actor = as_actor(standards_editor)
        conversation.add_note(case, f"{number}", actor=actor, expected_version=case.version, now=timezone.now())
    with CaptureQueriesContext(connection) as queries:
        stranger.get(address)
    assert len(queries) == 1


def test_the_link_of_somebody_whose_account_was_closed_is_dead_until_it_is_opened_again(
    stranger: Client, statement: Statement, author: StaffMember
) -> None:
    StaffMember.objects.filter(pk=author.pk).update(is_active=False)
    answers = [stranger.get(link_of(statement)), stranger.post(link_of(statement), {"seen": "0", "text": "كلام"})]
    statement.refresh_from_db()
    assert ([answer.status_code for answer in answers], statement.text) == ([404, 404], "")
    StaffMember.objects.filter(pk=author.pk).update(is_active=True)
    assert stranger.get(link_of(statement)).status_code == 200
