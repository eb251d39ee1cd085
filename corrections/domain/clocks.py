"""The site's working time and the promises counted in it."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Subquery
from django.utils.functional import Promise as Words

from corrections.calendar import Shift, Week, WorkingCalendar, week_from
from corrections.domain.procedures_in_force import in_force, procedure_of
from corrections.enums import Finding, Kind, Remedy, WaitingOn
from corrections.models import Case, Holiday
from corrections.models import WorkingWeek as StoredWeek
from corrections.procedures import Clock, Procedure, ends_at
from newsroom.days import day_of, start_of_week, weekdays_in_order
from newsroom.listed import all_listed

SHOWN_HOLIDAYS = 12


@dataclass(frozen=True)
class Promise:
    """What the pages promise for one kind of case, from the procedure that the clocks run on."""

    acknowledge: Clock
    urgent_acknowledge: Clock
    decide: Clock
    answer: Clock
    #: The window in which a review may be asked for, and the time that it takes.
    review: Clock
    review_decide: Clock
    #: How often, and by how much each time, a decision may be put off.
    extensions: int
    extension: Clock
    #: Findings and remedies that one person does not decide on alone, as the public reads them.
    second_signature: tuple[str | Words, ...]


@dataclass(frozen=True)
class Hours:
    """Weekdays (Monday is 0) that are worked alike, and their shifts."""

    days: tuple[int, ...]
    shifts: tuple[Shift, ...]


@dataclass(frozen=True)
class WorkingWeek:
    """When somebody works, weekdays on which nobody does (Monday is 0), the holidays to come."""

    hours: list[Hours]
    weekend: tuple[int, ...]
    holidays: list[Holiday]


def calendar() -> WorkingCalendar:
    """The site's calendar with the week and the holidays as they stand now (two queries)."""
    return WorkingCalendar(
        time_zone=ZoneInfo(settings.TIME_ZONE),
        week=stored_week(),
        holidays=frozenset(Holiday.objects.values_list("day", flat=True)),
    )


def calendar_listed() -> dict[str, Any]:
    """What `read_calendar` needs, to annotate cases with: the site's calendar comes with them, without a query."""
    return {
        "week_listed": Subquery(StoredWeek.objects.values("shifts")[:1]),
        "holidays_listed": all_listed(Holiday.objects.all(), "day"),
    }


def read_calendar(case: Any) -> WorkingCalendar:
    """The site's calendar from a case that was annotated with `calendar_listed`."""
    return WorkingCalendar(
        time_zone=ZoneInfo(settings.TIME_ZONE),
        week=week_from(case.week_listed),
        holidays=frozenset(date.fromisoformat(day) for [day] in case.holidays_listed or ()),
    )


def stored_week() -> Week:
    """The shifts of the site's weekdays (one query)."""
    return StoredWeek.objects.get().week


def week_started_on(now: datetime) -> date:
    """The first day of the site's working week to which a moment belongs (one query)."""
    weekend = [weekday for weekday, shifts in enumerate(stored_week()) if not shifts]
    return start_of_week(day_of(now), weekend)


def promises() -> dict[Kind, Promise]:
    """What is promised to whoever sends each kind of case (one query)."""
    return {Kind(kind): _promise(version.terms) for kind, version in in_force().items()}


def promise_of(kind: str) -> Promise:
    """What is promised to whoever sends this kind of case (one query)."""
    return promises()[Kind(kind)]


def promise_to(case: Case) -> Promise:
    """What was promised to whoever sent this case."""
    return _promise(procedure_of(case))


def working_week(today: date) -> WorkingWeek:
    """What the pages say of the site's calendar (two queries)."""
    week = stored_week()
    alike: dict[tuple[Shift, ...], list[int]] = {}
    for day in weekdays_in_order([day for day, shifts in enumerate(week) if not shifts]):
        alike.setdefault(week[day], []).append(day)
    return WorkingWeek(
        hours=[Hours(tuple(days), shifts) for shifts, days in alike.items() if shifts],
        weekend=tuple(alike.get((), ())),
        holidays=list(Holiday.objects.filter(day__gte=today)[:SHOWN_HOLIDAYS]),
    )


def _promise(terms: Procedure) -> Promise:
    findings = [each.label for each in Finding if each in terms.second_signature_findings]
    remedies = [each.label for each in Remedy if each in terms.second_signature_remedies]
    return Promise(
        acknowledge=terms.acknowledge,
        urgent_acknowledge=terms.urgent_acknowledge,
        decide=terms.decide,
        answer=terms.answer_question,
        review=terms.appeal_window,
        review_decide=terms.review,
        extensions=terms.extensions,
        extension=terms.extension,
        second_signature=(*findings, *remedies),
    )


def clock_changes(case: Case, waiting_on: WaitingOn, now: datetime) -> dict[str, Any]:
    """What a step changes on the clock: it stops while the case waits for the reader and goes on afterwards.

    Returns the fields to write: `paused_at`, `question_due_at` and, when the clock goes on, the decision's new
    time (never earlier than the promised one).
    """
    if waiting_on == WaitingOn.READER:
        answer_by = ends_at(procedure_of(case).answer_question, calendar(), now)
        return {"paused_at": now, "question_due_at": answer_by}
    if case.paused_at is None:
        return {}
    due = calendar().extend_for_pause(case.decision_due_at, case.paused_at, now)
    return {"paused_at": None, "question_due_at": None, "decision_due_at": due}


def due_again(case: Case, clock: Clock, now: datetime) -> datetime:
    """By when a case that is taken up again is decided: a clock starts anew, and no promise is shortened."""
    site = calendar()
    return site.later_of(case.decision_due_at, ends_at(clock, site, now))
