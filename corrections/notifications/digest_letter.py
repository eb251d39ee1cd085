"""What a letter about a saved view says: numbers, kinds and links, and never a reader's words."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from corrections.enums import Kind
from corrections.models import Digest, Subscription
from corrections.notifications.links import subscription_token
from corrections.rules import Actor, may_work_on_desk
from newsroom.models import StaffMember


def facts_of(digest: Digest) -> dict[str, Any]:
    """What its words name."""
    return {"new": digest.new, "total": digest.total, "view": digest.subscription.view.name}


def about(digest: Digest) -> dict[str, Any]:
    """What stands around its words, in the active language."""
    view = digest.subscription.view
    return {
        "cases": [_line(*case) for case in digest.cases],
        "more": digest.new - len(digest.cases),
        "url": f"{settings.SITE_URL}{reverse('desk:queue')}?{urlencode(view.filters)}",
        "end_url": end_url(digest.subscription),
    }


def end_url(subscription: Subscription) -> str:
    """The page with the button that ends these mails."""
    return str(settings.SITE_URL) + reverse("desk:end_mails", args=[subscription_token(subscription)])


def is_wanted(digest: Digest, member: StaffMember) -> bool:
    """Whether the mails go on, and their reader still works on the desk."""
    ended = digest.subscription.ended_at or digest.subscription.view.removed_at
    return not ended and may_work_on_desk(Actor(member.pk, member.role))


def _line(year: int, sequence: int, kind: str) -> dict[str, str]:
    return {
        "number": f"{year}/{sequence:04d}",
        "kind": str(Kind(kind).label),
        "url": settings.SITE_URL + reverse("desk:case", args=[year, sequence]),
    }
