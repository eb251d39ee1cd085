"""Every version of every article, kept for ever."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.models.article import Article
from newsroom.models.photo import Photo


class Revision(models.Model):
    """One immutable version: the database itself refuses to change or delete it (see the migrations)."""

    class Change(models.TextChoices):
        FIRST = "first", _("First version")
        MINOR_FIX = "minor_fix", _("Minor fix")
        UPDATE = "update", _("Update")
        CLARIFICATION = "clarification", _("Clarification")
        CORRECTION = "correction", _("Correction")
        EDITORS_NOTE = "editors_note", _("Editor’s note")
        RIGHT_OF_REPLY = "right_of_reply", _("Right of reply")
        RETRACTION = "retraction", _("Retraction")
        #: The words that stood before a decision that was taken back.
        RESTORATION = "restoration", _("Earlier words restored")

    class Origin(models.TextChoices):
        #: Whoever makes one of these has worked on the article, and does not decide on cases about it.
        NEWSROOM = "newsroom", _("Newsroom")
        IMPORT = "import", _("Import")
        #: Made by a decision of the corrections desk; deciding is not working on the article.
        DESK = "desk", _("Corrections desk")

    article = models.ForeignKey(Article, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField(_("number"))
    change = models.CharField(_("change"), max_length=20, choices=Change)
    origin = models.CharField(_("made by"), max_length=10, choices=Origin, default=Origin.NEWSROOM)
    title = models.CharField(_("headline"), max_length=300)
    standfirst = models.TextField(_("standfirst"), blank=True)
    #: Sanitised by newsroom.html before it gets here, and only there.
    body = models.TextField(_("text"))
    photo = models.ForeignKey(Photo, models.PROTECT, null=True, blank=True, related_name="+")
    photo_alternative = models.CharField(_("description of the photo"), max_length=300, blank=True)
    caption = models.CharField(_("caption"), max_length=500, blank=True)
    credit = models.CharField(_("credit"), max_length=200, blank=True)
    #: What changed since the revision before, as positions (newsroom.edits): passages are carried through it.
    edits = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(_("made at"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="revisions")

    class Meta:
        verbose_name = _("revision")
        verbose_name_plural = _("revisions")
        ordering = ["article", "number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="one_revision_per_number")]

    def __str__(self) -> str:
        return f"{self.article_id}/{self.number}"
