"""Statistics of a period: a page that needs no script, tables to take away, and the yearly statement."""

from dataclasses import asdict
from datetime import date, datetime, timedelta
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corrections.desk.access import clock, desk_only
from corrections.desk.addresses import other_language_url
from corrections.desk.figures import KEY_HEADS, PICTURED, charts_of, key_figures, key_rows, tables_of
from corrections.domain.periods import Period
from corrections.domain.statements import statement_of
from corrections.domain.statistics import Statistics, cases_of, statistics
from corrections.enums import Finding, Remedy
from corrections.models import Case
from corrections.rules import Actor
from newsroom.dates import read_day
from newsroom.spreadsheets import as_csv

#: Years in which something can have been received.
FIRST_YEAR, LAST_YEAR = 2000, 2200
_NO_DAY = gettext_lazy("Write a day, such as 28/11/2026")


@require_safe
@desk_only
def show(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The figures of the days in the address; of this year where there are none. A day that is none is said beside its
    field, where it stays."""
    period, now = _period(request), clock()
    typed = {name: request.GET.get(name, "") for name in ("first", "last")}
    faults = {name: _NO_DAY for name, written in typed.items() if written.strip() and not _day(written)}
    figures = statistics(period, actor=actor, now=now)
    context = {
        "place": "statistics",
        "other_language_url": other_language_url(request.get_full_path()),
        "period": period,
        "typed": {name: typed[name] if name in faults else _as_typed(getattr(period, name)) for name in typed},
        "faults": faults,
        "presets": _presets(timezone.localdate(now)),
        "days": f"first={period.first}&last={period.last}",
        **_pictured(figures),
        "statement_years": _statement_years(period, timezone.localdate(now)),
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if faults else HTTPStatus.OK
    return render(request, "corrections/desk/statistics.html", context, status=status)


@require_safe
@desk_only
def figures_csv(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The figures as a table of numbers: group, what, how many, and for what is timed or has a share, these."""
    figures = statistics(_period(request), actor=actor, now=clock())
    rows: list[list[object]] = [[_("Key figures"), *row] for row in key_rows(figures)]
    for table in tables_of(figures, _language()):
        rows += [[str(table.heading), str(row.label), row.count, "", "", "", ""] for row in table.rows]
    return _csv(as_csv([_("Group"), *map(str, KEY_HEADS)], rows), "figures", figures.period)


@require_safe
@desk_only
def figures_json(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The figures in coded words; lengths of time in seconds."""
    figures = statistics(_period(request), actor=actor, now=clock())
    plain = asdict(figures) | {"corrections_per_thousand": figures.corrections_per_thousand}
    return JsonResponse(_for_programs(plain), json_dumps_params={"ensure_ascii": False})


@require_safe
@desk_only
def cases_csv(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The cases of the period, without a word of readers and without their names."""
    period = _period(request)
    heads = [
        _("Case"),
        _("Kind"),
        _("Status"),
        _("Language"),
        _("Section"),
        _("Article"),
        _("Arrived"),
        _("First reply"),
        _("Decision due"),
        _("Decided"),
        _("Finding"),
        _("Remedy"),
    ]
    rows = (_row(case) for case in cases_of(actor, period).iterator(chunk_size=1000))
    return _csv(as_csv(heads, rows), "cases", period)


@require_safe
@desk_only
def show_statement(request: HttpRequest, actor: Actor, year: int) -> HttpResponse:
    """The yearly statement, to be read, printed or sent."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Http404
    statement = statement_of(year, actor=actor, now=clock())
    context = {
        "place": "statistics",
        "other_language_url": other_language_url(request.get_full_path()),
        "statement": statement,
        **_pictured(statement.figures),
    }
    return render(request, "corrections/desk/statement.html", context)


def _pictured(figures: Statistics) -> dict[str, Any]:
    """What figures.html shows."""
    tables = tables_of(figures, _language())
    return {
        "key_figures": key_figures(figures),
        "charts": charts_of(figures, tables),
        "tables": [table for table in tables if table.key not in PICTURED],
    }


def _period(request: HttpRequest) -> Period:
    """The days of the address; this year so far where they are none, and in their right order in any case."""
    today = timezone.localdate(clock())
    first, last = _day(request.GET.get("first", "")), _day(request.GET.get("last", ""))
    ends = sorted([first or date(today.year, 1, 1), last or today])
    return Period(ends[0], ends[1])


def _day(written: str) -> date | None:
    day = read_day(written)
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


def _as_typed(day: date) -> str:
    """As people here write a day, and as it is read again."""
    return f"{day.day}/{day.month}/{day.year}"


def _statement_years(period: Period, today: date) -> list[int]:
    """The year in which the days end and the one before it; of a year to come nothing can be stated."""
    last = min(period.last.year, today.year)
    return [last, last - 1]


def _presets(today: date) -> list[tuple[str, Period]]:
    month = today.replace(day=1)
    last_month = (month - timedelta(days=1)).replace(day=1)
    return [
        (_("This month"), Period(month, today)),
        (_("Last month"), Period(last_month, month - timedelta(days=1))),
        (_("This year"), Period(date(today.year, 1, 1), today)),
        (_("Last year"), Period(date(today.year - 1, 1, 1), date(today.year - 1, 12, 31))),
    ]


def _row(case: Case) -> list[object]:
    extra: Any = case
    section = case.article.section
    return [
        case.number,
        case.get_kind_display(),
        case.state_label,
        case.get_language_display(),
        section.name_ar if _language() == "ar" else section.name_en,
        extra.title,
        *(_moment(each) for each in (case.received_at, case.first_reply_at, case.decision_due_at, case.decided_at)),
        str(Finding(extra.finding).label) if extra.finding else "",
        str(Remedy(extra.remedy).label) if extra.remedy else "",
    ]


def _moment(moment: datetime | None) -> str:
    """As spreadsheets read it, in the site's time."""
    return f"{timezone.localtime(moment):%Y-%m-%d %H:%M}" if moment else ""


def _csv(text: str, name: str, period: Period) -> HttpResponse:
    response = HttpResponse(text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}-{period.first}-{period.last}.csv"'
    return response


def _for_programs(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _for_programs(each) for key, each in value.items()}
    if isinstance(value, timedelta):
        return int(value.total_seconds())
    return value


def _language() -> str:
    return get_language() or "ar"
