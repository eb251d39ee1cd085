"""Views of the list of cases that people have saved."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class SavedView(models.Model):
    """Filters under a name; corrections.domain.saved_views is the only writer.

    A view that was removed keeps its row, because mails that were sent for it hang on it.
    """

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    #: Seen by everybody on the desk; otherwise by its owner alone.
    is_shared = models.BooleanField(_("shared"), default=False)
    name = models.CharField(_("name"), max_length=60)
    #: What domain.queue_filters.QueueFilters holds, without what chooses nothing.
    filters = models.JSONField(default=dict)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    created_at = models.DateTimeField(_("created"))
    removed_at = models.DateTimeField(_("removed"), null=True)

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "name"],
                condition=models.Q(is_shared=False, removed_at__isnull=True),
                name="one_own_view_per_name",
            ),
            models.UniqueConstraint(
                fields=["name"],
                condition=models.Q(is_shared=True, removed_at__isnull=True),
                name="one_shared_view_per_name",
            ),
        ]

    def __str__(self) -> str:
        return f"view {self.pk}"
