"""One-time links in readers' mails; corrections.domain.opening spends them. The database holds keyed hashes only.

A token is 256 bits derived from the hashing key and the delivery, so that every attempt renders the same mail.
"""

import base64
from datetime import datetime, timedelta

from corrections.keys import hashed, hashing_key
from corrections.models import Delivery, ReaderLink
from corrections.tokens import hash_link_token

LIFETIME = timedelta(days=30)


def make_link(delivery: Delivery, now: datetime) -> None:
    """Writes the row of a delivery's link, in the caller's transaction; one that is there starts anew."""
    ReaderLink.objects.update_or_create(
        delivery=delivery,
        defaults={
            "token_hash": hash_link_token(hashing_key(), token_of(delivery)),
            "expires_at": now + LIFETIME,
            "spent_at": None,
        },
    )


def token_of(delivery: Delivery) -> str:
    """The token that stands in the mail: 43 characters of URL-safe base64."""
    secret = bytes.fromhex(hashed("reader link", f"{delivery.pk}/{delivery.event_id}/{delivery.identity_id}"))
    return base64.urlsafe_b64encode(secret).decode().rstrip("=")
