"""The figures of the statistics as words and rows: for the page, and for the tables that are taken away."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, npgettext

from corrections.desk.charts import Chart, ChartRow, bars, columns
from corrections.domain.lengths import Spread
from corrections.domain.punctuality import LONGER, Punctuality
from corrections.domain.statistics import Names, Statistics
from corrections.enums import Finding, Kind, NoticeKind, Remedy, Solved
from newsroom.dates import month_and_year
from newsroom.models.languages import Language


@dataclass(frozen=True)
class Row:
    """One line of a table: what, how many."""

    label: str | Promise
    count: int


@dataclass(frozen=True)
class Table:
    """A group of figures under a heading; `key` is its name for programs, `most` the longest bar."""

    key: str
    heading: str | Promise
    rows: list[Row]

    @property
    def most(self) -> int:
        return max((row.count for row in self.rows), default=0)


HEADINGS: dict[str, str | Promise] = {
    "months": gettext_lazy("Received by month"),
    "decided_months": gettext_lazy("Decisions by month"),
    "kinds": gettext_lazy("By kind"),
    "languages": gettext_lazy("By language"),
    "sections": gettext_lazy("By section"),
    "clauses": gettext_lazy("Complaints by clause"),
    "findings": gettext_lazy("Decisions by finding"),
    "remedies": gettext_lazy("Decisions by remedy"),
    "decision_days": gettext_lazy("Days to the decision"),
    "notices": gettext_lazy("Published notices"),
    "reviews": gettext_lazy("Reviews that readers asked for"),
    "solved": gettext_lazy("Was it solved? What readers said"),
}
#: Over the columns of the table of figures, after the group.
KEY_HEADS: tuple[str | Promise, ...] = (
    gettext_lazy("What"),
    gettext_lazy("How many"),
    gettext_lazy("Of how many"),
    gettext_lazy("Percent"),
    gettext_lazy("Half within, hours"),
    gettext_lazy("90% within, hours"),
)
#: What became of the reviews, in the order of the table.
_REVIEWS: dict[str, str | Promise] = {
    "asked": gettext_lazy("Reviews asked for"),
    "changed": gettext_lazy("Finding or remedy changed"),
    "as_before": gettext_lazy("Decided as before"),
    "taken_back": gettext_lazy("Taken back by the reader"),
    "undecided": gettext_lazy("Not decided yet"),
}


def tables_of(figures: Statistics, language: str) -> list[Table]:
    """The counted figures in words of a language; a group without any figure is left out."""
    rows = {
        "months": [Row(month_and_year(month), count) for month, count in figures.months.items()],
        "decided_months": [Row(month_and_year(month), count) for month, count in figures.decided_months.items()],
        "decision_days": [Row(_days(days), count) for days, count in figures.decision_days.items()],
        "kinds": _rows(figures.kinds, dict(Kind.choices)),
        "languages": _rows(figures.languages, dict(Language.choices)),
        "sections": _rows(figures.sections, _in_language(figures.section_names, language)),
        "clauses": _rows(figures.clauses, _in_language(figures.clause_names, language)),
        "findings": _rows(figures.findings, dict(Finding.choices)),
        "remedies": _rows(figures.remedies, dict(Remedy.choices)),
        "notices": _rows(figures.notices, dict(NoticeKind.choices)),
        "reviews": [Row(words, getattr(figures.reviews, key)) for key, words in _REVIEWS.items()],
        "solved": _rows(figures.solved, dict(Solved.choices)),
    }
    return [Table(key, HEADINGS[key], rows[key]) for key in HEADINGS if any(row.count for row in rows[key])]


#: The groups that have a picture; on a page they stand there and not once more among the other tables.
PICTURED = frozenset({"months", "decided_months", "findings", "decision_days"})


#: Of more months the picture shows years: columns of ten years of months are thinner than a hair.
MOST_MONTHS = 36


def charts_of(figures: Statistics, tables: Sequence[Table]) -> list[Chart]:
    """The pictures: what came and what was decided by month (over more than MOST_MONTHS by year), the outcomes, how
    long decisions took."""
    found = {table.key: table for table in tables}
    drawn = []
    if found.keys() & {"months", "decided_months"}:
        drawn.append(_course(figures))
    if "findings" in found:
        outcomes = found["findings"]
        drawn.append(bars("findings", outcomes.heading, _("What"), _("How many"), _chart_rows(outcomes)))
    if "decision_days" in found:
        days = found["decision_days"]
        drawn.append(columns("decision_days", days.heading, _("Days"), [_("How many")], _chart_rows(days)))
    return drawn


def _course(figures: Statistics) -> Chart:
    """What came and what was decided, in the order of time."""
    heads = [_("Received"), _("Decided")]
    if len(figures.months) <= MOST_MONTHS:
        rows = _beside(
            {month_and_year(month): count for month, count in figures.months.items()}, figures.decided_months
        )
        return columns("months", _("Received and decided by month"), _("Month"), heads, rows)
    rows = _beside(_by_year(figures.months), _by_year(figures.decided_months))
    return columns("years", _("Received and decided by year"), _("Year"), heads, rows)


def _by_year(months: Mapping[date, int]) -> Counter[str]:
    years: Counter[str] = Counter()
    for month, count in months.items():
        years[str(month.year)] += count
    return years


def _beside(received: Mapping[str, int], decided: Mapping[Any, int]) -> list[ChartRow]:
    """Both in the same order, under the labels of the first."""
    pairs = zip(received.items(), decided.values(), strict=True)
    return [ChartRow(label, (came, done)) for (label, came), done in pairs]


def _chart_rows(table: Table) -> list[ChartRow]:
    return [ChartRow(str(row.label), (row.count,)) for row in table.rows]


def key_figures(figures: Statistics) -> list[tuple[str, str]]:
    """The figures that are no counts of groups: what, and in words how much."""
    rate = figures.corrections_per_thousand
    return [
        (_("Reports received"), str(figures.received)),
        (_("First replies on time"), _share(figures.first_replies)),
        (_("Decisions on time"), _share(figures.decisions)),
        *((words, _spread(spread)) for words, spread in _spreads(figures)),
        (_("Articles published"), str(figures.articles)),
        (_("Corrections for each 1,000 articles"), "—" if rate is None else str(rate)),
    ]


def key_rows(figures: Statistics) -> list[list[object]]:
    """The same as numbers, under the heads of `KEY_HEADS`: what, how many, of how many, percent, hours of half and of
    nine of ten."""
    rate = figures.corrections_per_thousand
    shares = [(_("First replies on time"), figures.first_replies), (_("Decisions on time"), figures.decisions)]
    return [
        [_("Reports received"), figures.received, "", "", "", ""],
        *([words, kept.kept, kept.kept + kept.missed, _number(kept.share), "", ""] for words, kept in shares),
        *(
            [words, spread.count, "", "", _hours(spread.median), _hours(spread.ninth_decile)]
            for words, spread in _spreads(figures)
        ),
        [_("Articles published"), figures.articles, "", "", "", ""],
        [_("Corrections for each 1,000 articles"), _number(rate), "", "", "", ""],
    ]


def length(span: timedelta) -> str:
    """A length of time as it stands after “within”: in whole hours, from two days on in whole days, always rounded up;
    what is shorter than an hour is no further told apart."""
    hours = -(-span // timedelta(hours=1))
    if span < timedelta(hours=1):
        return _("less than an hour")
    if hours < 48:
        return npgettext("within", "%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    days = -(-span // timedelta(days=1))
    return npgettext("within", "%(count)s day", "%(count)s days", days) % {"count": days}


def _spreads(figures: Statistics) -> list[tuple[str, Spread]]:
    return [
        (_("Time to the first reply"), figures.reply_takes),
        (_("Time to the decision"), figures.decision_takes),
        (_("Time until readers answer a question"), figures.answer_takes),
        (_("Time until the second signature"), figures.signature_takes),
        (_("Time to the decision of a review"), figures.review_takes),
        (_("Life of an error until its correction"), figures.error_lives),
    ]


def _number(value: float | None) -> object:
    return "" if value is None else value


def _hours(span: timedelta | None) -> object:
    return "" if span is None else round(span / timedelta(hours=1), 2)


def _rows(counts: Mapping[str, int], names: Mapping[str, str | Promise]) -> list[Row]:
    return [Row(names.get(key, key), count) for key, count in counts.items()]


def _share(kept: Punctuality) -> str:
    if kept.share is None:
        return "—"
    return _("%(share)s%%, %(kept)s of %(all)s") % {
        "share": kept.share,
        "kept": kept.kept,
        "all": kept.kept + kept.missed,
    }


def _spread(spread: Spread) -> str:
    if spread.median is None or spread.ninth_decile is None:
        return "—"
    lengths = {"half": length(spread.median), "nine": length(spread.ninth_decile)}
    return _("half within %(half)s, 90%% within %(nine)s") % lengths


def _days(within: str) -> str:
    if within == LONGER:
        return _("longer")
    return _("up to %(days)s") % {"days": within}


def _in_language(names: Names, language: str) -> dict[str, str]:
    return {key: arabic if language == "ar" else english for key, (arabic, english) in names.items()}
