"""The yearly statement of a newsroom about its complaints: numbers, each upheld complaint, the steps taken.

Modelled on what press regulators ask of their members (IPSO Regulations, annex A: annual statement).
"""

from dataclasses import dataclass
from datetime import date, datetime

from corrections.domain.access import of_visible_cases
from corrections.domain.code import clauses_listed, read_clauses
from corrections.domain.periods import Period
from corrections.domain.statistics import Statistics, statistics
from corrections.enums import Finding, Kind
from corrections.models import Decision
from corrections.rules import Actor
from newsroom.queries import latest


@dataclass(frozen=True)
class Statement:
    """A year's figures and its upheld complaints, the oldest first; each carries `title`, `notice` where one was
    published, and `named` (its clauses)."""

    year: int
    figures: Statistics
    upheld: list[Decision]


def statement_of(year: int, *, actor: Actor, now: datetime) -> Statement:
    """The statement of a year as this person may see it (the queries of its figures and one more).

    Only what was published or told to the complainant stands in it: public reasons, remedies, notices; no name. The
    figures of a year that is over are sums over all cases, for they are published; while it runs they leave out what
    the person may not see, as those of every other span of days. Complaints about one's own articles are never listed.
    """
    period = Period(date(year, 1, 1), date(year, 12, 31))
    begins, ends = period.span()
    upheld = (
        Decision.objects.filter(
            of_visible_cases(actor),
            state=Decision.State.LIVE,
            case__kind=Kind.COMPLAINT,
            finding__in=[Finding.UPHELD, Finding.PARTLY_UPHELD],
            decided_at__gte=begins,
            decided_at__lt=ends,
        )
        .select_related("case__article", "notice")
        .annotate(title=latest("title", through="case__article"), clauses_listed=clauses_listed(Decision, "decision"))
        .order_by("decided_at", "pk")
    )
    listed: list[Decision] = list(upheld)
    for decision in listed:
        decision.named = read_clauses(decision)  # type: ignore[attr-defined]  # no column
    whose = None if ends <= now else actor
    return Statement(year, statistics(period, actor=whose, now=now), listed)
