"""Carries deliveries out: claim one, send it, settle it. At least once, and almost never twice.

A claim is a guarded UPDATE that counts the attempt before the work and takes the row on a lease by the
database's clock. Whoever finds a row whose lease is over takes it over; what its former holder still tries to
write meets another attempt and lease and changes nothing. No transaction is open while a mail server is spoken to.
"""

import logging
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.conf import settings
from django.db import InterfaceError, OperationalError, close_old_connections, transaction
from django.db.models import DateTimeField, ExpressionWrapper, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Now

from corrections.enums import DeliveryStatus
from corrections.models import Delivery
from corrections.notifications import channels, journal, links, render, wake
from corrections.notifications.backoff import LAST_ATTEMPT, LAST_POISONOUS_ATTEMPT, pause_after

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]

#: Rows looked at for one claim; other senders may take some of them meanwhile.
CANDIDATES = 10
WITH_EVERYTHING = (
    "event__case__revision",
    "identity",
    "staff_member",
    "follower__article",
    "digest__subscription__view",
    "statement__staff_member",
)
#: Seconds between two tries to settle a row while the database is away, and for how long in all.
SETTLE_EVERY = 0.5
SETTLE_FOR = 120.0
#: The share of a lease that connecting and waiting may use up; the rest is for handing the mail over.
CONNECTING_SHARE = 0.5

#: A process hands over one mail at a time. Whatever kills it then finds at most one mail accepted and not yet noted,
#: and the thread that has to note it does not wait for others. Connecting goes on in parallel.
_handing_over = threading.Lock()


@dataclass(frozen=True)
class Claim:
    """A delivery that is ours until `ends` (this computer's monotonic clock), and what tells our hold on it."""

    delivery: Delivery
    attempt: int
    lease_until: datetime
    ends: float

    @property
    def seconds_left(self) -> float:
        return self.ends - time.monotonic()


@dataclass(frozen=True)
class Outcome:
    """How an attempt ended. A pending one is tried again after `pause`."""

    status: DeliveryStatus
    fault: str = ""
    pause: timedelta = timedelta(0)


SENT = Outcome(DeliveryStatus.SENT)


def deliver_due(limit: int, clock: Clock) -> int:
    """Carries out up to `limit` due deliveries, one after the other, and returns how many were tried.

    `clock` gives the moment that is written as `sent_at`. Raises only what the database raises when it is away.
    """
    tried = 0
    while tried < limit and (claim := claim_next()):
        carry_out(claim, clock)
        tried += 1
    return tried


def deliver_one(delivery_id: int, clock: Clock) -> bool:
    """Carries out one delivery if it is due and nobody else holds it; says whether it was tried."""
    due = Delivery.objects.filter(_is_due(), pk=delivery_id).first()
    claim = _claim(due) if due else None
    if claim:
        carry_out(claim, clock)
    return claim is not None


def resend(delivery_id: int, now: datetime) -> bool:
    """Starts a failed delivery anew, for the desk: attempts from the first, the link's 30 days from now.

    One guarded UPDATE, then the senders are woken after the commit. False if the delivery has not failed.
    """
    with transaction.atomic():
        renewed = Delivery.objects.filter(pk=delivery_id, status=DeliveryStatus.FAILED).update(
            status=DeliveryStatus.PENDING, attempt=0, lease_until=None, next_attempt_at=Now(), fault=""
        )
        if renewed:
            _renew_link(Delivery.objects.get(pk=delivery_id), now)
            transaction.on_commit(partial(wake.wake, [delivery_id]), robust=True)
    return bool(renewed)


def claim_next() -> Claim | None:
    """Claims the delivery that has been due for longest; None when nothing is due."""
    due = Delivery.objects.filter(_is_due()).order_by("next_attempt_at", "pk")
    return next((claim for row in due[:CANDIDATES] if (claim := _claim(row))), None)


def carry_out(claim: Claim, clock: Clock) -> None:
    """Sends what was claimed and settles the row; removes the journal's line once the database says it too."""
    outcome = _attempt(claim)
    if _settle_surely(claim, outcome, clock) and outcome.status == DeliveryStatus.SENT:
        journal.forget(render.message_name(claim.delivery))


def settle(claim: Claim, outcome: Outcome, now: datetime) -> bool:
    """Writes how an attempt ended, in one guarded UPDATE; False if the row is no longer held by this claim."""
    held = Delivery.objects.filter(
        pk=claim.delivery.pk,
        status=DeliveryStatus.SENDING,
        attempt=claim.attempt,
        lease_until=claim.lease_until,
    )
    return bool(
        held.update(
            status=outcome.status,
            fault=outcome.fault,
            lease_until=None,
            next_attempt_at=_from_now(outcome.pause),
            sent_at=now if outcome.status == DeliveryStatus.SENT else None,
        )
    )


