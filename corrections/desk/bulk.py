"""An action on many cases: chosen in the list, filled in, seen beforehand, and only then started."""

import secrets
from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corrections.desk.access import case_only, clock, desk_only
from corrections.desk.addresses import case_address, other_language_url
from corrections.desk.bulk_form import FIELDS, BulkForm
from corrections.desk.bulk_words import instruction_words, letter_rows
from corrections.desk.refusals import expired_sentence
from corrections.desk.walking import address_of, filters_in
from corrections.domain import access, bulk_preview, jobs
from corrections.domain.bulk_actions import ACTIONS, instruction_of
from corrections.domain.bulk_preview import Preview
from corrections.domain.bulk_selection import (
    Seen,
    SelectionUnreadable,
    by_keys,
    by_numbers,
    by_view,
    pack,
    unpack,
)
from corrections.domain.faults import Refused
from corrections.domain.queue_filters import QueueFilters
from corrections.domain.similar import joinable, joined_to
from corrections.job_enums import BulkAction
from corrections.models import Case
from corrections.rules import Actor
from newsroom.expired_forms import when_expired


@desk_only
def _choose(request: HttpRequest, actor: Actor) -> HttpResponse:
    """From the list: the chosen cases become fixed, and an action that needs nothing more is shown at once."""
    filters = filters_in(QueryDict(request.POST.get("filters", "")))
    chosen = (
        by_view(actor, filters, clock())
        if request.POST.get("whole_view")
        else by_numbers(actor, request.POST.getlist("case"))
    )
    return _chosen(request, actor, chosen, filters)


@case_only
def _gather(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    """From a case's page: what says nearly the same is to be joined to it."""
    return _chosen(request, actor, joinable(actor, case), _flood_of(case), action=BulkAction.JOIN, lead=case.number)


@case_only
def _scatter(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    """From a case's page: what is joined to it is to be separated again."""
    return _chosen(request, actor, joined_to(actor, case), _flood_of(case), action=BulkAction.SEPARATE)


def _flood_of(case: Case) -> QueueFilters:
    return QueueFilters(view="all", alike=case.number)


def _chosen(
    request: HttpRequest, actor: Actor, chosen: QuerySet[Case], filters: QueueFilters, **known: str
) -> HttpResponse:
    seen = list(chosen.order_by().values_list("pk", "version"))
    action = known.get("action") or request.POST.get("action", "")
    given = {"action": action, "selection": pack(seen), "filters": address_of(filters), **known}
    if not seen:
        return _page(request, _form(action, initial=given), seen, problem=_("Choose at least one case in the list."))
    if action not in ACTIONS:
        return _page(request, _form(action, initial=given), seen, problem=_("Choose what is to be done."))
    if set(FIELDS.get(action, ())) - known.keys():
        return _page(request, _form(action, initial=given), seen)
    return _preview_of(request, actor, _form(action, data=given), seen)


@desk_only
def _preview(request: HttpRequest, actor: Actor) -> HttpResponse:
    """What the filled-in action would do; writes nothing."""
    form = _form(request.POST.get("action", ""), data=request.POST)
    return _preview_of(request, actor, form, _seen_in(request))


@desk_only
def _start(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Starts what was seen; leads to the job's page."""
    form, seen = _form(request.POST.get("action", ""), data=request.POST), _seen_in(request)
    if not form.is_valid():
        return _page(request, form, seen)
    try:
        instruction = instruction_of(actor=actor, now=clock(), **form.answers())
        job = jobs.start(instruction, seen, key=form.cleaned_data["key"] or new_key(), actor=actor, now=clock())
    except Refused as refused:
        form.add_faults(refused.faults)
        return _page(request, form, seen)
    return HttpResponseRedirect(reverse("desk:job", args=[job.pk]))


@desk_only
def _expired(request: HttpRequest, actor: Actor) -> HttpResponse:
    """The form again, with everything that was filled in; a choice in the list has to be made again."""
    if "selection" not in request.POST:
        return HttpResponseRedirect(reverse("desk:queue"))
    form = _form(request.POST.get("action", ""), data=request.POST)
    return _page(request, form, _seen_in(request), problem=expired_sentence())


@case_only
def _flood_expired(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    return HttpResponseRedirect(case_address(case))


choose = when_expired(_expired)(require_POST(_choose))
gather = when_expired(_flood_expired)(require_POST(_gather))
scatter = when_expired(_flood_expired)(require_POST(_scatter))
preview = when_expired(_expired)(require_POST(_preview))
start = when_expired(_expired)(require_POST(_start))


def new_key() -> str:
    """A key for one form, so that pressing twice does something once."""
    return secrets.token_urlsafe(16)


def _preview_of(request: HttpRequest, actor: Actor, form: BulkForm, seen: Sequence[Seen]) -> HttpResponse:
    if not form.is_valid():
        return _page(request, form, seen)
    try:
        instruction = instruction_of(actor=actor, now=clock(), **form.answers())
    except Refused as refused:
        form.add_faults(refused.faults)
        return _page(request, form, seen)
    chosen = by_keys(actor, [key for key, _version in seen])
    return _page(request, form, seen, shown=bulk_preview.preview(instruction, chosen, actor=actor, now=clock()))


def _page(
    request: HttpRequest, form: BulkForm, seen: Sequence[Seen], *, problem: str = "", shown: Preview | None = None
) -> HttpResponse:
    action = str(form["action"].value() or "")
    address = f"{reverse('desk:queue')}?{form['filters'].value() or ''}"
    context: dict[str, Any] = {
        "place": "queue",
        "other_language_url": other_language_url(address),
        "list_address": address,
        "heading": BulkAction(action).label if action in ACTIONS else _("Several cases at once"),
        "form": form,
        "has_fields": bool(FIELDS.get(action)),
        "chosen": len(seen),
        "problem": problem,
        "preview": shown,
        "key": new_key(),
    }
    if shown:
        context["instruction"] = instruction_words(shown.instruction)
        context["letters"] = letter_rows(shown.letters)
        context["left_out"] = [(obstacle.label, group) for obstacle, group in shown.left_out.items()]
    wrong = problem or form.errors
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "corrections/desk/bulk.html", context, status=status)


def _form(action: str, **given: Any) -> BulkForm:
    members = access.desk_members() if action == BulkAction.ASSIGN else []
    return BulkForm(action=action, members=members, **given)


def _seen_in(request: HttpRequest) -> list[Seen]:
    """The cases that a form brings back; none where they cannot be read."""
    try:
        return unpack(request.POST.get("selection", ""))
    except SelectionUnreadable:
        return []
