"""The letters of a decision are shown word for word before it is made."""

import html
import re
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from corrections.domain import assignment, decisions, identity, relations, reviews
from corrections.domain.outcome_letters import letters_of
from corrections.domain.proposal import Proposal
from corrections.enums import Finding, Remedy
from corrections.models import Case, Decision, Delivery, Event
from corrections.notifications.links import token_of
from newsroom.dates import long_date
from newsroom.models import Article, StaffMember
from tests.corrections.domain.test_decisions import corrected
from tests.corrections.notifications.conftest import deliver_all
from tests.factories import NOW, as_actor, make_case, make_staff

pytestmark = pytest.mark.django_db

OUTCOMES = [
    ("correction", Proposal(Finding.UPHELD, Remedy.CORRECTION, "تحققنا", notice_text="الصحيح 1,200.")),
    ("correction", Proposal(Finding.NOT_UPHELD, Remedy.NONE, "الرقم <b>صحيح</b> & مثبت")),
    ("correction", Proposal(Finding.UPHELD, Remedy.RETRACTION, "السبب", notice_text="سُحب المقال.")),
    ("correction", Proposal(Finding.INADMISSIBLE, Remedy.NONE, "السبب", ground="out_of_scope")),
    ("complaint", Proposal(Finding.PARTLY_UPHELD, Remedy.APOLOGY, "السبب", notice_text="نعتذر.")),
    ("complaint", Proposal(Finding.NOT_UPHELD, Remedy.NONE, "السبب")),
]


def of_reader(article: Article, **fields: Any) -> Case:
    """A case whose reader has confirmed the address, as a page has it."""
    case = make_case(article, wants_mail=True, address="reader@example.net", **fields)
    return Case.objects.select_related("identity", "revision", "article").get(pk=case.pk)


def guard(case: Case, member: StaffMember) -> dict[str, Any]:
    return {"actor": as_actor(member), "expected_version": case.version, "now": NOW}


def sent(message: Any, case: Case) -> tuple[str, str, str]:
    """Subject, plain text and HTML of a mail, without the secret of its link and the last day for a review."""
    delivery = Delivery.objects.get(event__case=case, template="decision")
    plain, formatted = message.body, message.alternatives[0][0]
    assert delivery.event
    with translation.override(case.language):
        until = long_date(datetime.fromisoformat(delivery.event.data["review_until"]))
    for known in (token_of(delivery), until):
        plain, formatted = plain.replace(known, "…"), formatted.replace(known, "…")
    return message.subject, plain, formatted


def words(markup: str) -> list[str]:
    return html.unescape(re.sub(r"<[^>]+>", " ", markup)).split()


def decision_of(**fields: Any) -> Decision:
    return Decision(finding="not_upheld", remedy="none", reason="السبب", **fields)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize(("kind", "proposal"), OUTCOMES)
def test_what_was_previewed_is_what_goes_out(
    article: Article, mailoutbox: list[Any], kind: str, proposal: Proposal, language: str
) -> None:
    first, second = make_staff("standards_editor"), make_staff("administrator")
    case = of_reader(article, kind=kind, language=language)
    assignment.claim(case, **guard(case, first))
    deliver_all()
    if proposal.remedy == Remedy.CORRECTION:
        proposal = Proposal(**{**vars(proposal), "content": corrected(article)})
    [previewed] = decisions.preview(case, proposal).letters
    if decisions.decide(case, proposal, **guard(case, first)).state == Decision.State.PROPOSED:
        [before_signing] = letters_of(case, Decision.objects.get())
        assert before_signing == previewed
        decisions.sign(case, **guard(case, second))
    mailoutbox.clear()
    deliver_all()
    [message] = [each for each in mailoutbox if each.to == ["reader@example.net"]]
    letter = previewed.letter
    assert letter
    assert (letter.subject, letter.plain, letter.html) == sent(message, case)
    assert (letter.language, letter.direction) == (language, "rtl" if language == "ar" else "ltr")


def test_the_page_shows_the_words_of_the_html_and_nothing_that_acts(article: Article) -> None:
    [previewed] = letters_of(of_reader(article), decision_of())
    letter = previewed.letter
    assert letter
    assert words(letter.shown_html) == words(letter.html.partition("<body")[2].partition(">")[2])
    assert re.findall(r"<a\b|style=|href|<table|<script", letter.shown_html) == []


