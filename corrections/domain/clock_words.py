"""Spans of time, and the reasons of a date, in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, ngettext, npgettext, pgettext
from django.utils.translation import gettext as _

from corrections.explanations import Step, Why
from corrections.models import Holiday
from corrections.procedures import Clock, Unit
from newsroom.dates import short_moment, time_of_day, weekday_and_date

#: From how many weekdays on a run of them is written as a range.
_RANGE = 3


def span(clock: Clock) -> str:
    """A span of time as it stands after “within” or “by”: 2 working days."""
    if clock.unit == Unit.WORKING_DAYS:
        words = npgettext("within", "%(count)s working day", "%(count)s working days", clock.amount)
    elif clock.unit == Unit.HOURS:
        words = npgettext("within", "%(count)s hour", "%(count)s hours", clock.amount)
    elif clock.unit == Unit.WORKING_HOURS:
        words = npgettext("within", "%(count)s working hour", "%(count)s working hours", clock.amount)
    else:
        words = npgettext("within", "%(count)s day", "%(count)s days", clock.amount)
    return words % {"count": clock.amount}


def amount(clock: Clock) -> str:
    """A span of time as it stands alone: 2 working days."""
    if clock.unit == Unit.WORKING_DAYS:
        words = ngettext("%(count)s working day", "%(count)s working days", clock.amount)
    elif clock.unit == Unit.HOURS:
        words = ngettext("%(count)s hour", "%(count)s hours", clock.amount)
    elif clock.unit == Unit.WORKING_HOURS:
        words = ngettext("%(count)s working hour", "%(count)s working hours", clock.amount)
    else:
        words = ngettext("%(count)s day", "%(count)s days", clock.amount)
    return words % {"count": clock.amount}


def weekdays_words(days: Sequence[int]) -> str:
    """Weekdays (Monday is 0) in the order given; three and more that follow each other as a range: Sunday – Thursday,
    Saturday."""
    runs = groupby(enumerate(days), key=lambda each: (each[1] - each[0]) % len(WEEKDAYS))
    parts: list[str] = []
    for _run, members in runs:
        names = [str(WEEKDAYS[day]) for _place, day in members]
        parts += [f"{names[0]} – {names[-1]}"] if len(names) >= _RANGE else names
    return pgettext("between things", ", ").join(parts)


def step_words(step: Step, holidays: Mapping[date, Holiday]) -> str:
    """What a step of an explanation is to the clock: Friday 21 February and Saturday 22 February: nobody works."""
    facts = {"day": weekday_and_date(step.first), "last": weekday_and_date(step.last)}
    if step.why == Why.HOLIDAY:
        return _("%(day)s: a holiday (%(name)s).") % {**facts, "name": _name_of(step.first, holidays)}
    if step.why == Why.EVERY_DAY:
        return _("Every day counts, also those on which nobody works, to the end of %(last)s.") % facts
    if step.starts_at and step.ends_at:
        return _hours(step)
    one_day = step.first == step.last
    if step.why == Why.FREE:
        return (_("%(day)s: nobody works.") if one_day else _("From %(day)s to %(last)s: nobody works.")) % facts
    counts = {**facts, "first": step.first_count, "count": step.count}
    if one_day:
        return _("%(day)s: working day %(count)s.") % counts
    return _("From %(day)s to %(last)s: working days %(first)s to %(count)s.") % counts


def _hours(step: Step) -> str:
    starts_at, ends_at = step.starts_at, step.ends_at
    if starts_at is None or ends_at is None:
        return ""
    if step.why == Why.EVERY_HOUR:
        return _("Hours run through nights, weekends and holidays: from %(starts)s to %(ends)s.") % {
            "starts": short_moment(starts_at),
            "ends": short_moment(ends_at),
        }
    return _("%(day)s, from %(starts)s to %(ends)s: counted.") % {
        "day": weekday_and_date(step.first),
        "starts": time_of_day(starts_at),
        "ends": time_of_day(ends_at),
    }


def _name_of(day: date, holidays: Mapping[date, Holiday]) -> str:
    holiday = holidays.get(day)
    if holiday is None:
        return "—"
    return holiday.name_ar if get_language() == "ar" else holiday.name_en
