"""Putting a decision off: as often and as far as the procedure allows, said to the reader, never taken back."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from corrections.domain import assignment, conversation, decisions, extensions, reader_page, relations, reviews, undo
from corrections.domain.access import NotAllowed
from corrections.domain.cases import CaseChanged
from corrections.domain.faults import Refused
from corrections.domain.opening import fetch_opened
from corrections.domain.proposal import Proposal
from corrections.models import Case, Delivery, Message
from corrections.notifications.deliver import WITH_EVERYTHING
from corrections.notifications.render import mail_for
from corrections.procedures import Clock, Unit
from newsroom.models import Article, StaffMember
from tests.corrections.desk.steps import address_of, press, stored, text_of
from tests.factories import NOW, as_actor, make_case, put_in_force

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
REASON = "ننتظر وثيقة من البلدية."


def put_off(case: Case, member: StaffMember, amount: int = 2, reason: str = REASON, now: datetime = NOW) -> None:
    extensions.extend(case, amount, reason, actor=as_actor(member), expected_version=case.version, now=now)


def faults_of(case: Case, member: StaffMember, **asked: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        put_off(case, member, **asked)
    return [fault.field for fault in refused.value.faults]


@pytest.fixture
def case(article: Article) -> Case:
    return make_case(article, wants_mail=True, address="reader@example.org")


def test_a_decision_is_put_off_by_working_days_and_the_record_says_from_when_to_when(
    case: Case, editor: StaffMember
) -> None:
    put_off(case, editor)
    assert case.decision_due_at == datetime(2025, 2, 25, 14, tzinfo=UTC)
    event = case.events.get(happening="deadline_extended")
    assert event.data == {
        "from": "2025-02-23T17:00:00+03:00",
        "due": "2025-02-25T17:00:00+03:00",
        "amount": 2,
        "unit": "working_days",
    }
    assert [message.text for message in event.messages.all()] == [REASON]


def test_what_is_late_is_put_off_from_today(case: Case, editor: StaffMember) -> None:
    put_off(case, editor, now=NOW + 30 * DAY)
    assert case.decision_due_at == datetime(2025, 3, 20, 14, tzinfo=UTC)


def test_the_procedure_says_how_often_and_how_far(case: Case, editor: StaffMember) -> None:
    assert faults_of(case, editor, amount=6) == ["amount"]
    assert faults_of(case, editor, amount=0) == ["amount"]
    assert faults_of(case, editor, reason=" \n") == ["reason"]
    put_off(case, editor, amount=5)
    assert faults_of(case, editor, amount=1) == ["amount"]
    assert case.events.filter(happening="deadline_extended").count() == 1


def test_a_later_procedure_gives_a_case_no_more_extensions(case: Case, editor: StaffMember) -> None:
    put_off(case, editor)
    put_in_force(extensions=9, extension=Clock(90, Unit.CALENDAR_DAYS))
    assert faults_of(case, editor, amount=1) == ["amount"]


def test_nothing_is_put_off_while_the_reader_is_asked_or_after_the_decision(case: Case, editor: StaffMember) -> None:
    actor = as_actor(editor)
    conversation.ask_reader(case, "سؤال؟", actor=actor, expected_version=case.version, now=NOW)
    assert faults_of(case, editor) == ["amount"]
    conversation.reader_writes(case, "جواب", submission_key="k" * 30, source="192.0.2.1", now=NOW + DAY)
    decisions.decide(case, Proposal("upheld", "none", "س"), actor=actor, expected_version=case.version, now=NOW + DAY)
    assert faults_of(case, editor) == ["amount"]


def test_a_review_starts_the_count_anew(case: Case, editor: StaffMember, second_editor: StaffMember) -> None:
    put_off(case, editor)
    actor = as_actor(editor)
    assignment.claim(case, actor=actor, expected_version=case.version, now=NOW)
    decisions.decide(case, Proposal("not_upheld", "none", "س"), actor=actor, expected_version=case.version, now=NOW)
    reviews.ask(case, "لماذا", source="192.0.2.7", now=NOW + DAY)
    put_off(case, second_editor)
    assert case.events.filter(happening="deadline_extended").count() == 2


def test_who_may_not_decide_puts_nothing_off(article: Article, editor: StaffMember) -> None:
    complaint = make_case(article, kind="complaint")
    with pytest.raises(NotAllowed):
        put_off(complaint, editor)


def test_of_two_who_put_it_off_at_once_one_does(case: Case, editor: StaffMember, second_editor: StaffMember) -> None:
    mine, theirs = stored(case), stored(case)
    put_off(mine, editor)
    put_in_force(extensions=2)
    with pytest.raises((CaseChanged, Refused)):
        put_off(theirs, second_editor)
    assert case.events.filter(happening="deadline_extended").count() == 1


@pytest.mark.parametrize("late", [False, True])
def test_the_letter_says_the_reason_and_the_new_day(case: Case, editor: StaffMember, late: bool) -> None:
    put_off(case, editor, now=NOW + (30 * DAY if late else 0 * DAY))
    delivery = Delivery.objects.select_related(*WITH_EVERYTHING).get(template="extended")
    mail = mail_for(delivery)
    day = "الخميس 20 آذار 2025" if late else "الثلاثاء 25 شباط 2025"
    assert (REASON in mail.plain, day in mail.plain) == (True, True)
    assert ("لم يصدر القرار في الموعد المعلن" in mail.plain) == late


def test_the_readers_page_shows_the_new_day_and_the_reason(case: Case, editor: StaffMember) -> None:
    put_off(case, editor)
    opened = fetch_opened(case.pk)
    assert opened is not None
    page = reader_page.reader_page(opened)
    assert page.expected_by == datetime(2025, 2, 25, 14, tzinfo=UTC)
    lines = [str(line.text) for line in page.timeline]
    assert f"سبب تمديد مهلة القرار: {REASON}" in lines
    assert any("الثلاثاء 25 شباط 2025" in line for line in lines)


def test_an_editor_puts_it_off_on_the_cases_page(
    case: Case, editor: StaffMember, signed_in: Callable[[StaffMember], Client]
) -> None:
    desk = signed_in(editor)
    refused = press(desk, case, "extend", amount="2", reason="")
    assert refused.status_code == 422
    assert "يلزم ذكر السبب" in text_of(refused)
    nonsense = press(desk, case, "extend", amount="غدا", reason=REASON)
    assert (nonsense.status_code, REASON in text_of(nonsense)) == (422, True)
    stale = press(desk, case, "extend", amount="2", reason=REASON, expected_version=99)
    assert (stale.status_code, REASON in text_of(stale)) == (409, True)
    assert press(desk, case, "extend", amount="2", reason=REASON).status_code == 302
    assert Message.objects.get(purpose="extension").text == REASON


def test_an_extension_is_taken_back_before_its_letter_goes_out_and_not_afterwards(
    case: Case, editor: StaffMember, settings: Settings
) -> None:
    settings.DELIVERY_HOLD_SECONDS = 15
    promised, actor = case.decision_due_at, as_actor(editor)
    put_off(case, editor)
    event = case.events.get(happening="deadline_extended")
    undo.undo(case, event, actor=actor, expected_version=case.version, now=NOW + timedelta(seconds=5))
    assert (stored(case).decision_due_at, extensions.extensions_left(case, list(case.events.all()))) == (promised, 1)
    put_off(case, editor, amount=1)
    Delivery.objects.filter(template="extended").update(status="sent")
    again = case.events.filter(happening="deadline_extended").latest("sequence")
    with pytest.raises(undo.CannotUndo):
        undo.undo(case, again, actor=actor, expected_version=case.version, now=NOW + timedelta(seconds=20))
    assert stored(case).decision_due_at == promised + DAY


def test_the_history_says_to_which_day_a_decision_was_put_off(
    case: Case, editor: StaffMember, signed_in: Callable[[StaffMember], Client]
) -> None:
    put_off(case, editor)
    assert "تمديد مهلة القرار: الثلاثاء 25 شباط" in text_of(signed_in(editor).get(address_of(case)))


def test_a_joined_reader_reads_the_day_of_the_report_that_answers_and_every_later_one(
    case: Case, article: Article, editor: StaffMember
) -> None:
    joined = make_case(article, text="الرقم غير صحيح.", now=NOW - 3 * DAY)
    relations.link_duplicate(joined, case, actor=as_actor(editor), expected_version=joined.version, now=NOW)
    days = [reader_page.reader_page(stored(joined)).expected_by]
    put_off(case, editor)
    page = reader_page.reader_page(stored(joined))
    assert [*days, page.expected_by] == [datetime(2025, 2, 23, 14, tzinfo=UTC), datetime(2025, 2, 25, 14, tzinfo=UTC)]
    assert (page.steps[2].at, stored(joined).decision_due_at) == (page.expected_by, page.expected_by)
    assignment.claim(case, actor=as_actor(editor), expected_version=case.version, now=NOW)
    proposal = Proposal("not_upheld", "none", "السبب")
    decisions.decide(case, proposal, actor=as_actor(editor), expected_version=case.version, now=NOW)
    assert reader_page.reader_page(stored(joined)).expected_by is None


def joined_in(language: str, case: Case, article: Article, editor: StaffMember) -> Case:
    joined = make_case(article, language=language, text="12,000", wants_mail=True, address=f"{language}@example.org")
    relations.link_duplicate(joined, case, actor=as_actor(editor), expected_version=joined.version, now=NOW)
    return joined


def test_joined_readers_get_the_letter_too_each_in_their_language(
    case: Case, article: Article, editor: StaffMember
) -> None:
    joined = {language: joined_in(language, case, article, editor) for language in ("ar", "en")}
    assert faults_of(case, editor) == ["reason_translation"]
    guard: dict[str, Any] = {"actor": as_actor(editor), "expected_version": case.version, "now": NOW}
    extensions.extend(case, 2, REASON, reason_translation="We wait for the council.", **guard)
    said = {"ar": (REASON, "الثلاثاء 25 شباط 2025"), "en": ("We wait for the council.", "Tuesday 25 February 2025")}
    for language, each in joined.items():
        delivery = Delivery.objects.select_related(*WITH_EVERYTHING).get(event__case=each, template="extended")
        mail = mail_for(delivery).plain
        assert (delivery.language, [words in mail for words in said[language]]) == (language, [True, True])
        texts = list(Message.objects.filter(case=each, purpose="extension").values_list("text", flat=True))
        assert texts == [said[language][0]]
        assert stored(each).decision_due_at == case.decision_due_at


def test_an_extension_that_is_taken_back_is_taken_back_for_all(
    case: Case, article: Article, editor: StaffMember, settings: Settings
) -> None:
    settings.DELIVERY_HOLD_SECONDS = 15
    joined = joined_in("ar", case, article, editor)
    before = [stored(each).decision_due_at for each in (case, joined)]
    put_off(case, editor)
    guard: dict[str, Any] = {"actor": as_actor(editor), "expected_version": case.version, "now": NOW}
    undo.undo(case, case.events.get(happening="deadline_extended"), **guard)
    assert [stored(each).decision_due_at for each in (case, joined)] == before
    assert set(Delivery.objects.filter(template="extended").values_list("status", flat=True)) == {"recalled"}
    assert Message.objects.filter(purpose="extension", taken_back_at=None).count() == 0
    assert joined.events.latest("sequence").happening == "undone"


def test_an_extension_that_one_joined_reader_has_been_told_of_stays(
    case: Case, article: Article, editor: StaffMember, settings: Settings
) -> None:
    settings.DELIVERY_HOLD_SECONDS = 15
    joined = joined_in("ar", case, article, editor)
    put_off(case, editor)
    Delivery.objects.filter(event__case=joined, template="extended").update(status="sent", sent_at=NOW, attempt=1)
    due = case.decision_due_at
    guard: dict[str, Any] = {"actor": as_actor(editor), "expected_version": case.version, "now": NOW}
    with pytest.raises(undo.CannotUndo):
        undo.undo(case, case.events.get(happening="deadline_extended"), **guard)
    assert [stored(each).decision_due_at for each in (case, joined)] == [due, due]
    assert Delivery.objects.get(event__case=case, template="extended").status == "pending"


def test_the_form_asks_for_the_other_language_where_reports_are_joined(
    signed_in: Callable[[StaffMember], Client], case: Case, article: Article, editor: StaffMember
) -> None:
    desk = signed_in(editor)
    assert 'name="reason_translation"' not in desk.get(address_of(case)).content.decode()
    joined_in("en", case, article, editor)
    assert 'name="reason_translation"' in desk.get(address_of(case)).content.decode()
    refused = press(desk, case, "extend", amount=2, reason=REASON)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason_translation"])
    press(desk, case, "extend", amount=2, reason=REASON, reason_translation="We wait.")
    assert set(Message.objects.filter(purpose="extension").values_list("text", flat=True)) == {REASON, "We wait."}
