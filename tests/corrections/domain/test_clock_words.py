"""Spans and weekdays in words."""

import pytest
from django.utils import translation

from corrections.domain.clock_words import amount, span, weekdays_words
from corrections.procedures import Clock, Unit
from newsroom.days import weekdays_in_order

SUNDAY_WEEK = (6, 0, 1, 2, 3)


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
