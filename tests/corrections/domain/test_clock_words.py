"""Spans and weekdays in words."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from corrections.calendar import WorkingCalendar
from corrections.domain.clock_words import amount, reply_lateness, span, time_left, weekdays_words
from corrections.procedures import Clock, Unit
from newsroom.days import weekdays_in_order

SUNDAY_WEEK = (6, 0, 1, 2, 3)
#: Sunday to Thursday, 9:00 to 17:00, three hours before UTC; 23 February is a holiday.
SITE = WorkingCalendar(ZoneInfo("Asia/Damascus"), holidays=frozenset({date(2025, 2, 23)}))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """A local time in Damascus in February 2025; the 16th is a Sunday."""
    return datetime(2025, 2, day, hour - 3, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("weekend", "first", "last"), [((4, 5), 6, 5), ((5, 6), 0, 6), ((3, 4), 5, 4), ((), 0, 6), (range(7), 0, 6)]
)
def test_the_week_begins_behind_the_weekend(weekend: tuple[int, ...], first: int, last: int) -> None:
    order = weekdays_in_order(weekend)
    assert (order[0], order[-1], sorted(order)) == (first, last, list(range(7)))


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (SUNDAY_WEEK, "الأحد – الخميس"),
        ((4, 5), "الجمعة، السبت"),
        ((0, 2, 3, 4), "الاثنين، الأربعاء – الجمعة"),
        ((0,), "الاثنين"),
        ((), ""),
    ],
)
def test_weekdays_that_follow_each_other_are_a_range(days: tuple[int, ...], words: str) -> None:
    with translation.override("ar"):
        assert weekdays_words(days) == words


@pytest.mark.parametrize(
    ("unit", "alone", "within"),
    [
        (Unit.WORKING_DAYS, "يوما عمل", "يومَي عمل"),
        (Unit.WORKING_HOURS, "ساعتا عمل", "ساعتَي عمل"),
        (Unit.CALENDAR_DAYS, "يومان", "يومين"),
        (Unit.HOURS, "ساعتان", "ساعتين"),
    ],
)
def test_two_of_a_unit_stand_alone_otherwise_than_after_a_preposition(unit: Unit, alone: str, within: str) -> None:
    with translation.override("ar"):
        assert (amount(Clock(2, unit)), span(Clock(2, unit))) == (alone, within)


@pytest.mark.parametrize(
    ("now", "due", "words"),
    [
        (at(16, 9), at(16, 17), "باقٍ 8 ساعات عمل"),
        (at(16, 13, 30), at(16, 17), "باقٍ 3 ساعات عمل"),
        (at(16, 15), at(16, 17), "باقٍ ساعتا عمل"),
        (at(16, 16), at(16, 17), "باقٍ ساعة عمل واحدة"),
        (at(16, 16, 20), at(16, 17), "باقٍ أقل من ساعة عمل"),
        (at(16, 18), at(16, 23), "لم يبقَ وقت عمل"),
        (at(16, 14), at(17, 17), "باقٍ 11 ساعة عمل"),
        (at(20, 16), at(24, 17), "باقٍ 9 ساعات عمل"),
        (at(16, 9), at(18, 17), "باقٍ يوما عمل"),
        (at(16, 9), at(20, 17), "باقٍ 4 أيام عمل"),
    ],
)
def test_what_is_left_is_working_time_by_the_calendar_of_the_site(now: datetime, due: datetime, words: str) -> None:
    with translation.override("ar"):
        assert time_left(SITE, now, due) == words


@pytest.mark.parametrize(
    ("due", "replied", "words"),
    [
        (at(16, 17), at(16, 17), ""),
        (at(16, 12), at(16, 12, 30), "أُرسل الرد الأول متأخرًا"),
        (at(16, 17), at(16, 20), "أُرسل الرد الأول متأخرًا"),
        (at(16, 12), at(16, 15), "أُرسل الرد الأول متأخرًا 3 ساعات عمل"),
        (at(16, 17), at(17, 10), "أُرسل الرد الأول متأخرًا يوم عمل واحدًا"),
        (at(16, 17), at(18, 10), "أُرسل الرد الأول متأخرًا يومَي عمل"),
        (at(20, 17), at(24, 10), "أُرسل الرد الأول متأخرًا يوم عمل واحدًا"),
    ],
)
def test_a_late_first_reply_says_by_how_much_working_time(due: datetime, replied: datetime, words: str) -> None:
    with translation.override("ar"):
        assert reply_lateness(SITE, due, replied) == words
