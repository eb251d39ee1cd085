"""The timeline: what happened to a case, append-only."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corrections.enums import ActorKind, Happening
from corrections.models.case import Case


class Event(models.Model):
    """One line of a case's timeline. corrections.domain.timeline writes it; the database refuses any change.

    `sequence` is the case's version after the change. `data` holds ids and coded words, never anybody's words.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="events")
    sequence = models.PositiveIntegerField()
    happening = models.CharField(_("what happened"), max_length=20, choices=Happening)
    actor_kind = models.CharField(_("by"), max_length=6, choices=ActorKind)
    staff_member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    happened_at = models.DateTimeField(_("when"))
    data = models.JSONField(default=dict, blank=True)
    #: What the changed fields of the case held before, in ids, coded words and moments: the way back.
    before = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["case", "sequence"]
        indexes = [
            # For the statistics: how long readers took to answer.
            models.Index(
                fields=["happened_at"],
                include=["case", "sequence"],
                condition=models.Q(happening=Happening.READER_ANSWERED.value),
                name="answers_counted_by_day",
            ),
            models.Index(
                fields=["case", "sequence"],
                include=["happened_at"],
                condition=models.Q(happening=Happening.QUESTION_ASKED.value),
                name="questions_in_their_order",
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["case", "sequence"], name="one_event_per_version"),
            models.CheckConstraint(
                condition=models.Q(actor_kind="staff", staff_member__isnull=False)
                | ~models.Q(actor_kind="staff") & models.Q(staff_member__isnull=True),
                name="staff_events_say_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.sequence} {self.happening}"
