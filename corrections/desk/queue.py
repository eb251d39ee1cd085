"""The list of cases: due first, with views, filters and search; and the way from one case of it to the next."""

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from corrections.desk.access import clock, desk_only
from corrections.desk.addresses import case_address, other_language_url
from corrections.desk.view_forms import SaveForm
from corrections.desk.view_words import VIEW_NAMES, choices, words_of
from corrections.desk.walking import Walk, address_of, filters_asked, walk_of
from corrections.domain import queries
from corrections.domain.access import desk_members
from corrections.domain.bulk_actions import ACTIONS
from corrections.domain.queue import QueuePage, arrived_since, next_case, previous_case, queue
from corrections.domain.queue_filters import VIEWS, QueueFilters, end_of_today, faults_in, only_case_numbered
from corrections.domain.queue_order import place_of, read_place
from corrections.domain.saved_views import filters_of, views_of
from corrections.models import Case
from corrections.rules import Actor, may_share_views
from newsroom.models import StaffMember
from newsroom.queries import sections

#: What there is no more of, when a walk through a view has come to its end.
ENDS = {"next": _("That was the last case of this view."), "previous": _("That was the first case of this view.")}
Neighbour = Callable[..., Case | None]


@require_safe
@desk_only
def show_queue(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One page of a view (filters are a plain GET form); the number of a case leads to it."""
    filters, now = filters_asked(request), clock()
    named = only_case_numbered(actor, filters.words)
    if named is not None:
        return HttpResponseRedirect(case_address(named))
    saved = [(view, filters_of(view)) for view in views_of(actor)]
    offered = [each for each in sections() if not actor.sections or each.pk in actor.sections]
    page = queue(
        actor,
        filters,
        now=now,
        saved=[chosen for _view, chosen in saved],
        behind=read_place(request.GET.get("after", "")),
        ahead_of=read_place(request.GET.get("before", "")),
    )
    members = _colleagues(page)
    context = {
        "place": "queue",
        "other_language_url": other_language_url(request.get_full_path()),
        "queue": page,
        "rows": [(case, Walk(filters, place_of(case)).query()) for case in page.rows],
        "views": [(name, VIEW_NAMES[name], page.counts[name]) for name in VIEWS],
        "saved_views": [
            (view, address_of(chosen), count) for (view, chosen), count in zip(saved, page.saved_counts, strict=True)
        ],
        "saved_view": next((view for view, chosen in saved if chosen == filters), None),
        "save_form": SaveForm(initial={"filters": address_of(filters)}, may_share=may_share_views(actor)),
        "view_name": VIEW_NAMES[filters.view],
        "overdue": page.counts["overdue"] if filters == QueueFilters() else 0,
        "choices": choices(offered, members),
        "narrowed": words_of(filters, {each.slug: each for each in offered}, members)[1:],
        "bulk_actions": [(action.value, action.label) for action in ACTIONS],
        "now": now,
        "since": now.isoformat(),
        "midnight": end_of_today(now),
        "is_filtered": filters != QueueFilters(view=filters.view),
        "faults": {fault.field: fault.message for fault in faults_in(filters)},
        "filters_in_address": address_of(filters),
        "articles": page.articles,
        "end": ENDS.get(request.GET.get("end", "")),
    }
    return render(request, "corrections/desk/queue.html", context)


@require_safe
@desk_only
def show_next(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Leads to the case behind the one of the address, in its view; at the end back to the list, which says so."""
    return _neighbour(request, actor, next_case, "next")


@require_safe
@desk_only
def show_previous(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Leads to the case before the one of the address."""
    return _neighbour(request, actor, previous_case, "previous")


@require_safe
@desk_only
def count_arrivals(request: HttpRequest, actor: Actor) -> HttpResponse:
    """How many cases of a view came in since the list was shown, as the sentence that the list shows."""
    since = _moment(request.GET.get("since", ""))
    count = arrived_since(actor, filters_asked(request), since, now=clock()) if since else 0
    sentence = ngettext("%(count)s new case", "%(count)s new cases", count) % {"count": count} if count else ""
    return JsonResponse({"sentence": sentence})


@require_safe
@desk_only
def show_failed_deliveries(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Mails that could not be delivered."""
    context = {"place": "deliveries", "deliveries": queries.failed_deliveries(actor)}
    return render(request, "corrections/desk/deliveries.html", context)


def _colleagues(page: QueuePage) -> list[StaffMember]:
    """Whom the filter of owners offers (one query); after a search, which costs enough, the owners of what it found."""
    if not page.filters.words.strip():
        return desk_members()
    owners = {case.assigned_to.pk: case.assigned_to for case in page.rows if case.assigned_to}
    return sorted(owners.values(), key=lambda member: member.display_name)


def _neighbour(request: HttpRequest, actor: Actor, find: Neighbour, end: str) -> HttpResponse:
    walk = walk_of(request)
    if walk is None:
        return HttpResponseRedirect(reverse("desk:queue"))
    case = find(actor, walk.filters, walk.at, now=clock())
    if case is None:
        return HttpResponseRedirect(f"{reverse('desk:queue')}?{address_of(walk.filters)}&end={end}")
    return HttpResponseRedirect(case_address(case) + Walk(walk.filters, place_of(case)).query())


def _moment(written: str) -> datetime | None:
    """An aware moment of ISO 8601; None for anything else."""
    try:
        moment = parse_datetime(written)
    except ValueError:
        return None
    return moment if moment and moment.tzinfo else None
