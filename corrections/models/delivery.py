"""The outbox: somebody must be told something."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corrections.enums import Audience, DeliveryStatus
from corrections.models.case import Case
from corrections.models.event import Event
from corrections.models.follower import Follower
from corrections.models.identity import Identity
from corrections.models.statement import Statement
from corrections.models.subscription import Digest


class Delivery(models.Model):
    """One mail that must go out. Unique per event, audience and recipient, so telling twice is impossible.

    Created by corrections.notifications.outbox in the caller's transaction (for followers of an article by
    corrections.notifications.announcements, soon after it); claimed, sent and settled by
    corrections.notifications.deliver (guarded updates, fenced by `attempt`). Holds no address: the recipient
    is a staff member, the reader's identity, a follower, somebody asked for a statement, or (none of them) the desk's
    own mailbox.
    """

    #: What it tells of; none where somebody who follows an article has to confirm the address, or where it is about an
    #: account of the staff.
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="deliveries")
    audience = models.CharField(_("to"), max_length=10, choices=Audience)
    staff_member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    identity = models.ForeignKey(Identity, models.PROTECT, null=True, related_name="deliveries")
    follower = models.ForeignKey(Follower, models.PROTECT, null=True, related_name="deliveries")
    #: What it tells a subscriber of a saved view.
    digest = models.OneToOneField(Digest, models.PROTECT, null=True, related_name="delivery")
    statement = models.ForeignKey(Statement, models.PROTECT, null=True, related_name="deliveries")
    written_at = models.DateTimeField(_("written"))
    #: Keyed hash of the address that it was written to, for a day: whoever changes or erases an address must not
    #: thereby be able to have it mailed anew.
    address_hash = models.CharField(max_length=64, blank=True, db_index=True)
    template = models.CharField(_("letter"), max_length=40)
    language = models.CharField(_("language"), max_length=2)
    #: Whether it is one of the "there is news" mails, of which a reader has at most one unread.
    is_news = models.BooleanField(default=False)
    status = models.CharField(_("status"), max_length=12, choices=DeliveryStatus, default=DeliveryStatus.PENDING)
    attempt = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(null=True)
    next_attempt_at = models.DateTimeField(_("next attempt"))
    sent_at = models.DateTimeField(_("sent"), null=True)
    #: A coded word (an SMTP status, a kind of fault), never a server's free text, which may quote addresses.
    fault = models.CharField(_("fault"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        ordering = ["id"]
        constraints = [
            # Partial rules instead of one with nulls_distinct=False, which SQLite does not have.
            models.UniqueConstraint(
                fields=["event", "audience", "staff_member"],
                condition=models.Q(staff_member__isnull=False),
                name="one_delivery_per_event_and_staff_member",
            ),
            models.UniqueConstraint(
                fields=["event", "audience", "identity"],
                condition=models.Q(identity__isnull=False),
                name="one_delivery_per_event_and_reader",
            ),
            models.UniqueConstraint(
                fields=["event", "audience"],
                condition=models.Q(
                    staff_member__isnull=True, identity__isnull=True, follower__isnull=True, statement__isnull=True
                ),
                name="one_delivery_per_event_to_the_desk",
            ),
            models.UniqueConstraint(
                fields=["event", "follower"],
                condition=models.Q(follower__isnull=False),
                name="one_delivery_per_event_and_follower",
            ),
            models.UniqueConstraint(
                fields=["event", "statement"],
                condition=models.Q(statement__isnull=False),
                name="one_delivery_per_event_and_statement",
            ),
            models.CheckConstraint(
                condition=models.Q(event__isnull=False)
                | models.Q(follower__isnull=False)
                | models.Q(digest__isnull=False)
                | models.Q(audience=Audience.STAFF.value),
                name="deliveries_tell_of_something",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"],
                condition=models.Q(status="pending"),
                name="deliveries_to_be_sent",
            ),
            models.Index(fields=["lease_until"], condition=models.Q(status="sending"), name="deliveries_being_sent"),
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.template} {self.status}"

    @property
    def case(self) -> Case:
        """The case that it tells of. Raises ValueError for a letter about following an article or about a view."""
        if self.event is None:
            raise ValueError(f"delivery {self.pk} is about no case")
        return self.event.case
