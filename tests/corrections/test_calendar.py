from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrections.calendar import (
    DAYS_OF_WEEK,
    FRIDAY_AND_SATURDAY,
    NoWorkingDay,
    Shift,
    Week,
    WorkingCalendar,
    even_week,
    week_data,
    week_from,
)

DAMASCUS = ZoneInfo("Asia/Damascus")
ISTANBUL = ZoneInfo("Europe/Istanbul")
BERLIN = ZoneInfo("Europe/Berlin")
BEIRUT = ZoneInfo("Asia/Beirut")
SITE = WorkingCalendar(DAMASCUS)
THURSDAY = date(2025, 2, 20)
FRIDAY = date(2025, 2, 21)
SUNDAY = date(2025, 2, 23)
MONDAY = date(2025, 2, 24)

days = st.dates(date(1995, 1, 1), date(2035, 12, 31))
counts = st.integers(0, 30)
spans = st.integers(0, 60).map(lambda number: timedelta(days=number))
#: Moments to the minute, in UTC, over four decades of changes of the hour.
moments = st.datetimes(datetime(1995, 1, 1), datetime(2035, 12, 31)).map(  # noqa: DTZ001 - the zone follows
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=UTC)
)
pauses = st.integers(0, 60 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
zones = st.sampled_from([DAMASCUS, ISTANBUL, BERLIN, BEIRUT])


@st.composite
def day_shifts(draw: st.DrawFn) -> tuple[Shift, ...]:
    """No, one, two or three shifts of one day, in their order and apart from each other."""
    bounds = draw(st.lists(st.times().map(lambda at: at.replace(second=0, microsecond=0)), max_size=6, unique=True))
    bounds.sort()
    pairs = zip(bounds[::2], bounds[1::2], strict=False)
    return tuple(Shift(starts_at, ends_at) for starts_at, ends_at in pairs)


even_weeks = st.sampled_from([FRIDAY_AND_SATURDAY, frozenset({5, 6}), frozenset({4}), frozenset[int]()]).map(even_week)
split_weeks: st.SearchStrategy[Week] = (
    st.lists(day_shifts(), min_size=DAYS_OF_WEEK, max_size=DAYS_OF_WEEK).map(tuple).filter(any)
)
calendars = st.builds(
    WorkingCalendar,
    time_zone=zones,
    week=even_weeks | split_weeks,
    holidays=st.frozensets(days, max_size=8),
)


def local(zone: ZoneInfo, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=zone)  # type: ignore[misc,arg-type]


def with_holidays_near(calendar: WorkingCalendar, day: date, offsets: list[int]) -> WorkingCalendar:
    near = {day + timedelta(days=offset) for offset in offsets}
    return replace(calendar, holidays=calendar.holidays | near)


holidays_soon = st.lists(st.integers(0, 45), max_size=12)


def test_friday_and_saturday_are_the_weekend() -> None:
    week = [date(2025, 2, 17) + timedelta(days=number) for number in range(7)]
    assert [SITE.is_working_day(day) for day in week] == [True, True, True, True, False, False, True]


def test_a_holiday_is_no_working_day() -> None:
    assert replace(SITE, holidays=frozenset({SUNDAY})).is_working_day(SUNDAY) is False


@pytest.mark.parametrize(
    ("start", "count", "expected"),
    [
        (THURSDAY, 1, SUNDAY),
        (FRIDAY, 1, SUNDAY),
        (THURSDAY, 2, MONDAY),
        (SUNDAY, 5, date(2025, 3, 2)),
        (THURSDAY, 0, THURSDAY),
        (FRIDAY, 0, SUNDAY),
    ],
)
def test_the_next_working_day_counts_one(start: date, count: int, expected: date) -> None:
    assert SITE.add_working_days(start, count) == expected


def test_a_negative_count_is_refused() -> None:
    with pytest.raises(ValueError, match="before it is given"):
        SITE.add_working_days(THURSDAY, -1)


def test_a_week_of_weekends_has_no_working_day() -> None:
    with pytest.raises(NoWorkingDay) as raised:
        WorkingCalendar(DAMASCUS, week=even_week(range(7))).add_working_days(THURSDAY, 1)
    assert raised.value.after == THURSDAY


def test_a_year_of_holidays_has_no_working_day() -> None:
    year = frozenset(THURSDAY + timedelta(days=number) for number in range(400))
    with pytest.raises(NoWorkingDay):
        replace(SITE, holidays=year).due_at(local(DAMASCUS, 2025, 2, 20, 9), 1)


def test_a_promise_ends_at_closing_time_in_the_zone_of_the_site() -> None:
    late_on_wednesday_in_utc = datetime(2025, 2, 19, 22, 30, tzinfo=UTC)  # already Thursday in Damascus
    due_at = SITE.due_at(late_on_wednesday_in_utc, 2)
    assert due_at.isoformat() == "2025-02-24T17:00:00+03:00"


def test_a_promise_of_no_days_is_refused() -> None:
    with pytest.raises(ValueError, match="one working day"):
        SITE.due_at(local(DAMASCUS, 2025, 2, 20, 18), 0)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        SITE.due_at(datetime(2025, 2, 20, 9), 1)  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    ("zone", "received_at", "expected"),
    [
        (DAMASCUS, local(DAMASCUS, 2022, 3, 24, 10), "2022-03-27T17:00:00+03:00"),
        (DAMASCUS, local(DAMASCUS, 2021, 10, 28, 10), "2021-10-31T17:00:00+02:00"),
        (ISTANBUL, local(ISTANBUL, 2015, 11, 6, 10), "2015-11-08T17:00:00+02:00"),
        (BERLIN, local(BERLIN, 2025, 3, 28, 10), "2025-03-30T17:00:00+02:00"),
        (BERLIN, local(BERLIN, 2025, 10, 25, 10), "2025-10-26T17:00:00+01:00"),
    ],
)
def test_a_change_of_the_hour_keeps_the_closing_time(zone: ZoneInfo, received_at: datetime, expected: str) -> None:
    assert WorkingCalendar(zone).due_at(received_at, 1).isoformat() == expected


