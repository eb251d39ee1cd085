"""Who is signed in: nobody whose session has lasted too long, was left alone for too long, or is from before the second
factor that its owner has now."""

from typing import cast

from django.contrib import auth
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from newsroom import second_factor, sessions
from newsroom.models import StaffMember


class SessionLimits(AuthenticationMiddleware):
    """Sets `request.user`, looked up where it is asked for, and notes when a page was opened.

    What a script fetches by itself (news of the list, who else is here) is no page: it keeps no session open.
    """

    def process_request(self, request: HttpRequest) -> None:
        request.user = cast("StaffMember", SimpleLazyObject(lambda: _person(request)))

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if getattr(request, "is_of_staff", False) and is_page(request):
            sessions.note_seen(request, response)
        return response


def is_page(request: HttpRequest) -> bool:
    """Whether somebody opened it, as far as the browser says; old ones say nothing."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"


def _person(request: HttpRequest) -> StaffMember | AnonymousUser:
    found = auth.get_user(request)
    if not isinstance(found, StaffMember) or sessions.is_over(request, found, timezone.now()):
        return AnonymousUser()
    if second_factor.is_missing(request, found):
        return AnonymousUser()
    request.is_of_staff = True  # type: ignore[attr-defined]
    return found
