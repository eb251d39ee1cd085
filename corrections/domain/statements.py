"""The yearly statement of a newsroom about its complaints: numbers, each upheld complaint, the steps taken.

Modelled on what press regulators ask of their members (IPSO Regulations, annex A: annual statement).
"""

from dataclasses import dataclass
from datetime import date, datetime

from corrections.domain.statistics import Period, Statistics, statistics
from corrections.enums import Finding, Kind
from corrections.models import Decision
from newsroom.queries import latest


@dataclass(frozen=True)
class Statement:
    """A year's figures and its upheld complaints, the oldest first; each carries `title`, `notice` where one was
    published, and its clauses."""

    year: int
    figures: Statistics
    upheld: list[Decision]


def statement_of(year: int, *, now: datetime) -> Statement:
    """The statement of a year (the queries of its figures and two more).

    Only what was published or told to the complainant stands in it: public reasons, remedies, notices; no name.
    """
    period = Period(date(year, 1, 1), date(year, 12, 31))
    begins, ends = period.span()
    upheld = (
        Decision.objects.filter(
            state=Decision.State.LIVE,
            case__kind=Kind.COMPLAINT,
            finding__in=[Finding.UPHELD, Finding.PARTLY_UPHELD],
            decided_at__gte=begins,
            decided_at__lt=ends,
        )
        .select_related("case__article", "notice")
        .prefetch_related("clauses")
        .annotate(title=latest("title", through="case__article"))
        .order_by("decided_at", "pk")
    )
    return Statement(year, statistics(period, now=now), list(upheld))
