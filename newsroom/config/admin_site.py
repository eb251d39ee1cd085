"""Django's admin, for administrators alone."""

from django.conf import settings
from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from newsroom import second_factor
from newsroom.models import StaffMember
from newsroom.models.staff import Role


class TashihAdminSite(AdminSite):
    """The admin opens for administrators only; everybody else works on the desk."""

    site_header = site_title = _("Administration")

    def has_permission(self, request: HttpRequest) -> bool:
        """Whether somebody is an administrator whose second factor is not overdue."""
        person = request.user
        if not isinstance(person, StaffMember) or not person.is_active or person.role != Role.ADMINISTRATOR:
            return False
        proved = request.session.get(second_factor.PROVED, False)
        roles = frozenset(settings.SECOND_FACTOR_ROLES)
        return not second_factor.must_set_up(person, roles, proved=proved, now=timezone.now())
