"""Who comes in: signed in, and of a role that works on the desk."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any, cast

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from corrections import desk_settings
from corrections.desk import unsent
from corrections.desk.addresses import place_of
from corrections.domain.access import CaseNotFound, actor_of, fetch_case
from corrections.domain.testimony import open_statements_of
from corrections.models import Case
from corrections.notifications.links import statement_token
from corrections.rules import Actor, may_work_on_desk
from newsroom import second_factor, sessions
from newsroom.models import StaffMember
from newsroom.privacy import private

DeskView = Callable[..., HttpResponse]
#: Fields of a form that are no words of its author.
NOT_WORDS = frozenset(
    {"csrfmiddlewaretoken", "expected_version", "expected_revision", "preview", "previewed", "publish"}
    | {"action", "selection", "case", "whole_view", "filters", "key", "addition"}
)


def member_of(request: HttpRequest) -> StaffMember:
    """The staff member who is signed in (only behind `desk_only`)."""
    return cast("StaffMember", request.user)


def desk_only(view: DeskView) -> DeskView:
    """The view with the acting person, for the desk alone.

    Strangers are led to the sign-in; when they had written something (the session ended meanwhile), it is kept for
    them (`unsent`) and stands in its form again after they have signed in. Authors get 403.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _ask_to_sign_in(request)
        actor = actor_of(member_of(request))
        if not may_work_on_desk(actor):
            return _for_authors(request)
        if must_set_up_factor(request):
            return _ask_for_second_factor(request)
        kept = unsent.instead(request, member_of(request), clock())
        return kept or view(request, actor, *args, **kwargs)

    return cast("DeskView", private(guarded))


def signed_in_only(view: DeskView) -> DeskView:
    """The view with the member, for everybody with an account, authors too; strangers are led to the sign-in."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return _ask_to_sign_in(request)
        return view(request, member_of(request), *args, **kwargs)

    return cast("DeskView", private(guarded))


def second_factor_roles() -> frozenset[str]:
    """The roles that need a second factor."""
    return frozenset(desk_settings.current().second_factor_roles)


def must_set_up_factor(request: HttpRequest) -> bool:
    """Whether the person has to set up a second factor before anything else."""
    member, proved = member_of(request), request.session.get(second_factor.PROVED, False)
    return second_factor.is_overdue(member, proved=proved, now=clock()) and member.role in second_factor_roles()


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


def _for_authors(request: HttpRequest) -> HttpResponse:
    """Not the desk, but what the desk asks of this person."""
    asked = [
        (statement, title, reverse("reader:statement", args=[statement_token(statement.seed)]))
        for statement, title in open_statements_of(member_of(request))
    ]
    context = {"asked": asked}
    return render(request, "corrections/desk/not_for_authors.html", context, status=HTTPStatus.FORBIDDEN)


def _ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    words = _words_in(request)
    if not words:
        return redirect_to_login(place_of(request), "desk:sign_in")
    owner = sessions.owner_of_ended(request)
    place = unsent.keep(request, owner, clock()) if owner else ""
    return _not_sent(request, "signed_out", words, place)


def _ask_for_second_factor(request: HttpRequest) -> HttpResponse:
    words = _words_in(request)
    if not words:
        return HttpResponseRedirect(reverse("desk:account"))
    return _not_sent(request, "set_up_first", words, unsent.keep(request, member_of(request), clock()))


def _not_sent(request: HttpRequest, page: str, words: list[str], kept_at: str) -> HttpResponse:
    context = {
        "typed": words,
        "kept_at": kept_at,
        "had_files": bool(request.FILES),
        "next": kept_at or place_of(request),
    }
    return render(request, f"corrections/desk/{page}.html", context, status=HTTPStatus.FORBIDDEN)


def _words_in(request: HttpRequest) -> list[str]:
    return [
        text
        for name, texts in request.POST.lists()
        if name not in NOT_WORDS and "password" not in name
        for text in map(str, texts)
        if text.strip()
    ]
