"""What the desk did in a span of days: counted over cases, decisions and notices, never over people.

A case counts in the days in which it was received, a decision or a notice in those in which it was made; so a report of
December that is decided in January counts once in each year.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery

from corrections.domain import notices
from corrections.domain.access import of_visible_cases, visible_cases, with_title
from corrections.domain.lengths import Spread, Stage, spreads, spreads_by
from corrections.domain.periods import Period
from corrections.domain.punctuality import NOT_REVIEWED, Punctuality, Reviews, promises_of
from corrections.domain.side_by_side import both
from corrections.enums import Happening, Kind, NoticeKind
from corrections.models import Case, Decision, Event
from corrections.rules import Actor
from newsroom.models import Section

#: Names in Arabic and in English by key.
Names = dict[str, tuple[str, str]]


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


#: The stages of the cases received; a decision that was reviewed counts in the stage of reviews.
STAGES = {
    "reply": Stage("received_at", "first_reply_at"),
    "decision": Stage("received_at", "decided_at", NOT_REVIEWED),
    "review": Stage("review_asked_at", "decided_at"),
}


def statistics(period: Period, *, actor: Actor | None, now: datetime) -> Statistics:
    """The figures of a period as this person may see them; of all cases without an `actor`, for what is published.

    Counted are the cases that stand in this person's lists: by day, section and clause figures would else tell how many
    complaints there are about one's own work. Notices and articles are public, and count in any case. Nine queries,
    however many cases, on PostgreSQL over two connections at the same time and as of one moment; each reads the index
    that holds what it counts (Case.Meta, Decision.Meta, Event.Meta).
    """
    # Whose rows count: of the cases themselves, and of what belongs to a case.
    seen, of_seen = (visible_cases(actor), of_visible_cases(actor)) if actor else (Q(), Q())
    received = Case.objects.filter(seen, period.holds("received_at"))
    # Both take about as long.
    (promises, stages, answers, signatures), (groups, decisions, (clauses, clause_names), published, sections) = both(
        lambda: (
            promises_of(received, period, now),
            spreads(received, STAGES),
            _answers(of_seen, period),
            _signatures(of_seen, period),
        ),
        lambda: (
            _groups_of(received, period),
            _decisions(of_seen, period),
            _clauses(received),
            _published(period),
            _sections(period),
        ),
    )
    by_section = _highest_first({sections[key].slug: each for key, each in _sums(groups, "article__section").items()})
    return Statistics(
        period=period,
        received=sum(group["how_many"] for group in groups),
        kinds=_sums(groups, "kind"),
        languages=_sums(groups, "language"),
        sections=by_section,
        months=_months(period, groups),
        decided_months=_months(period, decisions),
        clauses=clauses,
        findings=_sums(decisions, "finding"),
        remedies=_sums(decisions, "remedy"),
        notices=_highest_first({kind: spread.count for kind, spread in published.items()}),
        solved={said: count for said, count in _sums(groups, "solved").items() if said},
        first_replies=promises.first_replies,
        decisions=promises.decisions,
        reply_takes=stages["reply"],
        decision_takes=stages["decision"],
        answer_takes=answers,
        signature_takes=signatures,
        review_takes=stages["review"],
        reviews=promises.reviews,
        decision_days=promises.decision_days,
        error_lives=published.get(NoticeKind.CORRECTION, Spread(0, None, None)),
        articles=sum(section.published for section in sections.values()),
        section_names={
            each.slug: (each.name_ar, each.name_en) for each in sections.values() if each.slug in by_section
        },
        clause_names=clause_names,
    )


def cases_of(actor: Actor, period: Period) -> QuerySet[Case]:
    """The cases received in a period that this person may see, in their order, each with `title`, `finding` and
    `remedy` of its decision; for an export, which reads them one after the other."""
    decision = Decision.objects.filter(case=OuterRef("pk"), state=Decision.State.LIVE)
    found = Case.objects.filter(visible_cases(actor), period.holds("received_at"))
    return (
        with_title(found)
        .annotate(finding=Subquery(decision.values("finding")), remedy=Subquery(decision.values("remedy")))
        .select_related("article__section")
        .order_by("year", "sequence")
    )


def _sums(groups: Iterable[dict[str, Any]], by: str) -> dict[Any, int]:
    sums: Counter[Any] = Counter()
    for group in groups:
        sums[group[by]] += group["how_many"]
    return _highest_first(sums)


def _highest_first(counts: dict[Any, int]) -> dict[Any, int]:
    """Equal counts in the order of their keys, which no database has to agree on with another."""
    return dict(sorted(counts.items(), key=lambda each: (-each[1], each[0])))


def _months(period: Period, groups: Iterable[dict[str, Any]]) -> dict[date, int]:
    """Every month of the period in its order, those without a case too."""
    sums = _sums(groups, "month")
    return {month: sums.get(number, 0) for number, month in enumerate(period.months(), start=1)}


def _groups_of(received: QuerySet[Case], period: Period) -> list[Any]:
    # By the key of the section, not its names: fewer words to compare for every case.
    month = period.number_of_month("received_at")
    grouped = received.annotate(month=month).values("kind", "language", "month", "solved", "article__section")
    return list(grouped.annotate(how_many=Count("*")).order_by())


def _decisions(of_seen: Q, period: Period) -> list[Any]:
    live = Decision.objects.filter(of_seen, period.holds("decided_at"), state=Decision.State.LIVE)
    grouped = live.annotate(month=period.number_of_month("decided_at")).values("finding", "remedy", "month")
    return list(grouped.annotate(how_many=Count("*")).order_by())


def _published(period: Period) -> dict[str, Spread]:
    """How many notices of which kind, and how long the article had stood."""
    standing = notices.standing().filter(period.holds("published_at"))
    return spreads_by(standing, "kind", Stage("article__published_at", "published_at"))


def _sections(period: Period) -> dict[int, Any]:
    """Every section by its key, with `published`: how many of its articles."""
    published = Count("articles", filter=period.holds("articles__published_at"))
    return {section.pk: section for section in Section.objects.annotate(published=published)}


def _clauses(received: QuerySet[Case]) -> tuple[dict[str, int], Names]:
    """How many complaints name which clause, and the names that the newest of its versions has."""
    columns = [f"clauses__{field}" for field in ("key", "name_ar", "name_en")]
    complaints = received.filter(kind=Kind.COMPLAINT, clauses__isnull=False)
    found = complaints.values(*columns, "clauses__version").annotate(how_many=Count("*"))
    counts: Counter[str] = Counter()
    names: Names = {}
    for group in found.order_by("clauses__key", "clauses__version"):
        counts[group["clauses__key"]] += group["how_many"]
        names[group["clauses__key"]] = (group["clauses__name_ar"], group["clauses__name_en"])
    return _highest_first(counts), names


def _answers(of_seen: Q, period: Period) -> Spread:
    """How long readers took to answer: from the question to the answer, of the answers of the period (one query)."""
    answers = Event.objects.filter(of_seen, period.holds("happened_at"), happening=Happening.READER_ANSWERED)
    # The last of the questions before it: joined, so that it is looked for once and not for every figure.
    asked = answers.filter(case__events__happening=Happening.QUESTION_ASKED, case__events__sequence__lt=F("sequence"))
    after = asked.annotate(asked_at=Max("case__events__happened_at")).order_by()
    return spreads(after, {"answer": Stage("asked_at", "happened_at")})["answer"]


def _signatures(of_seen: Q, period: Period) -> Spread:
    """How long proposed decisions waited for their signature, of those signed in the period (one query)."""
    signed = Decision.objects.filter(of_seen, period.holds("signed_at"))
    return spreads(signed, {"signature": Stage("decided_at", "signed_at")})["signature"]
