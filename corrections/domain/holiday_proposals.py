"""Holidays that a library proposes for the site's country, to be ticked by administrators and never taken over
unseen: its lists may be out of date (the one for Syria is), and the days of feasts by the moon are estimates.

The library is an aid that a site may do without; where it is not installed there are no proposals.
"""

from collections.abc import Mapping
from datetime import date

from django.conf import settings

from corrections.domain.site_calendar import NewHoliday

try:
    import holidays as library

    IS_INSTALLED = True
except ImportError:
    IS_INSTALLED = False


def country() -> str:
    """The country whose holidays are proposed, as an ISO code; empty where nothing can be."""
    known = IS_INSTALLED and settings.SITE_COUNTRY in library.list_supported_countries()
    return str(settings.SITE_COUNTRY) if known else ""


def proposals(today: date) -> list[NewHoliday]:
    """What the library knows of the rest of this year and of the next."""
    if not country():
        return []
    in_arabic, in_english = (_names(language, today) for language in ("ar", "en_US"))
    return [NewHoliday(day, in_arabic.get(day, name), name) for day, name in sorted(in_english.items()) if day >= today]


def _names(language: str, today: date) -> Mapping[date, str]:
    """The days by their names in a language, in the list's own where it has no other."""
    known = library.list_localized_countries().get(settings.SITE_COUNTRY, [])
    chosen = language if language in known else None
    return dict(library.country_holidays(settings.SITE_COUNTRY, years=[today.year, today.year + 1], language=chosen))
