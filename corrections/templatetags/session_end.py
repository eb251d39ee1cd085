"""How long somebody stays signed in, for the warning before it ends."""

from django import template
from django.template import Context
from django.utils import timezone

from newsroom import sessions

register = template.Library()


@register.simple_tag(takes_context=True)
def seconds_left(context: Context) -> int:
    """Seconds until the session ends if nothing more is opened than this page."""
    request, now = context["request"], timezone.now()
    longest = sessions.seconds_to_the_end(request, request.user, now)
    return min(sessions.IDLE.seconds, longest)
