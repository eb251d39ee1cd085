"""Several editors at one case: who is there, and what each has begun to write. Neither is a change of the case."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corrections.models.case import Case


class Presence(models.Model):
    """Somebody looks at a case or writes on it; holds for seconds (domain.presence) and leaves no trace."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="presences")
    staff_member = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="presences")
    is_writing = models.BooleanField(default=False)
    seen_at = models.DateTimeField()

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = [
            models.UniqueConstraint(fields=["case", "staff_member"], name="one_presence_per_case_and_person")
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.staff_member_id}"


class Draft(models.Model):
    """What an editor has typed into one form of a case and not sent; domain.drafts is the only writer.

    Seen by its author alone. `words` holds the texts of each field by its name.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="drafts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="drafts")
    #: The form that it belongs to, as domain.drafts.FORMS names it.
    form = models.CharField(max_length=10)
    words = models.JSONField()
    kept_at = models.DateTimeField(_("kept"))

    class Meta:
        verbose_name = _("draft")
        verbose_name_plural = _("drafts")
        constraints = [
            models.UniqueConstraint(fields=["case", "author", "form"], name="one_draft_per_case_author_and_form")
        ]
        indexes = [models.Index(fields=["kept_at"], name="drafts_by_age")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.author_id} {self.form}"
