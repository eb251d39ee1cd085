"""What an editor has begun to write is kept: by the small script while typing, without it by a button of the form."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_POST

from corrections.desk import decide
from corrections.desk.access import NOT_WORDS, case_only, clock
from corrections.desk.addresses import case_address
from corrections.desk.case import case_answer
from corrections.desk.offers import SLOTS
from corrections.desk.refusals import expired_sentence
from corrections.desk.walking import walk_query
from corrections.domain import drafts
from corrections.domain.faults import Refused
from corrections.models import Case, Draft
from corrections.rules import Actor
from newsroom.expired_forms import when_expired

#: The revision that the article's fields are those of belongs to the words in them.
_NO_WORDS = NOT_WORDS - {"expected_revision"}


@case_only
def _keep(request: HttpRequest, actor: Actor, case: Case, form: str) -> HttpResponse:
    """Keeps what stands in a form."""
    _require_known(form)
    now = clock()
    words = {name: [str(text) for text in texts] for name, texts in request.POST.lists() if name not in _NO_WORDS}
    try:
        kept = drafts.keep(case, form, words, actor=actor, now=now)
    except Refused as refused:
        return _not_kept(request, actor, case, " ".join(str(fault.message) for fault in refused.faults))
    if _is_asked_by_script(request):
        return JsonResponse({"sentence": _sentence(kept) if kept else ""})
    return HttpResponseRedirect(_page_with(form, case) + walk_query(request))


@case_only
def _discard(request: HttpRequest, actor: Actor, case: Case, form: str) -> HttpResponse:
    """Forgets what was kept of a form."""
    _require_known(form)
    drafts.discard(case, form, actor=actor)
    return HttpResponseRedirect(_page_with(form, case) + walk_query(request))


def _expired(request: HttpRequest, *, form: str, year: int, sequence: int) -> HttpResponse:
    _require_known(form)
    if form == "decide":
        return decide.expired(request, year=year, sequence=sequence)
    return _expired_on_the_case(request, year=year, sequence=sequence, form=form)


@case_only
def _expired_on_the_case(request: HttpRequest, actor: Actor, case: Case, form: str) -> HttpResponse:
    refused = SLOTS[form].form(request.POST, slot=form)
    return case_answer(request, actor, case, problem=expired_sentence(), refused=refused)


keep = when_expired(_expired)(require_POST(_keep))
discard = when_expired(_expired)(require_POST(_discard))


def _sentence(draft: Draft) -> str:
    return render_to_string("corrections/desk/kept.html", {"draft": draft}).strip()


def _not_kept(request: HttpRequest, actor: Actor, case: Case, problem: str) -> HttpResponse:
    status = HTTPStatus.UNPROCESSABLE_ENTITY
    if _is_asked_by_script(request):
        return JsonResponse({"sentence": problem}, status=status)
    return case_answer(request, actor, case, status=status, problem=problem)


def _require_known(form: str) -> None:
    if form not in drafts.FORMS:
        raise Http404


def _is_asked_by_script(request: HttpRequest) -> bool:
    return request.headers.get("Accept", "") == "application/json"


def _page_with(form: str, case: Case) -> str:
    """The page that the form stands on."""
    if form == "decide":
        return reverse("desk:decide", args=[case.year, case.sequence])
    return case_address(case)
