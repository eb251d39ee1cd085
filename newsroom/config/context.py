"""What every page knows of the site."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info


def site(request: HttpRequest) -> dict[str, Any]:
    """The site's name, language and direction, the day, and the same page (with its query) in the other language.

    A page whose other language stands at another address passes `other_language_url` itself.
    """
    language = get_language() or settings.LANGUAGE_CODE
    other = "en" if language == "ar" else "ar"
    return {
        "site_name": settings.SITE_NAMES[language],
        "site_url": settings.SITE_URL,
        "desk_address": settings.DESK_ADDRESS,
        "language": language,
        "direction": "rtl" if get_language_info(language)["bidi"] else "ltr",
        "today": SimpleLazyObject(timezone.localdate),
        "other_language": {
            "code": other,
            "name": get_language_info(other)["name_local"],
            "direction": "rtl" if other == "ar" else "ltr",
            "url": SimpleLazyObject(lambda: translate_url(request.get_full_path(), other)),
        },
        "demo": settings.DEMO,
    }
