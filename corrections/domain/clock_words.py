"""Spans of time in words."""

from django.utils.translation import npgettext

from corrections.procedures import Clock, Unit


def span(clock: Clock) -> str:
    """A span of time as it stands after “within” or “by”: 2 working days."""
    if clock.unit == Unit.WORKING_DAYS:
        words = npgettext("within", "%(count)s working day", "%(count)s working days", clock.amount)
    elif clock.unit == Unit.HOURS:
        words = npgettext("within", "%(count)s hour", "%(count)s hours", clock.amount)
    elif clock.unit == Unit.WORKING_HOURS:
        words = npgettext("within", "%(count)s working hour", "%(count)s working hours", clock.amount)
    else:
        words = npgettext("within", "%(count)s day", "%(count)s days", clock.amount)
    return words % {"count": clock.amount}
