"""The order of work, and places in it: people's safety, then what runs, then what waits for its reader, then what
is done with; in each what is due first, then the older case.

A page or a neighbour is found by a place, never by counting rows. A place is made of values, not of a row: it stays
what it is when its case has left the view, so "next" is right also after one's own step has changed the case.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from django.db.models import Case as Choice
from django.db.models import IntegerField, Q, QuerySet, Value, When

from corrections.enums import OPEN_STATUSES, Severity, WaitingOn
from corrections.models import Case

_SAFETY, _RUNNING, _PAUSED, _DONE = range(4)
_WRITTEN = re.compile(r"([0-3])-([0-9]{1,18})-([0-9]{1,18})", re.ASCII)
_ORDER = ("rank", "decision_due_at", "pk")
_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Place(NamedTuple):
    """Where a case stands: its rank (0 to 3, as above), when it is due (aware), its key in the table."""

    rank: int
    due: datetime
    pk: int

    def __str__(self) -> str:
        """As an address holds it."""
        return f"{self.rank}-{(self.due - _BEGINNING) // _MICROSECOND}-{self.pk}"


def place_of(case: Case) -> Place:
    """Where a case stands now."""
    return Place(_rank_of(case), case.decision_due_at, case.pk)


def read_place(written: str) -> Place | None:
    """A place as an address holds it; None for anything else."""
    parts = _WRITTEN.fullmatch(written)
    if parts is None:
        return None
    rank, microseconds, pk = map(int, parts.groups())
    try:
        return Place(rank, _BEGINNING + microseconds * _MICROSECOND, pk)
    except OverflowError:
        return None


def in_order(cases: QuerySet[Case]) -> QuerySet[Case]:
    """The cases in the order of work."""
    return _ranked(cases).order_by(*_ORDER)


def after(cases: QuerySet[Case], place: Place) -> QuerySet[Case]:
    """What stands behind a place, nearest first."""
    later = Q(rank__gt=place.rank) | Q(rank=place.rank) & (
        Q(decision_due_at__gt=place.due) | Q(decision_due_at=place.due, pk__gt=place.pk)
    )
    return in_order(_ranked(cases).filter(later))


def before(cases: QuerySet[Case], place: Place) -> QuerySet[Case]:
    """What stands before a place, nearest first."""
    earlier = Q(rank__lt=place.rank) | Q(rank=place.rank) & (
        Q(decision_due_at__lt=place.due) | Q(decision_due_at=place.due, pk__lt=place.pk)
    )
    return in_order(_ranked(cases).filter(earlier)).reverse()


def _rank_of(case: Case) -> int:
    if case.status not in OPEN_STATUSES:
        return _DONE
    if case.severity == Severity.SAFETY:
        return _SAFETY
    return _PAUSED if case.waiting_on == WaitingOn.READER else _RUNNING


def _ranked(cases: QuerySet[Case]) -> QuerySet[Case]:
    if "rank" in cases.query.annotations:
        return cases
    rank = Choice(
        When(severity=Severity.SAFETY, status__in=OPEN_STATUSES, then=Value(_SAFETY)),
        When(waiting_on=WaitingOn.READER, status__in=OPEN_STATUSES, then=Value(_PAUSED)),
        When(status__in=OPEN_STATUSES, then=Value(_RUNNING)),
        default=Value(_DONE),
        output_field=IntegerField(),
    )
    return cases.annotate(rank=rank)