def test_calendar_days_end_with_the_day_and_count_weekends() -> None:
    assert SITE.add_calendar_days(local(DAMASCUS, 2025, 2, 18, 10, 40), 10).isoformat() == ("2025-02-28T23:59:00+03:00")


def test_hours_run_through_a_change_of_the_hour() -> None:
    started_at = local(BERLIN, 2025, 3, 29, 10)
    assert WorkingCalendar(BERLIN).add_hours(started_at, 24).isoformat() == "2025-03-30T11:00:00+02:00"


def test_days_between_leave_out_the_first_and_count_the_last() -> None:
    assert SITE.working_days_between(THURSDAY, MONDAY) == 2
    assert SITE.working_days_between(MONDAY, MONDAY) == 0
    assert SITE.working_days_between(MONDAY, THURSDAY) == 0


def test_a_pause_over_a_weekend_gives_its_working_days_back() -> None:
    due_at = local(DAMASCUS, 2025, 2, 24, 17)
    paused_at, resumed_at = local(DAMASCUS, 2025, 2, 19, 12), local(DAMASCUS, 2025, 2, 23, 9)
    assert SITE.extend_for_pause(due_at, paused_at, resumed_at).isoformat() == "2025-02-26T17:00:00+03:00"


def test_a_pause_within_a_day_changes_nothing() -> None:
    due_at = datetime(2025, 2, 24, 14, tzinfo=UTC)
    paused_at, resumed_at = local(DAMASCUS, 2025, 2, 20, 9), local(DAMASCUS, 2025, 2, 20, 16)
    assert SITE.extend_for_pause(due_at, paused_at, resumed_at) == due_at


@pytest.mark.parametrize(
    ("resumed_at", "expected"),
    [
        (local(DAMASCUS, 2025, 2, 20, 16), "2025-02-20T17:00:00+03:00"),
        (local(DAMASCUS, 2025, 2, 20, 20), "2025-02-23T17:00:00+03:00"),
        (local(DAMASCUS, 2025, 2, 21, 9), "2025-02-23T17:00:00+03:00"),
        (local(DAMASCUS, 2025, 2, 23, 9), "2025-02-23T17:00:00+03:00"),
        (local(DAMASCUS, 2025, 2, 23, 20), "2025-02-24T17:00:00+03:00"),
    ],
)
def test_what_was_due_today_when_the_pause_began_is_not_overdue_when_it_ends(
    resumed_at: datetime, expected: str
) -> None:
    due_at, paused_at = local(DAMASCUS, 2025, 2, 20, 17), local(DAMASCUS, 2025, 2, 20, 10)
    assert SITE.extend_for_pause(due_at, paused_at, resumed_at).isoformat() == expected


