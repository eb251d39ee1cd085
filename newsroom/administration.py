"""Who may use the administration: administrators, for everything that a page of it allows at all."""

from typing import Any

from django.http import HttpRequest

from newsroom.models.staff import Role


class AdministratorsOnly:
    """Mixed into each page of the administration. Roles decide, not Django's permission tables."""

    may_add = may_change = may_delete = True

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


def _is_administrator(request: HttpRequest) -> bool:
    return request.user.is_active and getattr(request.user, "role", "") == Role.ADMINISTRATOR
