"""A colleague's attention, asked for in a note."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corrections.models.case import Case
from corrections.models.event import Event


class Mention(models.Model):
    """Written with its note by corrections.domain.mentions and never changed; whether it is answered follows from what
    the colleague has done on the case since."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="mentions")
    event = models.ForeignKey(Event, models.PROTECT, related_name="+")
    staff_member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = _("mention")
        verbose_name_plural = _("mentions")
        constraints = [
            models.UniqueConstraint(fields=["event", "staff_member"], name="one_mention_per_note_and_person")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.event_id} {self.staff_member_id}"
