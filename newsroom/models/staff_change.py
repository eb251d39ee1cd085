"""What was changed about the people who sign in, append-only."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Change(models.TextChoices):
    """What can be changed about an account."""

    INVITED = "invited", _("Account made, link sent")
    INVITED_AGAIN = "invited_again", _("New link sent")
    MADE = "made", _("Account made")
    JOINED = "joined", _("Chose a password by the link")
    PASSWORD = "password", _("Password changed")
    ROLE = "role", _("Role changed")
    LANGUAGE = "language", _("Language changed")
    SECTIONS = "sections", _("Sections changed")
    DETAILS = "details", _("Name or address changed")
    DEACTIVATED = "deactivated", _("Account closed")
    ACTIVATED = "activated", _("Account opened again")
    FACTOR_ADDED = "factor_added", _("Second factor set up")
    FACTOR_REMOVED = "factor_removed", _("Second factor taken away")
    CODES_MADE = "codes_made", _("New recovery codes made")
    FACTORS_RESET = "factors_reset", _("Second factor reset by an administrator")
    KEY_MADE = "key_made", _("Key for machines made")
    KEYS_REVOKED = "keys_revoked", _("Keys for machines revoked")


class StaffChange(models.Model):
    """One change of one account. newsroom.staff writes it; the database refuses any change of it.

    `data` holds ids and coded words, never names, addresses or passwords. `made_by` is empty where a command made it.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="changes")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    change = models.CharField(_("what was changed"), max_length=14, choices=Change)
    data = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(_("when"))

    class Meta:
        verbose_name = _("change of an account")
        verbose_name_plural = _("changes of accounts")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.member_id} {self.change}"
