"""What the desk's pages call views and filters."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from corrections.domain.queue_filters import QueueFilters
from corrections.enums import Channel, Kind, Severity, Status
from newsroom.models.languages import Language

VIEW_NAMES = {
    "open": _("All open"),
    "overdue": _("Overdue"),
    "today": _("Due today"),
    "unassigned": _("New, unassigned"),
    "mine": _("Assigned to me"),
    "mentions": _("You were mentioned"),
    "waiting": _("Waiting for answer"),
    "signature": _("Needs second editor"),
    "reviews": _("Reviews of decisions"),
    "snoozed": _("Put aside"),
    "held": _("Held as suspicious"),
    "decided": _("Decided"),
    "all": _("All cases"),
}
OWNERS = [("me", _("Assigned to me")), ("nobody", _("Unassigned")), ("somebody", _("Assigned to somebody"))]
DUES = [("overdue", _("Overdue")), ("today", _("Due today")), ("week", _("Due this week"))]
SNOOZED = [("no", _("Not put aside")), ("yes", _("Put aside"))]
_CHOICES: Mapping[str, Any] = {
    "kind": Kind.choices,
    "language": Language.choices,
    "severity": Severity.choices,
    "owner": OWNERS,
    "status": Status.choices,
    "due": DUES,
    "channel": Channel.choices,
    "snoozed": SNOOZED,
}
_DAYS = {"from_day": _("Arrived from"), "to_day": _("Arrived up to")}


def choices(sections: Any) -> dict[str, Any]:
    """What the filters of the list offer."""
    return {**_CHOICES, "severity": [choice for choice in Severity.choices if choice[0]], "sections": sections}


def words_of(filters: QueueFilters, sections: Mapping[str, Any]) -> list[str]:
    """A view and its filters in words, for people who choose among several."""
    return [str(VIEW_NAMES.get(filters.view, VIEW_NAMES["open"])), *map(str, _narrowed(filters, sections))]


def _narrowed(filters: QueueFilters, sections: Mapping[str, Any]) -> Iterator[str | Promise]:
    for name, choices in _CHOICES.items():
        value = getattr(filters, name)
        if value:
            yield dict(choices).get(value, value)
    if filters.section:
        section = sections.get(filters.section)
        arabic = get_language() == "ar"
        yield (section.name_ar if arabic else section.name_en) if section else filters.section
    for name, label in _DAYS.items():
        if getattr(filters, name):
            yield f"{label} {getattr(filters, name)}"
    if filters.alike:
        yield _("Nearly the same text as %(number)s") % {"number": filters.alike}
    if filters.words:
        yield f"“{filters.words}”"
