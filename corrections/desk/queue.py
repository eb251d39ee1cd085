"""The list of cases: due first, with views, filters and search."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from corrections.desk.access import clock, desk_only
from corrections.desk.addresses import other_language_url
from corrections.domain import queries
from corrections.domain.queue import PAGE_SIZE, VIEWS, QueueFilters, QueuePage, end_of_today, queue
from corrections.enums import Kind, Severity
from corrections.rules import Actor
from newsroom.models.languages import Language
from newsroom.paging import page_asked
from newsroom.queries import sections

VIEW_NAMES = {
    "open": _("All open"),
    "overdue": _("Overdue"),
    "today": _("Due today"),
    "unassigned": _("New, unassigned"),
    "mine": _("Assigned to me"),
    "waiting": _("Waiting for answer"),
    "signature": _("Needs second editor"),
    "held": _("Held as suspicious"),
    "decided": _("Decided"),
    "all": _("All cases"),
}
#: Longest search that is looked at.
_LONGEST_SEARCH = 200


@require_safe
@desk_only
def show_queue(request: HttpRequest, actor: Actor) -> HttpResponse:
    """One page of a view (filters are a plain GET form)."""
    filters = _filters(request)
    now = clock()
    page = queue(actor, filters, page=page_asked(request), now=now)
    context = {
        "place": "queue",
        "other_language_url": other_language_url(request.get_full_path()),
        "queue": page,
        "views": [(name, VIEW_NAMES[name], page.counts[name]) for name in VIEWS],
        "view_name": VIEW_NAMES[filters.view],
        "choices": _choices(),
        "now": now,
        "midnight": end_of_today(now),
        "is_filtered": filters != QueueFilters(view=filters.view),
        "filters_in_address": _address(filters),
        **_range(page),
    }
    return render(request, "corrections/desk/queue.html", context)


@require_safe
@desk_only
def show_failed_deliveries(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Mails that could not be delivered."""
    context = {"place": "deliveries", "deliveries": queries.failed_deliveries(actor)}
    return render(request, "corrections/desk/deliveries.html", context)


def _filters(request: HttpRequest) -> QueueFilters:
    asked = {name: request.GET.get(name, "")[:_LONGEST_SEARCH] for name in QueueFilters.__dataclass_fields__}
    view = asked.pop("view")
    return QueueFilters(view=view if view in VIEWS else "open", **asked)


def _choices() -> dict[str, Any]:
    return {
        "kinds": Kind.choices,
        "severities": [choice for choice in Severity.choices if choice[0]],
        "languages": Language.choices,
        "sections": sections(),
    }


def _address(filters: QueueFilters) -> str:
    """The filters as they stand in an address, for the links to other pages of the list."""
    return urlencode({name: value for name, value in vars(filters).items() if value})


def _range(page: QueuePage) -> dict[str, int]:
    first = (page.page - 1) * PAGE_SIZE + 1
    return {"first": first if page.rows else 0, "last": first + len(page.rows) - 1 if page.rows else 0}
