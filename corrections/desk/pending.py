"""Between the password and the second factor: who is about to come in, for ten minutes, in nobody’s session yet."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from newsroom.models import StaffMember
from newsroom.staff import find_active

_KEY = "pending_sign_in"
LIFETIME = timedelta(minutes=10)


def remember(request: HttpRequest, member: StaffMember, place: str, now: datetime) -> None:
    """Notes whose password was right and where the way leads. The session gets a new key."""
    request.session.cycle_key()
    request.session[_KEY] = {
        "member": member.pk,
        "password": member.get_session_auth_hash(),
        "place": place,
        "until": (now + LIFETIME).timestamp(),
    }


def pending_member(request: HttpRequest, now: datetime) -> StaffMember | None:
    """Who is about to come in; None where nobody is, the time is over, or the password was changed meanwhile."""
    noted = request.session.get(_KEY)
    if noted is None or noted["until"] < now.timestamp():
        return None
    member = find_active(noted["member"])
    return member if member and member.get_session_auth_hash() == noted["password"] else None


def keep_question(request: HttpRequest, options: str) -> None:
    """Keeps what the person's device is asked, so that the page that asks it writes nothing."""
    request.session[_KEY] = {**request.session[_KEY], "question": options}


def question_of(request: HttpRequest) -> str:
    """What the person's device is asked; empty where there is none to ask."""
    return str(request.session[_KEY].get("question", ""))


def place_of(request: HttpRequest) -> str:
    """Where the way leads after the second factor."""
    return str(request.session[_KEY]["place"])


def forget(request: HttpRequest) -> None:
    """Ends the waiting."""
    request.session.pop(_KEY, None)
