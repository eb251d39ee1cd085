"""What the clock itself does to cases: remind, escalate, end unanswered questions, close. Each step is safe to
repeat and to run twice at once: it writes through guarded updates and each reminder at most once per deadline."""

from datetime import datetime

from django.db.models import QuerySet

from corrections.calendar import WorkingCalendar
from corrections.domain import clocks, moves
from corrections.domain.cases import CaseChanged
from corrections.domain.timeline import CLOCK, record
from corrections.enums import OPEN_STATUSES, Happening, Status, WaitingOn
from corrections.models import Case, Event
from corrections.procedures import ends_at, procedure_for
from corrections.workflow import MoveNotAllowed

#: Rows that one run looks at; the next run, a minute later, takes the rest.
BATCH = 500


def watch(now: datetime) -> int:
    """Reminds of decisions that are due soon and escalates those that are late; returns how many events it wrote."""
    calendar = clocks.calendar()
    written = 0
    for case in _running_cases().order_by("decision_due_at")[:BATCH]:
        happening = _happening_due(case, calendar, now)
        if happening and not _already_said(case, happening):
            written += _say(case, happening, now)
    return written


def end_unanswered(now: datetime) -> int:
    """Takes up again the cases whose reader did not answer in time; returns how many."""
    overdue = Case.objects.filter(status=Status.WAITING, waiting_on=WaitingOn.READER, question_due_at__lt=now)
    return sum(_step(moves.resume_by_clock, case, now) for case in overdue[:BATCH])


def close_decided(now: datetime) -> int:
    """Closes decided cases whose window for a review has ended; returns how many."""
    decided = Case.objects.filter(status=Status.DECIDED, decided_at__lt=now).order_by("decided_at")[:BATCH]
    calendar = clocks.calendar()
    ended = [
        case
        for case in decided
        if case.decided_at and ends_at(procedure_for(case.kind).appeal_window, calendar, case.decided_at) < now
    ]
    return sum(_step(moves.close_by_clock, case, now) for case in ended)


def _running_cases() -> QuerySet[Case]:
    return Case.objects.filter(status__in=OPEN_STATUSES).exclude(waiting_on=WaitingOn.READER)


def _happening_due(case: Case, calendar: WorkingCalendar, now: datetime) -> Happening | None:
    if case.decision_due_at < now:
        return Happening.DEADLINE_MISSED
    if case.decision_due_at <= ends_at(procedure_for(case.kind).reminder_before, calendar, now):
        return Happening.DEADLINE_NEAR
    return None


def _already_said(case: Case, happening: Happening) -> bool:
    return Event.objects.filter(case=case, happening=happening, data__due=case.decision_due_at.isoformat()).exists()


def _say(case: Case, happening: Happening, now: datetime) -> bool:
    try:
        record(
            case,
            happening,
            by=CLOCK,
            expected_version=case.version,
            now=now,
            data={"due": case.decision_due_at.isoformat()},
        )
    except CaseChanged:
        return False
    return True


def _step(step: moves.ClockStep, case: Case, now: datetime) -> bool:
    try:
        step(case, now=now)
    except (CaseChanged, MoveNotAllowed):
        return False
    return True
