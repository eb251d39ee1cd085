"""Deciding: finding, remedy, the article's words as they are to be, the notice. Preview changes nothing."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corrections.desk.access import case_only, clock, found_case
from corrections.desk.addresses import case_address
from corrections.desk.article_editing import Typed, carried_over, edited_content, editing_fields, typed_for
from corrections.desk.case import case_answer
from corrections.desk.decide_form import DecideForm
from corrections.desk.findings import finding_of
from corrections.desk.refusals import EXPECTED, expired_sentence, sentence_of, status_of
from corrections.desk.walking import walk_query
from corrections.domain import access, code, decisions, notices, queries
from corrections.domain.faults import Refused
from corrections.domain.proposal import Proposal
from corrections.enums import EDITING_REMEDIES, Kind, Move, Status, WaitingOn
from corrections.models import Case, Decision
from corrections.rules import Actor, may_decide
from corrections.workflow import moves_from, transition_for
from newsroom.articles import ArticleChanged, Content, latest_revision
from newsroom.expired_forms import when_expired


def _decide(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    """The form (GET), its preview or the decision itself (POST).

    Where there is nothing to decide (any more), GET leads to the case, which says why.
    """
    if not may_decide(actor, access.facts_of(case)):
        error = access.NotAllowed()
        return case_answer(request, actor, case, status=status_of(error), problem=sentence_of(error))
    if request.method == "POST":
        return _answer_form(request, actor, case)
    if Move.DECIDE not in moves_from(Status(case.status), WaitingOn(case.waiting_on)):
        return HttpResponseRedirect(case_address(case) + walk_query(request))
    versions = {"expected_version": case.version, "expected_revision": case.article.latest}
    back, content = decisions.given_back(case), _content(case)
    if back is None:
        return _show(request, case, _form(case, initial=versions), content)
    form = _form(case, initial={**versions, **_answers_of(back)})
    return _show(request, case, form, content, typed=_article_of(back, content), given_back=back)


@case_only
def _expired(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    form = _form(case, request.POST)
    form.add_error(None, expired_sentence())
    return _show(request, case, form, _seen(case, form), typed=request.POST, status=HTTPStatus.FORBIDDEN)


decide = when_expired(_expired)(require_http_methods(["GET", "HEAD", "POST"])(case_only(_decide)))


def _answer_form(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    form = _form(case, request.POST)
    is_whole = form.is_valid()
    seen = _seen(case, form)
    answer: dict[str, Any] = {"typed": request.POST}
    if not is_whole:
        return _show(request, case, form, seen, status=HTTPStatus.UNPROCESSABLE_ENTITY, **answer)
    try:
        transition_for(Move.DECIDE, Status(case.status), WaitingOn(case.waiting_on))
        _require_latest(case, form)
        proposal = _proposal(case, form, edited_content(request.POST, seen))
        if "preview" in request.POST:
            return _show(request, case, form, seen, **_preview(case, form, proposal), **answer)
        version = form.cleaned_data["expected_version"]
        decisions.decide(case, proposal, actor=actor, expected_version=version, now=clock())
    except Refused as refused:
        in_article = form.add_faults(refused.faults)
        return _show(request, case, form, seen, status=status_of(refused), article_faults=in_article, **answer)
    except EXPECTED as error:
        return _conflict(request, actor, case, form, error)
    return HttpResponseRedirect(case_address(case) + walk_query(request))


def _preview(case: Case, form: DecideForm, proposal: Proposal) -> dict[str, Any]:
    """The preview; a drafted notice is written into the form, to be edited."""
    preview = decisions.preview(case, proposal)
    if not proposal.notice_text.strip():
        form.with_answers(notice_text=preview.notice_text)
    changes = [change for change in preview.differences if change.kind != "equal"]
    return {"preview": preview, "preview_changes": changes}


def _form(case: Case, *args: Any, **kwargs: Any) -> DecideForm:
    return DecideForm(*args, kind=Kind(case.kind), code=code.clauses_for(case), **kwargs)


def _answers_of(decision: Decision) -> dict[str, Any]:
    """The answers with which a decision was made, for the form."""
    names = ("finding", "remedy", "ground", "reason", "note", "notice_text")
    clauses = list(decision.clauses.values_list("key", flat=True))
    return {name: getattr(decision, name) for name in names} | {"clauses": clauses}


def _article_of(decision: Decision, latest: Content) -> Typed:
    """The words that a decision gave the article, for the fields over its latest revision."""
    if not decision.proposed_content:
        return {}
    judged = Content.of(decision.revision)
    return carried_over(typed_for(Content(**decision.proposed_content), judged), judged, latest)


def _require_latest(case: Case, form: DecideForm) -> None:
    """Raises ArticleChanged when the article was revised since the form was shown: the form's fields would be laid
    over other paragraphs, and what was published meanwhile would be undone."""
    seen = form.cleaned_data["expected_revision"]
    if seen != case.article.latest:
        raise ArticleChanged(seen, case.article.latest)


def _seen(case: Case, form: DecideForm) -> Content:
    """The article as the form showed it; as it is now where the form does not say."""
    known = not form.errors.get("expected_revision")
    return _content(case, form.cleaned_data["expected_revision"] if known else None)


def _content(case: Case, number: int | None = None) -> Content:
    """The words of the article's revision of that number; of the latest, where there is none of that number."""
    known = number if number and number <= case.article.latest else None
    return Content.of(latest_revision(case.article, known))


def _proposal(case: Case, form: DecideForm, after: Content) -> Proposal:
    data = form.cleaned_data
    return Proposal(
        finding=finding_of(case.kind, data["finding"], data["remedy"]),
        remedy=data["remedy"],
        ground=data["ground"],
        reason=data["reason"],
        note=data["note"],
        clause_keys=tuple(data.get("clauses", ())),
        notice_text=data["notice_text"],
        content=after if data["remedy"] in EDITING_REMEDIES else None,
        judged=data["expected_revision"],
    )


def _conflict(request: HttpRequest, actor: Actor, case: Case, form: DecideForm, error: Exception) -> HttpResponse:
    """Somebody changed the case or the article: what happened is shown, everything typed stays, and the form
    carries the new versions, so that pressing again decides on what now stands."""
    fresh = found_case(actor, case.year, case.sequence)
    number = form.cleaned_data["expected_revision"]
    seen, latest = _content(fresh, number), _content(fresh)
    missed = queries.events_after(fresh, form.cleaned_data["expected_version"])
    form.with_answers(expected_version=fresh.version, expected_revision=fresh.article.latest)
    form.add_error(None, _article_sentence() if isinstance(error, ArticleChanged) else sentence_of(error))
    return _show(
        request,
        fresh,
        form,
        latest,
        typed=carried_over(request.POST, seen, latest),
        status=status_of(error),
        missed=missed,
        changed_meanwhile=notices.differences(seen, latest) if seen != latest else [],
    )


def _article_sentence() -> str:
    return _("The article was revised meanwhile. Your words are kept beside the new ones: look at both, press again.")


def _show(
    request: HttpRequest,
    case: Case,
    form: DecideForm,
    content: Content,
    *,
    typed: Typed | None = None,
    status: HTTPStatus = HTTPStatus.OK,
    **more: Any,
) -> HttpResponse:
    """The form over `content`, filled with what was typed."""
    context = {
        "place": "case",
        "form": form,
        "case": case,
        "walk": walk_query(request),
        "fields": editing_fields(content, typed),
        "article_language": case.article.language,
        **more,
    }
    return render(request, "corrections/desk/decide.html", context, status=status)
