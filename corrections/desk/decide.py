"""Deciding: finding, remedy, the article's words as they are to be, the notice. Preview changes nothing."""

import hashlib
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corrections.desk.access import case_only, clock, found_case, member_of
from corrections.desk.addresses import case_address
from corrections.desk.article_editing import Typed, carried_over, edited_content, editing_fields, typed_for
from corrections.desk.case import case_answer
from corrections.desk.decide_form import DecideForm
from corrections.desk.findings import finding_of, finding_words
from corrections.desk.refusals import EXPECTED, expired_sentence, sentence_of, status_of
from corrections.desk.suggestions import beside, put_in
from corrections.desk.walking import walk_query
from corrections.domain import access, code, decisions, drafts, notices, relations
from corrections.domain.case_history import history_of
from corrections.domain.faults import Refused
from corrections.domain.presence import others_at
from corrections.domain.proposal import Proposal
from corrections.domain.queries import report_of
from corrections.domain.suggestions import suggestions_for
from corrections.enums import EDITING_REMEDIES, Kind, Move, Remedy, Sought, Status, WaitingOn
from corrections.models import Case, Decision, Draft
from corrections.rules import Actor, may_decide
from corrections.workflow import moves_from, transition_for
from newsroom.articles import ArticleChanged, Content, latest_revision
from newsroom.expired_forms import when_expired

#: A number of a revision has fewer.
_MOST_DIGITS = 10


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
    back, latest = decisions.given_back(case), _content(case)
    given = {**versions, **_answers_of(back)} if back else versions
    form = _form(case, initial=given).with_draft(drafts.draft_of(case, "decide", actor=actor))
    if form.draft:
        return _show(request, case, form, latest, typed=_kept_words(case, form.draft, latest))
    return _show(request, case, form, latest, typed=_article_of(back, latest) if back else None, given_back=back)


@case_only
def expired(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    form = _form(case, request.POST)
    form.add_error(None, expired_sentence())
    return _show(request, case, form, _seen(case, form), typed=request.POST)


decide = when_expired(expired)(require_http_methods(["GET", "HEAD", "POST"])(case_only(_decide)))


def _answer_form(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    form = _form(case, request.POST)
    is_whole = form.is_valid()
    seen = _seen(case, form)
    answer: dict[str, Any] = {"typed": request.POST}
    if not is_whole:
        return _show(request, case, form, seen, status=HTTPStatus.UNPROCESSABLE_ENTITY, **answer)
    if "use" in request.POST:
        return _use(request, actor, case, form, seen)
    try:
        transition_for(Move.DECIDE, Status(case.status), WaitingOn(case.waiting_on))
        _require_latest(case, form)
        proposal = _proposal(case, form, edited_content(request.POST, seen))
        is_other = _is_other_than_previewed(request, proposal)
        if is_other or "preview" in request.POST:
            preview = _preview(case, form, proposal)
            return _show(request, case, form, seen, previewed_other=is_other, **preview, **answer)
        version = form.cleaned_data["expected_version"]
        with drafts.sending(case, "decide", actor=actor):
            decisions.decide(case, proposal, actor=actor, expected_version=version, now=clock())
    except Refused as refused:
        in_article = form.add_faults(refused.faults)
        return _show(request, case, form, seen, status=status_of(refused), article_faults=in_article, **answer)
    except EXPECTED as error:
        return _conflict(request, actor, case, form, error)
    return HttpResponseRedirect(case_address(case) + walk_query(request))


def _use(request: HttpRequest, actor: Actor, case: Case, form: DecideForm, seen: Content) -> HttpResponse:
    """The form as it was filled in, with the words that a reader proposed in their place; writes nothing."""
    if form.cleaned_data["expected_revision"] != case.article.latest:
        newer = ArticleChanged(form.cleaned_data["expected_revision"], case.article.latest)
        return _conflict(request, actor, case, form, newer)
    offered = {each.case: each for each in suggestions_for(case, seen)}
    chosen = offered.get(request.POST["use"])
    put = put_in(chosen, seen, request.POST.dict()) if chosen else {}
    typed = {**request.POST.dict(), **put}
    return _show(request, case, form, seen, typed=typed, used=chosen if put else None, unused=not put)


def _preview(case: Case, form: DecideForm, proposal: Proposal) -> dict[str, Any]:
    """The preview; a drafted notice is written into the form, to be edited."""
    preview = decisions.preview(case, proposal)
    if not proposal.notice_text.strip():
        form.with_answers(notice_text=preview.notice_text)
    changes = [change for change in preview.differences if change.kind != "equal"]
    return {
        "preview": preview,
        "preview_changes": changes,
        "previewed_mark": _mark_of(replace(proposal, notice_text=preview.notice_text)),
        "previewed_finding": finding_words(case.kind, proposal.finding),
        "previewed_remedy": Remedy(proposal.remedy).label,
        "finding_follows": not form.cleaned_data["finding"],
    }


def _mark_of(proposal: Proposal) -> str:
    """What the button of a preview carries: with it nothing else is decided than what was shown."""
    return hashlib.sha256(repr(proposal).replace("\\r\\n", "\\n").encode()).hexdigest()


def _is_other_than_previewed(request: HttpRequest, proposal: Proposal) -> bool:
    """Whether the button of a preview was pressed and something was typed since. The button at the foot of the form,
    which stands under the words themselves, asks for no preview."""
    return "previewed" in request.POST and request.POST["previewed"] != _mark_of(proposal)


def _form(case: Case, *args: Any, **kwargs: Any) -> DecideForm:
    chosen = [clause.key for clause in code.read_clauses(case)] if case.kind == Kind.COMPLAINT else []
    kwargs = {**kwargs, "initial": {"clauses": chosen, **kwargs.get("initial", {})}}
    both = bool(relations.other_languages(case))
    names = {"slot": "decide", "auto_id": "id_%s"}
    return DecideForm(
        *args,
        kind=Kind(case.kind),
        code=code.clauses_for(case) if case.kind == Kind.COMPLAINT else [],
        chosen=chosen,
        answers_both_languages=both,
        **names,
        **kwargs,
    )


def _kept_words(case: Case, draft: Draft, latest: Content) -> Typed:
    """The article's words as a draft of the decision has them, laid over what the article has become since."""
    kept = {name: texts[-1] for name, texts in draft.words.items() if texts}
    written = kept.get("expected_revision", "")
    number = int(written) if written.isdecimal() and len(written) < _MOST_DIGITS else None
    return kept if number == case.article.latest else carried_over(kept, _content(case, number), latest)


def _answers_of(decision: Decision) -> dict[str, Any]:
    """The answers with which a decision was made, for the form."""
    names = ("finding", "remedy", "ground", "reason", "reason_translation", "note", "notice_text")
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
        reason_translation=data.get("reason_translation", ""),
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
    missed = history_of(fresh).since(form.cleaned_data["expected_version"])
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
        "page": report_of(case),
        "sought": [Sought(each).label for each in case.sought],
        "fields": beside(editing_fields(content, typed), suggestions_for(case, content), content),
        "article_language": case.article.language,
        "here": others_at([case.pk], access.actor_of(member_of(request)), clock()).get(case.pk, []),
        **more,
    }
    return render(request, "corrections/desk/decide.html", context, status=status)
