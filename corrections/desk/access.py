"""Who comes in: signed in, and of a role that works on the desk."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from corrections.desk.addresses import place_of
from corrections.domain.access import CaseNotFound, actor_of, fetch_case
from corrections.models import Case
from corrections.rules import Actor, may_work_on_desk
from newsroom.models import StaffMember
from newsroom.privacy import private

DeskView = Callable[..., HttpResponse]
#: Fields of a form that are no words of its author.
NOT_WORDS = frozenset(
    {"csrfmiddlewaretoken", "expected_version", "expected_revision", "preview", "publish"}
    | {"action", "selection", "case", "whole_view", "filters", "key"}
)


def member_of(request: HttpRequest) -> StaffMember:
    """The staff member who is signed in (only behind `desk_only`)."""
    return cast("StaffMember", request.user)


def desk_only(view: DeskView) -> DeskView:
    """The view with the acting person, for the desk alone.

    Strangers are led to the sign-in; when they had written something (the session ended meanwhile), it is shown
    to them once more. Authors get 403.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _ask_to_sign_in(request)
        actor = actor_of(member_of(request))
        if not may_work_on_desk(actor):
            return render(request, "corrections/desk/not_for_authors.html", status=HTTPStatus.FORBIDDEN)
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


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    words = [
        text
        for name, texts in request.POST.lists()
        if name not in NOT_WORDS
        for text in map(str, texts)
        if text.strip()
    ]
    if not words:
        return redirect_to_login(place_of(request), "desk:sign_in")
    context = {"typed": words, "next": place_of(request)}
    return render(request, "corrections/desk/signed_out.html", context, status=HTTPStatus.FORBIDDEN)
