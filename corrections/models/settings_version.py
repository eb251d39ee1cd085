"""What administrators have set for the desk, in versions that stay."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SettingsVersion(models.Model):
    """One published state of the desk's settings; the highest number is in force. Before the first one the environment
    is. corrections.domain.settings_publishing writes it; the database refuses any change of it."""

    number = models.PositiveIntegerField(_("version"), unique=True)
    #: What corrections.desk_settings.DeskSettings holds, by its names.
    values = models.JSONField(_("values"))
    published_at = models.DateTimeField(_("in force since"))
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("version of the settings")
        verbose_name_plural = _("versions of the settings")
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(self.number)
