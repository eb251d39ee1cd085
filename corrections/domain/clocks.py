"""The site's working time and the promises counted in it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from corrections.calendar import WorkingCalendar
from corrections.enums import Finding, Remedy, WaitingOn
from corrections.models import Case, Holiday
from corrections.procedures import ends_at, procedure_for


@dataclass(frozen=True)
class Promise:
    """What the pages promise for one kind of case, from the procedure that the clocks run on."""

    acknowledge_days: int
    #: Hours, where people's safety is concerned.
    urgent_hours: int
    decide_days: int
    answer_days: int
    #: The findings and remedies that take a second person, in words.
    second_signature: tuple[Any, ...]


def calendar() -> WorkingCalendar:
    """The site's calendar with the holidays as they stand now (one query)."""
    return WorkingCalendar(
        weekend=settings.SITE_WEEKEND,
        holidays=frozenset(Holiday.objects.values_list("day", flat=True)),
        time_zone=ZoneInfo(settings.TIME_ZONE),
        closes_at=settings.SITE_CLOSES_AT,
    )


def coming_holidays(today: date) -> list[Holiday]:
    """The holidays of the year from today on, in order (one query)."""
    return list(Holiday.objects.filter(day__gte=today, day__lt=today + timedelta(days=365)))


def promise_of(kind: str) -> Promise:
    """What is promised to whoever sends this kind of case."""
    procedure = procedure_for(kind)
    return Promise(
        acknowledge_days=procedure.acknowledge.amount,
        urgent_hours=procedure.urgent_acknowledge.amount,
        decide_days=procedure.decide.amount,
        answer_days=procedure.answer_question.amount,
        second_signature=(
            *(found.label for found in Finding if found in procedure.second_signature_findings),
            *(remedy.label for remedy in Remedy if remedy in procedure.second_signature_remedies),
        ),
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
