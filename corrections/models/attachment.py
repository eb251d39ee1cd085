"""A file that a reader sent as evidence."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from corrections.models.case import Case
from corrections.models.event import Event
from newsroom.uploads.kinds import FileKind


class Attachment(models.Model):
    """A picture or a document, rewritten; corrections.domain.evidence is the only writer.

    The file lies in the private storage "evidence" under a name made by us; what the reader called it is not kept. The
    row goes with its file when the reader's data are erased; its event stays.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="attachments")
    event = models.OneToOneField(Event, models.PROTECT, related_name="attachment")
    #: Counts up and is never given twice in a case: "Picture 2" stays what it was when another one goes.
    position = models.PositiveSmallIntegerField(_("number"))
    kind = models.CharField(_("kind"), max_length=4, choices=[(kind.value, kind.name) for kind in FileKind])
    bytes = models.PositiveIntegerField(_("size in bytes"))
    stored_name = models.CharField(max_length=40, unique=True)

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["case", "position"]
        constraints = [models.UniqueConstraint(fields=["case", "position"], name="one_file_per_position")]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.position} {self.kind}"
