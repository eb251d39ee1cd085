"""Who may use the administration: administrators, for everything that a page of it allows at all."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from newsroom.models.staff import Role

#: How the lists' own filters ask.
_FILTER_ENDINGS = ("", "__exact", "__id__exact", "__in", "__isnull", "__isempty")


def filters_of(page: Any) -> Sequence[Any]:
    """What a list of the administration offers to narrow it by."""
    offered: Sequence[Any] = page.list_filter
    return offered


class AdministratorsOnly:
    """Mixed into each page of the administration. Roles decide, not Django's permission tables."""

    may_add = may_change = may_delete = True

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Whether a list may be narrowed by what stands in its address: by its own filters alone. Django allows every
        column, and a password's hash could be found out by asking for its beginning."""
        names = {each if isinstance(each, str) else each[0] for each in filters_of(self)}
        return lookup in {f"{name}{ending}" for name in names for ending in _FILTER_ENDINGS}

    def has_module_permission(self, request: HttpRequest) -> bool:
        return _is_administrator(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _is_administrator(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_add and _is_administrator(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_change and _is_administrator(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.may_delete and _is_administrator(request)


def sign_in(request: HttpRequest) -> HttpResponse:
    """Leads to the site's one sign-in, which limits guesses; the admin's own would take any number of them.

    An administrator who has signed in comes here only without the second factor that is due by now: to the page where
    it is set up. Raises PermissionDenied for somebody who has signed in already but is no administrator.
    """
    if request.user.is_authenticated:
        if not _is_administrator(request):
            raise PermissionDenied
        return HttpResponseRedirect(reverse(settings.SECOND_FACTOR_URL))
    return redirect_to_login(request.GET.get("next") or reverse("admin:index"))


def change_password(request: HttpRequest) -> HttpResponse:
    """Leads to the one page on which a password is changed; the admin's own would end no session and note nothing."""
    return HttpResponseRedirect(reverse(settings.PASSWORD_URL))


def _is_administrator(request: HttpRequest) -> bool:
    return request.user.is_active and getattr(request.user, "role", "") == Role.ADMINISTRATOR
