"""The words of an article that a reader means."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corrections.enums import Part
from corrections.models.case import Case


class Passage(models.Model):
    """A place in the revision that the reader saw; written once with its case and never changed.

    `start` and `end` are code points of the part's running text (newsroom.edits); a photo has none. What became of the
    passage since is not stored: corrections.domain.places carries it through the edits of the later revisions.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="passage")
    part = models.CharField(_("part"), max_length=10, choices=Part)
    start = models.PositiveIntegerField(default=0)
    end = models.PositiveIntegerField(default=0)
    exact = models.TextField(_("quoted words"), blank=True)
    prefix = models.CharField(max_length=64, blank=True)
    suffix = models.CharField(max_length=64, blank=True)
    #: The same words as the reader would have them; empty where the reader proposed none.
    proposed = models.TextField(_("proposed words"), blank=True)

    class Meta:
        verbose_name = _("passage")
        verbose_name_plural = _("passages")
        constraints = [models.CheckConstraint(condition=models.Q(start__lte=models.F("end")), name="passages_run_on")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.part} {self.start}-{self.end}"
