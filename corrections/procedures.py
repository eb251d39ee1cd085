"""What the desk promises for each kind of case, as data: clocks, windows, second signatures."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from django.utils.translation import gettext_noop


class NoProcedure(Exception):
    """No procedure is written down for this kind of case."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"no procedure for {kind}")
        self.kind = kind


class Unit(StrEnum):
    """What a clock counts in. Hours run through nights, weekends and holidays."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    HOURS = "hours"


@dataclass(frozen=True)
class Clock:
    """A span of time that somebody is promised, or is given to act."""

    amount: int
    unit: Unit


@dataclass(frozen=True)
class Procedure:
    """How one kind of case is dealt with.

    `acknowledge` and `decide` run from the receipt; `urgent_acknowledge` takes the place of `acknowledge`
    where people's safety is concerned. `answer_question` is the reader's time to answer the desk,
    `appeal_window` the time after the decision in which a review may be asked for, `reminder_before` how long
    before a deadline the desk is reminded. Findings and remedies that need a second signature are given as
    the values of corrections.enums. `name` is a message id of the catalogue.
    """

    key: str
    name: str
    acknowledge: Clock
    urgent_acknowledge: Clock
    decide: Clock
    answer_question: Clock
    appeal_window: Clock
    reminder_before: Clock
    second_signature_findings: frozenset[str]
    second_signature_remedies: frozenset[str]

    def needs_second_signature(self, finding: str, remedy: str) -> bool:
        """Whether a decision is so serious that one person does not take it alone."""
        return finding in self.second_signature_findings or remedy in self.second_signature_remedies


@dataclass(frozen=True)
class DueTimes:
    """Until when a reader was promised a first reply and a decision."""

    acknowledge_at: datetime
    decide_at: datetime


class SiteCalendar(Protocol):
    """What a clock needs of the site's calendar (corrections.calendar.WorkingCalendar)."""

    def due_at(self, received_at: datetime, working_days: int) -> datetime: ...

    def add_calendar_days(self, started_at: datetime, days: int) -> datetime: ...

    def add_hours(self, started_at: datetime, hours: int) -> datetime: ...


def _small_newsroom(key: str, second_signature_findings: frozenset[str]) -> Procedure:
    return Procedure(
        key=f"small_newsroom_{key}",
        name=gettext_noop("Small newsroom"),
        acknowledge=Clock(2, Unit.WORKING_DAYS),
        urgent_acknowledge=Clock(24, Unit.HOURS),
        decide=Clock(5, Unit.WORKING_DAYS),
        answer_question=Clock(10, Unit.CALENDAR_DAYS),
        appeal_window=Clock(14, Unit.CALENDAR_DAYS),
        reminder_before=Clock(1, Unit.WORKING_DAYS),
        second_signature_findings=second_signature_findings,
        second_signature_remedies=frozenset({"retraction", "takedown"}),
    )


_REPORTS = _small_newsroom("reports", second_signature_findings=frozenset())
_COMPLAINTS = _small_newsroom("complaints", second_signature_findings=frozenset({"not_upheld"}))

SMALL_NEWSROOM: Mapping[str, Procedure] = MappingProxyType(
    {"correction": _REPORTS, "addition": _REPORTS, "complaint": _COMPLAINTS}
)


def procedure_for(kind: str) -> Procedure:
    """The procedure for one kind of case (a value of corrections.enums.Kind). Raises NoProcedure."""
    try:
        return SMALL_NEWSROOM[kind]
    except KeyError:
        raise NoProcedure(kind) from None


def procedures() -> tuple[Procedure, ...]:
    """Every procedure in use."""
    return tuple(SMALL_NEWSROOM.values())


def ends_at(clock: Clock, calendar: SiteCalendar, started_at: datetime) -> datetime:
    """When a clock that started at an aware moment runs out.

    A deadline lies within `reminder_before` when it is not later than `ends_at(reminder_before, calendar,
    now)`.
    """
    if clock.unit == Unit.WORKING_DAYS:
        return calendar.due_at(started_at, clock.amount)
    if clock.unit == Unit.CALENDAR_DAYS:
        return calendar.add_calendar_days(started_at, clock.amount)
    return calendar.add_hours(started_at, clock.amount)


def due_times(procedure: Procedure, calendar: SiteCalendar, received_at: datetime, urgent: bool) -> DueTimes:
    """What a case received at an aware moment is promised; `urgent` where people's safety is concerned."""
    acknowledge = procedure.urgent_acknowledge if urgent else procedure.acknowledge
    return DueTimes(
        acknowledge_at=ends_at(acknowledge, calendar, received_at),
        decide_at=ends_at(procedure.decide, calendar, received_at),
    )
