"""What was promised to readers and kept or missed, how many days decisions took, what became of reviews."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.db.models import Case as Choice
from django.db.models import (
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    FloatField,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Concat

from corrections.domain.periods import Period
from corrections.enums import Status
from corrections.models import Case, Decision

#: Whole days within which decisions are counted, for the picture of how long they take.
DECISION_DAYS = (1, 2, 5, 10, 20, 30)
LONGER = "longer"
#: What its reader took back before the desk had to answer was neither kept nor missed.
_NOT_PROMISED = frozenset({Status.WITHDRAWN, Status.DUPLICATE, Status.HELD})
#: A decision that was reviewed counts among the reviews.
NOT_REVIEWED = Q(review_asked_at__isnull=True)
_REVIEWED = Q(review_asked_at__isnull=False)
_DECIDED = Q(decided_at__isnull=False)
_RUNNING, _KEPT, _MISSED = range(3)
#: In place of the days, where a review was asked for: whether it is decided.
_REVIEW_DECIDED, _REVIEW_RUNS = -1, -2


@dataclass(frozen=True)
class Punctuality:
    """Of what was promised and is due or done: kept in time, and not."""

    kept: int
    missed: int

    @property
    def share(self) -> int | None:
        """Per cent kept; None where nothing was due."""
        return round(100 * self.kept / (self.kept + self.missed)) if self.kept + self.missed else None


@dataclass(frozen=True)
class Reviews:
    """The reviews that the readers of the cases received asked for: those that changed the finding or the remedy, those
    that left both as they were, those that were taken back before that, and those that run."""

    asked: int
    changed: int
    as_before: int
    taken_back: int
    undecided: int


@dataclass(frozen=True)
class Promises:
    """How the promises of some cases were kept; `decision_days` says how many decisions took at most so many days
    (DECISION_DAYS, and LONGER), each standing in the first that holds it."""

    first_replies: Punctuality
    decisions: Punctuality
    decision_days: dict[str, int]
    reviews: Reviews


def promises_of(cases: QuerySet[Case], period: Period, now: datetime) -> Promises:
    """How the promises of these cases, which were received in a period, were kept (one query)."""
    # Grouped by what became of them: counting each figure by a condition of its own costs three times as much.
    became = {"reply": _reply(now), "decision": _decision(now), "within": _days_reached()}
    groups: list[Any] = list(cases.annotate(**became).values("status", *became).annotate(**_counts(period)).order_by())
    promised = [group for group in groups if group["status"] not in _NOT_PROMISED]
    days = _sums(groups, "within")
    return Promises(
        _punctuality(promised, "reply"),
        _punctuality(promised, "decision"),
        {str(name): days[number] for number, name in enumerate((*DECISION_DAYS, LONGER))},
        _reviews(groups),
    )


def _counts(period: Period) -> dict[str, Count]:
    decided_again = _REVIEWED & _DECIDED
    return {
        "how_many": Count("*"),
        "taken_back": Count("review_withdrawn_at"),
        "as_before": Count(Value(1), filter=decided_again & Q(pk__in=_decided_as_before(period))),
    }


def _reviews(groups: list[Any]) -> Reviews:
    taken_back, as_before = (sum(group[name] for group in groups) for name in ("taken_back", "as_before"))
    within = _sums(groups, "within")
    decided, undecided = within[_REVIEW_DECIDED], within[_REVIEW_RUNS]
    return Reviews(decided + undecided + taken_back, decided - as_before, as_before, taken_back, undecided)


def _punctuality(groups: list[Any], of: str) -> Punctuality:
    sums = _sums(groups, of)
    return Punctuality(sums[_KEPT], sums[_MISSED])


def _sums(groups: list[Any], by: str) -> Counter[int | None]:
    sums: Counter[int | None] = Counter()
    for group in groups:
        sums[group[by]] += group["how_many"]
    return sums


def _reply(now: datetime) -> Choice:
    return _became("first_reply_at", "acknowledge_due_at", Q(acknowledge_due_at__lt=now))


def _decision(now: datetime) -> Choice:
    return _became("decided_at", "decision_due_at", Q(decision_due_at__lt=now, paused_at__isnull=True))


def _became(done_at: str, due_at: str, is_overdue: Q) -> Choice:
    # What is true of most cases is asked first.
    return Choice(
        When(Q(**{f"{done_at}__lte": F(due_at)}), then=Value(_KEPT)),
        When(Q(**{f"{done_at}__isnull": False}), then=Value(_MISSED)),
        When(is_overdue, then=Value(_MISSED)),
        default=Value(_RUNNING),
        output_field=IntegerField(),
    )


def _days_reached() -> Choice:
    """The place in DECISION_DAYS of the days that the decision took at most, one behind the last where it took longer;
    None where there is no decision; _REVIEW_DECIDED or _REVIEW_RUNS where a review was asked for."""
    reviewed = (
        When(_REVIEWED & _DECIDED, then=Value(_REVIEW_DECIDED)),
        When(_REVIEWED, then=Value(_REVIEW_RUNS)),
    )
    if connection.vendor == "postgresql":
        took = Func(
            Value("epoch"),
            ExpressionWrapper(F("decided_at") - F("received_at"), output_field=DurationField()),
            function="date_part",
            output_field=FloatField(),
        )
        # So many days are still "at most": a limit is passed one microsecond later.
        limits = Value([timedelta(days=days, microseconds=1).total_seconds() for days in DECISION_DAYS])
        places = Func(took, limits, function="width_bucket", output_field=IntegerField())
        return Choice(When(NOT_REVIEWED, then=places), *reviewed, output_field=IntegerField())
    within = [Q(decided_at__lte=F("received_at") + timedelta(days=days)) for days in DECISION_DAYS]
    within_days = [
        When(NOT_REVIEWED & condition, then=Value(place)) for place, condition in enumerate([*within, _DECIDED])
    ]
    return Choice(*within_days, *reviewed, output_field=IntegerField())


def _decided_as_before(period: Period) -> QuerySet[Any, Any]:
    """The cases of which the decision that holds has finding and remedy of the one that a review was asked of."""
    # Found once, from the few cases that were reviewed; two look-ups for each, never all decisions at once.
    outcome = Concat("finding", Value("/"), "remedy")
    of_case = Decision.objects.filter(case=OuterRef("pk"))
    live = of_case.filter(state=Decision.State.LIVE)
    reviewed = of_case.filter(state=Decision.State.SUPERSEDED, decided_at__lte=OuterRef("review_asked_at"))
    # At most one is live, so that there is nothing to sort.
    in_order = (live.order_by(), reviewed.order_by("-pk"))
    holds, first = (Subquery(found.values(outcome=outcome)[:1]) for found in in_order)
    cases = Case.objects.filter(_REVIEWED, period.holds("received_at")).order_by()
    return cases.annotate(holds=holds, first=first).filter(holds=F("first")).values("pk")
