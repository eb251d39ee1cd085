"""Readers who want to be told when an article is corrected, and what they still have to be told."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from corrections.models.event import Event
from corrections.models.notice import Notice
from newsroom.models import Article
from newsroom.models.languages import Language


class Follower(models.Model):
    """One address that follows one article; corrections.domain.following is the only writer.

    Whoever stops following leaves an empty row, so that the letters already written keep their place.
    """

    article = models.ForeignKey(Article, models.PROTECT, related_name="+")
    language = models.CharField(_("language"), max_length=2, choices=Language)
    address_sealed = models.TextField(blank=True)
    address_hash = models.CharField(max_length=64, blank=True)
    #: Keyed hash of the secret in the mails: it confirms the address, and it ends the following.
    token_hash = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField(_("asked"))
    #: When the button behind the mailed link was pressed. Nothing but that link goes out before.
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True)
    ended_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("follower")
        verbose_name_plural = _("followers")
        constraints = [
            models.UniqueConstraint(
                fields=["article", "address_hash"],
                condition=models.Q(ended_at__isnull=True),
                name="an_address_follows_an_article_once",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at__isnull=True) | models.Q(address_sealed="", address_hash=""),
                name="ended_followers_are_empty",
            ),
        ]

    def __str__(self) -> str:
        return f"follower {self.pk} of article {self.article_id}"


class Announcement(models.Model):
    """A published notice whose followers are to be told, and how far that has got.

    Written with the notice; corrections.notifications.announcements goes through the followers in batches, so that an
    article with thousands of them delays no decision.
    """

    notice = models.OneToOneField(Notice, models.PROTECT, related_name="announcement")
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    #: Not before this moment of the database's clock: so long the decision behind the notice can be undone.
    begins_at = models.DateTimeField(default=timezone.now)
    #: Number of the last follower to whom a letter was written; followers are gone through in order.
    told_up_to = models.PositiveBigIntegerField(default=0)
    done_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("announcement")
        verbose_name_plural = _("announcements")
        indexes = [
            models.Index(fields=["id"], condition=models.Q(done_at__isnull=True), name="announcements_to_spread")
        ]

    def __str__(self) -> str:
        return f"announcement of notice {self.notice_id}"