def _renew_link(delivery: Delivery, now: datetime) -> None:
    if delivery.identity_id:
        links.make_link(delivery, now)


def _is_due() -> Q:
    waiting = Q(status=DeliveryStatus.PENDING, next_attempt_at__lte=Now())
    abandoned = Q(status=DeliveryStatus.SENDING, lease_until__lt=Now())
    return waiting | abandoned


def _claim(row: Delivery) -> Claim | None:
    untouched = Delivery.objects.filter(_is_due(), pk=row.pk, attempt=row.attempt)
    if _is_poisonous(row):
        untouched.update(status=DeliveryStatus.FAILED, fault=row.fault or "crashed", lease_until=None)
        return None
    lease = settings.DELIVERY_LEASE_SECONDS
    ends = time.monotonic() + lease
    attempt = row.attempt + 1
    if not untouched.update(
        status=DeliveryStatus.SENDING, attempt=attempt, lease_until=_from_now(timedelta(seconds=lease))
    ):
        return None
    held = Delivery.objects.select_related(*WITH_EVERYTHING).filter(pk=row.pk, attempt=attempt).first()
    return Claim(held, attempt, held.lease_until, ends) if held and held.lease_until else None


def _is_poisonous(row: Delivery) -> bool:
    """Whether a row was attempted so often without ever getting as far as a fault that something ends its
    senders, or more often than any pause plan allows."""
    ended_senders = row.attempt >= LAST_POISONOUS_ATTEMPT and not row.fault
    return ended_senders or row.attempt >= LAST_ATTEMPT


def _attempt(claim: Claim) -> Outcome:
    if journal.was_sent(render.message_name(claim.delivery)):
        return SENT
    try:
        mail = render.mail_for(claim.delivery)
        return _send(mail, claim)
    except (OperationalError, InterfaceError):
        return _again("database_away", claim.attempt, LAST_ATTEMPT)
    except render.NobodyThere as nobody:
        return Outcome(DeliveryStatus.FAILED, nobody.fault)
    except Exception as error:
        # Without the error's own words, which may quote what it stumbled over.
        where = "".join(traceback.format_tb(error.__traceback__))
        logger.error("delivery %s: %s\n%s", claim.delivery.pk, type(error).__name__, where)
        return _again("cannot_be_written", claim.attempt, LAST_POISONOUS_ATTEMPT)


def _send(mail: channels.Mail, claim: Claim) -> Outcome:
    try:
        with channels.opened() as mailer, _alone(claim):
            mailer.send(mail, seconds_left=claim.seconds_left)
            _note_sent(claim)
    except channels.Never as refused:
        return Outcome(DeliveryStatus.FAILED, refused.fault)
    except channels.NotNow as passing:
        return _again(passing.fault, claim.attempt, LAST_ATTEMPT)
    return SENT


@contextmanager
def _alone(claim: Claim) -> Iterator[None]:
    """Waits for its turn, but not into the part of the lease that handing over may need. Raises NotNow."""
    spare = claim.seconds_left - settings.DELIVERY_LEASE_SECONDS * (1 - CONNECTING_SHARE)
    if not _handing_over.acquire(timeout=max(spare, 0)):
        raise channels.NotNow("slow")
    try:
        yield
    finally:
        _handing_over.release()


def _note_sent(claim: Claim) -> None:
    try:
        journal.note_sent(render.message_name(claim.delivery))
    except OSError as error:
        # The mail is out: a full disk must not make it go out again. The row itself is still settled.
        logger.error("delivery %s: no line in the journal: %s", claim.delivery.pk, type(error).__name__)


def _again(fault: str, attempt: int, last_attempt: int) -> Outcome:
    if attempt >= last_attempt:
        return Outcome(DeliveryStatus.FAILED, fault)
    return Outcome(DeliveryStatus.PENDING, fault, pause_after(attempt))


def _settle_surely(claim: Claim, outcome: Outcome, clock: Clock) -> bool:
    """Settles, trying again while the database is away; after two minutes whoever takes over finds the journal."""
    given_up = time.monotonic() + SETTLE_FOR
    while True:
        try:
            return settle(claim, outcome, clock())
        except (OperationalError, InterfaceError):
            if time.monotonic() > given_up:
                raise
        time.sleep(SETTLE_EVERY)
        close_old_connections()


def _from_now(pause: timedelta) -> Combinable:
    return ExpressionWrapper(Now() + pause, output_field=DateTimeField())
