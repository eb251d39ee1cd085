"""What the site promises, each page written from the live configuration: promise and clocks cannot differ."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from corrections import desk_settings
from corrections.domain import clocks, code
from corrections.domain.clock_words import weekdays_words
from corrections.enums import Finding, Ground, Kind, Remedy
from corrections.models import Clause
from newsroom.views import public


@dataclass(frozen=True)
class ShownClause:
    """A version of a clause in the language of the page."""

    key: str
    version: int
    name: str
    text: str
    published_at: datetime
    retired_at: datetime | None

    @property
    def is_in_force(self) -> bool:
        """Whether complaints are judged by it now."""
        return self.retired_at is None


@require_safe
@public
def promise(request: HttpRequest) -> HttpResponse:
    """The corrections policy."""
    return render(request, "corrections/reader/promise.html", _times(Kind.CORRECTION))


@require_safe
@public
def procedure(request: HttpRequest) -> HttpResponse:
    """How complaints are dealt with, and what may come of them."""
    outcomes = {
        "findings": [{"value": each.value, "label": each.label} for each in Finding],
        "grounds": [each.label for each in Ground if each],
        "remedies": [each.label for each in Remedy if each != Remedy.NONE],
    }
    return render(request, "corrections/reader/procedure.html", {**_times(Kind.COMPLAINT), **outcomes})


@require_safe
@public
def ethics(request: HttpRequest) -> HttpResponse:
    """The code of ethics in force, and what is no longer."""
    parts = [(part, [_shown(clause) for clause in clauses]) for part, clauses in code.by_part(code.active_clauses())]
    retired = [_shown(clause) for clause in code.retired_clauses()]
    return render(request, "corrections/reader/code.html", {"parts": parts, "retired": retired})


@require_safe
@public
def clause(request: HttpRequest, key: str, version: int) -> HttpResponse:
    """One version of a clause, with the way to all others."""
    versions = code.versions_of(key)
    shown = next((each for each in versions if each.version == version), None)
    if shown is None:
        raise Http404
    return render(request, "corrections/reader/clause.html", {"clause": _shown(shown), "versions": versions})


def _times(kind: Kind) -> dict[str, Any]:
    week = clocks.working_week(timezone.localdate())
    return {
        "promise": clocks.promise_of(kind),
        "week": week,
        "worked": [{"days": weekdays_words(hours.days), "shifts": hours.shifts} for hours in week.hours],
        "weekend": weekdays_words(week.weekend),
        "kept_days": desk_settings.current().identity_kept_days,
    }


def _shown(clause: Clause) -> ShownClause:
    language = get_language() or settings.LANGUAGE_CODE
    return ShownClause(
        key=clause.key,
        version=clause.version,
        name=clause.name_in(language),
        text=clause.text_in(language),
        published_at=clause.published_at,
        retired_at=clause.retired_at,
    )
