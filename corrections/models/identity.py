"""Who the reader is, in a row of its own, so that it can be erased alone."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corrections.models.case import Case


class Identity(models.Model):
    """Name and address, sealed. corrections.domain.identity is the only writer and the only one that unseals for
    eyes; corrections.notifications unseals the address for the one mail it sends."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="identity")
    name_sealed = models.TextField(blank=True)
    address_sealed = models.TextField(blank=True)
    #: Keyed hash: finds "how many mails went to this address today" without knowing the address.
    address_hash = models.CharField(max_length=64, blank=True, db_index=True)
    #: When somebody pressed the button behind a link that was mailed to this address. Until then nothing goes to it but
    #: the letter with that link.
    confirmed_at = models.DateTimeField(_("address confirmed"), null=True)
    erased_at = models.DateTimeField(_("erased"), null=True)

    class Meta:
        verbose_name = _("identity")
        verbose_name_plural = _("identities")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(erased_at__isnull=True)
                | models.Q(name_sealed="", address_sealed="", address_hash=""),
                name="erased_identities_are_empty",
            )
        ]

    def __str__(self) -> str:
        return f"identity of case {self.case_id}"
