"""Open cases follow a change of the calendar: a promised moment may become later, never earlier, and each move is an
event. Safe to repeat and to run twice at once: what was counted anew comes out the same, or has its event already."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet

from corrections.calendar import WorkingCalendar, week_from
from corrections.domain import clocks
from corrections.domain.cases import CaseChanged
from corrections.domain.procedures_in_force import procedure_of
from corrections.domain.timeline import CLOCK, record
from corrections.enums import OPEN_STATUSES, Happening, Severity, Status
from corrections.models import CalendarChange, Case, Event
from corrections.procedures import WORKING_UNITS, Clock, ends_at

BATCH = 500


@dataclass(frozen=True)
class _Change:
    """The calendar before and after, and what the events say of it."""

    pk: int
    made_at: datetime
    before: WorkingCalendar
    after: WorkingCalendar


def apply_changes(now: datetime) -> int:
    """Brings the open cases into step with the calendar and returns how many promises moved.

    Changes that wait together are applied as one. A case that somebody else writes at this moment is left for the next
    run, which then finds the changes still waiting.
    """
    waiting = list(CalendarChange.objects.filter(applied_at=None))
    if not waiting:
        return 0
    first, after = waiting[0], clocks.calendar()
    before = replace(
        after,
        week=week_from(first.week_before),
        holidays=frozenset(date.fromisoformat(day) for day in first.holidays_before),
    )
    change = _Change(waiting[-1].pk, waiting[-1].made_at, before, after)
    outcomes = [_move(case, change, now) for case in _open_cases(change)]
    if None not in outcomes:
        CalendarChange.objects.filter(pk__in=[each.pk for each in waiting]).update(applied_at=now)
    return sum(outcome is True for outcome in outcomes)


def _open_cases(change: _Change) -> Iterator[Case]:
    """The cases that run, in batches, without those that this change has moved already."""
    last = 0
    while batch := list(_running().filter(pk__gt=last).order_by("pk")[:BATCH]):
        moved = Event.objects.filter(case__in=batch, happening=Happening.DEADLINE_MOVED, data__change=change.pk)
        done = set(moved.values_list("case_id", flat=True))
        yield from (case for case in batch if case.pk not in done)
        last = batch[-1].pk


def _running() -> QuerySet[Case]:
    return Case.objects.filter(status__in=(Status.HELD, *OPEN_STATUSES)).select_related("procedure_version")


def _move(case: Case, change: _Change, now: datetime) -> bool | None:
    """Whether a promise moved; None where somebody else changed the case meanwhile."""
    moved = _later(case, change)
    if not moved:
        return False
    due = moved.get("decision_due_at", case.decision_due_at)
    data = {"change": change.pk, "from": case.decision_due_at.isoformat(), "due": due.isoformat()}
    try:
        record(case, Happening.DEADLINE_MOVED, by=CLOCK, expected_version=case.version, now=now, data=data, **moved)
    except CaseChanged:
        return None
    return True


def _later(case: Case, change: _Change) -> dict[str, Any]:
    """The promised moments that become later, as fields to write."""
    terms = procedure_of(case)
    reply = terms.urgent_acknowledge if case.severity == Severity.SAFETY else terms.acknowledge
    found = {"decision_due_at": _decision(case, change)}
    if case.first_reply_at is None:
        found["acknowledge_due_at"] = _shifted(case.acknowledge_due_at, reply, case.received_at, change)
    if case.question_due_at and case.paused_at:
        found["question_due_at"] = _shifted(case.question_due_at, terms.answer_question, case.paused_at, change)
    return {field: due for field, due in found.items() if due > getattr(case, field)}


def _decision(case: Case, change: _Change) -> datetime:
    """A promise that nothing has moved yet is counted anew; one that was paused or extended is shifted by the days that
    were lost."""
    terms = procedure_of(case)
    started_at = case.review_asked_at or case.received_at
    clock = terms.review if case.review_asked_at else terms.decide
    anew = ends_at(clock, change.after, started_at)
    if case.decision_due_at <= anew:
        return anew
    return _shifted(case.decision_due_at, clock, started_at, change)


def _shifted(due: datetime, clock: Clock, started_at: datetime, change: _Change) -> datetime:
    if clock.unit not in WORKING_UNITS or started_at > change.made_at:
        return due
    return change.after.extend_for_change(due, started_at, change.before)
