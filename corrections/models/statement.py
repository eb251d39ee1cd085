"""Statements: what somebody whom the desk asked says about a case."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corrections.models.case import Case
from newsroom.models.languages import Language


class Statement(models.Model):
    """One person asked about one case; corrections.domain.testimony is the only writer.

    Asked is a staff member, or somebody outside whose name and address are sealed. The link's token is derived from
    `seed` (corrections.notifications.links), so a new seed ends the link that was mailed before.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="statements")
    staff_member = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("asked")
    )
    name_sealed = models.TextField(blank=True)
    address_sealed = models.TextField(blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True)
    language = models.CharField(_("language"), max_length=2, choices=Language)
    #: Written by an editor for this person; never the reader's words.
    question = models.TextField(_("what is asked"))
    seed = models.CharField(max_length=32)
    token_hash = models.CharField(max_length=64, unique=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(_("asked"))
    due_at = models.DateTimeField(_("answer due"))
    withdrawn_at = models.DateTimeField(_("no longer asked for"), null=True)
    text = models.TextField(_("statement"), blank=True)
    #: How often it was sent, the first time included; a stale amendment is refused by it.
    version = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(_("received"), null=True)
    amended_at = models.DateTimeField(_("amended"), null=True)
    #: What stood before each amendment, oldest first: when it was sent, and its text.
    earlier = models.JSONField(default=list, blank=True)

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["asked_at", "id"]
        indexes = [
            models.Index(
                fields=["due_at"],
                condition=models.Q(answered_at__isnull=True, withdrawn_at__isnull=True),
                name="statements_awaited",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(staff_member__isnull=True) | models.Q(name_sealed="", address_sealed=""),
                name="staff_are_asked_by_account",
            ),
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True) | models.Q(name_sealed="", address_sealed=""),
                name="erased_statements_name_nobody",
            ),
            models.CheckConstraint(
                condition=models.Q(version=0, answered_at__isnull=True)
                | models.Q(version__gt=0, answered_at__isnull=False),
                name="answered_statements_say_when",
            ),
        ]

    def __str__(self) -> str:
        return f"statement {self.pk} on case {self.case_id}"
