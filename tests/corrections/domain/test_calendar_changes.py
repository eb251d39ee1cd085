"""A holiday or another working week reaches the open cases: later, never earlier, each move once and on the record."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from corrections import tasks
from corrections.calendar import FRIDAY_AND_SATURDAY, Shift, Week, even_week
from corrections.domain import (
    assignment,
    calendar_changes,
    clocks,
    conversation,
    decisions,
    extensions,
    reader_page,
    site_calendar,
)
from corrections.domain.access import NotAllowed
from corrections.domain.faults import Refused
from corrections.domain.opening import fetch_opened
from corrections.domain.proposal import Proposal
from corrections.domain.site_calendar import NewHoliday
from corrections.models import CalendarChange, Case, Holiday, WorkingWeek
from corrections.procedures import Clock, Unit
from corrections.rules import Actor
from newsroom.models import Article, StaffMember
from tests.corrections.desk.steps import stored
from tests.factories import NOW, as_actor, make_article, make_case, make_staff, put_in_force

DAY = timedelta(days=1)
TUESDAY, WEDNESDAY = date(2025, 2, 18), date(2025, 2, 19)


def declare(administrator: StaffMember, *days: date, now: datetime = NOW) -> int:
    """Adds holidays and lets the clock run."""
    new = [NewHoliday(day, "عطلة", "Holiday") for day in days]
    added = site_calendar.add_holidays(new, actor=as_actor(administrator), now=now)
    calendar_changes.apply_changes(now)
    return added


def set_week(week: Week, *, actor: Actor, now: datetime) -> None:
    """Gives the site another week, by somebody who has seen the one that stands."""
    site_calendar.set_week(week, actor=actor, seen=site_calendar.week_mark(clocks.stored_week()), now=now)


def moves(case: Case) -> int:
    return case.events.filter(happening="deadline_moved").count()


@pytest.mark.django_db
def test_a_declared_holiday_moves_open_cases_once_and_the_reader_sees_the_new_day(
    article: Article, administrator: StaffMember
) -> None:
    case = make_case(article)
    assert declare(administrator, TUESDAY) == 1
    moved = stored(case)
    assert moved.decision_due_at == datetime(2025, 2, 24, 14, tzinfo=UTC)
    assert moved.acknowledge_due_at == datetime(2025, 2, 19, 14, tzinfo=UTC)
    tasks.apply_calendar_changes()
    calendar_changes.apply_changes(NOW + DAY)
    assert (moves(case), CalendarChange.objects.filter(applied_at=None).count()) == (1, 0)
    opened = fetch_opened(case.pk)
    assert opened is not None
    lines = [str(line.text) for line in reader_page.reader_page(opened).timeline]
    assert any("الاثنين 24 شباط 2025" in line for line in lines)


@pytest.mark.django_db
def test_a_holiday_behind_the_promise_moves_nothing(article: Article, administrator: StaffMember) -> None:
    case = make_case(article)
    declare(administrator, date(2025, 2, 24))
    assert (stored(case).decision_due_at, moves(case)) == (case.decision_due_at, 0)


@pytest.mark.django_db
def test_what_is_decided_or_counted_without_the_calendar_stays(
    article: Article, editor: StaffMember, administrator: StaffMember
) -> None:
    decided = make_case(article)
    assignment.claim(decided, actor=as_actor(editor), expected_version=decided.version, now=NOW)
    proposal = Proposal("upheld", "none", "سبب")
    decisions.decide(decided, proposal, actor=as_actor(editor), expected_version=decided.version, now=NOW)
    put_in_force(decide=Clock(8, Unit.CALENDAR_DAYS), acknowledge=Clock(24, Unit.HOURS))
    in_calendar_days = make_case(article, text="كلام آخر")
    declare(administrator, TUESDAY, WEDNESDAY)
    assert [moves(case) for case in (decided, in_calendar_days)] == [0, 0]


@pytest.mark.django_db
def test_a_case_that_was_paused_and_put_off_moves_by_what_was_lost(
    article: Article, editor: StaffMember, administrator: StaffMember
) -> None:
    case, actor = make_case(article), as_actor(editor)
    conversation.ask_reader(case, "سؤال؟", actor=actor, expected_version=case.version, now=NOW)
    conversation.reader_writes(case, "جواب", submission_key="k" * 30, source="192.0.2.1", now=NOW + DAY)
    extensions.extend(case, 2, "سبب", actor=actor, expected_version=case.version, now=NOW + DAY)
    assert case.decision_due_at == datetime(2025, 2, 26, 14, tzinfo=UTC)
    declare(administrator, date(2025, 2, 25), now=NOW + 2 * DAY)
    assert (stored(case).decision_due_at, moves(case)) == (datetime(2025, 2, 27, 14, tzinfo=UTC), 1)
    declare(administrator, date(2025, 2, 27), now=NOW + 3 * DAY)
    assert (stored(case).decision_due_at, moves(case)) == (datetime(2025, 3, 2, 14, tzinfo=UTC), 2)


@pytest.mark.django_db
def test_a_holiday_taken_away_shortens_no_promise(article: Article, administrator: StaffMember) -> None:
    declare(administrator, TUESDAY)
    case = make_case(article)
    assert site_calendar.remove_holiday(TUESDAY, actor=as_actor(administrator)) is True
    calendar_changes.apply_changes(NOW)
    assert (stored(case).decision_due_at, Holiday.objects.count()) == (case.decision_due_at, 0)
    assert make_case(article, text="كلام آخر").decision_due_at < case.decision_due_at


@pytest.mark.django_db
def test_a_shorter_week_moves_promises_and_a_longer_one_none(article: Article, administrator: StaffMember) -> None:
    case, actor = make_case(article), as_actor(administrator)
    set_week(even_week({2, 4, 5}), actor=actor, now=NOW)
    calendar_changes.apply_changes(NOW)
    assert stored(case).decision_due_at == datetime(2025, 2, 24, 14, tzinfo=UTC)
    set_week(even_week(()), actor=actor, now=NOW)
    calendar_changes.apply_changes(NOW)
    assert (stored(case).decision_due_at, moves(case)) == (datetime(2025, 2, 24, 14, tzinfo=UTC), 1)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "shifts",
    [
        (Shift(time(9), time(9)),),
        (Shift(time(17), time(9)),),
        (Shift(time(9), time(13)), Shift(time(12), time(17))),
        (Shift(time(9), time(13)), Shift(time(13), time(17))),
    ],
)
def test_shifts_that_run_into_each_other_are_refused(administrator: StaffMember, shifts: tuple[Shift, ...]) -> None:
    before = WorkingWeek.objects.get().shifts
    with pytest.raises(Refused) as refused:
        set_week((shifts, *even_week(FRIDAY_AND_SATURDAY)[1:]), actor=as_actor(administrator), now=NOW)
    assert [fault.field for fault in refused.value.faults] == ["day0"]
    assert (WorkingWeek.objects.get().shifts, CalendarChange.objects.count()) == (before, 0)


@pytest.mark.django_db
def test_a_week_without_a_working_day_is_refused(administrator: StaffMember) -> None:
    with pytest.raises(Refused):
        set_week(even_week(range(7)), actor=as_actor(administrator), now=NOW)


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["author", "editor", "standards_editor"])
def test_the_calendar_is_the_administrators(role: str) -> None:
    actor = as_actor(make_staff(role))
    with pytest.raises(NotAllowed):
        site_calendar.add_holidays([NewHoliday(TUESDAY, "عطلة", "Holiday")], actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        set_week(even_week(()), actor=actor, now=NOW)
    with pytest.raises(NotAllowed):
        site_calendar.remove_holiday(TUESDAY, actor=actor)
    assert (Holiday.objects.count(), CalendarChange.objects.count()) == (0, 0)


@pytest.mark.django_db
def test_a_holiday_has_a_name_in_both_languages(administrator: StaffMember) -> None:
    with pytest.raises(Refused) as refused:
        site_calendar.add_holidays([NewHoliday(TUESDAY, " ", "Holiday")], actor=as_actor(administrator), now=NOW)
    assert [fault.field for fault in refused.value.faults] == ["name_ar"]


class WhateverTheCalendarBecomes(TestCase):
    """Holidays and weeks that come one after the other, over cases that came in between."""

    @settings(deadline=None, max_examples=40)
    @given(
        st.lists(
            st.tuples(
                st.sampled_from(["holiday", "week", "remove", "case"]),
                st.dates(date(2025, 2, 10), date(2025, 3, 31)),
                st.sets(st.integers(0, 6), max_size=5),
            ),
            min_size=1,
            max_size=6,
        )
    )
    def test_no_promise_becomes_earlier(self, steps: list[tuple[str, date, set[int]]]) -> None:
        article, administrator = make_article(), make_staff("administrator")
        actor = as_actor(administrator)
        promised: dict[int, datetime] = {}
        make_case(article)
        for number, (step, day, weekend) in enumerate(steps):
            moment = NOW + timedelta(hours=number)
            if step == "holiday":
                site_calendar.add_holidays([NewHoliday(day, "عطلة", "Holiday")], actor=actor, now=moment)
            elif step == "remove":
                site_calendar.remove_holiday(day, actor=actor)
            elif step == "week":
                set_week(even_week(weekend), actor=actor, now=moment)
            else:
                make_case(article, now=moment, text=f"نص {number}")
            calendar_changes.apply_changes(moment)
            for case in Case.objects.all():
                assert case.decision_due_at >= promised.get(case.pk, case.decision_due_at)
                promised[case.pk] = case.decision_due_at
