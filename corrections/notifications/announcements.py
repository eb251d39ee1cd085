"""Tells the followers of an article of its notices: one letter each, written in batches by the worker.

What has been told is kept as one number, moved by a guarded UPDATE in the transaction that writes the letters: of two
workers one writes a batch, and a worker that dies between two batches is followed by the next one.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Now

from corrections.enums import Audience
from corrections.models import Announcement, Delivery, Follower

#: Letters written in one transaction.
BATCH = 500
LETTER = "article_corrected"


def spread_due(clock: Callable[[], datetime]) -> int:
    """Writes the letters that published notices call for, as deliveries to be sent; returns how many.

    Only who had confirmed before the notice is told of it.
    """
    written = 0
    begun = Announcement.objects.filter(done_at=None, begins_at__lte=Now()).order_by("pk")
    for announcement in begun.select_related("notice", "event"):
        while (batch := _spread(announcement, clock())) is not None:
            written += batch
    return written


def _spread(announcement: Announcement, now: datetime) -> int | None:
    """Writes the next batch; None where there is none left, or somebody else is at it."""
    told = announcement.told_up_to
    waiting = Follower.objects.filter(
        article=announcement.notice.article_id,
        confirmed_at__lte=announcement.notice.published_at,
        ended_at=None,
        pk__gt=told,
    )
    batch = list(waiting.order_by("pk")[:BATCH])
    untouched = Announcement.objects.filter(pk=announcement.pk, told_up_to=told, done_at=None)
    if not batch:
        untouched.update(done_at=now)
        return None
    with transaction.atomic():
        announcement.told_up_to = batch[-1].pk
        if not untouched.update(told_up_to=announcement.told_up_to):
            return None
        Delivery.objects.bulk_create([_letter(announcement, follower, now) for follower in batch])
    return len(batch)


def _letter(announcement: Announcement, follower: Follower, now: datetime) -> Delivery:
    return Delivery(
        event=announcement.event,
        follower=follower,
        audience=Audience.FOLLOWER,
        template=LETTER,
        language=follower.language,
        written_at=now,
        next_attempt_at=Now(),
    )
