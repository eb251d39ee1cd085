"""Every door of the house. Readers' and editors' pages carry their language in the address."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

from newsroom import administration
from newsroom.config.health import healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("corrections.api.urls")),
    path("healthz", healthz, name="healthz"),
    path("", include("newsroom.machine_urls")),
    *i18n_patterns(
        path("admin/login/", administration.sign_in),
        path("admin/password_change/", administration.change_password),
        path("admin/", admin.site.urls),
        path("desk/", include("corrections.desk.urls")),
        path("", include("corrections.reader.urls")),
        path("", include("newsroom.urls")),
    ),
]

if settings.DEMO:
    urlpatterns.insert(0, path("mailbox/", include("newsroom.config.mailbox")))

handler400 = "newsroom.config.errors.bad_request"
handler403 = "newsroom.config.errors.forbidden"
handler404 = "newsroom.config.errors.not_found"
handler500 = "newsroom.config.errors.server_error"
