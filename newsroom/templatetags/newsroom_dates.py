"""Dates in the reader's words for templates: the functions of newsroom.dates, each as a filter of its name."""

from datetime import datetime

from django import template
from django.utils import timezone

from newsroom import dates

register = template.Library()

for function in (
    dates.long_date,
    dates.long_date_and_time,
    dates.date_and_year,
    dates.date_and_time,
    dates.month_and_year,
    dates.day_and_month,
    dates.weekday_and_date,
    dates.short_moment,
    dates.time_of_day,
    dates.exact_time,
):
    register.filter(function.__name__, function)


@register.filter
def machine_moment(value: datetime) -> str:
    """For the attribute of a <time>: 2025-02-17T13:05+03:00."""
    return timezone.localtime(value).isoformat(timespec="minutes")
