"""Django's admin, for administrators alone."""

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _


class TashihAdminSite(AdminSite):
    """The admin opens for administrators only; everybody else works on the desk."""

    site_header = site_title = _("Administration")

    def has_permission(self, request: HttpRequest) -> bool:
        return request.user.is_active and getattr(request.user, "role", "") == "administrator"


class DeskAdminConfig(AdminConfig):
    default_site = "newsroom.config.administration.TashihAdminSite"
