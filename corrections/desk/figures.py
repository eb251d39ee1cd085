"""The figures of the statistics as words and rows: for the page, and for the tables that are taken away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from corrections.domain import code
from corrections.domain.statistics import Punctuality, Spread, Statistics
from corrections.enums import Finding, Kind, NoticeKind, Remedy, Solved
from newsroom.dates import month_and_year
from newsroom.models.languages import Language
from newsroom.queries import sections


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
    "kinds": gettext_lazy("By kind"),
    "languages": gettext_lazy("By language"),
    "sections": gettext_lazy("By section"),
    "clauses": gettext_lazy("Complaints by clause"),
    "findings": gettext_lazy("Decisions by finding"),
    "remedies": gettext_lazy("Decisions by remedy"),
    "notices": gettext_lazy("Published notices"),
    "solved": gettext_lazy("Was it solved? What readers said"),
}


def tables_of(figures: Statistics, language: str) -> list[Table]:
    """The counted figures in words of a language; a group without any figure is left out (two queries)."""
    clauses = {clause.key: clause.name_in(language) for clause in code.active_clauses()}
    names = {section.slug: section.name_ar if language == "ar" else section.name_en for section in sections()}
    rows = {
        "months": [Row(month_and_year(month), count) for month, count in figures.months.items()],
        "kinds": _rows(figures.kinds, dict(Kind.choices)),
        "languages": _rows(figures.languages, dict(Language.choices)),
        "sections": _rows(figures.sections, names),
        "clauses": _rows(figures.clauses, clauses),
        "findings": _rows(figures.findings, dict(Finding.choices)),
        "remedies": _rows(figures.remedies, dict(Remedy.choices)),
        "notices": _rows(figures.notices, dict(NoticeKind.choices)),
        "solved": _rows(figures.solved, dict(Solved.choices)),
    }
    return [Table(key, HEADINGS[key], rows[key]) for key in HEADINGS if any(row.count for row in rows[key])]


def key_figures(figures: Statistics) -> list[tuple[str, str]]:
    """The figures that are no counts of groups: what, and in words how much."""
    rate = figures.corrections_per_thousand
    return [
        (_("Reports received"), str(figures.received)),
        (_("First replies on time"), _share(figures.first_replies)),
        (_("Decisions on time"), _share(figures.decisions)),
        (_("Time to the first reply, half and nine of ten"), _spread(figures.reply_takes)),
        (_("Time to the decision, half and nine of ten"), _spread(figures.decision_takes)),
        (_("Life of an error until its correction, half and nine of ten"), _spread(figures.error_lives)),
        (_("Articles published"), str(figures.articles)),
        (_("Corrections for each 1,000 articles"), "—" if rate is None else str(rate)),
    ]


def length(span: timedelta) -> str:
    """A length of time in whole hours, from two days on in whole days, always rounded up."""
    hours = -(-span // timedelta(hours=1))
    if hours < 48:
        return ngettext("%(count)s hour", "%(count)s hours", hours) % {"count": hours}
    days = -(-span // timedelta(days=1))
    return ngettext("%(count)s day", "%(count)s days", days) % {"count": days}


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
    return _("%(half)s – %(nine)s") % {"half": length(spread.median), "nine": length(spread.ninth_decile)}
