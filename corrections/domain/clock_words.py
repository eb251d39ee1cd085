"""Spans of time, and the reasons of a date, in words."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, ngettext, npgettext, pgettext
from django.utils.translation import gettext as _

from corrections.calendar import WorkingCalendar
from corrections.explanations import Step, Why
from corrections.models import Holiday
from corrections.procedures import Clock, Unit
from newsroom.dates import short_moment, time_of_day, weekday_and_date

#: From how many weekdays on a run of them is written as a range.
_RANGE = 3
_HOUR = timedelta(hours=1)


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


def time_left(calendar: WorkingCalendar, now: datetime, due_at: datetime) -> str:
    """The working time until a moment that is to come: 3 working days left, within two days 3 working hours left."""
    days = calendar.working_days_between(calendar.day_of(now), calendar.day_of(due_at))
    if days > 1:
        return ngettext("%(count)s working day left", "%(count)s working days left", days) % {"count": days}
    left = calendar.working_time_between(now, due_at)
    if not left:
        return _("No working time left")
    hours = left // _HOUR
    if not hours:
        return _("Less than one working hour left")
    return ngettext("%(count)s working hour left", "%(count)s working hours left", hours) % {"count": hours}


def reply_lateness(calendar: WorkingCalendar, due_at: datetime, replied_at: datetime) -> str:
    """By how much working time a first reply was late: First reply sent 1 working day late; empty where it was not."""
    if replied_at <= due_at:
        return ""
    days = calendar.working_days_between(calendar.day_of(due_at), calendar.day_of(replied_at))
    if days:
        words = ngettext(
            "First reply sent %(count)s working day late", "First reply sent %(count)s working days late", days
        )
        return words % {"count": days}
    hours = calendar.working_time_between(due_at, replied_at) // _HOUR
    if not hours:
        return _("First reply sent late")
    words = ngettext(
        "First reply sent %(count)s working hour late", "First reply sent %(count)s working hours late", hours
    )
    return words % {"count": hours}


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
