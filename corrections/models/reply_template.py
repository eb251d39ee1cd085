"""Replies that the desk writes again and again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corrections.enums import Kind
from corrections.work_choices import ReplyUse


class ReplyTemplate(models.Model):
    """Words to begin a reply with, in both languages. Written by corrections.domain.replies alone.

    Sent messages keep no tie to it: what a reader was told stands in Message, whatever becomes of the template.
    """

    key = models.SlugField(_("key"), unique=True)
    use = models.CharField(_("what it is for"), max_length=8, choices=ReplyUse)
    #: The kind of case that it fits; empty for all.
    kind = models.CharField(_("kind of case"), max_length=12, choices=Kind, blank=True, default="")
    name_ar = models.CharField(_("name in Arabic"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=120)
    text_ar = models.TextField(_("words in Arabic"))
    text_en = models.TextField(_("words in English"))
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_offered = models.BooleanField(_("offered"), default=True)

    class Meta:
        verbose_name = _("reply template")
        verbose_name_plural = _("reply templates")
        ordering = ["position", "key"]

    def __str__(self) -> str:
        return f"{self.name_ar} – {self.name_en}"

    def name_in(self, language: str) -> str:
        """The name in one language of the site."""
        return self.name_ar if language == "ar" else self.name_en

    def text_in(self, language: str) -> str:
        """The words in one language of the site."""
        return self.text_ar if language == "ar" else self.text_en
