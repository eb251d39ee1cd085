"""How a kind of case is dealt with, as data: who decides, clocks, windows, extensions, second signatures. Pure: which
procedure is in force says corrections.domain.procedures_in_force."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Protocol


class NoProcedure(Exception):
    """No procedure is in force for this kind of case."""

    def __init__(self, kind: str) -> None:
        super().__init__(f"no procedure for {kind}")
        self.kind = kind


class Unit(StrEnum):
    """What a clock counts in. Hours run through nights, weekends and holidays; working hours through none of them."""

    WORKING_DAYS = "working_days"
    CALENDAR_DAYS = "calendar_days"
    HOURS = "hours"
    WORKING_HOURS = "working_hours"


#: Units that holidays and the working week bear upon.
WORKING_UNITS = frozenset({Unit.WORKING_DAYS, Unit.WORKING_HOURS})
#: The longest clock of each unit, about a year.
LONGEST: Mapping[Unit, int] = {
    Unit.WORKING_DAYS: 260,
    Unit.CALENDAR_DAYS: 366,
    Unit.HOURS: 366 * 24,
    Unit.WORKING_HOURS: 2080,
}


class Office(StrEnum):
    """Who decides in the first instance."""

    DESK = "desk"
    STANDARDS = "standards_editor"


@dataclass(frozen=True)
class Clock:
    """A span of time that somebody is promised, or is given to act."""

    amount: int
    unit: Unit


@dataclass(frozen=True)
class Procedure:
    """How one kind of case is dealt with.

    `acknowledge` and `decide` run from the receipt; `urgent_acknowledge` takes the place of `acknowledge`
    where people's safety is concerned, `review` that of `decide` where a review of a decision was asked for.
    `statement` is the author's time for a statement, `answer_question` the reader's time to answer the
    desk, `appeal_window` the time after the decision in which a review may be asked for, `reminder_before` how long
    before a deadline the desk is reminded, `escalate_after` how long after a missed one the administrators are told. A
    decision may be put off `extensions` times, each time by at most `extension`. Findings and remedies that need a
    second signature are given as the values of corrections.enums.
    """

    decided_by: Office
    acknowledge: Clock
    urgent_acknowledge: Clock
    statement: Clock
    decide: Clock
    answer_question: Clock
    extensions: int
    extension: Clock
    appeal_window: Clock
    review: Clock
    reminder_before: Clock
    escalate_after: Clock
    second_signature_findings: frozenset[str]
    second_signature_remedies: frozenset[str]

    def needs_second_signature(self, finding: str, remedy: str) -> bool:
        """Whether a decision is so serious that one person does not take it alone."""
        return finding in self.second_signature_findings or remedy in self.second_signature_remedies

    def asks_no_less_than(self, other: "Procedure") -> bool:
        """Whether a decision under this one is made by the office, and signed twice wherever, the other asks for it."""
        by_the_office = self.decided_by == Office.STANDARDS or other.decided_by != Office.STANDARDS
        return (
            by_the_office
            and other.second_signature_findings <= self.second_signature_findings
            and other.second_signature_remedies <= self.second_signature_remedies
        )


#: The clocks of a procedure, in the order in which they may come to run.
CLOCKS: tuple[str, ...] = tuple(field.name for field in fields(Procedure) if field.type is Clock)
_SETS = ("second_signature_findings", "second_signature_remedies")


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

    def add_working_hours(self, started_at: datetime, hours: int) -> datetime: ...

    def extend(self, due_at: datetime, working_days: int) -> datetime: ...


def as_data(procedure: Procedure) -> dict[str, Any]:
    """A procedure as it is stored."""
    clocks = {name: [getattr(procedure, name).amount, getattr(procedure, name).unit.value] for name in CLOCKS}
    sets = {name: sorted(getattr(procedure, name)) for name in _SETS}
    return {"decided_by": procedure.decided_by.value, "extensions": procedure.extensions, **clocks, **sets}


def from_data(data: Mapping[str, Any]) -> Procedure:
    """The procedure that `as_data` gave."""
    parts: dict[str, Any] = {
        **{name: Clock(data[name][0], Unit(data[name][1])) for name in CLOCKS},
        **{name: frozenset(data[name]) for name in _SETS},
    }
    return Procedure(decided_by=Office(data["decided_by"]), extensions=data["extensions"], **parts)


def ends_at(clock: Clock, calendar: SiteCalendar, started_at: datetime) -> datetime:
    """When a clock that started at an aware moment runs out.

    A deadline lies within `reminder_before` when it is not later than `ends_at(reminder_before, calendar,
    now)`.
    """
    count = {
        Unit.WORKING_DAYS: calendar.due_at,
        Unit.CALENDAR_DAYS: calendar.add_calendar_days,
        Unit.HOURS: calendar.add_hours,
        Unit.WORKING_HOURS: calendar.add_working_hours,
    }[clock.unit]
    return count(started_at, clock.amount)


def extended(clock: Clock, calendar: SiteCalendar, due_at: datetime) -> datetime:
    """The moment that a deadline is put off to; always later. Working days keep its time, or end with the day."""
    if clock.unit == Unit.WORKING_DAYS:
        return calendar.extend(due_at, clock.amount)
    return ends_at(clock, calendar, due_at)


def due_times(procedure: Procedure, calendar: SiteCalendar, received_at: datetime, urgent: bool) -> DueTimes:
    """What a case received at an aware moment is promised; `urgent` where people's safety is concerned.

    Where the clocks of a procedure contradict each other, the first reply comes no later than the decision, and where
    safety is concerned no later than elsewhere.
    """
    decide_at = ends_at(procedure.decide, calendar, received_at)
    replies = [ends_at(procedure.acknowledge, calendar, received_at), decide_at]
    if urgent:
        replies.append(ends_at(procedure.urgent_acknowledge, calendar, received_at))
    return DueTimes(acknowledge_at=min(replies, key=lambda moment: moment.astimezone(UTC)), decide_at=decide_at)
