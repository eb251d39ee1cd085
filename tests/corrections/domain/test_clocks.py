"""What the clock does: reminds once, escalates once, ends what nobody answers, erases what was promised."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.sessions.models import Session

from corrections import tasks
from corrections.domain import assignment, conversation, deadlines, decisions, moves, relations, retention, reviews
from corrections.domain.proposal import Proposal
from corrections.models import Budget, Case, DayKey, Delivery, Event, Holiday, Identity
from corrections.procedures import Clock, Unit
from newsroom.models import Article, StaffMember
from tests.factories import NOW, as_actor, make_case, put_in_force

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def said(case: Case) -> list[str]:
    clock = Event.objects.filter(case=case, actor_kind="clock").order_by("sequence")
    return list(clock.values_list("happening", flat=True))


def test_each_promise_is_reminded_of_and_escalated_once(article: Article) -> None:
    case = make_case(article)
    assert case.decision_due_at == datetime(2025, 2, 23, 14, tzinfo=UTC)
    for moment in (NOW + DAY, NOW + 4 * DAY, NOW + 5 * DAY, NOW + 8 * DAY, NOW + 9 * DAY, NOW + 90 * DAY):
        deadlines.watch(moment)
        deadlines.watch(moment)
    assert said(case) == ["first_reply_missed", "deadline_near", "deadline_missed", "deadline_escalated"]


def test_a_missed_deadline_goes_to_the_standards_editors_and_after_a_further_time_to_the_administrators(
    article: Article, standards_editor: StaffMember, administrator: StaffMember
) -> None:
    case = make_case(article)
    told = Delivery.objects.filter(event__case=case, template__startswith="deadline_").exclude(audience="desk")
    deadlines.watch(case.decision_due_at + timedelta(hours=1))
    assert [each.staff_member_id for each in told] == [standards_editor.pk]
    deadlines.watch(case.decision_due_at + 1 * DAY)
    assert told.count() == 1
    deadlines.watch(case.decision_due_at + 3 * DAY)
    deadlines.watch(case.decision_due_at + 30 * DAY)
    assert list(told.order_by("pk").values_list("template", "staff_member")) == [
        ("deadline_missed", standards_editor.pk),
        ("deadline_escalated", administrator.pk),
    ]


def test_a_new_procedure_neither_shortens_nor_lengthens_what_a_case_was_promised(
    article: Article, editor: StaffMember
) -> None:
    case = decided(article, editor)
    put_in_force(appeal_window=Clock(1, Unit.CALENDAR_DAYS), reminder_before=Clock(200, Unit.WORKING_DAYS))
    assert reviews.window_ends_at(case) == datetime(2025, 3, 2, 20, 59, tzinfo=UTC)
    assert deadlines.close_decided(NOW + 13 * DAY) == 0
    waiting = make_case(article, text="كلام آخر")
    assert waiting.procedure_version.version == 2
    deadlines.watch(NOW)
    assert said(waiting) == ["deadline_near"]


def test_a_review_has_a_clock_of_its_own(article: Article, editor: StaffMember) -> None:
    put_in_force(review=Clock(3, Unit.CALENDAR_DAYS))
    case = decided(article, editor)
    reviews.ask(case, "لماذا", source="192.0.2.7", now=NOW + 7 * DAY)
    assert case.decision_due_at == datetime(2025, 2, 26, 20, 59, tzinfo=UTC)


def test_a_changed_kind_brings_the_procedure_of_that_kind(article: Article, standards_editor: StaffMember) -> None:
    put_in_force("complaint", decide=Clock(30, Unit.CALENDAR_DAYS))
    case = make_case(article)
    before, actor = case.decision_due_at, as_actor(standards_editor)
    assignment.change_kind(
        case, "complaint", clause_keys=("fairness",), actor=actor, expected_version=case.version, now=NOW
    )
    assert (case.procedure_version.kind, case.decision_due_at > before) == ("complaint", True)


def test_a_first_reply_in_time_is_not_called_late(article: Article, editor: StaffMember) -> None:
    case = make_case(article)
    conversation.write_to_reader(case, "وصلت", actor=as_actor(editor), expected_version=case.version, now=NOW + DAY)
    deadlines.watch(NOW + 3 * DAY)
    assert said(case) == []


def test_a_held_case_is_watched_like_every_promise(article: Article) -> None:
    case = make_case(article, honeypot="filled")
    deadlines.watch(NOW + 30 * DAY)
    assert (case.status, said(case)) == ("held", ["first_reply_missed", "deadline_missed", "deadline_escalated"])


def test_while_the_reader_is_asked_nothing_is_late_and_the_pause_is_given_back(
    article: Article, editor: StaffMember
) -> None:
    case = make_case(article)
    promised = case.decision_due_at
    conversation.ask_reader(case, "سؤال؟", actor=as_actor(editor), expected_version=case.version, now=NOW + DAY)
    deadlines.watch(NOW + 60 * DAY)
    assert said(case) == []
    conversation.reader_writes(case, "جواب", submission_key="k" * 30, source="192.0.2.1", now=NOW + 8 * DAY)
    assert case.decision_due_at == promised + 7 * DAY


def test_a_question_nobody_answers_ends_and_the_case_goes_on(article: Article, editor: StaffMember) -> None:
    case = make_case(article)
    conversation.ask_reader(case, "سؤال؟", actor=as_actor(editor), expected_version=case.version, now=NOW)
    assert deadlines.end_unanswered(NOW + 9 * DAY) == 0
    assert deadlines.end_unanswered(NOW + 11 * DAY) == 1
    assert deadlines.end_unanswered(NOW + 11 * DAY) == 0
    assert Case.objects.get().status == "in_review"


def test_a_holiday_added_later_never_brings_a_promise_forward(article: Article) -> None:
    before = make_case(article).decision_due_at
    Holiday.objects.create(day=datetime(2025, 2, 18).date(), name_ar="عطلة", name_en="Holiday")  # noqa: DTZ001
    assert make_case(article).decision_due_at > before


def decided(article: Article, editor: StaffMember, **fields: Any) -> Case:
    case = make_case(article, wants_mail=True, address="reader@example.org", **fields)
    assignment.claim(case, actor=as_actor(editor), expected_version=case.version, now=NOW)
    proposal = Proposal("not_upheld", "none", "reason")
    decisions.decide(case, proposal, actor=as_actor(editor), expected_version=case.version, now=NOW)
    return case


def test_decided_cases_close_when_their_window_ends(article: Article, editor: StaffMember) -> None:
    decided(article, editor)
    assert deadlines.close_decided(NOW + 13 * DAY) == 0
    assert deadlines.close_decided(NOW + 16 * DAY) == 1
    assert Case.objects.get().closed_at == NOW + 16 * DAY


def test_many_cases_in_a_long_window_hold_up_none_in_a_short_one(
    article: Article, editor: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deadlines, "BATCH", 2)
    put_in_force(appeal_window=Clock(60, Unit.CALENDAR_DAYS))
    for number in range(3):
        decided(article, editor, text=f"كلام {number}")
    put_in_force(appeal_window=Clock(1, Unit.CALENDAR_DAYS))
    short = [decided(article, editor, text=f"كلام آخر {number}") for number in range(3)]
    assert deadlines.close_decided(NOW + 5 * DAY) == 3
    closed = Case.objects.filter(status="closed").order_by("pk")
    assert list(closed.values_list("pk", flat=True)) == [case.pk for case in short]


def test_names_and_addresses_go_when_the_promised_days_are_over(article: Article, editor: StaffMember) -> None:
    lead = decided(article, editor)
    actor = as_actor(editor)
    joined = make_case(article, wants_mail=True, address="second@example.org", text="كلام آخر")
    relations.link_duplicate(joined, lead, actor=actor, expected_version=joined.version, now=NOW)
    make_case(article, wants_mail=True, address="third@example.org", honeypot="filled")
    open_case = make_case(article, wants_mail=True, address="fourth@example.org", text="كلام ثالث")
    moves.close(lead, actor=actor, expected_version=lead.version, now=NOW)
    assert retention.erase_expired(NOW + 89 * DAY) == 0
    assert retention.erase_expired(NOW + 91 * DAY) == 3
    assert retention.erase_expired(NOW + 91 * DAY) == 0
    kept = Identity.objects.exclude(address_sealed="")
    assert list(kept.values_list("case", flat=True)) == [open_case.pk]


def test_the_keys_of_past_days_are_deleted_with_their_counters(article: Article) -> None:
    make_case(article)
    # How much a network sends, and whether it sent the same words before.
    assert (DayKey.objects.count(), Budget.objects.count()) == (1, 2)
    retention.erase_expired(NOW + 2 * DAY)
    assert (DayKey.objects.count(), Budget.objects.count()) == (0, 0)


def test_ended_sessions_are_cleared_with_the_receipts_in_them(db: None) -> None:
    Session.objects.create(session_key="ended", session_data="", expire_date=NOW)
    tasks.erase_expired()
    assert Session.objects.count() == 0


def test_a_reopened_case_gets_a_new_day_and_not_a_past_one(
    article: Article, editor: StaffMember, standards_editor: StaffMember
) -> None:
    case = decided(article, editor)
    later = NOW + 60 * DAY
    decisions.reopen(case, "سبب", actor=as_actor(standards_editor), expected_version=case.version, now=later)
    assert case.decision_due_at > later


def test_the_number_follows_the_sites_year(article: Article) -> None:
    half_past_one_in_damascus = datetime(2025, 12, 31, 22, 30, tzinfo=UTC)
    assert make_case(article, now=half_past_one_in_damascus).number == "2026/0001"
