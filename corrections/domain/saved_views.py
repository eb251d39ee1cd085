"""Views that people save from their filters: for themselves, or (the standards editors' office) for the whole desk."""

from dataclasses import asdict
from datetime import datetime

from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from corrections.domain.access import require
from corrections.domain.faults import Fault, refuse_if
from corrections.domain.queue_filters import QueueFilters, faults_in
from corrections.models import SavedView
from corrections.rules import Actor, may_share_views
from newsroom.text import clean_text

#: Views that one person may have, and that the desk may share; the list must stay one that is seen at a glance.
MOST = 20
LONGEST_NAME = 60


class ViewUnknown(Exception):
    """There is no such view, or it is somebody else's."""


def views_of(actor: Actor) -> list[SavedView]:
    """What this person sees in the rail: their own views, then the shared ones, in their order (one query)."""
    return list(_seen_by(actor).order_by("is_shared", "position", "pk"))


def view_of(actor: Actor, view_id: int) -> SavedView:
    """A view that this person sees. Raises ViewUnknown."""
    found = _seen_by(actor).filter(pk=view_id).first()
    if found is None:
        raise ViewUnknown
    return found


def filters_of(view: SavedView) -> QueueFilters:
    """The filters that were saved, without what this version does not know any more."""
    known = QueueFilters.__dataclass_fields__
    return QueueFilters(**{name: str(value) for name, value in view.filters.items() if name in known})


def save_view(actor: Actor, name: str, filters: QueueFilters, *, shared: bool, now: datetime) -> SavedView:
    """Keeps filters under a name, behind the views that are there. Raises NotAllowed, Refused."""
    if shared:
        require(may_share_views, actor)
    beside = _beside(actor, shared)
    clean = _checked_name(name, beside)
    refuse_if([Fault("name", _("The filters hold a day that is none"))] if faults_in(filters) else [])
    refuse_if([Fault("name", _("There are 20 views already. Remove one first"))] if beside.count() >= MOST else [])
    chosen = {field: value for field, value in asdict(filters).items() if value}
    return SavedView.objects.create(
        owner_id=actor.staff_id,
        is_shared=shared,
        name=clean,
        filters=chosen,
        position=(beside.aggregate(last=Max("position"))["last"] or 0) + 1,
        created_at=now,
    )


def rename_view(actor: Actor, view_id: int, name: str) -> None:
    """Gives a view another name. Raises ViewUnknown, NotAllowed, Refused."""
    view = _changeable(actor, view_id)
    clean = _checked_name(name, _beside(actor, view.is_shared).exclude(pk=view.pk))
    SavedView.objects.filter(pk=view.pk).update(name=clean)


def move_view(actor: Actor, view_id: int, *, down: bool) -> None:
    """Moves a view one place up or down among its own kind; at the end it stays. Raises ViewUnknown, NotAllowed."""
    view = _changeable(actor, view_id)
    with transaction.atomic():
        order = list(_beside(actor, view.is_shared).select_for_update().order_by("position", "pk"))
        here = order.index(view)
        there = min(max(here + (1 if down else -1), 0), len(order) - 1)
        order[here], order[there] = order[there], order[here]
        for position, each in enumerate(order, start=1):
            each.position = position
        SavedView.objects.bulk_update(order, ["position"])


def remove_view(actor: Actor, view_id: int, *, now: datetime) -> None:
    """Takes a view away, for everybody who saw it. Raises ViewUnknown, NotAllowed."""
    view = _changeable(actor, view_id)
    SavedView.objects.filter(pk=view.pk, removed_at=None).update(removed_at=now)


def _seen_by(actor: Actor) -> QuerySet[SavedView]:
    return SavedView.objects.filter(Q(owner=actor.staff_id) | Q(is_shared=True), removed_at=None)


def _beside(actor: Actor, shared: bool) -> QuerySet[SavedView]:
    """The views among which one stands: the shared ones, or the person's own."""
    kept = SavedView.objects.filter(removed_at=None, is_shared=shared)
    return kept if shared else kept.filter(owner=actor.staff_id)


def _changeable(actor: Actor, view_id: int) -> SavedView:
    view = view_of(actor, view_id)
    if view.is_shared:
        require(may_share_views, actor)
    return view


def _checked_name(name: str, beside: QuerySet[SavedView]) -> str:
    clean = " ".join(clean_text(name).split())
    refuse_if([] if clean else [Fault("name", _("Give the view a name"))])
    too_long = Fault("name", _("A name has 60 characters at most"))
    refuse_if([too_long] if len(clean) > LONGEST_NAME else [])
    refuse_if([Fault("name", _("Another view has this name"))] if beside.filter(name=clean).exists() else [])
    return clean
