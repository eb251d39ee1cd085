"""Photos as we keep them: decoded and encoded again, without metadata."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Photo(models.Model):
    """One stored picture. Written by newsroom.photos alone; named by the hash of its bytes, so never changed."""

    digest = models.CharField(_("hash of the bytes"), max_length=64, unique=True)
    file = models.FileField(_("file"), upload_to="photos")
    width = models.PositiveIntegerField(_("width in pixels"))
    height = models.PositiveIntegerField(_("height in pixels"))

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")

    def __str__(self) -> str:
        return self.digest[:12]

    @property
    def file_name(self) -> str:
        """The name under which the file is served."""
        return f"{self.digest}.jpg"
