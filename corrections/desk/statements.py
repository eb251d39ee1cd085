"""Asking for statements: a page with the form, and the two buttons beside a statement on the case's page."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from corrections.desk.access import case_only, clock, found_case
from corrections.desk.actions import LARGEST_ID, answer_to
from corrections.desk.addresses import case_address, other_language_url
from corrections.desk.case import case_answer
from corrections.desk.forms import ActionForm
from corrections.desk.refusals import EXPECTED, expired_sentence, sentence_of, status_of
from corrections.desk.statement_form import StatementForm
from corrections.desk.walking import walk_query
from corrections.domain import testimony
from corrections.domain.access import NotAllowed
from corrections.domain.case_history import Change, history_of
from corrections.domain.faults import Refused
from corrections.domain.testimony import Asking, AskingPage
from corrections.models import Case
from corrections.rules import Actor
from corrections.workflow import MoveNotAllowed
from newsroom.expired_forms import when_expired
from newsroom.privacy import View


def _with_page(answer: Any) -> View:
    """A view of the page on which somebody is asked; where nobody can be, the case's page says why."""

    @case_only
    def view(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
        form = StatementForm(request.POST if request.method == "POST" else None, initial=_given(case))
        try:
            page = testimony.asking_page(case, actor=actor, now=clock())
        except (NotAllowed, MoveNotAllowed) as error:
            typed = form if form.is_bound else None
            problem = sentence_of(error)
            return case_answer(request, actor, case, status=status_of(error), problem=problem, refused=typed)
        response: HttpResponse = answer(request, actor, page, form.among(page.staff, page.authors))
        return response

    return view


def _given(case: Case) -> dict[str, Any]:
    return {"expected_version": case.version, "language": case.article.language}


@_with_page
def _ask_expired(request: HttpRequest, actor: Actor, page: AskingPage, form: StatementForm) -> HttpResponse:
    return _show(request, page, form, HTTPStatus.OK, expired_sentence())


@_with_page
def _ask(request: HttpRequest, actor: Actor, page: AskingPage, form: StatementForm) -> HttpResponse:
    """The form; a POST asks, and leads back to the case."""
    if not form.is_bound:
        return _show(request, page, form)
    if not form.is_valid():
        return _show(request, page, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    version = form.cleaned_data["expected_version"]
    try:
        testimony.ask(page.case, _asking(form, page), actor=actor, expected_version=version, now=clock())
    except Refused as refused:
        form.add_faults(refused.faults)
        return _show(request, page, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    except EXPECTED as error:
        fresh = found_case(actor, page.case.year, page.case.sequence)
        missed = history_of(fresh).since(version)
        again = form.with_answers(expected_version=fresh.version)
        return _show(request, page, again, status_of(error), sentence_of(error), missed)
    return HttpResponseRedirect(case_address(page.case) + walk_query(request))


ask = when_expired(_ask_expired)(require_http_methods(["GET", "HEAD", "POST"])(_ask))


def _asking(form: StatementForm, page: AskingPage) -> Asking:
    """What was filled in; a number that no colleague has is nobody."""
    chosen = form.cleaned_data
    return Asking(
        question=chosen["question"],
        staff_member=next((member for member in page.staff if member.pk == chosen["staff_member"]), None),
        name=chosen["name"],
        address=chosen["address"],
        language=chosen["language"],
    )


def _show(
    request: HttpRequest,
    page: AskingPage,
    form: StatementForm,
    status: HTTPStatus = HTTPStatus.OK,
    problem: str = "",
    missed: Sequence[Change] = (),
) -> HttpResponse:
    case = page.case
    address = reverse("desk:ask_statement", args=[case.year, case.sequence])
    context = {
        "place": "case",
        "page": page,
        "case": case,
        "form": form,
        "problem": problem,
        "missed": missed,
        "walk": walk_query(request),
        "other_language_url": other_language_url(address + walk_query(request)),
    }
    return render(request, "corrections/desk/ask_statement.html", context, status=status)


def _step(act: Any) -> View:
    """A view that does something about one statement and leads back to the case."""

    @case_only
    def view(request: HttpRequest, actor: Actor, case: Case, number: int) -> HttpResponse:
        if number > LARGEST_ID:
            raise Http404
        form = ActionForm(request.POST, slot="statement")
        if not form.is_valid():
            return case_answer(request, actor, case, status=HTTPStatus.UNPROCESSABLE_ENTITY, refused=form)
        version = form.cleaned_data["expected_version"]
        try:
            act(case, number, actor=actor, expected_version=version, now=clock())
        except EXPECTED as error:
            return answer_to(error, request, actor, case, form)
        return HttpResponseRedirect(case_address(case) + walk_query(request))

    @case_only
    def expired(request: HttpRequest, actor: Actor, case: Case, number: int) -> HttpResponse:
        return case_answer(request, actor, case, problem=expired_sentence())

    return when_expired(expired)(require_POST(view))


again = _step(testimony.ask_again)
withdraw = _step(testimony.withdraw)
