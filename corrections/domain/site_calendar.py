"""The only writer of the site's working week and holidays. What changes reaches the open cases in the background: their
promises may become later, never earlier."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from corrections.calendar import Week, week_data
from corrections.domain import clocks
from corrections.domain.access import require
from corrections.domain.faults import Fault, refuse_if
from corrections.models import CalendarChange, Holiday, WorkingWeek
from corrections.rules import Actor, may_set_promises
from newsroom.text import clean_line

LONGEST_NAME = 100
_MARK_LENGTH = 16


class WeekChanged(Exception):
    """Somebody else has given the site another week meanwhile; nothing was written."""


@dataclass(frozen=True)
class NewHoliday:
    """A day on which nobody works, with its name in both languages."""

    day: date
    name_ar: str
    name_en: str


def holidays_from(day: date) -> list[Holiday]:
    """The holidays of that day and after it (one query)."""
    return list(Holiday.objects.filter(day__gte=day))


def add_holidays(holidays: Iterable[NewHoliday], *, actor: Actor, now: datetime) -> int:
    """Adds the days that are not holidays yet and returns how many; open cases follow. Raises Refused, NotAllowed."""
    require(may_set_promises, actor)
    wanted = [NewHoliday(each.day, clean_line(each.name_ar), clean_line(each.name_en)) for each in holidays]
    refuse_if([fault for each in wanted for fault in _name_faults(each)])
    with transaction.atomic():
        known = set(Holiday.objects.filter(day__in=[each.day for each in wanted]).values_list("day", flat=True))
        new = {each.day: each for each in wanted if each.day not in known}
        if new:
            _note_change(actor, now)
            Holiday.objects.bulk_create(
                Holiday(day=each.day, name_ar=each.name_ar, name_en=each.name_en) for each in new.values()
            )
    return len(new)


def remove_holiday(day: date, *, actor: Actor) -> bool:
    """Makes a day a working day again, for what comes in from now on: no promise is shortened. Raises NotAllowed."""
    require(may_set_promises, actor)
    removed, _rows = Holiday.objects.filter(day=day).delete()
    return bool(removed)


def week_mark(week: Week) -> str:
    """A week in one short word, by which a form says which one it was shown with."""
    return hashlib.sha256(json.dumps(week_data(week)).encode()).hexdigest()[:_MARK_LENGTH]


def set_week(week: Week, *, actor: Actor, seen: str, now: datetime) -> None:
    """Gives the site another working week in the place of the one seen (its week_mark); open cases follow.

    Raises Refused, NotAllowed, WeekChanged.
    """
    require(may_set_promises, actor)
    refuse_if(week_faults(week))
    with transaction.atomic():
        standing = WorkingWeek.objects.select_for_update().get()
        if week_mark(standing.week) != seen:
            raise WeekChanged
        _note_change(actor, now)
        WorkingWeek.objects.update(shifts=week_data(week))


def week_faults(week: Week) -> list[Fault]:
    """What is wrong with a week: the day's number (Monday is 0) is the field."""
    faults = []
    for day, shifts in enumerate(week):
        bounds = [at for shift in shifts for at in (shift.starts_at, shift.ends_at)]
        if bounds != sorted(set(bounds)):
            faults.append(Fault(f"day{day}", _("Each shift ends after its start and before the next")))
    if not any(week):
        faults.append(Fault("day0", _("A week without a working day would leave no day for any answer")))
    return faults


def _note_change(actor: Actor, now: datetime) -> None:
    """Keeps the calendar as it stands, for the open cases that were counted with it."""
    before = clocks.calendar()
    CalendarChange.objects.create(
        week_before=week_data(before.week),
        holidays_before=sorted(day.isoformat() for day in before.holidays),
        made_at=now,
        made_by_id=actor.staff_id,
    )


def _name_faults(holiday: NewHoliday) -> list[Fault]:
    names = {"name_ar": holiday.name_ar, "name_en": holiday.name_en}
    missing = [Fault(field, _("Give the name in both languages")) for field, name in names.items() if not name]
    too_long = [Fault(field, _("The name is too long")) for field, name in names.items() if len(name) > LONGEST_NAME]
    return missing + too_long
