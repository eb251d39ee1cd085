"""Dates in the reader's words: the active language's own formats, the house's month names, Latin digits.

Moments are shown in Django's current time zone and must be aware; a naive one raises ValueError.
"""

import re
from datetime import date, datetime

from django.utils import dateformat, formats, timezone
from django.utils.translation import gettext

from newsroom.text import fold_digits

WEEKDAY = "l"
_YEARS = (1900, 2200)
_YEAR_FIRST = re.compile(r"(?P<year>\d{4})[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})", re.ASCII)
_DAY_FIRST = re.compile(r"(?P<day>\d{1,2})[-/.](?P<month>\d{1,2})[-/.](?P<year>\d{4})", re.ASCII)


def read_day(written: str) -> date | None:
    """A day as people here write it, in any digits: 28/11/2026, 28.11.2026 or 2026-11-28. None for anything else: the
    month never comes first, and nobody means other centuries."""
    plain = re.sub(r"[\s\u200e\u200f\u061c]", "", fold_digits(written))
    parts = _DAY_FIRST.fullmatch(plain) or _YEAR_FIRST.fullmatch(plain)
    if parts is None or not _YEARS[0] <= int(parts["year"]) <= _YEARS[1]:
        return None
    try:
        return date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
    except ValueError:
        return None


def long_date(value: date) -> str:
    """As in "الاثنين 17 شباط 2025", "Monday 17 February 2025"."""
    return f"{_weekday(value)} {date_and_year(value)}"


def long_date_and_time(value: datetime) -> str:
    """As in "الاثنين 17 شباط 2025، 13:05", "Monday 17 February 2025, 13:05"."""
    return f"{_weekday(value)} {date_and_time(value)}"


def date_and_year(value: date) -> str:
    """As in "19 شباط 2025", "19 February 2025"."""
    return formats.date_format(_local(value), "DATE_FORMAT")


def date_and_time(value: datetime) -> str:
    """As in "19 شباط 2025، 14:20", "19 February 2025, 14:20"."""
    return formats.date_format(_local(value), "DATETIME_FORMAT")


def month_and_year(value: date) -> str:
    """As in "شباط 2025", "February 2025"."""
    return formats.date_format(_local(value), "YEAR_MONTH_FORMAT")


def day_and_month(value: date) -> str:
    """As in "18 شباط", "18 February"."""
    return formats.date_format(_local(value), "MONTH_DAY_FORMAT")


def weekday_and_date(value: date) -> str:
    """As in "الاثنين 24 شباط", "Monday 24 February": the nearer dates, whose year nobody asks for."""
    return f"{_weekday(value)} {day_and_month(value)}"


def short_moment(value: datetime) -> str:
    """As in "18 شباط، 10:40", "18 February, 10:40"."""
    return gettext("%(day)s, %(time)s") % {"day": day_and_month(value), "time": time_of_day(value)}


def time_of_day(value: datetime) -> str:
    """As in "17:00"."""
    return formats.date_format(_local(value), "TIME_FORMAT")


def exact_time(value: datetime) -> str:
    """As in "14:05:15", for what happens within the minute."""
    return dateformat.format(_local(value), "H:i:s")


def _weekday(value: date) -> str:
    return dateformat.format(_local(value), WEEKDAY)


def _local(value: date) -> date:
    return timezone.localtime(value) if isinstance(value, datetime) else value
