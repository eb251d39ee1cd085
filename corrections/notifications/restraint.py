"""When a letter to a reader is not sent: an unread one already says it, or the address got too many.

*Folded.* A reader has at most one unread "there is news" mail. Questions, decisions and receipts are never
folded.

*Withheld.* Anybody can type anybody's address into the form. Only the receipt letters can be caused that way
(every other letter needs somebody on the desk), so only they are limited: per address, over all cases, one in
an hour and three in a day. The case is taken in all the same, and shows on the desk that its letter was
withheld. Submissions take their numbers one after the other, so the count is exact.
"""

from datetime import datetime, timedelta

from django.db.models import F, Q

from corrections.enums import DeliveryStatus
from corrections.models import Delivery, Identity
from corrections.notifications.links import LIFETIME
from corrections.notifications.plan import RECEIPT_LETTERS, Letter

LIMITS = ((timedelta(hours=1), 1), (timedelta(days=1), 3))


def first_status(letter: Letter, identity: Identity, now: datetime) -> DeliveryStatus:
    """The status with which a letter to a reader starts: to be sent, folded or withheld."""
    if letter.is_news and has_unread_news(identity, now):
        return DeliveryStatus.FOLDED
    if letter.template in RECEIPT_LETTERS and got_too_many(identity, now):
        return DeliveryStatus.WITHHELD
    return DeliveryStatus.PENDING


def has_unread_news(identity: Identity, now: datetime) -> bool:
    """Whether a news mail is on its way, or was sent since the reader last opened the case.

    A mail whose link has run out announces nothing any more.
    """
    on_its_way = Q(status__in=[DeliveryStatus.PENDING, DeliveryStatus.SENDING])
    opened_before = Q(identity__case__reader_seen_at__isnull=True) | Q(sent_at__gt=F("identity__case__reader_seen_at"))
    unread = Q(status=DeliveryStatus.SENT, sent_at__gt=now - LIFETIME) & opened_before
    return Delivery.objects.filter(on_its_way | unread, identity=identity, is_news=True).exists()


def got_too_many(identity: Identity, now: datetime) -> bool:
    """Whether receipt letters to this address have used up one of the LIMITS."""
    moments = Delivery.objects.filter(
        identity__address_hash=identity.address_hash,
        template__in=RECEIPT_LETTERS,
        event__happened_at__gt=now - max(span for span, _ in LIMITS),
    ).exclude(status=DeliveryStatus.WITHHELD)
    happened = list(moments.values_list("event__happened_at", flat=True))
    return any(sum(moment > now - span for moment in happened) >= most for span, most in LIMITS)
