"""What the desk does about mails that could not be delivered."""

from datetime import datetime

from corrections.domain.access import facts_of, require
from corrections.models import Case, Delivery
from corrections.notifications import deliver
from corrections.rules import Actor, may_work_on


class DeliveryUnknown(Exception):
    """This case has no such delivery, or it did not fail."""


def resend(case: Case, delivery_id: int, *, actor: Actor, now: datetime) -> None:
    """Tries a failed mail again. Raises NotAllowed, DeliveryUnknown."""
    require(may_work_on, actor, facts_of(case))
    if not Delivery.objects.filter(pk=delivery_id, event__case=case).exists():
        raise DeliveryUnknown
    if not deliver.resend(delivery_id, now):
        raise DeliveryUnknown