def test_what_was_overdue_when_the_pause_began_stays_so() -> None:
    due_at, paused_at = local(DAMASCUS, 2025, 2, 18, 17), local(DAMASCUS, 2025, 2, 19, 10)
    resumed_at = local(DAMASCUS, 2025, 2, 23, 9)
    assert SITE.extend_for_pause(due_at, paused_at, resumed_at).isoformat() == "2025-02-20T17:00:00+03:00"


def test_a_promise_in_hours_that_ends_on_a_free_day_stays_there_after_a_short_pause() -> None:
    due_at = local(DAMASCUS, 2025, 2, 21, 21)
    paused_at, resumed_at = local(DAMASCUS, 2025, 2, 20, 10), local(DAMASCUS, 2025, 2, 20, 11)
    assert SITE.extend_for_pause(due_at, paused_at, resumed_at) == due_at


def test_the_later_promise_stands_also_where_the_hour_is_set_back() -> None:
    before = datetime(2025, 10, 26, 2, 45, tzinfo=BERLIN, fold=0)
    after = datetime(2025, 10, 26, 2, 15, tzinfo=BERLIN, fold=1)
    assert SITE.later_of(before, after) is after
    assert SITE.later_of(after, before) is after


SPLIT = Shift(time(9), time(13)), Shift(time(16), time(19))
#: Split shifts from Sunday to Wednesday, the morning alone on Thursday.
SPLIT_WEEK: Week = (SPLIT, SPLIT, SPLIT, SPLIT[:1], (), (), SPLIT)
SPLIT_SITE = WorkingCalendar(DAMASCUS, week=SPLIT_WEEK)


def test_a_day_ends_with_its_last_shift() -> None:
    received_at = local(DAMASCUS, 2025, 2, 18, 10)
    assert SPLIT_SITE.due_at(received_at, 1).isoformat() == "2025-02-19T19:00:00+03:00"
    assert SPLIT_SITE.due_at(received_at, 2).isoformat() == "2025-02-20T13:00:00+03:00"


@pytest.mark.parametrize(
    ("started_at", "hours", "expected"),
    [
        (local(DAMASCUS, 2025, 2, 18, 10), 3, "2025-02-18T13:00:00+03:00"),
        (local(DAMASCUS, 2025, 2, 18, 10), 4, "2025-02-18T17:00:00+03:00"),
        (local(DAMASCUS, 2025, 2, 18, 14), 1, "2025-02-18T17:00:00+03:00"),
        (local(DAMASCUS, 2025, 2, 18, 21), 8, "2025-02-20T10:00:00+03:00"),
        (local(DAMASCUS, 2025, 2, 20, 12), 2, "2025-02-23T10:00:00+03:00"),
        (local(DAMASCUS, 2025, 2, 21, 12), 7, "2025-02-23T19:00:00+03:00"),
    ],
)
def test_working_hours_run_in_shifts_alone(started_at: datetime, hours: int, expected: str) -> None:
    assert SPLIT_SITE.add_working_hours(started_at, hours).isoformat() == expected


def test_working_hours_count_what_the_clock_really_runs_when_it_is_set_forward() -> None:
    night = WorkingCalendar(BERLIN, week=((Shift(time(0), time(8)),),) * 7)
    assert night.add_working_hours(local(BERLIN, 2025, 3, 30, 0), 7).isoformat() == "2025-03-30T08:00:00+02:00"


def test_a_promise_of_no_hours_is_refused() -> None:
    with pytest.raises(ValueError, match="one hour"):
        SITE.add_working_hours(local(DAMASCUS, 2025, 2, 20, 9), 0)


def test_a_moved_deadline_is_not_cut_short_by_the_time_of_day() -> None:
    thursday_noon = local(DAMASCUS, 2025, 2, 20, 13)
    assert SPLIT_SITE.extend(thursday_noon, 1).isoformat() == "2025-02-23T19:00:00+03:00"
    assert SPLIT_SITE.extend(local(DAMASCUS, 2025, 2, 19, 19), 1).isoformat() == "2025-02-20T19:00:00+03:00"


