"""Fields for days, times and numbers as they are typed here: with either digits, the day before the month and never
the other way round."""

import re
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from corrections.calendar import Shift
from newsroom.text import clean_line, fold_digits, isolated

_DAY_FORMATS = ("%d/%m/%Y", "%Y/%m/%d", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")
_BETWEEN_TIMES = re.compile(r"\s*(?:[-–—]|إلى|to)\s*")
_BETWEEN_SHIFTS = re.compile(r"\s*[,،;؛]\s*|\s+(?:and|و)\s*(?=\d)")
_TIME = re.compile(r"(\d{1,2})(?:[:.٫](\d{2}))?")
#: Kept together, for a range of hours is turned around in Arabic text.
EXAMPLE = isolated("9:00-13:00, 16:00-19:00")
FIRST_YEAR = 2000
LAST_YEAR = 2200


def typed(value: object) -> str:
    """What was typed, on one line and in digits that everybody reads."""
    return fold_digits(clean_line(str(value or "")))


def read_time(words: str) -> time:
    """The time of day that somebody means: 9, 9:00, 09.00. Raises ValueError."""
    found = _TIME.fullmatch(words)
    if found is None:
        raise ValueError(words)
    return time(int(found[1]), int(found[2] or 0))


def read_shifts(words: str) -> tuple[Shift, ...]:
    """The shifts that somebody means: 9:00-13:00, 16:00-19:00; none for nothing. Raises ValueError."""
    shifts = []
    for part in filter(None, _BETWEEN_SHIFTS.split(words)):
        starts_at, ends_at = _BETWEEN_TIMES.split(part)
        shifts.append(Shift(read_time(starts_at), read_time(ends_at)))
    return tuple(shifts)


def show_shifts(shifts: tuple[Shift, ...]) -> str:
    """Shifts as `read_shifts` reads them."""
    return ", ".join(f"{shift.starts_at:%H:%M}-{shift.ends_at:%H:%M}" for shift in shifts)


class _Typed(forms.CharField):
    """A line of Latin order, with the hint that shows how it is written."""

    def __init__(self, **settings: Any) -> None:
        widget = forms.TextInput(attrs={"dir": "ltr", "autocomplete": "off"})
        super().__init__(**{"required": False, "max_length": 200, "widget": widget, **settings})


class DayField(_Typed):
    """A day: 25/12/2026 or 2026/12/25."""

    def clean(self, value: object) -> date:
        """The day. Raises ValidationError."""
        words = typed(value)
        for form in _DAY_FORMATS:
            try:
                day = datetime.strptime(words, form).date()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
            if FIRST_YEAR <= day.year <= LAST_YEAR:
                return day
        raise forms.ValidationError(_("Give a day such as 25/12/2026: the day, the month, the year"))


class TimeField(_Typed):
    """A time of day: 16:00."""

    def clean(self, value: object) -> time:
        """The time. Raises ValidationError."""
        try:
            return read_time(typed(value))
        except ValueError:
            raise forms.ValidationError(_("Give a time such as 16:00")) from None


class OptionalDayField(DayField):
    """A day, or nothing."""

    def clean(self, value: object) -> date | None:  # type: ignore[override]  # nothing is an answer here
        """The day, None for nothing. Raises ValidationError."""
        return super().clean(value) if typed(value) else None


class OptionalTimeField(TimeField):
    """A time of day, or nothing."""

    def clean(self, value: object) -> time | None:  # type: ignore[override]  # nothing is an answer here
        """The time, None for nothing. Raises ValidationError."""
        return super().clean(value) if typed(value) else None


class NumberField(_Typed):
    """A whole number; which ones are allowed is the domain's question."""

    def clean(self, value: object) -> int:
        """The number. Raises ValidationError."""
        words = typed(value)
        if not re.fullmatch(r"\d{1,6}", words):
            raise forms.ValidationError(_("Give a whole number"))
        return int(words)


class ShiftsField(_Typed):
    """The shifts of a day; nothing where nobody works."""

    def clean(self, value: object) -> tuple[Shift, ...]:
        """The shifts. Raises ValidationError."""
        try:
            return read_shifts(typed(value))
        except ValueError:
            raise forms.ValidationError(_("Give the hours such as %(example)s") % {"example": EXAMPLE}) from None
