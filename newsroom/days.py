"""Days of the site: where they begin, and where its working week begins."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

_MONDAY = 0
_DAYS = 7


def day_of(moment: datetime) -> date:
    """The day of the site to which an aware moment belongs."""
    return moment.astimezone(_zone()).date()


def beginning_of(day: date) -> datetime:
    """The first moment of a day of the site."""
    return datetime.combine(day, time(), tzinfo=_zone())


def start_of_week(day: date, weekend: Collection[int]) -> date:
    """The first day of the working week to which a day belongs: the one behind the weekend; a Monday where there is no
    weekend. `weekend` holds Python's weekday numbers (Monday is 0); its days close the week before them."""
    for back in range(_DAYS):
        candidate = day - timedelta(days=back)
        follows_weekend = (candidate.weekday() - 1) % _DAYS in weekend and candidate.weekday() not in weekend
        if follows_weekend or (not weekend and candidate.weekday() == _MONDAY):
            return candidate
    return day


def weekdays_in_order(weekend: Collection[int]) -> list[int]:
    """Python's weekday numbers (Monday is 0) in the order of the working week: the first is the one behind the
    weekend."""
    first = start_of_week(date(2024, 1, 1), weekend).weekday()
    return [(first + step) % _DAYS for step in range(_DAYS)]


def _zone() -> ZoneInfo:
    return ZoneInfo(settings.TIME_ZONE)
