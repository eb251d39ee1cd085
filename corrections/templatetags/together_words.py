"""Words of what several editors do at one case."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _

from corrections import desk_settings
from corrections.domain.presence import Here, read_others
from corrections.models import Case, Draft
from newsroom import dates

register = template.Library()


@register.filter
def kept_words(draft: Draft) -> str:
    """Draft kept at 14:05; on another day than today with the day."""
    is_today = timezone.localdate(draft.kept_at) == timezone.localdate()
    return _("Draft kept at %(time)s") % {"time": _moment(draft.kept_at, is_today=is_today)}


@register.simple_tag
def presence_seconds() -> int:
    """How often a page says that somebody is there, and asks who else is."""
    return max(1, desk_settings.current().presence_seconds // 3)


@register.filter
def others_here(case: Case) -> list[Here]:
    """Who else is at one of the cases of a list."""
    return read_others(case)


def _moment(moment: datetime, *, is_today: bool) -> str:
    return dates.time_of_day(moment) if is_today else dates.short_moment(moment)
