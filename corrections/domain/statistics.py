"""What the desk did in a span of days: counted over cases, decisions and notices, never over people.

A case counts in the days in which it was received, a decision or a notice in those in which it was made; so a report of
December that is decided in January counts once in each year.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import (
    Aggregate,
    Count,
    DurationField,
    ExpressionWrapper,
    F,
    Field,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
)
from django.db.models.functions import TruncMonth

from corrections.domain import notices
from corrections.domain.access import visible_cases, with_title
from corrections.enums import NoticeKind, Status
from corrections.models import Case, Decision
from corrections.rules import Actor
from newsroom.models import Article


@dataclass(frozen=True)
class Period:
    """Whole days of the site, both ends included."""

    first: date
    last: date

    def span(self) -> tuple[datetime, datetime]:
        """From the first moment of the first day to the first behind the last."""
        zone = ZoneInfo(settings.TIME_ZONE)
        begins, ends = self.first, self.last + timedelta(days=1)
        return datetime.combine(begins, time(), zone), datetime.combine(ends, time(), zone)


@dataclass(frozen=True)
class Spread:
    """How long something took: of `count` cases half took at most `median`, nine of ten at most `ninth_decile`."""

    count: int
    median: timedelta | None
    ninth_decile: timedelta | None


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
class Statistics:
    """The figures of a period. The counters are by coded word (`clauses` and `sections` by key), highest first."""

    period: Period
    received: int
    kinds: dict[str, int]
    languages: dict[str, int]
    sections: dict[str, int]
    months: dict[date, int]
    clauses: dict[str, int]
    findings: dict[str, int]
    remedies: dict[str, int]
    notices: dict[str, int]
    solved: dict[str, int]
    first_replies: Punctuality
    decisions: Punctuality
    reply_takes: Spread
    decision_takes: Spread
    #: From the publication of an article to the correction on it.
    error_lives: Spread
    articles: int

    @property
    def corrections_per_thousand(self) -> float | None:
        """Corrections for each thousand articles published in the same days; None without articles."""
        corrections = self.notices.get(NoticeKind.CORRECTION, 0)
        return round(1000 * corrections / self.articles, 1) if self.articles else None


def statistics(period: Period, *, now: datetime) -> Statistics:
    """The figures of a period (nine queries, however many cases)."""
    begins, ends = period.span()
    received = Case.objects.filter(received_at__gte=begins, received_at__lt=ends)
    groups: list[Any] = list(
        received.annotate(month=TruncMonth("received_at", tzinfo=ZoneInfo(settings.TIME_ZONE)))
        .values("kind", "language", "article__section__slug", "month", "solved")
        .annotate(how_many=Count("pk"))
        .order_by()
    )
    decided = Decision.objects.filter(state=Decision.State.LIVE, decided_at__gte=begins, decided_at__lt=ends)
    decisions: list[Any] = list(decided.values("finding", "remedy").annotate(how_many=Count("pk")).order_by())
    published = list(
        notices.standing()
        .filter(published_at__gte=begins, published_at__lt=ends)
        .values_list("kind", "published_at", "article__published_at")
    )
    lives = sorted(at - first for kind, at, first in published if kind == NoticeKind.CORRECTION)
    first_replies, decided_in_time = _punctuality(received, now)
    return Statistics(
        period=period,
        received=sum(group["how_many"] for group in groups),
        kinds=_sums(groups, "kind"),
        languages=_sums(groups, "language"),
        sections=_sums(groups, "article__section__slug"),
        months=_months(period, groups),
        clauses=_clauses(received),
        findings=_sums(decisions, "finding"),
        remedies=_sums(decisions, "remedy"),
        notices=dict(Counter(kind for kind, _at, _first in published).most_common()),
        solved={said: count for said, count in _sums(groups, "solved").items() if said},
        first_replies=first_replies,
        decisions=decided_in_time,
        reply_takes=_spread(received.filter(first_reply_at__isnull=False), "first_reply_at"),
        decision_takes=_spread(received.filter(decided_at__isnull=False), "decided_at"),
        error_lives=_spread_of(lives),
        articles=Article.objects.filter(published_at__gte=begins, published_at__lt=ends).count(),
    )


def cases_of(actor: Actor, period: Period) -> QuerySet[Case]:
    """The cases received in a period that this person may see, in their order, each with `title`, `finding` and
    `remedy` of its decision; for an export, which reads them one after the other."""
    begins, ends = period.span()
    decision = Decision.objects.filter(case=OuterRef("pk"), state=Decision.State.LIVE)
    found = Case.objects.filter(visible_cases(actor), received_at__gte=begins, received_at__lt=ends)
    return (
        with_title(found)
        .annotate(finding=Subquery(decision.values("finding")), remedy=Subquery(decision.values("remedy")))
        .select_related("article__section")
        .order_by("year", "sequence")
    )


def _sums(groups: list[dict[str, Any]], by: str) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for group in groups:
        sums[group[by]] += group["how_many"]
    return dict(sums.most_common())


def _months(period: Period, groups: list[dict[str, Any]]) -> dict[date, int]:
    """Every month of the period in its order, those without a case too."""
    sums: Counter[date] = Counter()
    for group in groups:
        sums[group["month"].date().replace(day=1)] += group["how_many"]
    month, months = period.first.replace(day=1), {}
    while month <= period.last:
        months[month] = sums[month]
        month = (month + timedelta(days=32)).replace(day=1)
    return months


def _clauses(received: QuerySet[Case]) -> dict[str, int]:
    found = received.filter(clauses__isnull=False).values("clauses__key").annotate(how_many=Count("pk"))
    return {group["clauses__key"]: group["how_many"] for group in found.order_by("-how_many", "clauses__key")}


def _punctuality(received: QuerySet[Case], now: datetime) -> tuple[Punctuality, Punctuality]:
    # What its reader took back before the desk had to answer was neither kept nor missed.
    promised = received.exclude(status__in=[Status.WITHDRAWN, Status.DUPLICATE, Status.HELD])
    sums = promised.aggregate(
        replied=Count("pk", filter=Q(first_reply_at__lte=F("acknowledge_due_at"))),
        reply_late=Count(
            "pk",
            filter=Q(first_reply_at__gt=F("acknowledge_due_at"))
            | Q(first_reply_at__isnull=True, acknowledge_due_at__lt=now),
        ),
        decided=Count("pk", filter=Q(decided_at__lte=F("decision_due_at"))),
        decision_late=Count(
            "pk",
            filter=Q(decided_at__gt=F("decision_due_at"))
            | Q(decided_at__isnull=True, decision_due_at__lt=now, paused_at__isnull=True),
        ),
    )
    return Punctuality(sums["replied"], sums["reply_late"]), Punctuality(sums["decided"], sums["decision_late"])


class Quantiles(Aggregate):
    """The median and the ninth decile in seconds, by PostgreSQL itself (percentile_cont is linear too)."""

    function = "percentile_cont"
    template = "%(function)s(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY EXTRACT(EPOCH FROM %(expressions)s))"
    output_field = Field()


def _spread(cases: QuerySet[Case], ended: str) -> Spread:
    """One query. PostgreSQL counts itself; for SQLite, which cannot, the moments are read."""
    if connection.vendor != "postgresql":
        return _spread_of(sorted(end - start for start, end in cases.values_list("received_at", ended)))
    lengths = ExpressionWrapper(F(ended) - F("received_at"), output_field=DurationField())
    found = cases.aggregate(how_many=Count("pk"), quantiles=Quantiles(lengths))
    if not found["how_many"]:
        return Spread(0, None, None)
    median, ninth_decile = (timedelta(seconds=seconds) for seconds in found["quantiles"])
    return Spread(found["how_many"], median, ninth_decile)


def _spread_of(lengths: list[timedelta]) -> Spread:
    if not lengths:
        return Spread(0, None, None)
    return Spread(len(lengths), _quantile(lengths, 0.5), _quantile(lengths, 0.9))


def _quantile(lengths: list[timedelta], share: float) -> timedelta:
    """Linear between the two nearest values (the definition of spreadsheets: PERCENTILE.INC)."""
    place = share * (len(lengths) - 1)
    below = int(place)
    if below + 1 == len(lengths):
        return lengths[below]
    lower, upper = next(pairwise(lengths[below : below + 2]))
    return lower + (upper - lower) * (place - below)