def test_a_declared_holiday_moves_what_was_due_behind_it_and_nothing_else() -> None:
    received_at, due_at = local(DAMASCUS, 2025, 2, 18, 10), local(DAMASCUS, 2025, 2, 20, 17)
    with_sunday, with_wednesday = (replace(SITE, holidays=frozenset({day})) for day in (SUNDAY, date(2025, 2, 19)))
    assert with_sunday.extend_for_change(due_at, received_at, SITE) == due_at
    assert with_wednesday.extend_for_change(due_at, received_at, SITE).isoformat() == "2025-02-23T17:00:00+03:00"
    assert SITE.extend_for_change(due_at, received_at, with_wednesday) == due_at


@given(even_weeks | split_weeks)
def test_a_week_comes_back_as_it_was_stored(week: Week) -> None:
    assert week_from(week_data(week)) == week


@given(calendars, moments, st.integers(1, 60), holidays_soon, holidays_soon)
def test_a_holiday_never_makes_working_hours_end_earlier(
    calendar: WorkingCalendar, started_at: datetime, hours: int, known: list[int], declared: list[int]
) -> None:
    calendar = with_holidays_near(calendar, started_at.date(), known)
    with_more = with_holidays_near(calendar, started_at.date(), declared)
    assert with_more.add_working_hours(started_at, hours) >= calendar.add_working_hours(started_at, hours)


@given(calendars, moments, st.integers(1, 60), holidays_soon)
def test_working_hours_fill_shifts_to_the_minute(
    calendar: WorkingCalendar, started_at: datetime, hours: int, offsets: list[int]
) -> None:
    calendar = with_holidays_near(calendar, started_at.date(), offsets)
    stretches = [
        (begins.astimezone(UTC), ends.astimezone(UTC)) for begins, ends in calendar.stretches(started_at, hours)
    ]
    assert sum((ends - begins for begins, ends in stretches), timedelta()) == timedelta(hours=hours)
    assert all(calendar.is_working_day(calendar.day_of(begins)) for begins, _ends in stretches)
    assert sorted(stretches) == stretches
    assert stretches[-1][1] == calendar.add_working_hours(started_at, hours).astimezone(UTC)


@given(calendars, moments, st.integers(1, 15), holidays_soon, holidays_soon)
def test_a_change_of_the_calendar_moves_a_promise_as_if_it_had_been_known(
    calendar: WorkingCalendar, received_at: datetime, count: int, known: list[int], declared: list[int]
) -> None:
    calendar = with_holidays_near(calendar, received_at.date(), known)
    with_more = with_holidays_near(calendar, received_at.date(), declared)
    due_at = calendar.due_at(received_at, count)
    moved = with_more.extend_for_change(due_at, received_at, calendar)
    assert moved.date() == with_more.due_at(received_at, count).date()
    assert moved >= max(due_at, with_more.due_at(received_at, count))
    assert calendar.extend_for_change(moved, received_at, with_more) == moved


@given(calendars, moments, st.integers(1, 30))
def test_an_extension_is_always_later_and_more_of_it_never_earlier(
    calendar: WorkingCalendar, due_at: datetime, count: int
) -> None:
    assert due_at < calendar.extend(due_at, count) <= calendar.extend(due_at, count + 1)


@given(calendars, days, counts, holidays_soon)
def test_the_result_is_always_a_working_day(
    calendar: WorkingCalendar, day: date, count: int, offsets: list[int]
) -> None:
    calendar = with_holidays_near(calendar, day, offsets)
    assert calendar.is_working_day(calendar.add_working_days(day, count))


@given(calendars, days, counts, holidays_soon, holidays_soon)
def test_a_holiday_never_makes_a_deadline_earlier(
    calendar: WorkingCalendar, day: date, count: int, known: list[int], declared: list[int]
) -> None:
    calendar = with_holidays_near(calendar, day, known)
    with_more = with_holidays_near(calendar, day, declared)
    assert with_more.add_working_days(day, count) >= calendar.add_working_days(day, count)


@given(calendars, days, counts, counts, holidays_soon)
def test_more_days_never_end_earlier(
    calendar: WorkingCalendar, day: date, count: int, more: int, offsets: list[int]
) -> None:
    calendar = with_holidays_near(calendar, day, offsets)
    assert calendar.add_working_days(day, count + more) >= calendar.add_working_days(day, count)


@given(calendars, days, spans, counts, holidays_soon)
def test_a_later_start_never_ends_earlier(
    calendar: WorkingCalendar, day: date, wait: timedelta, count: int, offsets: list[int]
) -> None:
    calendar = with_holidays_near(calendar, day, offsets)
    assert calendar.add_working_days(day + wait, count) >= calendar.add_working_days(day, count)


