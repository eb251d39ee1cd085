"""Every door of the house. Readers' and editors' pages carry their language in the address."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", include("corrections.api.urls")),
    path("", include("newsroom.machine_urls")),
    *i18n_patterns(
        path("admin/", admin.site.urls),
        path("desk/", include("corrections.desk.urls")),
        path("", include("corrections.reader.urls")),
        path("", include("newsroom.urls")),
    ),
]

if settings.DEMO:
    urlpatterns.insert(0, path("mailbox/", include("newsroom.config.mailbox")))
