"""What the desk does about mails that could not be delivered."""

from datetime import datetime

from django.db.models import QuerySet

from corrections.domain.access import facts_of, require
from corrections.enums import Audience, DeliveryStatus
from corrections.models import Case, Delivery
from corrections.notifications import deliver
from corrections.rules import Actor, may_work_on


def mails_of_cases() -> QuerySet[Delivery]:
    """The mails about cases. Those to followers of an article and to subscribers of a view are no business of the desk:
    there may be thousands, and nothing can be done about them there."""
    return Delivery.objects.exclude(audience__in=[Audience.FOLLOWER, Audience.SUBSCRIBER])


class DeliveryUnknown(Exception):
    """This case has no such delivery, or it did not fail."""


def resend(case: Case, delivery_id: int, *, actor: Actor, now: datetime) -> None:
    """Tries a failed mail again. Raises NotAllowed, DeliveryUnknown."""
    require(may_work_on, actor, facts_of(case))
    if not mails_of_cases().filter(pk=delivery_id, event__case=case).exists():
        raise DeliveryUnknown
    if not deliver.resend(delivery_id, now):
        raise DeliveryUnknown


def is_mailed_to(case: Case) -> bool:
    """Whether a mail to the reader is to be sent, being sent or sent; a page speaks of a mail only then.

    One that was withheld, because the address had got one a short while ago, counts too: whoever types somebody
    else's address must not learn that from the page.
    """
    spoken_of = [DeliveryStatus.PENDING, DeliveryStatus.SENDING, DeliveryStatus.SENT, DeliveryStatus.WITHHELD]
    return Delivery.objects.filter(event__case=case, audience=Audience.READER, status__in=spoken_of).exists()
