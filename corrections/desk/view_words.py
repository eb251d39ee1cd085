"""What the desk's pages call views and filters."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from corrections.domain.queue_filters import QueueFilters
from corrections.enums import Channel, Kind, Severity, Status, WaitingOn
from newsroom.dates import read_day
from newsroom.models import StaffMember
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
#: What waits, waits for one of two.
STATUSES = [
    *(choice for choice in Status.choices if choice[0] != Status.WAITING),
    *((waiting.value, waiting.label) for waiting in WaitingOn if waiting.value),
]
_CHOICES: Mapping[str, Any] = {
    "kind": Kind.choices,
    "language": Language.choices,
    "severity": Severity.choices,
    "owner": OWNERS,
    "status": [*STATUSES, (Status.WAITING.value, Status.WAITING.label)],
    "due": DUES,
    "channel": Channel.choices,
    "snoozed": SNOOZED,
}
_DAYS = {"from_day": _("Arrived from"), "to_day": _("Arrived up to")}


def choices(sections: Any, members: Iterable[StaffMember]) -> dict[str, Any]:
    """What the filters of the list offer; `members` own cases."""
    colleagues = [(str(member.pk), member.display_name) for member in members]
    severities = [choice for choice in Severity.choices if choice[0]]
    offered = {"severity": severities, "status": STATUSES, "owner": [*OWNERS, *colleagues], "sections": sections}
    return {**_CHOICES, **offered}


def words_of(filters: QueueFilters, sections: Mapping[str, Any], members: Iterable[StaffMember]) -> list[str]:
    """A view and its filters in words, for people who choose among several."""
    return [str(VIEW_NAMES.get(filters.view, VIEW_NAMES["open"])), *map(str, _narrowed(filters, sections, members))]


def _narrowed(
    filters: QueueFilters, sections: Mapping[str, Any], members: Iterable[StaffMember]
) -> Iterator[str | Promise]:
    names = {str(member.pk): member.display_name for member in members}
    for name, choices in _CHOICES.items():
        value = getattr(filters, name)
        if value:
            known = {**dict(choices), **names} if name == "owner" else dict(choices)
            yield known.get(value, _("a colleague") if name == "owner" and value.isdecimal() else value)
    if filters.section:
        section = sections.get(filters.section)
        arabic = get_language() == "ar"
        yield (section.name_ar if arabic else section.name_en) if section else filters.section
    for name, label in _DAYS.items():
        if getattr(filters, name):
            yield f"{label} {_day(getattr(filters, name))}"
    if filters.alike:
        yield _("Nearly the same text as %(number)s") % {"number": filters.alike}
    if filters.words:
        yield f"“{filters.words}”"


def _day(written: str) -> str:
    """A day as it is written here, in whichever digits and order it was typed; what is no day as it stands."""
    day = read_day(written)
    return f"{day:%d/%m/%Y}" if day else written
