"""Notices: what the public sees on the article."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corrections.enums import NoticeKind
from corrections.models.decision import Decision
from newsroom.models import Article, Revision
from newsroom.models.languages import Language


class Notice(models.Model):
    """Written once by corrections.domain.notices, in the transaction that changes the article; never deleted."""

    article = models.ForeignKey(Article, models.PROTECT, related_name="notices")
    decision = models.OneToOneField(Decision, models.PROTECT, related_name="notice")
    kind = models.CharField(_("kind"), max_length=16, choices=NoticeKind)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    text = models.TextField(_("text"))
    #: The revision that carries the change, and what changed (newsroom.differences as data), for the page.
    revision = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    changes = models.JSONField(default=list, blank=True)
    #: How many readers' reports prompted it; never who.
    prompted_by = models.PositiveIntegerField(_("readers who prompted it"), default=1)
    published_at = models.DateTimeField(_("published"))

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-published_at", "-id"]
        indexes = [
            models.Index(fields=["-published_at", "-id"]),
            models.Index(
                fields=["published_at"], include=["kind", "article", "decision"], name="notices_counted_by_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
