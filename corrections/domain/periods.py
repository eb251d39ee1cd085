"""Spans of whole days of the site, and their months."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection
from django.db.models import F, Func, IntegerField, Q, Value
from django.db.models.functions import ExtractMonth, ExtractYear


@dataclass(frozen=True)
class Period:
    """Whole days of the site, both ends included."""

    first: date
    last: date

    def span(self) -> tuple[datetime, datetime]:
        """From the first moment of the first day to the first behind the last."""
        return _begins(self.first), _begins(self.last + timedelta(days=1))

    def holds(self, moment: str) -> Q:
        """The condition of rows of which a moment lies in these days."""
        begins, ends = self.span()
        return Q(**{f"{moment}__gte": begins, f"{moment}__lt": ends})

    def months(self) -> list[date]:
        """The first day of each month that the days belong to, in their order."""
        month, months = self.first.replace(day=1), []
        while month <= self.last:
            months.append(month)
            month = (month + timedelta(days=32)).replace(day=1)
        return months

    def number_of_month(self, moment: str) -> Any:
        """Of rows whose moment lies in these days: in which of their months, the first being 1."""
        if connection.vendor == "postgresql":
            # Found among a few moments by halving: half of what it costs to cut each moment to its month.
            beginnings = Value([_begins(month) for month in self.months()])
            return Func(F(moment), beginnings, function="width_bucket", output_field=IntegerField())
        zone = ZoneInfo(settings.TIME_ZONE)
        before_first = self.first.year * 12 + self.first.month - 1
        return ExtractYear(moment, tzinfo=zone) * 12 + ExtractMonth(moment, tzinfo=zone) - before_first


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(settings.TIME_ZONE))
