"""Dates in the reader's words, in both languages."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from newsroom import dates

MONDAY = datetime(2025, 2, 17, 10, 5, tzinfo=UTC)

WORDS = [
    (dates.long_date, "الاثنين 17 شباط 2025", "Monday 17 February 2025"),
    (dates.long_date_and_time, "الاثنين 17 شباط 2025، 13:05", "Monday 17 February 2025, 13:05"),
    (dates.date_and_year, "17 شباط 2025", "17 February 2025"),
    (dates.date_and_time, "17 شباط 2025، 13:05", "17 February 2025, 13:05"),
    (dates.month_and_year, "شباط 2025", "February 2025"),
    (dates.day_and_month, "17 شباط", "17 February"),
    (dates.weekday_and_date, "الاثنين 17 شباط", "Monday 17 February"),
    (dates.short_moment, "17 شباط، 13:05", "17 February, 13:05"),
    (dates.time_of_day, "13:05", "13:05"),
]


@pytest.mark.parametrize(("words", "arabic", "english"), WORDS)
def test_a_moment_is_said_in_the_readers_language(words: Callable[[datetime], str], arabic: str, english: str) -> None:
    with timezone.override("Asia/Damascus"):
        with translation.override("ar"):
            assert words(MONDAY) == arabic
        with translation.override("en"):
            assert words(MONDAY) == english


def test_a_day_without_a_time_is_not_moved_by_the_time_zone() -> None:
    with timezone.override("Pacific/Honolulu"), translation.override("en"):
        assert dates.long_date(date(2025, 2, 17)) == "Monday 17 February 2025"


def test_a_moment_falls_on_the_day_of_the_site() -> None:
    with timezone.override("Asia/Damascus"), translation.override("en"):
        assert dates.day_and_month(datetime(2025, 2, 17, 22, 30, tzinfo=UTC)) == "18 February"


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        dates.short_moment(datetime(2025, 2, 17, 10, 5))  # noqa: DTZ001


@given(st.dates(min_value=date(1900, 1, 1)))
def test_arabic_dates_have_latin_digits_and_no_comma(day: date) -> None:
    with translation.override("ar"):
        said = dates.long_date(day)
    assert [word for word in said.split() if word.isdecimal() and word.isascii()] == [
        str(day.day),
        str(day.year),
    ]
    assert not set("،,/-") & set(said)
