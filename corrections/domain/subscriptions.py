"""Mails about a saved view: begun and changed by whoever sees the view, ended by one press."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from corrections.domain.faults import Fault, refuse_if
from corrections.domain.queue_filters import chosen_cases
from corrections.domain.saved_views import filters_of, view_of
from corrections.models import Case, SavedView, Subscription, ToldCase
from corrections.notifications import links
from corrections.rules import Actor
from newsroom.models import StaffMember

#: Cases noted one by one when the mails begin; in a larger view only what arrives later is news.
MOST_NOTED = 5000


class SubscriptionUnknown(Exception):
    """No mails have this link any more."""


def subscribe(actor: Actor, view_id: int, rhythm: str, *, now: datetime) -> None:
    """Begins the mails about a view, or changes how often they come. What stands in the view now is no news.

    Raises ViewUnknown, Refused.
    """
    view = view_of(actor, view_id)
    refuse_if([] if rhythm in Subscription.Rhythm else [Fault("rhythm", _("Choose how often"))])
    has_address = StaffMember.objects.filter(pk=actor.staff_id).exclude(email="").exists()
    refuse_if([] if has_address else [Fault("rhythm", _("Your account has no e-mail address"))])
    with transaction.atomic():
        found, is_new = Subscription.objects.get_or_create(
            view=view, staff_member_id=actor.staff_id, ended_at=None, defaults=_beginning(actor, view, rhythm, now)
        )
        if is_new:
            _note_what_is_there(found, actor, view, now)
        elif found.rhythm != rhythm:
            Subscription.objects.filter(pk=found.pk).update(rhythm=rhythm, since=now)


def unsubscribe(actor: Actor, view_id: int, *, now: datetime) -> None:
    """Ends one's own mails about a view, if there are any. Raises ViewUnknown."""
    view = view_of(actor, view_id)
    Subscription.objects.filter(view=view, staff_member=actor.staff_id, ended_at=None).update(ended_at=now)


def rhythms_of(actor: Actor) -> dict[int, str]:
    """How often mails come to a person, by the id of the view (one query)."""
    kept = Subscription.objects.filter(staff_member=actor.staff_id, ended_at=None)
    return dict(kept.values_list("view_id", "rhythm"))


def subscription_of(token: str) -> Subscription:
    """The mails that a link ends, with their view; changes nothing. Raises SubscriptionUnknown."""
    running = Subscription.objects.filter(token_hash=links.hash_of(token), ended_at=None, view__removed_at=None)
    found = running.select_related("view").first()
    if found is None:
        raise SubscriptionUnknown
    return found


def end(token: str, *, now: datetime) -> Subscription:
    """Ends the mails of a link; letters not yet sent do not go out. Raises SubscriptionUnknown."""
    found = subscription_of(token)
    if not Subscription.objects.filter(pk=found.pk, ended_at=None).update(ended_at=now):
        raise SubscriptionUnknown
    return found


def _beginning(actor: Actor, view: SavedView, rhythm: str, now: datetime) -> dict[str, object]:
    begun = Subscription(view=view, staff_member_id=actor.staff_id, begun_at=now)
    token_hash = links.hash_of(links.subscription_token(begun))
    return {"rhythm": rhythm, "begun_at": now, "since": now, "token_hash": token_hash}


def _note_what_is_there(subscription: Subscription, actor: Actor, view: SavedView, now: datetime) -> None:
    there = chosen_cases(actor, filters_of(view), now).order_by().values_list("pk", flat=True)[: MOST_NOTED + 1]
    noted = [ToldCase(subscription=subscription, case_id=pk) for pk in there]
    if len(noted) <= MOST_NOTED:
        ToldCase.objects.bulk_create(noted)
        return
    last = Case.objects.aggregate(last=Max("pk"))["last"]
    Subscription.objects.filter(pk=subscription.pk).update(begins_after=last)
