"""Who comes in: signed in, and of a role that works on the desk."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from corrections.domain.access import CaseNotFound, actor_of, fetch_case
from corrections.models import Case
from corrections.rules import Actor, may_work_on_desk
from newsroom.models import StaffMember
from newsroom.privacy import private

DeskView = Callable[..., HttpResponse]


def member_of(request: HttpRequest) -> StaffMember:
    """The staff member who is signed in (only behind `desk_only`)."""
    return cast("StaffMember", request.user)


def desk_only(view: DeskView) -> DeskView:
    """The view with the acting person, for the desk alone; strangers are led to the sign-in, authors get 403."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path() if request.method == "GET" else "", "desk:sign_in")
        actor = actor_of(member_of(request))
        if not may_work_on_desk(actor):
            raise PermissionDenied
        return view(request, actor, *args, **kwargs)

    return cast("DeskView", private(guarded))


def case_only(view: DeskView) -> DeskView:
    """The view with the acting person and the case of the address; a case the person may not see is a 404."""

    @wraps(view)
    def with_case(request: HttpRequest, actor: Actor, year: int, sequence: int, **kwargs: Any) -> HttpResponse:
        return view(request, actor, found_case(actor, year, sequence), **kwargs)

    return desk_only(with_case)


def found_case(actor: Actor, year: int, sequence: int) -> Case:
    """The case, or a 404."""
    try:
        return fetch_case(actor, year, sequence)
    except CaseNotFound as error:
        raise Http404 from error


def clock() -> datetime:
    """The moment of the request."""
    return timezone.now()
