"""Django's admin with our own site in it."""

from django.contrib.admin.apps import AdminConfig


class DeskAdminConfig(AdminConfig):
    default_site = "newsroom.config.admin_site.TashihAdminSite"
