"""What the clock itself does to cases: remind, escalate, end unanswered questions, close. Each step is safe to
repeat and to run twice at once: it writes through guarded updates and each reminder at most once per deadline."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Q, QuerySet

from corrections.calendar import WorkingCalendar
from corrections.domain import claims, clocks, moves
from corrections.domain.cases import CaseChanged
from corrections.domain.procedures_in_force import procedure_of
from corrections.domain.timeline import CLOCK, record
from corrections.enums import OPEN_STATUSES, Happening, Status, WaitingOn
from corrections.models import Case, Event, ProcedureVersion
from corrections.procedures import ends_at
from corrections.workflow import MoveNotAllowed

#: Questions that one run ends; the next run takes the rest, for each ends what it takes. Decided cases are all looked
#: at in each run, so many at once: some wait long for their end, and hold nobody up who waits shorter.
BATCH = 500
_WATCHED = (Status.HELD, *OPEN_STATUSES)
_SAID_BY_THE_CLOCK = (
    Happening.FIRST_REPLY_MISSED,
    Happening.DEADLINE_NEAR,
    Happening.DEADLINE_MISSED,
    Happening.DEADLINE_ESCALATED,
)


def watch(now: datetime) -> int:
    """Reminds of decisions that are due soon, escalates those that are late (after a further time once more, to the
    administrators) and first replies that did not come.

    Each is said once for each promised moment; returns how many events were written. Cases held as suspicious are
    watched too: somebody may have been held wrongly, and was promised an answer.
    """
    calendar = clocks.calendar()
    candidates = list(_candidates(calendar, now))
    said = _said(candidates)
    written = 0
    for case in candidates:
        for happening, due in _due(case, calendar, now):
            if (case.pk, happening, due.isoformat()) not in said:
                written += _say(case, happening, due, now)
    return written


def end_unanswered(now: datetime) -> int:
    """Takes up again the cases whose reader did not answer in time; returns how many."""
    overdue = Case.objects.filter(status=Status.WAITING, waiting_on=WaitingOn.READER, question_due_at__lt=now)
    return sum(_step(moves.resume_by_clock, case, now) for case in overdue[:BATCH])


def end_lapsed_claims(now: datetime) -> int:
    """Frees the cases on which their owners have done nothing for the time that a claim holds; returns how many."""
    return sum(_free(case, now) for case in claims.lapsed(now))


def close_decided(now: datetime) -> int:
    """Closes decided cases whose window for a review has ended; returns how many."""
    calendar = clocks.calendar()
    return sum(_step(moves.close_by_clock, case, now) for case in _decided(now) if _window_ended(case, calendar, now))


def _candidates(calendar: WorkingCalendar, now: datetime) -> QuerySet[Case]:
    """The running cases with a promise that is near or past."""
    # Of every version: cases run on those that are no longer in force.
    horizons = [ends_at(version.terms.reminder_before, calendar, now) for version in ProcedureVersion.objects.all()]
    late_reply = Q(first_reply_at=None, acknowledge_due_at__lt=now)
    running = _with_terms().filter(status__in=_WATCHED).exclude(waiting_on=WaitingOn.READER)
    return running.filter(late_reply | Q(decision_due_at__lte=max(horizons, default=now))).order_by(
        "decision_due_at", "pk"
    )


def _decided(now: datetime) -> Iterator[Case]:
    """Every decided case, by key, few in memory (a query for each batch)."""
    last = 0
    while batch := list(
        _with_terms().filter(status=Status.DECIDED, decided_at__lt=now, pk__gt=last).order_by("pk")[:BATCH]
    ):
        yield from batch
        last = batch[-1].pk


def _window_ended(case: Case, calendar: WorkingCalendar, now: datetime) -> bool:
    if case.decided_at is None:
        return False
    return ends_at(procedure_of(case).appeal_window, calendar, case.decided_at) < now


def _with_terms() -> QuerySet[Case]:
    return Case.objects.select_related("procedure_version")


def _said(cases: list[Case]) -> set[tuple[int, str, str]]:
    """What the clock has already said of these cases: case, happening, promised moment (one query)."""
    said = Event.objects.filter(case__in=[case.pk for case in cases], happening__in=_SAID_BY_THE_CLOCK)
    return set(said.values_list("case_id", "happening", "data__due"))


def _due(case: Case, calendar: WorkingCalendar, now: datetime) -> Iterator[tuple[Happening, datetime]]:
    """What is to be said of a case now, with the promised moment it is said for."""
    if case.first_reply_at is None and case.acknowledge_due_at < now:
        yield Happening.FIRST_REPLY_MISSED, case.acknowledge_due_at
    if case.decision_due_at < now:
        yield Happening.DEADLINE_MISSED, case.decision_due_at
        if ends_at(procedure_of(case).escalate_after, calendar, case.decision_due_at) < now:
            yield Happening.DEADLINE_ESCALATED, case.decision_due_at
    elif case.decision_due_at <= ends_at(procedure_of(case).reminder_before, calendar, now):
        yield Happening.DEADLINE_NEAR, case.decision_due_at


def _say(case: Case, happening: Happening, due: datetime, now: datetime) -> bool:
    data = {"due": due.isoformat()}
    try:
        record(case, happening, by=CLOCK, expected_version=case.version, now=now, data=data)
    except CaseChanged:
        return False
    return True


def _free(case: Case, now: datetime) -> bool:
    try:
        record(
            case,
            Happening.CLAIM_LAPSED,
            by=CLOCK,
            expected_version=case.version,
            now=now,
            data={"from": case.assigned_to_id},
            assigned_to_id=None,
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
