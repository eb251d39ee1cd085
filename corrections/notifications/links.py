"""One-time links in readers' mails; corrections.domain.opening spends them. The database holds keyed hashes only.

A token is 256 bits derived from the hashing key and the delivery, so that every attempt renders the same mail.
"""

import base64
import json
from datetime import UTC, datetime, timedelta

from corrections.keys import hashed, hashing_key
from corrections.models import Delivery, Follower, ReaderLink, Subscription
from corrections.tokens import hash_link_token
from newsroom.models import StaffMember

LIFETIME = timedelta(days=30)


def make_link(delivery: Delivery, now: datetime) -> None:
    """Writes the row of a delivery's link, in the caller's transaction; one that is there starts anew."""
    ReaderLink.objects.update_or_create(
        delivery=delivery,
        defaults={
            "token_hash": hash_of(token_of(delivery)),
            "expires_at": now + LIFETIME,
            "spent_at": None,
        },
    )


def token_of(delivery: Delivery) -> str:
    """The token that stands in the mail: 43 characters of URL-safe base64."""
    return _as_text(hashed("reader link", f"{delivery.pk}/{delivery.event_id}/{delivery.identity_id}"))


def follower_token(follower: Follower) -> str:
    """The token in every mail to a follower: it confirms the following and ends it. 43 characters as above."""
    asked = f"{follower.article_id}/{follower.address_hash}/{follower.asked_at.isoformat()}"
    return _as_text(hashed("follower link", asked))


def subscription_token(subscription: Subscription) -> str:
    """The token in every mail about a view, which ends them. 43 characters as above."""
    begun = subscription.begun_at.astimezone(UTC).isoformat()
    return _as_text(hashed("subscription link", f"{subscription.view_id}/{subscription.staff_member_id}/{begun}"))


def statement_token(seed: str) -> str:
    """The token in the mails that ask for a statement, for as long as its seed stands. 43 characters as above."""
    return _as_text(hashed("statement link", seed))


def staff_token(delivery: Delivery, member: StaffMember) -> str:
    """The token in a mail about somebody's account: worthless as soon as the password is another, or was taken away
    once more, and as soon as the address or the role is another: it would give the new one to whoever has the old mail.
    43 characters as above."""
    account = [delivery.pk, member.pk, member.password, member.email, member.role]
    return _as_text(hashed("staff link", json.dumps(account)))


def hash_of(token: str) -> str:
    """The keyed hash under which a token is stored and found."""
    return hash_link_token(hashing_key(), token)


def _as_text(digest: str) -> str:
    return base64.urlsafe_b64encode(bytes.fromhex(digest)).decode().rstrip("=")
