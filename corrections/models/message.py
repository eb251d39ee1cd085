"""Words to and from the reader, and internal notes."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corrections.enums import Purpose
from corrections.models.case import Case
from corrections.models.event import Event


class Message(models.Model):
    """Plain text only, as cleaned at the way in and escaped at the way out. Ties to the event that brought it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="messages")
    event = models.ForeignKey(Event, models.PROTECT, related_name="messages")
    purpose = models.CharField(_("purpose"), max_length=14, choices=Purpose)
    text = models.TextField(_("text"))
    written_at = models.DateTimeField(_("written"))
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    #: Words that were taken back are shown to nobody but to whoever wrote them, to be written anew.
    taken_back_at = models.DateTimeField(_("taken back"), null=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["written_at", "id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.purpose}"

    @property
    def words(self) -> str:
        """The text, as long as it has not been taken back."""
        return "" if self.taken_back_at else self.text
