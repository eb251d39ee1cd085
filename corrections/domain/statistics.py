"""What the desk did in a span of days: counted over cases, decisions and notices, never over people.

A case counts in the days in which it was received, a decision or a notice in those in which it was made; so a report of
December that is decided in January counts once in each year.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncMonth

from corrections.domain import notices
from corrections.domain.access import visible_cases, with_title
from corrections.domain.lengths import Spread, Stage, spread_of, spreads
from corrections.enums import Happening, NoticeKind, Status
from corrections.models import Case, Decision, Event
from corrections.rules import Actor
from newsroom.models import Article

#: Whole days within which decisions are counted, for the picture of how long they take.
DECISION_DAYS = (1, 2, 5, 10, 20, 30)
LONGER = "longer"
#: Names in Arabic and in English by key.
Names = dict[str, tuple[str, str]]


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
class Statistics:
    """The figures of a period. The counters are by coded word (`clauses` and `sections` by key), highest first."""

    period: Period
    received: int
    kinds: dict[str, int]
    languages: dict[str, int]
    sections: dict[str, int]
    months: dict[date, int]
    decided_months: dict[date, int]
    clauses: dict[str, int]
    findings: dict[str, int]
    remedies: dict[str, int]
    notices: dict[str, int]
    solved: dict[str, int]
    first_replies: Punctuality
    decisions: Punctuality
    #: Each stage of a case: the first reply, the decision, the reader's answer to a question, the second signature, the
    #: review that a reader asked for.
    reply_takes: Spread
    decision_takes: Spread
    answer_takes: Spread
    signature_takes: Spread
    review_takes: Spread
    reviews: Reviews
    #: How many decisions took at most so many days (DECISION_DAYS, and LONGER).
    decision_days: dict[str, int]
    #: From the publication of an article to the correction on it.
    error_lives: Spread
    articles: int
    section_names: Names
    clause_names: Names

    @property
    def corrections_per_thousand(self) -> float | None:
        """Corrections for each thousand articles published in the same days; None without articles."""
        corrections = self.notices.get(NoticeKind.CORRECTION, 0)
        return round(1000 * corrections / self.articles, 1) if self.articles else None


_LIVE = Decision.State.LIVE
#: The stages of the cases received; a decision that was reviewed counts in the stage of reviews.
STAGES = {
    "reply": Stage("received_at", "first_reply_at"),
    "decision": Stage("received_at", "decided_at", Q(review_asked_at__isnull=True)),
    "review": Stage("review_asked_at", "decided_at"),
}


def statistics(period: Period, *, actor: Actor | None, now: datetime) -> Statistics:
    """The figures of a period as this person may see them; of all cases without an `actor`, for what is published.

    Counted are the cases that stand in this person's lists: by day, section and clause figures would else tell how many
    complaints there are about one's own work. Notices and articles are public, and count in any case. Nine queries,
    however many cases.
    """
    begins, ends = period.span()
    seen = Case.objects.filter(visible_cases(actor)) if actor else Case.objects.all()
    received = seen.filter(received_at__gte=begins, received_at__lt=ends)
    groups = _groups_of(received)
    live = Decision.objects.filter(case__in=seen, state=_LIVE, decided_at__gte=begins, decided_at__lt=ends)
    decided = _by_month(live, "decided_at")
    decisions: list[Any] = list(decided.values("finding", "remedy", "month").annotate(how_many=Count("pk")).order_by())
    published = list(
        notices.standing()
        .filter(published_at__gte=begins, published_at__lt=ends)
        .values_list("kind", "published_at", "article__published_at")
    )
    lives = sorted(at - first for kind, at, first in published if kind == NoticeKind.CORRECTION)
    clauses, clause_names = _clauses(received)
    sums = _sums_of_cases(received, now)
    stages = spreads(received, STAGES)
    return Statistics(
        period=period,
        received=sum(group["how_many"] for group in groups),
        kinds=_sums(groups, "kind"),
        languages=_sums(groups, "language"),
        sections=_sums(groups, "article__section__slug"),
        months=_months(period, groups),
        decided_months=_months(period, decisions),
        clauses=clauses,
        findings=_sums(decisions, "finding"),
        remedies=_sums(decisions, "remedy"),
        notices=dict(Counter(kind for kind, _at, _first in published).most_common()),
        solved={said: count for said, count in _sums(groups, "solved").items() if said},
        first_replies=Punctuality(sums["replied"], sums["reply_late"]),
        decisions=Punctuality(sums["decided"], sums["decision_late"]),
        reply_takes=stages["reply"],
        decision_takes=stages["decision"],
        answer_takes=_answers(seen, begins, ends),
        signature_takes=_signatures(seen, begins, ends),
        review_takes=stages["review"],
        reviews=_reviews(sums),
        decision_days=_days(sums),
        error_lives=spread_of(lives),
        articles=Article.objects.filter(published_at__gte=begins, published_at__lt=ends).count(),
        section_names={
            group["article__section__slug"]: (group["article__section__name_ar"], group["article__section__name_en"])
            for group in groups
        },
        clause_names=clause_names,
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


def _groups_of(received: QuerySet[Case]) -> list[Any]:
    section = [f"article__section__{field}" for field in ("slug", "name_ar", "name_en")]
    grouped = _by_month(received, "received_at").values("kind", "language", "month", "solved", *section)
    return list(grouped.annotate(how_many=Count("pk")).order_by())


def _by_month(rows: QuerySet[Any], moment: str) -> QuerySet[Any]:
    by_month: QuerySet[Any] = rows.annotate(month=TruncMonth(moment, tzinfo=ZoneInfo(settings.TIME_ZONE)))
    return by_month


def _clauses(received: QuerySet[Case]) -> tuple[dict[str, int], Names]:
    """How many complaints name which clause, and the names that the newest of its versions has."""
    columns = [f"clauses__{field}" for field in ("key", "name_ar", "name_en")]
    found = received.filter(clauses__isnull=False).values(*columns, "clauses__version").annotate(how_many=Count("pk"))
    counts: Counter[str] = Counter()
    names: Names = {}
    for group in found.order_by("clauses__key", "clauses__version"):
        counts[group["clauses__key"]] += group["how_many"]
        names[group["clauses__key"]] = (group["clauses__name_ar"], group["clauses__name_en"])
    return dict(counts.most_common()), names


def _sums_of_cases(received: QuerySet[Case], now: datetime) -> dict[str, int]:
    """What was kept and missed, how many decisions took at most so many days, what became of reviews (one query)."""
    # What its reader took back before the desk had to answer was neither kept nor missed.
    promised = ~Q(status__in=[Status.WITHDRAWN, Status.DUPLICATE, Status.HELD])
    late_reply = Q(first_reply_at__gt=F("acknowledge_due_at")) | Q(
        first_reply_at__isnull=True, acknowledge_due_at__lt=now
    )
    late_decision = Q(decided_at__gt=F("decision_due_at")) | Q(
        decided_at__isnull=True, decision_due_at__lt=now, paused_at__isnull=True
    )
    first_decided = STAGES["decision"].condition & Q(decided_at__isnull=False)
    reviewed = Q(review_asked_at__isnull=False)
    within = {
        f"within_{days}": Count("pk", filter=first_decided & Q(decided_at__lte=F("received_at") + timedelta(days=days)))
        for days in DECISION_DAYS
    }
    return received.aggregate(
        replied=Count("pk", filter=promised & Q(first_reply_at__lte=F("acknowledge_due_at"))),
        reply_late=Count("pk", filter=promised & late_reply),
        decided=Count("pk", filter=promised & Q(decided_at__lte=F("decision_due_at"))),
        decision_late=Count("pk", filter=promised & late_decision),
        reviews_asked=Count("pk", filter=reviewed),
        reviews_taken_back=Count("pk", filter=Q(review_withdrawn_at__isnull=False)),
        reviews_decided=Count("pk", filter=reviewed & Q(decided_at__isnull=False)),
        reviews_as_before=Count("pk", filter=reviewed & Q(decided_at__isnull=False) & Q(_decided_as_before())),
        all_decided=Count("pk", filter=first_decided),
        **within,
    )


def _days(sums: dict[str, int]) -> dict[str, int]:
    """The counts "within so many days" as counts of their own; each case stands in the first that holds it."""
    counted, before = {}, 0
    for days in DECISION_DAYS:
        counted[str(days)] = sums[f"within_{days}"] - before
        before = sums[f"within_{days}"]
    return {**counted, LONGER: sums["all_decided"] - before}


def _answers(seen: QuerySet[Case], begins: datetime, ends: datetime) -> Spread:
    """How long readers took to answer: from the question to the answer, of the answers of the period (one query)."""
    question = Event.objects.filter(
        case=OuterRef("case"), happening=Happening.QUESTION_ASKED, sequence__lt=OuterRef("sequence")
    ).order_by("-sequence")
    answers = Event.objects.filter(
        case__in=seen, happening=Happening.READER_ANSWERED, happened_at__gte=begins, happened_at__lt=ends
    ).annotate(asked_at=Subquery(question.values("happened_at")[:1]))
    return spreads(answers, {"answer": Stage("asked_at", "happened_at")})["answer"]


def _signatures(seen: QuerySet[Case], begins: datetime, ends: datetime) -> Spread:
    """How long proposed decisions waited for their signature, of those signed in the period (one query)."""
    signed = Decision.objects.filter(case__in=seen, signed_at__gte=begins, signed_at__lt=ends)
    return spreads(signed, {"signature": Stage("decided_at", "signed_at")})["signature"]


def _reviews(sums: dict[str, int]) -> Reviews:
    asked, decided, as_before = sums["reviews_asked"], sums["reviews_decided"], sums["reviews_as_before"]
    back = sums["reviews_taken_back"]
    return Reviews(
        asked + back, changed=decided - as_before, as_before=as_before, taken_back=back, undecided=asked - decided
    )


def _decided_as_before() -> Exists:
    """Whether the decision that holds has the finding and the remedy of the one that a review was asked of."""
    first = Decision.objects.filter(
        case=OuterRef("case"), state=Decision.State.SUPERSEDED, decided_at__lte=OuterRef("case__review_asked_at")
    ).order_by("-pk")
    same = {field: Subquery(first.values(field)[:1]) for field in ("finding", "remedy")}
    return Exists(Decision.objects.filter(case=OuterRef("pk"), state=_LIVE, **same))
