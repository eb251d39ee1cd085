"""Cases that stand a microsecond before and behind what the figures part; counted alike by every database."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from corrections.domain.periods import Period
from corrections.domain.statistics import statistics
from corrections.models import Case
from newsroom.models import Article
from tests.factories import make_case

#: The days from the middle of a month to the middle of another.
PERIOD = Period(date(2023, 1, 15), date(2023, 4, 15))
DAY, MOMENT = timedelta(days=1), timedelta(microseconds=1)
#: The site's midnight at which February begins, and those at which the period begins and ends.
FEBRUARY = datetime(2023, 1, 31, 21, 0, tzinfo=UTC)
FIRST, BEHIND_LAST = datetime(2023, 1, 14, 21, 0, tzinfo=UTC), datetime(2023, 4, 15, 21, 0, tzinfo=UTC)
RECEIVED = [FIRST - MOMENT, FIRST, FEBRUARY - MOMENT, FEBRUARY, BEHIND_LAST - MOMENT, BEHIND_LAST]
TOOK = [DAY, DAY + MOMENT, 30 * DAY, 30 * DAY + MOMENT]
EXPECTED = {
    "months": {"2023-01-01": 2, "2023-02-01": 5, "2023-03-01": 0, "2023-04-01": 1},
    "decision_days": {"1": 1, "2": 1, "5": 0, "10": 0, "20": 0, "30": 1, "longer": 1},
    "decisions": [2, 6],
    "decision_takes": [4, 1_339_200.0, 2_592_000.0],
}


def figures(article: Article) -> dict[str, Any]:
    """What EXPECTED holds, counted over cases that this makes."""
    for number, moment in enumerate(RECEIVED):
        _make(article, moment, f"ملاحظة {number}")
    for number, took in enumerate(TOOK):
        # Due at the end of the first day, and of the thirtieth.
        due = FEBRUARY + (DAY if number < 2 else 30 * DAY)
        case = _make(article, FEBRUARY, f"ملاحظة أخرى {number}")
        Case.objects.filter(pk=case.pk).update(decided_at=FEBRUARY + took, decision_due_at=due, status="decided")
    found = statistics(PERIOD, actor=None, now=datetime(2024, 1, 1, tzinfo=UTC))
    takes = found.decision_takes
    return {
        "months": {str(month): count for month, count in found.months.items()},
        "decision_days": found.decision_days,
        "decisions": [found.decisions.kept, found.decisions.missed],
        "decision_takes": [
            takes.count,
            *(round(each.total_seconds(), 3) for each in (takes.median, takes.ninth_decile) if each),
        ],
    }


def _make(article: Article, moment: datetime, text: str) -> Case:
    case = make_case(article, text=text, now=moment)
    Case.objects.filter(pk=case.pk).update(received_at=moment)
    return case
