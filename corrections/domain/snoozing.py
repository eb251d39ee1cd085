"""Putting a case aside until a day. It comes back by itself: the views compare the day with the clock, and nothing has
to run for it."""

from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from corrections.domain import clocks
from corrections.domain.access import facts_of, require
from corrections.domain.faults import Fault, Refused
from corrections.domain.timeline import record, staff
from corrections.enums import OPEN_STATUSES, Happening, Move, Status
from corrections.models import Case, Event
from corrections.rules import Actor, may_work_on
from corrections.workflow import MoveNotAllowed
from newsroom.dates import read_day
from newsroom.days import beginning_of, day_of

LONGEST = timedelta(days=366)
PRESETS = ("tomorrow", "working_day", "week")


def snooze(case: Case, until: date | None, *, actor: Actor, expected_version: int, now: datetime) -> Event:
    """Puts an open case aside until the beginning of a day of the site, at most a year away.

    It stays in the views of what is overdue and due today. Raises Refused, NotAllowed, MoveNotAllowed, CaseChanged.
    """
    require(may_work_on, actor, facts_of(case))
    _require_open(case)
    day = checked_day(until, day_of(now))
    return record(
        case,
        Happening.SNOOZED,
        by=staff(actor),
        expected_version=expected_version,
        now=now,
        data={"until": day.isoformat()},
        snoozed_until=beginning_of(day),
        snoozed_by_id=actor.staff_id,
    )


def wake(case: Case, *, actor: Actor, expected_version: int, now: datetime) -> Event:
    """Takes a case up again before its day. Raises NotAllowed, MoveNotAllowed (it is not put aside), CaseChanged."""
    require(may_work_on, actor, facts_of(case))
    if case.snoozed_until is None:
        raise MoveNotAllowed(Move.RESUME, Status(case.status))
    return record(
        case,
        Happening.WOKEN,
        by=staff(actor),
        expected_version=expected_version,
        now=now,
        snoozed_until=None,
        snoozed_by_id=None,
    )


def day_chosen(preset: str, written: str, now: datetime) -> date | None:
    """The day of a preset, or else the one that somebody wrote; None for neither (one query for a working day)."""
    today = day_of(now)
    if preset == "working_day":
        return clocks.calendar().add_working_days(today, 1)
    if preset in PRESETS:
        return today + timedelta(days=1 if preset == "tomorrow" else 7)
    return read_day(written)


def checked_day(until: date | None, today: date) -> date:
    """A day until which a case may be put aside. Raises Refused."""
    if until is None:
        raise Refused([Fault("until", _("Write a day, such as 28/11/2026"))])
    if until <= today:
        raise Refused([Fault("until", _("Choose a day after today"))])
    if until > today + LONGEST:
        raise Refused([Fault("until", _("Choose a day within a year"))])
    return until


def _require_open(case: Case) -> None:
    if case.status not in OPEN_STATUSES:
        raise MoveNotAllowed(Move.CLAIM, Status(case.status))
