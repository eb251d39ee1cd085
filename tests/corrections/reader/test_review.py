"""A review of a decision: once, in its time, with reasons, and never decided by whoever decided first."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from corrections.domain import assignment, conversation, decisions, reviews
from corrections.domain.access import NotAllowed
from corrections.domain.intake import Receipted
from corrections.domain.moves import move_by_staff
from corrections.domain.proposal import Proposal
from corrections.domain.reader_page import reader_page
from corrections.enums import Move
from corrections.models import Case, Decision, Delivery, Event
from newsroom.models import Article, StaffMember
from tests.corrections.reader.pages import hidden_fields, open_case, press, take_up
from tests.factories import NOW, as_actor, submit

MY_CASE, REVIEW = "/ar/my-case/", "/ar/my-case/review/"
REASON = "التقرير الرسمي يقول غير ذلك."


@pytest.fixture(autouse=True)
def on_a_sunday() -> object:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def decide(case: Case, by: StaffMember, reason: str = "لا خطأ في النص.") -> Decision:
    proposal = Proposal("not_upheld", "none", reason)
    return decisions.decide(case, proposal, actor=as_actor(by), expected_version=case.version, now=NOW)


@pytest.fixture
def decided(article: Article, editor: StaffMember) -> Receipted:
    """A correction that an editor has declined."""
    receipted = submit(article, wants_mail=True, address="reader@example.org")
    case = Case.objects.get(pk=receipted.case.pk)
    take_up(case, editor)
    decide(Case.objects.get(pk=case.pk), editor)
    return receipted


@pytest.fixture
def asked(reader: Client, decided: Receipted) -> Case:
    """The same, with a review asked for."""
    open_case(reader, decided)
    press(reader, MY_CASE, REVIEW, reason=REASON)
    return Case.objects.get()


def test_the_page_offers_a_review_with_its_last_day(reader: Client, decided: Receipted) -> None:
    open_case(reader, decided)
    page = " ".join(reader.get(MY_CASE).content.decode().split())
    assert "مرة واحدة، حتى نهاية يوم الأحد 2 آذار 2025." in page


def test_asking_takes_the_case_up_again_with_a_new_clock_and_no_owner(asked: Case) -> None:
    assert (asked.status, asked.review_asked_at, asked.assigned_to, asked.decided_at) == ("in_review", NOW, None, None)
    assert [event.happening for event in Event.objects.order_by("-pk")[:1]] == ["review_asked"]
    assert asked.messages.get(purpose="review").text == REASON
    assert Decision.objects.get().state == "superseded"
    told = Delivery.objects.filter(event__happening="review_asked").values_list("template", flat=True)
    assert set(told) == {"review_received"}


def test_the_reader_sees_the_first_decision_while_the_review_runs(reader: Client, asked: Case) -> None:
    page = reader.get(MY_CASE).content.decode()
    assert "<h1>قيد مراجعة القرار</h1>" in page
    assert ("القرار الأول" in page, "لا خطأ في النص." in page, REASON in page, f'action="{REVIEW}"' in page) == (
        True,
        True,
        True,
        False,
    )


def test_who_decided_first_does_not_decide_the_review(
    asked: Case, editor: StaffMember, second_editor: StaffMember
) -> None:
    with pytest.raises(NotAllowed):
        decide(asked, editor)
    decide(asked, second_editor, "بعد المراجعة.")
    assert [(each.state, each.reason) for each in Decision.objects.order_by("pk")] == [
        ("superseded", "لا خطأ في النص."),
        ("live", "بعد المراجعة."),
    ]


def test_the_desk_says_who_may_not_decide_and_shows_the_first_decision(
    asked: Case, editor: StaffMember, second_editor: StaffMember, signed_in: Callable[[StaffMember], Client]
) -> None:
    address = f"/ar/desk/cases/{asked.year}/{asked.sequence}/"
    pages = [signed_in(member).get(address).content.decode() for member in (editor, second_editor)]
    assert ["/decide/" in page for page in pages] == [False, True]
    assert ["يصدر قرار المراجعة عمن لم يشارك في القرار الأول." in page for page in pages] == [True, False]
    assert ["لا خطأ في النص." in page for page in pages] == [True, True]


def test_neither_signer_of_the_first_decision_decides_or_signs_the_review(
    article: Article, standards_editor: StaffMember, administrator: StaffMember
) -> None:
    case = submit(article, kind="complaint").case
    assignment.claim(case, actor=as_actor(standards_editor), expected_version=case.version, now=NOW)
    decide(case, standards_editor)
    decisions.sign(case, actor=as_actor(administrator), expected_version=case.version, now=NOW)
    reviews.ask(case, REASON, source="192.0.2.7", now=NOW)
    for member in (standards_editor, administrator):
        with pytest.raises(NotAllowed):
            decide(Case.objects.get(), member)


def test_a_review_is_asked_for_once(
    reader: Client, asked: Case, second_editor: StaffMember, decided: Receipted
) -> None:
    assert press(reader, MY_CASE, REVIEW, reason="مرة ثانية").status_code == 303
    decide(asked, second_editor)
    assert reviews.window_ends_at(Case.objects.get()) is None
    press(reader, MY_CASE, REVIEW, reason="مرة ثالثة")
    assert Event.objects.filter(happening="review_asked").count() == 1


@pytest.mark.parametrize(("days", "is_open"), [(13, True), (15, False)])
def test_after_the_window_no_review_is_taken_and_the_words_stay(
    reader: Client, decided: Receipted, on_a_sunday: time_machine.Traveller, days: int, is_open: bool
) -> None:
    on_a_sunday.shift(timedelta(days=days))
    open_case(reader, decided)
    assert (f'action="{REVIEW}"' in reader.get(MY_CASE).content.decode()) == is_open
    fields = {"case": decided.case.number, "reason": REASON}
    answer = press(reader, MY_CASE, REVIEW, **fields)
    assert answer.status_code == (303 if is_open else 409)
    assert is_open or "لم يعد طلب مراجعة هذا القرار متاحًا" in answer.content.decode()
    assert is_open or REASON in answer.content.decode()


def test_a_review_needs_reasons(reader: Client, decided: Receipted) -> None:
    open_case(reader, decided)
    answer = press(reader, MY_CASE, REVIEW, reason=" \u200b ")
    page, sentence = answer.content.decode(), "يلزم ذكر سبب طلب المراجعة"
    assert (answer.status_code, page.count(sentence), page.count("<title>خطأ:")) == (422, 2, 1)
    assert f'<a href="#id_reason">{sentence}</a>' in page
    assert 'aria-invalid="true" aria-describedby="id_reason_error"' in page.split('id="id_reason"')[1].split(">")[0]
    assert Case.objects.get().review_asked_at is None


def test_reasons_written_longer_than_the_case_was_open_are_not_lost(
    reader: Client, decided: Receipted, on_a_sunday: time_machine.Traveller
) -> None:
    open_case(reader, decided)
    fields = hidden_fields(reader.get(MY_CASE).content.decode())
    on_a_sunday.shift(timedelta(hours=2))
    for sent in (fields, {**fields, "csrfmiddlewaretoken": "x" * 64}):
        answer = reader.post(REVIEW, {**sent, "reason": REASON})
        assert (answer.status_code, REASON in answer.content.decode()) == (403, True)
    assert Case.objects.get().review_asked_at is None


def test_an_expired_page_keeps_the_reasons_in_their_field(reader: Client, decided: Receipted) -> None:
    open_case(reader, decided)
    fields = hidden_fields(reader.get(MY_CASE).content.decode())
    answer = reader.post(REVIEW, {**fields, "reason": REASON, "csrfmiddlewaretoken": "x" * 64})
    page = answer.content.decode()
    assert (answer.status_code, f'dir="auto">{REASON}</textarea>' in page) == (403, True)
    assert "انتهت مدة الصفحة" in page
    assert Case.objects.get().review_asked_at is None
    assert reader.post(REVIEW, {**hidden_fields(page), "reason": REASON}).status_code == 303
    assert Case.objects.get().review_asked_at is not None


def test_an_undecided_case_has_nothing_to_review(reader: Client, article: Article) -> None:
    receipted = submit(article)
    open_case(reader, receipted)
    assert REVIEW not in reader.get(MY_CASE).content.decode()
    assert press(reader, MY_CASE, REVIEW, reason=REASON).status_code == 409


def test_no_stranger_asks_for_a_review(decided: Receipted) -> None:
    answer = Client().post(REVIEW, {"case": decided.case.number, "reason": REASON})
    assert (answer.status_code, Case.objects.get().review_asked_at) == (403, None)


def steps_of(case: Case) -> list[tuple[str, str]]:
    with translation.override("en"):
        return [(str(step.name), step.state) for step in reader_page(case).steps]


def test_the_review_is_a_stage_of_its_own_whatever_it_waits_for(asked: Case, second_editor: StaffMember) -> None:
    running = [("Received", "done"), ("First decision", "done"), ("Review", "now"), ("Published", "next")]
    seen = []

    def see() -> None:
        case = Case.objects.get()
        with translation.override("en"):
            seen.append(str(reader_page(case).stage))
        assert steps_of(case) == running

    see()
    guard: dict[str, Any] = {"actor": as_actor(second_editor), "now": NOW}
    conversation.ask_reader(asked, "أي تقرير؟", expected_version=asked.version, **guard)
    see()
    move_by_staff(asked, Move.RESUME, expected_version=asked.version, **guard)
    decisions.decide(
        asked,
        Proposal("upheld", "retraction", "سحب المقال.", notice_text="سُحب."),
        expected_version=asked.version,
        **guard,
    )
    see()
    assert seen == [
        "Decision under review",
        "Decision under review: waiting for your answer",
        "Decision under review: the last check",
    ]


def test_the_decided_review_is_a_step_that_is_done(asked: Case, second_editor: StaffMember) -> None:
    decide(asked, second_editor, "بعد المراجعة.")
    assert steps_of(Case.objects.get()) == [
        ("Received", "done"),
        ("First decision", "done"),
        ("Review", "done"),
    ]


def test_the_desk_lists_reviews_in_a_view_of_their_own_until_they_are_decided(
    asked: Case, second_editor: StaffMember, article: Article, signed_in: Callable[[StaffMember], Client]
) -> None:
    submit(article)
    desk = signed_in(second_editor)
    rows = [desk.get("/ar/desk/", {"view": "reviews"}).context["queue"].rows]
    decide(asked, second_editor, "بعد المراجعة.")
    rows.append(desk.get("/ar/desk/", {"view": "reviews"}).context["queue"].rows)
    assert [[row.pk for row in each] for each in rows] == [[asked.pk], []]


def test_the_queue_and_the_case_say_that_it_is_a_review(
    asked: Case, second_editor: StaffMember, signed_in: Callable[[StaffMember], Client]
) -> None:
    desk = signed_in(second_editor)
    pages = [
        desk.get(path).content.decode() for path in ("/ar/desk/", f"/ar/desk/cases/{asked.year}/{asked.sequence}/")
    ]
    assert [page.count('<span class="flag">مراجعة قرار</span>') for page in pages] == [1, 1]
