"""The explanation of a date says every day between once, and ends where the clock ends."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from corrections.calendar import Shift, WorkingCalendar
from corrections.explanations import Step, Why, explain, last_day
from corrections.procedures import Clock, Unit, ends_at
from tests.corrections.test_calendar import calendars, holidays_soon, moments, with_holidays_near

DAMASCUS = ZoneInfo("Asia/Damascus")
#: A Thursday at four in the afternoon, before a holiday on the Sunday.
THURSDAY = datetime(2025, 2, 20, 16, tzinfo=DAMASCUS)
SITE = WorkingCalendar(DAMASCUS, holidays=frozenset({date(2025, 2, 23)}))
ONE_DAY = timedelta(days=1)


def test_working_days_are_told_by_weekend_holiday_and_what_was_counted() -> None:
    assert explain(Clock(3, Unit.WORKING_DAYS), SITE, THURSDAY) == [
        Step(Why.FREE, date(2025, 2, 21), date(2025, 2, 22)),
        Step(Why.HOLIDAY, date(2025, 2, 23), date(2025, 2, 23)),
        Step(Why.COUNTED, date(2025, 2, 24), date(2025, 2, 26), 1, 3),
    ]


def test_working_hours_are_told_by_their_stretches() -> None:
    split = (Shift(time(9), time(13)), Shift(time(16), time(19)))
    site = WorkingCalendar(DAMASCUS, week=(split,) * 7)
    assert [(step.starts_at, step.ends_at) for step in explain(Clock(4, Unit.WORKING_HOURS), site, THURSDAY)] == [
        (THURSDAY, THURSDAY + timedelta(hours=3)),
        (datetime(2025, 2, 21, 9, tzinfo=DAMASCUS), datetime(2025, 2, 21, 10, tzinfo=DAMASCUS)),
    ]


@settings(deadline=None)
@given(calendars, st.builds(Clock, st.integers(1, 40), st.sampled_from(Unit)), moments, holidays_soon)
def test_an_explanation_ends_on_the_day_of_the_computed_date(
    calendar: WorkingCalendar, clock: Clock, started_at: datetime, offsets: list[int]
) -> None:
    calendar = with_holidays_near(calendar, started_at.date(), offsets)
    steps = explain(clock, calendar, started_at)
    ends = ends_at(clock, calendar, started_at)
    assert last_day(steps) == calendar.day_of(ends)
    if steps[-1].ends_at:
        assert steps[-1].ends_at.astimezone(UTC) == ends.astimezone(UTC)
    if clock.unit == Unit.WORKING_HOURS:
        worked = [step.ends_at - step.starts_at for step in steps if step.starts_at and step.ends_at]
        assert len(worked) == sum(step.why == Why.STRETCH for step in steps)


@settings(deadline=None)
@given(calendars, st.integers(1, 40), moments, holidays_soon)
def test_an_explanation_in_working_days_says_every_day_once_and_counts_without_a_gap(
    calendar: WorkingCalendar, amount: int, started_at: datetime, offsets: list[int]
) -> None:
    calendar = with_holidays_near(calendar, started_at.date(), offsets)
    steps = explain(Clock(amount, Unit.WORKING_DAYS), calendar, started_at)
    day, counted = calendar.day_of(started_at), 0
    for step in steps:
        assert step.first == day + ONE_DAY
        days = [step.first + number * ONE_DAY for number in range((step.last - step.first).days + 1)]
        assert {calendar.is_working_day(each) for each in days} == {step.why == Why.COUNTED}
        assert {each in calendar.holidays for each in days} <= {step.why == Why.HOLIDAY}
        if step.why == Why.COUNTED:
            assert (step.first_count, step.count) == (counted + 1, counted + len(days))
            counted = step.count
        day = step.last
    assert counted == amount
