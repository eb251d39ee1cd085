"""Days of the site, and days as people write them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.dates import read_day
from newsroom.days import beginning_of, day_of, start_of_week

SOME_DAY = st.dates(date(1900, 1, 1), date(2200, 12, 31))


@pytest.mark.parametrize(
    ("weekend", "starts_on"),
    [({4, 5}, date(2025, 2, 16)), ({5, 6}, date(2025, 2, 17)), ({6}, date(2025, 2, 17)), (set(), date(2025, 2, 17))],
)
def test_the_working_week_begins_behind_the_weekend(weekend: set[int], starts_on: date) -> None:
    for number in range(7):
        assert start_of_week(starts_on + timedelta(days=number), weekend) == starts_on
    assert start_of_week(starts_on + timedelta(days=7), weekend) == starts_on + timedelta(days=7)


def test_a_day_of_the_site_begins_at_its_own_midnight() -> None:
    assert beginning_of(date(2025, 2, 17)).astimezone(UTC) == datetime(2025, 2, 16, 21, 0, tzinfo=UTC)
    assert day_of(datetime(2025, 2, 16, 21, 0, tzinfo=UTC)) == date(2025, 2, 17)


@given(SOME_DAY)
def test_a_day_is_read_as_it_is_written_here(day: date) -> None:
    arabic = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
    for form in ("{:%d/%m/%Y}", "{:%d.%m.%Y}", " {:%Y-%m-%d} ", "\u200f{:%Y/%m/%d}"):
        written = form.format(day)
        assert (read_day(written), read_day(written.translate(arabic))) == (day, day)


@given(st.text(max_size=12))
def test_anything_else_is_no_day(written: str) -> None:
    found = read_day(written)
    assert found is None or 1900 <= found.year <= 2200
