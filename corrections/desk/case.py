"""The page of one case, also as the answer to an action that could not be taken."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from corrections.desk.access import case_only, clock
from corrections.desk.addresses import case_address, other_language_url
from corrections.desk.findings import finding_words
from corrections.desk.forms import ActionForm
from corrections.desk.offers import forms_for
from corrections.desk.reply_choice import ReplyChoice, choice_in, put_reply
from corrections.desk.walking import address_of, walk_of, walk_query
from corrections.domain import queries
from corrections.domain.identity import Revealed
from corrections.domain.outcome_letters import PreviewedLetter, letters_of
from corrections.domain.own_steps import own_steps
from corrections.domain.queue_filters import end_of_today
from corrections.domain.similar import Similar
from corrections.domain.undo import Trail
from corrections.enums import Sought
from corrections.models import Case
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
    seen: int | None = None,
    refused: ActionForm | None = None,
    revealed: Revealed | None = None,
    reply: ReplyChoice | None = None,
) -> HttpResponse:
    """The case's page; `problem` says why an action was not taken, `seen` is the version that its author saw: what
    happened since is shown beside the author's words. `refused` is the filled-in form, which stands in its place again
    (or, where the case now has no place for it, its words are shown to be copied). `reply` is the template chosen."""
    now = clock()
    page = queries.case_page(actor, case, now)
    own = own_steps(case, actor, page.facts, Trail(page.events, page.deliveries), page.messages, now=now)
    offered = forms_for(page, refused, actor.staff_id, own)
    choice = reply or choice_in(request.GET)
    reply_offer = put_reply(offered["text"], page, choice) if choice.key and "text" in offered else None
    context: dict[str, Any] = {
        "place": "case",
        "page": page,
        "sought": [Sought(each).label for each in page.case.sought],
        "case": case,
        "may": page.may,
        "own": own,
        "forms": offered,
        "reply_offer": reply_offer,
        "form": refused,
        "homeless_words": refused.words() if refused and refused.slot not in offered else [],
        "finding": finding_words(case.kind, page.decision.finding) if page.decision else "",
        "proposed_changes": _proposed_changes(page),
        "letters": _letters(page),
        "similar": [each for each in page.similar if _is_alike(each)],
        "others_about_article": [each for each in page.similar if not _is_alike(each)],
        "now": now,
        "midnight": end_of_today(now),
        "problem": problem,
        "refusal_head": _refusal_head(request),
        "missed": page.history.since(case.version if seen is None else seen),
        "here": page.people.here,
        "revealed": revealed,
        "walk": walk_query(request),
        "templates": [(each.key, each.name_in(get_language() or case.language)) for each in page.templates],
        "list_query": _list_query(request),
        "other_language_url": other_language_url(case_address(case) + walk_query(request)),
    }
    return render(request, "corrections/desk/case.html", context, status=status)


def _refusal_head(request: HttpRequest) -> str:
    """What did not happen, where that says more than that nothing has changed."""
    match = request.resolver_match
    return _("The message has not been sent") if match and match.url_name in ("ask", "message") else ""


def _is_alike(other: Similar) -> bool:
    """Whether a report stands beside a case for more than the article that both are about."""
    return bool(other.reasons) or other.step == "separate"


def _list_query(request: HttpRequest) -> str:
    """The list that the case was come to from."""
    walk = walk_of(request)
    return f"?{address_of(walk.filters)}" if walk else ""


def _proposed_changes(page: queries.CasePage) -> list[Any]:
    """What a decision that waits for a signature would change in the article."""
    decision = page.decision
    if decision is None or not decision.proposed_content or decision.state != "proposed":
        return []
    return queries.proposed_differences(decision)


def _letters(page: queries.CasePage) -> list[PreviewedLetter]:
    """The letters that a signature would send."""
    decision = page.decision
    return letters_of(page.case, decision) if decision and decision.state == "proposed" else []
