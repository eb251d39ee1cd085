"""Sections of the site."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Section(models.Model):
    """A section, with its name in each language of the site."""

    slug = models.SlugField(_("name in addresses"), unique=True)
    name_ar = models.CharField(_("name in Arabic"), max_length=60)
    name_en = models.CharField(_("name in English"), max_length=60)
    position = models.PositiveSmallIntegerField(_("position"), default=0)

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")
        ordering = ["position", "slug"]

    def __str__(self) -> str:
        return f"{self.name_ar} – {self.name_en}"

    def name_in(self, language: str) -> str:
        """The section's name in one language of the site."""
        return self.name_ar if language == "ar" else self.name_en
