"""Notes in the caller's transaction that somebody must be told; the sending is corrections.notifications.deliver."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.db.models import DateTimeField, ExpressionWrapper, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Now

from corrections import desk_settings
from corrections.enums import ActorKind, Audience, DeliveryStatus
from corrections.models import Announcement, Case, Delivery, Digest, Event, Follower, Notice
from corrections.notifications import links, wake
from corrections.notifications.plan import CONFIRMING_LETTERS, Letter, letters_for
from corrections.notifications.recipients import Recipient, recipients_of
from corrections.notifications.restraint import first_status, has_unread_news, limit_hash
from newsroom.models import StaffMember

#: Letters that are out, or that somebody has begun to send.
ON_ITS_WAY = (DeliveryStatus.PENDING, DeliveryStatus.SENDING, DeliveryStatus.SENT)


def enqueue(event: Event, case: Case, now: datetime) -> None:
    """Writes one delivery for everybody whom the event calls to tell (corrections.notifications.plan).

    In order, in the caller's transaction: INSERT of each delivery (to be sent, or at once folded or withheld,
    which the desk sees), INSERT of the one-time link of each letter to a reader; after the commit the senders
    are woken, which neither waits for the broker nor raises. `now` is aware.
    """
    addressed = [
        (letter, recipient)
        for letter in letters_for(event.happening, case)
        for recipient in recipients_of(letter.audience, event, case)
    ]
    _wake_for([_write(letter, recipient, event, now) for letter, recipient in _each_person_once(addressed)])


def _each_person_once(addressed: Sequence[tuple[Letter, Recipient]]) -> list[tuple[Letter, Recipient]]:
    """No letter twice to a colleague who is meant in two ways, as owner and as standards editor."""
    seen: set[tuple[str, int]] = set()
    once = []
    for letter, recipient in addressed:
        key = (letter.template, recipient.staff_member_id or 0)
        if recipient.staff_member_id is None or key not in seen:
            once.append((letter, recipient))
        seen.add(key)
    return once


def recall(events: Sequence[int], now: datetime) -> list[Delivery]:
    """Keeps the letters of these events from going out, in the caller's transaction, and returns those that nobody
    can call back: sent, being sent, or tried already.

    A letter that no sender has claimed yet is recalled by one guarded UPDATE, a claim is another: of the two, one
    wins. What failed or was folded does not come back for a step that has been taken back.
    """
    letters = Delivery.objects.filter(event__in=events)
    unclaimed = Q(status=DeliveryStatus.PENDING, attempt=0)
    idle = Q(status__in=[DeliveryStatus.FAILED, DeliveryStatus.FOLDED])
    letters.filter(unclaimed | idle).update(status=DeliveryStatus.RECALLED)
    for recalled in letters.filter(status=DeliveryStatus.RECALLED, is_news=True).select_related("identity"):
        _unfold_after(recalled, now)
    return list(letters.filter(status__in=ON_ITS_WAY).select_related("identity__case"))


def _unfold_after(recalled: Delivery, now: datetime) -> None:
    """A later letter that was folded because this one would say it now has to go out itself."""
    identity = recalled.identity
    if identity is None or has_unread_news(identity, now):
        return
    folded = Delivery.objects.filter(identity=identity, status=DeliveryStatus.FOLDED, pk__gt=recalled.pk)
    later = folded.select_related("event").order_by("pk").last()
    if later is None or later.event is None:
        return
    later.status = DeliveryStatus.PENDING
    later.next_attempt_at = _from_now(later.event)
    later.save(update_fields=["status", "next_attempt_at"])
    links.make_link(later, now)


def tell_of_undoing(event: Event, gone: Sequence[Delivery], now: datetime) -> None:
    """Writes to everybody whom a letter has told of a step that it has been taken back, in the caller's transaction."""
    written = [
        _write(
            Letter(Audience(told.audience), "taken_back", is_news=told.audience == Audience.READER),
            Recipient(Audience(told.audience), told.language, told.staff_member_id, told.identity),
            event,
            now,
        )
        for told in gone
    ]
    _wake_for(written)


def announce(notice: Notice, event: Event) -> None:
    """Notes, in the caller's transaction, that the followers of an article must be told of a notice."""
    Announcement.objects.create(notice=notice, event=event, begins_at=_from_now(event))


def recall_announcement(decision_id: int, now: datetime) -> bool:
    """Keeps the notice of a decision from being told to followers, in the caller's transaction; says whether nobody has
    been told. One guarded UPDATE, as the first batch of letters is another."""
    announced = Announcement.objects.filter(notice__decision=decision_id)
    announced.filter(told_up_to=0, done_at=None).update(done_at=now)
    return not announced.exclude(told_up_to=0).exists()


def enqueue_to_follower(follower: Follower, template: str, now: datetime) -> None:
    """Writes a letter to somebody who follows an article, about the following itself; the senders are woken after the
    commit. In the caller's transaction."""
    delivery = Delivery.objects.create(
        follower=follower,
        audience=Audience.FOLLOWER,
        address_hash=limit_hash(follower.address_sealed),
        template=template,
        language=follower.language,
        written_at=now,
        next_attempt_at=Now(),
    )
    transaction.on_commit(partial(wake.wake, [delivery.pk]), robust=True)


def enqueue_to_member(member: StaffMember, template: str, now: datetime) -> None:
    """Writes a letter about an account to its owner; the senders are woken after the commit. In the caller's
    transaction."""
    delivery = Delivery.objects.create(
        staff_member=member,
        audience=Audience.STAFF,
        template=template,
        language=member.language,
        written_at=now,
        next_attempt_at=Now(),
    )
    transaction.on_commit(partial(wake.wake, [delivery.pk]), robust=True)


def _wake_for(written: Sequence[Delivery]) -> None:
    """What is held back is found by the polling when its time has come."""
    to_send = [each.pk for each in written if each.status == DeliveryStatus.PENDING and not _is_held(each.event)]
    if to_send:
        transaction.on_commit(partial(wake.wake, to_send), robust=True)


def _is_held(event: Event | None) -> bool:
    """Whether a letter waits a moment before it goes out: what the desk causes can be undone, a reader's own steps are
    answered at once."""
    return event is not None and event.actor_kind == ActorKind.STAFF and desk_settings.current().undo_seconds > 0


def _from_now(event: Event) -> Combinable:
    """When a letter may go out. The database's clock decides what is due, here and in the claim: a web server whose
    clock jumps neither delays a mail nor sends it early."""
    if not _is_held(event):
        return Now()
    hold = timedelta(seconds=desk_settings.current().undo_seconds)
    return ExpressionWrapper(Now() + hold, output_field=DateTimeField())


def enqueue_digest(digest: Digest, now: datetime) -> None:
    """Writes the letter to a subscriber of a view; the senders are woken after the commit. In the caller's
    transaction."""
    member = digest.subscription.staff_member
    delivery = Delivery.objects.create(
        digest=digest,
        staff_member=member,
        audience=Audience.SUBSCRIBER,
        template="digest",
        language=member.language,
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
        statement=recipient.statement,
        address_hash=limit_hash(identity.address_sealed) if identity and letter.template in CONFIRMING_LETTERS else "",
        template=letter.template,
        language=recipient.language,
        written_at=now,
        is_news=letter.is_news,
        status=first_status(letter, identity, now) if identity else DeliveryStatus.PENDING,
        next_attempt_at=_from_now(event),
    )
    if identity and delivery.status == DeliveryStatus.PENDING:
        links.make_link(delivery, now)
    return delivery
