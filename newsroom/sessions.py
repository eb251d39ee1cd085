"""Sessions of the staff: how long they last, which are open, and how they end.

A session ends after half an hour in which no page was opened, and twelve hours after the sign-in in any case. When a
page was last opened stands in a signed cookie beside the session's own, so that looking at a page writes nothing.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib import auth
from django.contrib.sessions.backends.base import SessionBase
from django.core import signing
from django.http import HttpRequest, HttpResponse

from newsroom.models import StaffMember

IDLE = timedelta(minutes=30)
LONGEST = timedelta(hours=12)
_SIGNED_IN_AT = "signed_in_at"
_SALT = "newsroom.sessions.seen"
#: The library wants an address and gets none: we store no network address of anybody.
_NO_ADDRESS = "0.0.0.0"  # noqa: S104 - binds nothing
_LONGEST_NAME = 200
#: What browsers and systems say of themselves; the first that occurs, for most of them name others too.
_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox", "Firefox"), ("Chrom", "Chrome"), ("Safari", "Safari"))
_SYSTEMS = ("Android", "iPhone", "iPad", "Windows", "Macintosh", "Linux")


@dataclass(frozen=True)
class OpenSession:
    """A browser in which somebody is signed in; `browser` is its name and its system's."""

    pk: int
    browser: str
    since: datetime
    is_this: bool


def begin(request: HttpRequest, member: StaffMember, now: datetime) -> None:
    """Notes a session that has just been opened, or has got a new key."""
    request.is_of_staff = True  # type: ignore[attr-defined]  # for newsroom.config.session_limits
    request.session[_SIGNED_IN_AT] = now.timestamp()
    request.session.save()
    UserSession.objects.update_or_create(
        session_key=request.session.session_key,
        defaults={
            "user": member,
            "ip": _NO_ADDRESS,
            "user_agent": request.headers.get("User-Agent", "")[:_LONGEST_NAME],
            "created_at": now,
            "last_seen_at": now,
        },
    )


def open_sessions(member: StaffMember, request: HttpRequest, now: datetime) -> list[OpenSession]:
    """The browsers in which somebody is signed in, this one first."""
    this = request.session.session_key
    rows = UserSession.objects.filter(user=member, created_at__gt=now - LONGEST).order_by("-created_at")
    found = [OpenSession(row.pk, browser_name(row.user_agent), row.created_at, row.session_key == this) for row in rows]
    return sorted(found, key=lambda each: not each.is_this)


def browser_name(agent: str) -> str:
    """Firefox, Linux: what a person can recognise in what a browser says of itself; all of it where that is nothing."""
    browser = next((name for mark, name in _BROWSERS if mark in agent), "")
    system = next((name for name in _SYSTEMS if name in agent), "")
    return ", ".join(part for part in (browser, system) if part) or agent


def end_session(member: StaffMember, pk: int) -> None:
    """Ends one of somebody's sessions at once; nothing where it is none of theirs."""
    _end(UserSession.objects.filter(user=member, pk=pk))


def end_sessions(member: StaffMember, *, except_key: str | None = None) -> None:
    """Ends all of somebody's sessions at once, but for one."""
    _end(UserSession.objects.filter(user=member).exclude(session_key=except_key or ""))


def forget_old_sessions(now: datetime) -> int:
    """Deletes the notes of sessions that are over by themselves; returns how many."""
    return int(UserSession.objects.filter(created_at__lte=now - LONGEST).delete()[0])


def is_over(request: HttpRequest, member: StaffMember, now: datetime) -> bool:
    """Whether the request's session has lasted too long, or has been left alone for too long (no query)."""
    return seconds_left(request, member, now) <= 0


def owner_of_ended(request: HttpRequest) -> StaffMember | None:
    """Whose the request's session was before it ended by itself; None for one that somebody has ended, and for nobody's
    (one query)."""
    found = auth.get_user(request)
    return found if isinstance(found, StaffMember) else None


def seconds_left(request: HttpRequest, member: StaffMember, now: datetime) -> int:
    """How long the session still lasts if nothing more is opened."""
    began = _began(request.session, member)
    if began is None:
        return int(IDLE.total_seconds())
    seen = _seen_at(request) or began
    return int(min(began + LONGEST - now, seen + IDLE - now).total_seconds())


def seconds_to_the_end(request: HttpRequest, member: StaffMember, now: datetime) -> int:
    """How long the session lasts at most, however many pages are opened."""
    began = _began(request.session, member) or now
    return int((began + LONGEST - now).total_seconds())


def note_seen(request: HttpRequest, response: HttpResponse) -> None:
    """Writes into a cookie that a page was opened now."""
    response.set_cookie(
        settings.SEEN_COOKIE_NAME,
        signing.TimestampSigner(salt=_SALT).sign(_name_of(request.session)),
        httponly=True,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def _end(rows: object) -> None:
    for row in rows:  # type: ignore[attr-defined]  # the library has no types
        row.end()


def _began(session: SessionBase, member: StaffMember) -> datetime | None:
    at = session.get(_SIGNED_IN_AT)
    return datetime.fromtimestamp(at, UTC) if at is not None else member.last_login


def _seen_at(request: HttpRequest) -> datetime | None:
    """When a page of this session was last opened, as its cookie says."""
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        name = signer.unsign(request.COOKIES.get(settings.SEEN_COOKIE_NAME, ""))
    except signing.BadSignature:
        return None
    if name != _name_of(request.session):
        return None
    _name, written = request.COOKIES[settings.SEEN_COOKIE_NAME].split(":")[:2]
    return datetime.fromtimestamp(signing.b62_decode(written), UTC)


def _name_of(session: SessionBase) -> str:
    """A name of the session that opens nothing."""
    return hashlib.sha256((session.session_key or "").encode()).hexdigest()[:32]
