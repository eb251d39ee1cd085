"""When a letter to a reader is not sent: an unread one already says it, or the address got too many.

*Folded.* A reader has at most one unread "there is news" mail. Questions, decisions and confirmations are never
folded.

*Unconfirmed.* Nothing but the letter with the confirming link goes to an address before somebody there has pressed the
button behind it. What would have been mailed stands on the page that the button opens.

*Never reached.* Whoever was asked for a statement by a letter that was recalled before it went out is not told that it
is no longer asked for.

*Withheld.* Anybody can type anybody's address into a form. Only the confirming letters can be caused that way
(every other letter needs a confirmed address), so only they are limited: per address, over all cases, one in
an hour and three in a day. The case is taken in all the same, and shows on the desk that its letter was
withheld. Whatever causes one takes the lock of the case numbers, so the count is exact.
"""

from datetime import datetime, timedelta

from django.db.models import F, Q

from corrections.enums import DeliveryStatus
from corrections.keys import hashed, sealer
from corrections.models import Delivery, Identity, Statement
from corrections.notifications.links import LIFETIME
from corrections.notifications.plan import CONFIRMING_LETTERS, Letter

LIMITS = ((timedelta(hours=1), 1), (timedelta(days=1), 3))


def first_status(letter: Letter, identity: Identity, now: datetime) -> DeliveryStatus:
    """The status with which a letter to a reader starts: to be sent, folded, withheld or kept from going out."""
    if identity.confirmed_at is None and letter.template not in CONFIRMING_LETTERS:
        return DeliveryStatus.UNCONFIRMED
    if letter.is_news and has_unread_news(identity, now):
        return DeliveryStatus.FOLDED
    if letter.template in CONFIRMING_LETTERS and got_too_many(limit_hash(identity.address_sealed), now):
        return DeliveryStatus.WITHHELD
    return DeliveryStatus.PENDING


def has_unread_news(identity: Identity, now: datetime) -> bool:
    """Whether a news mail is on its way, or was sent since the reader last opened the case.

    A mail whose link has run out announces nothing any more.
    """
    return Delivery.objects.filter(unread_news(now), identity=identity).exists()


def unread_news(now: datetime) -> Q:
    """The condition of a news mail that its reader has not followed yet."""
    on_its_way = Q(status__in=[DeliveryStatus.PENDING, DeliveryStatus.SENDING])
    opened_before = Q(identity__case__reader_seen_at__isnull=True) | Q(sent_at__gt=F("identity__case__reader_seen_at"))
    unread = Q(status=DeliveryStatus.SENT, sent_at__gt=now - LIFETIME) & opened_before
    return (on_its_way | unread) & Q(is_news=True)


def limit_hash(address_sealed: str) -> str:
    """The keyed hash under which confirming letters to an address are counted: of the mailbox, whatever tag stands
    behind a plus sign (a+1@ and a+2@ are read by the same person). It names no address; those differ by their tags."""
    if not address_sealed:
        return ""
    local, _at, domain = sealer().unseal(address_sealed).casefold().rpartition("@")
    return hashed("address limit", f"{local.partition('+')[0] or local}@{domain}")


def got_too_many(address_hash: str, now: datetime) -> bool:
    """Whether confirming letters to the mailbox of this `limit_hash` have used up one of the LIMITS."""
    letters = Delivery.objects.filter(
        address_hash=address_hash,
        template__in=CONFIRMING_LETTERS,
        written_at__gt=now - max(span for span, _ in LIMITS),
    ).exclude(status=DeliveryStatus.WITHHELD)
    written = list(letters.values_list("written_at", flat=True))
    return any(sum(moment > now - span for moment in written) >= most for span, most in LIMITS)


def keep_from_going_out(identity: Identity) -> None:
    """Letters that wait to be sent are not sent: the address they were written for is no longer the reader's."""
    Delivery.objects.filter(identity=identity, status=DeliveryStatus.PENDING).update(status=DeliveryStatus.UNCONFIRMED)


def spare(statement: Statement) -> None:
    """Letters about a statement that wait to be sent are recalled: it has come, or is no longer asked for."""
    Delivery.objects.filter(statement=statement, status=DeliveryStatus.PENDING).update(status=DeliveryStatus.RECALLED)


def believes_to_be_asked(statement: Statement) -> bool:
    """Whether the last letter about a statement that is out, or may be, asks for it: whoever was never reached, or has
    been told already, need not hear that it is no longer asked for."""
    may_be_out = Q(status__in=[DeliveryStatus.SENDING, DeliveryStatus.SENT]) | Q(attempt__gt=0)
    last = Delivery.objects.filter(may_be_out, statement=statement).order_by("pk").last()
    return last is not None and last.template != "statement_withdrawn"


def forget_addresses(now: datetime) -> int:
    """Deletes the hashes of addresses that no limit counts any more; returns of how many letters."""
    counted = max(span for span, _ in LIMITS)
    return Delivery.objects.exclude(address_hash="").filter(written_at__lte=now - counted).update(address_hash="")
