"""Django's admin, for administrators alone."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from corrections.desk.access import must_set_up_factor
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
        return not must_set_up_factor(request)
