"""Celery's doors to the outbox. Messages carry one id or nothing: whoever reads or forges them learns nothing."""

from celery import shared_task
from django.utils import timezone

from corrections.notifications import announcements, deliver

#: Rows that one sweep carries out before it lets other tasks have their turn.
SWEEP = 200


@shared_task(name="corrections.deliver")
def deliver_one(delivery_id: int) -> None:
    """Carries one delivery out, if it is due and nobody else has taken it."""
    deliver.deliver_one(delivery_id, timezone.now)


@shared_task(name="corrections.sweep_outbox")
def sweep_outbox() -> None:
    """Writes what followers of articles are to be told, and carries out what is due, whoever was or was not woken."""
    announcements.spread_due(timezone.now)
    deliver.deliver_due(SWEEP, timezone.now)
