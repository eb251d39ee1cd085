"""Deciding: finding, remedy, the article's words as they are to be, the notice. Preview changes nothing."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corrections.desk.access import case_only, clock
from corrections.desk.actions import EXPECTED, answer_to, case_address
from corrections.desk.article_editing import edited_content, editing_fields
from corrections.desk.decide_form import DecideForm
from corrections.domain import access, code, decisions
from corrections.domain.faults import Refused
from corrections.domain.proposal import Proposal
from corrections.enums import EDITING_REMEDIES, Kind
from corrections.models import Case
from corrections.rules import Actor, may_decide
from newsroom.articles import Content, latest_revision


def _decide(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    """The form (GET), its preview or the decision itself (POST)."""
    if not may_decide(actor, access.facts_of(case)):
        return answer_to(access.NotAllowed(), request, actor, case, case.version)
    current = Content.of(latest_revision(case.article))
    if request.method != "POST":
        form = _form(case, initial={"expected_version": case.version, "expected_revision": case.article.latest})
        return _show(request, case, form, current)
    form = _form(case, request.POST)
    after = edited_content(request.POST, current)
    if not form.is_valid():
        return _show(request, case, form, after, HTTPStatus.UNPROCESSABLE_ENTITY)
    proposal = _proposal(form, after)
    try:
        if "preview" in request.POST:
            return _preview(request, case, form, proposal, after)
        guard = {"actor": actor, "expected_version": form.cleaned_data["expected_version"], "now": clock()}
        decisions.decide(case, proposal, **guard)
    except Refused as refused:
        form.add_faults(refused.faults)
        return _show(request, case, form, after, HTTPStatus.UNPROCESSABLE_ENTITY)
    except EXPECTED as error:
        return _conflict(request, actor, case, form, after, error)
    return HttpResponseRedirect(case_address(case))


def _expired(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    current = Content.of(latest_revision(case.article))
    form = _form(case, request.POST)
    form.is_valid()
    form.add_error(None, _("This page expired. Your text is still here; press the button again."))
    return _show(request, case, form, edited_content(request.POST, current), HTTPStatus.FORBIDDEN)


decide = require_http_methods(["GET", "HEAD", "POST"])(case_only(_decide))
decide.on_expired_form = case_only(_expired)  # type: ignore[attr-defined]


def _form(case: Case, *args: Any, **kwargs: Any) -> DecideForm:
    return DecideForm(*args, kind=Kind(case.kind), clauses=code.active_clauses(), **kwargs)


def _proposal(form: DecideForm, after: Content) -> Proposal:
    data = form.cleaned_data
    return Proposal(
        finding=data["finding"],
        remedy=data["remedy"],
        ground=data["ground"],
        reason=data["reason"],
        note=data["note"],
        clause_keys=tuple(data["clauses"]),
        notice_text=data["notice_text"],
        content=after if data["remedy"] in EDITING_REMEDIES else None,
    )


def _preview(request: HttpRequest, case: Case, form: DecideForm, proposal: Proposal, after: Content) -> HttpResponse:
    preview = decisions.preview(case, proposal)
    if not proposal.notice_text.strip():
        form = form.with_notice(preview.notice_text)
    return _show(request, case, form, after, preview=preview)


def _conflict(
    request: HttpRequest, actor: Actor, case: Case, form: DecideForm, after: Content, error: Exception
) -> HttpResponse:
    """Somebody changed the case or the article: everything typed stays, the form carries the new version."""
    answer = answer_to(error, request, actor, case, form.cleaned_data["expected_version"])
    if answer.status_code == HTTPStatus.FORBIDDEN:
        return answer
    case.refresh_from_db(fields=["version", "status", "waiting_on"])
    fresh = form.with_version(case.version)
    fresh.add_error(
        None,
        _("The case or the article was changed meanwhile. Your words are kept; look at the history, then press again."),
    )
    return _show(request, case, fresh, after, HTTPStatus.CONFLICT)


def _show(
    request: HttpRequest,
    case: Case,
    form: DecideForm,
    content: Content,
    status: HTTPStatus = HTTPStatus.OK,
    preview: decisions.Preview | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "case": case,
        "preview": preview,
        "fields": editing_fields(content),
        "article_language": case.article.language,
    }
    return render(request, "corrections/desk/decide.html", context, status=status)
