"""The site's working time and the promises counted in it."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.functional import Promise as Words

from corrections.calendar import WorkingCalendar
from corrections.enums import Finding, Remedy, WaitingOn
from corrections.models import Case, Holiday
from corrections.procedures import Clock, ends_at, procedure_for

SHOWN_HOLIDAYS = 12


@dataclass(frozen=True)
class Promise:
    """What the pages promise for one kind of case, from the procedure that the clocks run on."""

    acknowledge: Clock
    urgent_acknowledge: Clock
    decide: Clock
    answer: Clock
    review: Clock
    #: Findings and remedies that one person does not decide on alone, as the public reads them.
    second_signature: tuple[str | Words, ...]


@dataclass(frozen=True)
class WorkingWeek:
    """When nobody works: weekdays (Monday is 0), the hour at which a working day ends, the holidays to come."""

    weekend: tuple[int, ...]
    closes_at: time
    holidays: list[Holiday]


def calendar() -> WorkingCalendar:
    """The site's calendar with the holidays as they stand now (one query)."""
    return WorkingCalendar(
        weekend=settings.SITE_WEEKEND,
        holidays=frozenset(Holiday.objects.values_list("day", flat=True)),
        time_zone=ZoneInfo(settings.TIME_ZONE),
        closes_at=settings.SITE_CLOSES_AT,
    )


def promise_of(kind: str) -> Promise:
    """What is promised to whoever sends this kind of case."""
    procedure = procedure_for(kind)
    findings = [each.label for each in Finding if each in procedure.second_signature_findings]
    remedies = [each.label for each in Remedy if each in procedure.second_signature_remedies]
    return Promise(
        acknowledge=procedure.acknowledge,
        urgent_acknowledge=procedure.urgent_acknowledge,
        decide=procedure.decide,
        answer=procedure.answer_question,
        review=procedure.appeal_window,
        second_signature=(*findings, *remedies),
    )


def working_week(today: date) -> WorkingWeek:
    """What the pages say of the site's calendar (one query)."""
    return WorkingWeek(
        weekend=tuple(sorted(settings.SITE_WEEKEND)),
        closes_at=settings.SITE_CLOSES_AT,
        holidays=list(Holiday.objects.filter(day__gte=today)[:SHOWN_HOLIDAYS]),
    )


def clock_changes(case: Case, waiting_on: WaitingOn, now: datetime) -> dict[str, Any]:
    """What a step changes on the clock: it stops while the case waits for the reader and goes on afterwards.

    Returns the fields to write: `paused_at`, `question_due_at` and, when the clock goes on, the decision's new
    time (never earlier than the promised one).
    """
    if waiting_on == WaitingOn.READER:
        answer_by = ends_at(procedure_for(case.kind).answer_question, calendar(), now)
        return {"paused_at": now, "question_due_at": answer_by}
    if case.paused_at is None:
        return {}
    due = calendar().extend_for_pause(case.decision_due_at, case.paused_at, now)
    return {"paused_at": None, "question_due_at": None, "decision_due_at": due}


def due_again(case: Case, now: datetime) -> datetime:
    """By when a case that is taken up again is decided: its clock starts anew, and no promise is shortened."""
    site = calendar()
    return site.later_of(case.decision_due_at, ends_at(procedure_for(case.kind).decide, site, now))
