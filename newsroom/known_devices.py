"""Devices on which somebody has signed in before: a signed cookie that opens nothing. It holds a random name of the
device and, for each account, a hash of both; nobody reads from it whose accounts they are."""

import secrets
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import salted_hmac

from newsroom.models import StaffMember

LIFETIME_SECONDS = 180 * 24 * 60 * 60
#: Accounts that one device keeps in mind; of more the oldest goes.
MOST_ACCOUNTS = 8
_SALT = "newsroom.known_devices"


def device_that_knows(request: HttpRequest, name: str) -> str:
    """The name of the request's device, if the account of this user name was signed in to on it; empty otherwise."""
    kept = _kept(request)
    return kept["device"] if kept and _mark(kept["device"], name) in kept["accounts"] else ""


def remember(request: HttpRequest, response: HttpResponse, member: StaffMember) -> None:
    """Notes in the answer's cookie that somebody has signed in on this device, second factor and all."""
    kept = _kept(request) or {"device": secrets.token_urlsafe(16), "accounts": []}
    mark = _mark(kept["device"], member.get_username())
    others = [account for account in kept["accounts"] if account != mark]
    response.set_cookie(
        settings.DEVICE_COOKIE_NAME,
        signing.dumps({**kept, "accounts": [*others, mark][-MOST_ACCOUNTS:]}, salt=_SALT),
        max_age=LIFETIME_SECONDS,
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _kept(request: HttpRequest) -> dict[str, Any] | None:
    try:
        cookie = request.COOKIES.get(settings.DEVICE_COOKIE_NAME, "")
        kept: dict[str, Any] = signing.loads(cookie, salt=_SALT, max_age=LIFETIME_SECONDS)
    except signing.BadSignature:
        return None
    return kept


def _mark(device: str, name: str) -> str:
    return salted_hmac(_SALT, f"{device}/{name.casefold()}", algorithm="sha256").hexdigest()[:32]
