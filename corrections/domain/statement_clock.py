"""What the clock does about statements: reminds whoever was asked, says what is late, erases names in time."""

from collections.abc import Iterator
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from corrections.calendar import WorkingCalendar
from corrections.domain import clocks
from corrections.domain.answering import TAKES_STATEMENTS
from corrections.domain.cases import CaseChanged
from corrections.domain.procedures_in_force import procedure_of
from corrections.domain.timeline import CLOCK, record
from corrections.enums import Happening
from corrections.models import Case, Event, ProcedureVersion, Statement
from corrections.procedures import ends_at

_SAID_BY_THE_CLOCK = (Happening.STATEMENT_NEAR, Happening.STATEMENT_LATE)


def watch(now: datetime) -> int:
    """Reminds of statements that are due soon and says which are late, each once for each time that was set.

    Returns how many events were written. Safe to repeat; a case that changes at the same moment is taken the next time.
    """
    calendar = clocks.calendar()
    # Of every version: cases run on those that are no longer in force.
    horizons = [ends_at(version.terms.reminder_before, calendar, now) for version in ProcedureVersion.objects.all()]
    awaited = Statement.objects.filter(answered_at=None, withdrawn_at=None, due_at__lte=max(horizons, default=now))
    # Those of cases that were decided without them are awaited for ever: they must not be read at every run.
    takes = awaited.filter(case__status__in=TAKES_STATEMENTS)
    open_ones = list(takes.select_related("case__assigned_to", "case__procedure_version").order_by("due_at", "pk"))
    said = _said(open_ones)
    # Two statements of one case are two rows of it here; the second must know what the first has written.
    cases: dict[int, Case] = {}
    return sum(
        _say(cases.setdefault(statement.case_id, statement.case), happening, statement, now)
        for statement in open_ones
        for happening in _due(statement, calendar, now)
        if (happening, statement.pk, statement.due_at.isoformat()) not in said
    )


def erase_names(ended: Q, now: datetime, batch: int) -> int:
    """Erases name and address of whoever was asked outside, in the cases that a condition says are over; returns in how
    many cases. Safe to repeat."""
    named = Statement.objects.exclude(name_sealed="", address_sealed="")
    due = Case.objects.filter(ended, pk__in=named.values("case"))
    return sum(_erase(case, now) for case in due[:batch])


def _said(statements: list[Statement]) -> set[tuple[str, int, str]]:
    """What the clock has already said: happening, statement, time (one query)."""
    cases = [statement.case_id for statement in statements]
    said = Event.objects.filter(case__in=cases, happening__in=_SAID_BY_THE_CLOCK)
    return set(said.values_list("happening", "data__statement", "data__due"))


def _due(statement: Statement, calendar: WorkingCalendar, now: datetime) -> Iterator[Happening]:
    reminder = procedure_of(statement.case).reminder_before
    if statement.due_at < now:
        yield Happening.STATEMENT_LATE
        return
    # Whoever was asked so late that the reminder would follow at once is not reminded.
    is_near = statement.due_at <= ends_at(reminder, calendar, now)
    if is_near and statement.due_at > ends_at(reminder, calendar, statement.asked_at):
        yield Happening.STATEMENT_NEAR


def _say(case: Case, happening: Happening, statement: Statement, now: datetime) -> bool:
    data = {"statement": statement.pk, "due": statement.due_at.isoformat()}
    try:
        record(case, happening, by=CLOCK, expected_version=case.version, now=now, data=data)
    except CaseChanged:
        return False
    return True


def _erase(case: Case, now: datetime) -> bool:
    named = Statement.objects.filter(case=case).exclude(name_sealed="", address_sealed="")
    try:
        with transaction.atomic():
            named.update(name_sealed="", address_sealed="", erased_at=now)
            record(case, Happening.STATEMENT_ERASED, by=CLOCK, expected_version=case.version, now=now)
    except CaseChanged:
        return False
    return True
