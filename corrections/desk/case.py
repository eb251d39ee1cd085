"""The page of one case, also as the answer to an action that could not be taken."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corrections.desk.access import case_only, clock
from corrections.domain import code, queries
from corrections.domain.identity import Revealed
from corrections.domain.queue import end_of_today
from corrections.enums import Kind, Severity
from corrections.models import Case, Event
from corrections.rules import Actor


@require_safe
@case_only
def show_case(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    """Message, decision and conversation; beside them facts, similar reports, article and history."""
    return case_answer(request, actor, case)


def case_answer(
    request: HttpRequest,
    actor: Actor,
    case: Case,
    *,
    status: HTTPStatus = HTTPStatus.OK,
    problem: str = "",
    faults: Sequence[str] = (),
    missed: Sequence[Event] = (),
    typed: dict[str, str] | None = None,
    revealed: Revealed | None = None,
) -> HttpResponse:
    """The case's page; `problem` says why an action was not taken, `missed` what happened since its author looked,
    `typed` holds what was written so that nothing is lost."""
    page = queries.case_page(actor, case)
    now = clock()
    context: dict[str, Any] = {
        "page": page,
        "case": case,
        "may": page.may,
        "proposed_changes": _proposed_changes(page),
        "severities": Severity.choices,
        "code": code.active_clauses() if "kind" in page.may and case.kind != Kind.COMPLAINT else [],
        "kinds": [choice for choice in Kind.choices if choice[0] != case.kind],
        "now": now,
        "midnight": end_of_today(now),
        "problem": problem,
        "faults": faults,
        "missed": missed,
        "typed": typed or {},
        "revealed": revealed,
    }
    return render(request, "corrections/desk/case.html", context, status=status)


def _proposed_changes(page: queries.CasePage) -> list[Any]:
    """What a decision that waits for a signature would change in the article."""
    decision = page.decision
    if decision is None or not decision.proposed_content or decision.state != "proposed":
        return []
    return queries.proposed_differences(decision)
