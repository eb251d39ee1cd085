"""Counters that keep one source from closing the door for everybody."""

from django.db import models


class DayKey(models.Model):
    """The random key of one day's sources. Deleted with the day, after which no counter leads to an address."""

    day = models.DateField(unique=True)
    key = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.day:%Y/%m/%d}"


class Budget(models.Model):
    """How much of one allowance was used in one window. `key` is a keyed hash with a key that lives one day, so
    nothing in it leads back to an address once the day is over."""

    key = models.CharField(max_length=64)
    window_starts_at = models.DateTimeField(db_index=True)
    used = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "window_starts_at"], name="one_budget_per_window")]

    def __str__(self) -> str:
        return f"{self.key[:8]}: {self.used}"
