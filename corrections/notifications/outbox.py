"""Notes in the caller's transaction that somebody must be told; the sending is corrections.notifications.deliver."""

from datetime import datetime
from functools import partial

from django.db import transaction
from django.db.models.functions import Now

from corrections.enums import Audience, DeliveryStatus
from corrections.models import Announcement, Case, Delivery, Event, Follower, Notice
from corrections.notifications import links, wake
from corrections.notifications.plan import Letter, letters_for
from corrections.notifications.recipients import Recipient, recipients_of
from corrections.notifications.restraint import first_status


def enqueue(event: Event, case: Case, now: datetime) -> None:
    """Writes one delivery for everybody whom the event calls to tell (corrections.notifications.plan).

    In order, in the caller's transaction: INSERT of each delivery (to be sent, or at once folded or withheld,
    which the desk sees), INSERT of the one-time link of each letter to a reader; after the commit the senders
    are woken, which neither waits for the broker nor raises. `now` is aware.
    """
    written = [
        _write(letter, recipient, event, now)
        for letter in letters_for(event.happening, case)
        for recipient in recipients_of(letter.audience, event, case)
    ]
    to_send = [delivery.pk for delivery in written if delivery.status == DeliveryStatus.PENDING]
    if to_send:
        transaction.on_commit(partial(wake.wake, to_send), robust=True)


def announce(notice: Notice, event: Event) -> None:
    """Notes, in the caller's transaction, that the followers of an article must be told of a notice."""
    Announcement.objects.create(notice=notice, event=event)


def enqueue_to_follower(follower: Follower, template: str, now: datetime) -> None:
    """Writes a letter to somebody who follows an article, about the following itself; the senders are woken after the
    commit. In the caller's transaction."""
    delivery = Delivery.objects.create(
        follower=follower,
        audience=Audience.FOLLOWER,
        address_hash=follower.address_hash,
        template=template,
        language=follower.language,
        written_at=now,
        next_attempt_at=Now(),
    )
    transaction.on_commit(partial(wake.wake, [delivery.pk]), robust=True)


def _write(letter: Letter, recipient: Recipient, event: Event, now: datetime) -> Delivery:
    identity = recipient.identity
    delivery = Delivery.objects.create(
        event=event,
        audience=recipient.audience,
        staff_member_id=recipient.staff_member_id,
        identity=identity,
        address_hash=identity.address_hash if identity else "",
        template=letter.template,
        language=recipient.language,
        written_at=now,
        is_news=letter.is_news,
        status=first_status(letter, identity, now) if identity else DeliveryStatus.PENDING,
        # The database's clock decides what is due, here and in the claim: a web server whose clock jumps
        # neither delays a mail nor sends it early.
        next_attempt_at=Now(),
    )
    if identity and delivery.status == DeliveryStatus.PENDING:
        links.make_link(delivery, now)
    return delivery
