"""Links in mails that lead a reader back to a case without the receipt."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corrections.models.delivery import Delivery


class ReaderLink(models.Model):
    """The keyed hash of a link's token. Opening the page spends nothing (mail scanners open every link);
    only the button on it (a POST) does."""

    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="link")
    token_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField(_("expires"))
    spent_at = models.DateTimeField(_("spent"), null=True)

    class Meta:
        verbose_name = _("link")
        verbose_name_plural = _("links")

    def __str__(self) -> str:
        return f"link of delivery {self.delivery_id}"