@given(calendars, days, counts, holidays_soon)
def test_as_many_days_lie_between_as_were_added(
    calendar: WorkingCalendar, day: date, count: int, offsets: list[int]
) -> None:
    calendar = with_holidays_near(calendar, day, offsets)
    assert calendar.working_days_between(day, calendar.add_working_days(day, count)) in (count, count + 1)
    if count:
        assert calendar.working_days_between(day, calendar.add_working_days(day, count)) == count


@given(calendars, moments, st.integers(1, 30))
def test_every_promise_ends_at_the_local_closing_time_after_the_receipt(
    calendar: WorkingCalendar, received_at: datetime, count: int
) -> None:
    due_at = calendar.due_at(received_at, count)
    day = due_at.date()
    # Where a change of the hour swallows the closing time, the next that there is.
    closes_at = datetime.combine(day, calendar.closes_at(day), tzinfo=calendar.time_zone).astimezone(UTC)
    assert (due_at.astimezone(UTC), due_at.tzinfo) == (closes_at, calendar.time_zone)
    assert due_at > received_at


@given(calendars, moments, moments, pauses)
def test_a_pause_never_makes_a_promise_earlier(
    calendar: WorkingCalendar, due_at: datetime, paused_at: datetime, pause: timedelta
) -> None:
    extended = calendar.extend_for_pause(due_at, paused_at, paused_at + pause)
    assert extended.astimezone(UTC) >= due_at


@given(calendars, moments, st.integers(1, 10), pauses, pauses, holidays_soon)
def test_what_ran_when_the_pause_began_still_runs_when_it_ends(
    calendar: WorkingCalendar,
    received_at: datetime,
    count: int,
    before: timedelta,
    pause: timedelta,
    offsets: list[int],
) -> None:
    calendar = with_holidays_near(calendar, received_at.date(), offsets)
    due_at = calendar.due_at(received_at, count)
    paused_at = min(received_at + before, due_at - timedelta(minutes=1))
    assert calendar.extend_for_pause(due_at, paused_at, paused_at + pause) > paused_at + pause


@given(calendars, moments, st.integers(1, 10), pauses, pauses, pauses, holidays_soon)
def test_two_adjacent_pauses_give_as_much_as_the_whole_or_one_working_day_more(
    calendar: WorkingCalendar,
    received_at: datetime,
    count: int,
    before: timedelta,
    first: timedelta,
    second: timedelta,
    offsets: list[int],
) -> None:
    calendar = with_holidays_near(calendar, received_at.date(), offsets)
    due_at = calendar.due_at(received_at, count)
    paused_at = received_at + before
    cut_at, resumed_at = paused_at + first, paused_at + first + second
    in_two = calendar.extend_for_pause(calendar.extend_for_pause(due_at, paused_at, cut_at), cut_at, resumed_at)
    whole = calendar.extend_for_pause(due_at, paused_at, resumed_at)
    assert in_two >= whole
    assert calendar.working_days_between(whole.date(), in_two.date()) <= 1


@given(calendars, moments, st.integers(1, 10), pauses, pauses, holidays_soon, holidays_soon)
def test_a_holiday_during_a_pause_never_makes_the_recomputed_promise_earlier(
    calendar: WorkingCalendar,
    received_at: datetime,
    count: int,
    before: timedelta,
    pause: timedelta,
    known: list[int],
    declared: list[int],
) -> None:
    """Where the pause begins while the promise still runs: afterwards there is nothing left to shorten."""
    calendar = with_holidays_near(calendar, received_at.date(), known)
    with_more = with_holidays_near(calendar, received_at.date(), declared)
    due_at = calendar.due_at(received_at, count)
    paused_at = min(received_at + before, due_at - timedelta(minutes=1))
    resumed_at = paused_at + pause
    recomputed = with_more.extend_for_pause(with_more.due_at(received_at, count), paused_at, resumed_at)
    assert recomputed >= calendar.extend_for_pause(due_at, paused_at, resumed_at)


@given(st.integers(0, 300 * 24 * 60), st.integers(1, 60))
def test_the_working_time_in_which_a_number_of_working_hours_passes_is_that_number(minutes: int, hours: int) -> None:
    begins = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    assert SITE.working_time_between(begins, SITE.add_working_hours(begins, hours)) == timedelta(hours=hours)
    assert SITE.working_time_between(begins, begins - timedelta(hours=hours)) == timedelta()
