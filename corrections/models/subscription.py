"""Mails about a saved view: who wants them how often, what was told, and with which letter."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corrections.models.case import Case
from corrections.models.saved_view import SavedView


class Subscription(models.Model):
    """One person's mails about one view; corrections.domain.subscriptions is the only writer, but for `last_period`.

    Whoever ends it leaves the row, so that the letters already written keep their place.
    """

    class Rhythm(models.TextChoices):
        """How often the mails come."""

        EACH = "each", _("Each new case")
        DAILY = "daily", _("Once a working day")
        WEEKLY = "weekly", _("Once a week")

    view = models.ForeignKey(SavedView, models.PROTECT, related_name="+")
    staff_member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    rhythm = models.CharField(_("how often"), max_length=6, choices=Rhythm)
    begun_at = models.DateTimeField(_("begun"))
    #: Since when it has this rhythm; a day or a week that had begun before is told with the next.
    since = models.DateTimeField(_("since"))
    #: Cases up to this number are no news; 0 where those that stood in the view at the beginning are noted one by one.
    begins_after = models.PositiveBigIntegerField(default=0)
    #: The day or week that was looked at last, whether there was anything to tell or not; moved by a guarded UPDATE.
    last_period = models.CharField(max_length=20, blank=True)
    #: Keyed hash of the secret in the mails, which ends them.
    token_hash = models.CharField(max_length=64, unique=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        constraints = [
            models.UniqueConstraint(
                fields=["view", "staff_member"],
                condition=models.Q(ended_at__isnull=True),
                name="one_subscription_per_view_and_person",
            )
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"


class Digest(models.Model):
    """What one letter to a subscriber tells: numbers and kinds as they were when it was written, so that every attempt
    to send it says the same, and nothing that its reader may no longer see. Written by corrections.domain.digests."""

    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="digests")
    #: The day, the week, or the first case of those that came; at most one letter for each.
    period = models.CharField(max_length=30)
    written_at = models.DateTimeField(_("written"))
    #: How many cases are new to the subscriber, and how many stand in the view.
    new = models.PositiveIntegerField()
    total = models.PositiveIntegerField()
    #: The first of the new ones: year, number in the year, kind.
    cases = models.JSONField(default=list)

    class Meta:
        verbose_name = _("digest")
        verbose_name_plural = _("digests")
        constraints = [
            models.UniqueConstraint(fields=["subscription", "period"], name="one_digest_per_subscription_and_period")
        ]

    def __str__(self) -> str:
        return f"digest {self.pk}"


class ToldCase(models.Model):
    """A case that a subscriber has been told of, or saw in the view when the mails began (then without a digest)."""

    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="told")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    digest = models.ForeignKey(Digest, models.PROTECT, null=True, related_name="+")

    class Meta:
        verbose_name = _("case told of")
        verbose_name_plural = _("cases told of")
        constraints = [models.UniqueConstraint(fields=["subscription", "case"], name="a_subscriber_is_told_once")]

    def __str__(self) -> str:
        return f"case {self.case_id} of subscription {self.subscription_id}"
