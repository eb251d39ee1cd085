"""What a procedure would promise for a moment of receipt, and why. Writes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corrections.calendar import Shift, WorkingCalendar
from corrections.domain import clocks
from corrections.explanations import Step, explain
from corrections.models import Holiday
from corrections.procedures import Clock, Procedure, Unit, due_times, ends_at, extended
from newsroom.days import day_of


@dataclass(frozen=True)
class Pause:
    """The time in which the desk waits for the reader, as it would come to be: without an answer it ends by the clock.
    `was_due_at` is when the decision would be due without it."""

    begins_at: datetime
    ends_at: datetime
    is_ended_by_clock: bool
    working_days: int
    was_due_at: datetime


@dataclass(frozen=True)
class Simulated:
    """One promise: what, in how much time, by when, and the days that lead there."""

    name: str | Promise
    clock: Clock
    started_at: datetime
    due_at: datetime
    steps: list[Step]
    #: The shifts of the last day, where the desk's hours end the clock.
    shifts: tuple[Shift, ...]
    #: The pause that has moved it; and whether there is one that does not.
    pause: Pause | None = None
    stays: bool = False


@dataclass(frozen=True)
class Simulation:
    """All promises for one moment of receipt, and the names of the holidays on the way."""

    received_at: datetime
    promises: list[Simulated]
    holidays: Mapping[date, Holiday]


def simulate(
    terms: Procedure, received_at: datetime, *, urgent: bool, waits: tuple[datetime, datetime] | None = None
) -> Simulation:
    """The promises of a procedure for a report received at an aware moment (three queries). `waits` are the moments at
    which the desk asks the reader and the reader answers; the later one is behind the earlier."""
    site = clocks.calendar()
    due = due_times(terms, site, received_at, urgent)
    pause = _pause(terms, site, due.decide_at, waits) if waits else None
    decide_at = site.extend_for_pause(due.decide_at, pause.begins_at, pause.ends_at) if pause else due.decide_at
    reply = _governing(terms, site, received_at, due.acknowledge_at, urgent)
    promises = [
        _simulated(_("First reply"), reply, site, received_at, due.acknowledge_at),
        _simulated(_("Statement of the author, if asked for at once"), terms.statement, site, received_at),
    ]
    if pause:
        promises = [replace(each, stays=True) for each in promises]
        asked = _simulated(_("Answer of the reader"), terms.answer_question, site, pause.begins_at)
        promises.append(asked)
    decision = _simulated(_("Decision"), terms.decide, site, received_at, decide_at)
    promises.append(replace(decision, pause=pause))
    if terms.extensions:
        later = extended(terms.extension, site, decide_at)
        promises.append(_simulated(_("Decision, put off once"), terms.extension, site, decide_at, later))
    window = _simulated(
        _("A review can be asked for, if decided on the last day"), terms.appeal_window, site, decide_at
    )
    review = _simulated(_("Decision of that review"), terms.review, site, window.due_at)
    holidays = Holiday.objects.filter(day__range=(day_of(received_at), day_of(review.due_at)))
    return Simulation(received_at, [*promises, window, review], {each.day: each for each in holidays})


def _pause(terms: Procedure, site: WorkingCalendar, due_at: datetime, waits: tuple[datetime, datetime]) -> Pause:
    """The pause as it would come to be: the desk takes up again what is not answered in time."""
    begins_at, answered_at = waits
    answer_by = ends_at(terms.answer_question, site, begins_at)
    over_at = min(answered_at, answer_by)
    passed = site.working_days_between(site.day_of(begins_at), site.day_of(over_at))
    return Pause(begins_at, over_at, answer_by < answered_at, passed, due_at)


def _governing(terms: Procedure, site: WorkingCalendar, received_at: datetime, due_at: datetime, urgent: bool) -> Clock:
    """The clock that the first reply runs on: the one that ends first."""
    candidates = [terms.acknowledge, *([terms.urgent_acknowledge] if urgent else []), terms.decide]
    return next(clock for clock in candidates if ends_at(clock, site, received_at) == due_at)


def _simulated(
    name: str | Promise, clock: Clock, site: WorkingCalendar, started_at: datetime, due_at: datetime | None = None
) -> Simulated:
    due = due_at or ends_at(clock, site, started_at)
    steps = explain(clock, site, started_at)
    day = site.day_of(due)
    shifts = site.week[day.weekday()] if clock.unit == Unit.WORKING_DAYS else ()
    return Simulated(name, clock, started_at, due, steps, shifts)
