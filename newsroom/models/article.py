"""Articles and their bylines. The words themselves lie in the revisions."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.models.languages import Language
from newsroom.models.section import Section


class Article(models.Model):
    """A page of ours with its address. newsroom.articles is its only writer."""

    class Status(models.TextChoices):
        PUBLISHED = "published", _("Published")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    language = models.CharField(_("language"), max_length=2, choices=Language)
    section = models.ForeignKey(Section, models.PROTECT, related_name="articles", verbose_name=_("section"))
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.PUBLISHED)
    slug = models.CharField(_("words in the address"), max_length=120, blank=True)
    #: The folded headline and standfirst of the latest revision, for the search.
    search_text = models.TextField(blank=True)
    canonical_url = models.URLField(_("original address"), max_length=500, blank=True)
    #: The number of the latest revision; every guarded update compares it.
    latest = models.PositiveIntegerField(_("latest revision"), default=0)
    published_at = models.DateTimeField(_("published"))
    revised_at = models.DateTimeField(_("revised"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("withdrawn by"),
    )
    withdrawal_reason = models.TextField(_("reason of the withdrawal"), blank=True)

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ["-published_at", "-id"]
        indexes = [models.Index(fields=["language", "-published_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["canonical_url"],
                condition=~models.Q(canonical_url=""),
                name="one_article_per_original_address",
            ),
            models.CheckConstraint(
                condition=models.Q(status="published", withdrawn_at__isnull=True)
                | models.Q(status="withdrawn", withdrawn_at__isnull=False),
                name="withdrawn_articles_say_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.language}/{self.pk}"

    @property
    def is_withdrawn(self) -> bool:
        return self.status == self.Status.WITHDRAWN


class Byline(models.Model):
    """One name over an article, tied to a staff account where the author has one."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="bylines")
    name = models.CharField(_("name"), max_length=120)
    staff_member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="bylines"
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("byline")
        verbose_name_plural = _("bylines")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["article", "position"], name="one_name_per_position")]

    def __str__(self) -> str:
        return self.name