def test_joined_readers_are_shown_their_letter_once_for_each_language(article: Article, editor: StaffMember) -> None:
    lead = of_reader(article)
    for language, address in (("ar", "a@example.net"), ("en", "b@example.net"), ("en", "c@example.net"), ("en", "")):
        fields: dict[str, Any] = {"wants_mail": True, "address": address} if address else {}
        joined = make_case(article, language=language, **fields)
        relations.link_duplicate(joined, lead, **guard(joined, editor))
    letters = letters_of(lead, decision_of())
    shown = [(each.language, each.readers, each.is_joined, each.letter is not None) for each in letters]
    assert shown == [("ar", 1, False, True), ("ar", 1, True, True), ("en", 2, True, True), ("en", 1, True, False)]


def test_where_no_letter_goes_the_reason_is_said(article: Article) -> None:
    unconfirmed = make_case(article, wants_mail=True, address="x@example.net", confirmed=False)
    erased = of_reader(article)
    identity.erase(erased, now=NOW)
    cases = [make_case(article), unconfirmed, Case.objects.get(pk=erased.pk)]
    previews = [letters_of(case, decision_of())[0] for case in cases]
    assert [each.letter for each in previews] == [None, None, None]
    assert len({str(each.reason) for each in previews} - {""}) == 3


@pytest.mark.parametrize("number", [3, 300])
def test_the_preview_costs_one_query_however_many_are_joined(article: Article, number: int) -> None:
    lead = of_reader(article)
    joined = [make_case(article) for _each in range(number)]
    Case.objects.filter(pk__in=[case.pk for case in joined]).update(status="duplicate", lead=lead)
    case = Case.objects.select_related("identity", "revision").get(pk=lead.pk)
    with CaptureQueriesContext(connection) as queries:
        letters_of(case, decision_of())
    assert len(queries) == 1


@pytest.mark.parametrize("kind", ["correction", "complaint"])
def test_a_refusal_tells_until_when_a_review_can_be_asked_for_and_by_whom_it_is_decided(
    article: Article, mailoutbox: list[Any], kind: str
) -> None:
    people = [make_staff("standards_editor"), make_staff("administrator"), make_staff("standards_editor")]
    case = of_reader(article, kind=kind)
    assignment.claim(case, **guard(case, people[0]))
    _refuse(case, *people[:2])
    assert "يمكن طلب مراجعة القرار مرة واحدة قبل نهاية يوم" in _told(mailoutbox)
    until = reviews.window_ends_at(case)
    assert until
    with translation.override("ar"):
        assert long_date(until) in _told(mailoutbox)
    reviews.ask(case, "لماذا", source="192.0.2.7", now=NOW)
    case.refresh_from_db()
    mailoutbox.clear()
    _refuse(case, people[2], make_staff("administrator"))
    assert "طلب مراجعة" not in _told(mailoutbox)


def test_the_letter_to_a_joined_reader_offers_the_review_too(
    article: Article, editor: StaffMember, mailoutbox: list[Any]
) -> None:
    lead, joined = of_reader(article), of_reader(article)
    relations.link_duplicate(joined, lead, **guard(joined, editor))
    assignment.claim(lead, **guard(lead, editor))
    decisions.decide(lead, Proposal("not_upheld", "none", "السبب"), **guard(lead, editor))
    until = {
        event.data.get("review_until") for event in Event.objects.filter(happening__in=["decided", "lead_decided"])
    }
    assert len(until - {None}) == 1
    deliver_all()
    assert [mail.body.count("يمكن طلب مراجعة القرار مرة واحدة") for mail in mailoutbox if "قرار" in mail.subject] == [
        1,
        1,
    ]


def _refuse(case: Case, first: StaffMember, second: StaffMember) -> None:
    proposal = Proposal("not_upheld", "none", "السبب", clause_keys=("fairness",))
    if decisions.decide(case, proposal, **guard(case, first)).state == Decision.State.PROPOSED:
        decisions.sign(case, **guard(case, second))
    deliver_all()


def _told(mails: list[Any]) -> str:
    return str([mail.body for mail in mails if mail.to == ["reader@example.net"]][-1])
