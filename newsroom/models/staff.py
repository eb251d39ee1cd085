"""People of the newsroom, with the one role that decides what they may do."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.models.languages import Language


class Role(models.TextChoices):
    AUTHOR = "author", _("Author")
    EDITOR = "editor", _("Editor")
    STANDARDS_EDITOR = "standards_editor", _("Standards editor")
    ADMINISTRATOR = "administrator", _("Administrator")


class StaffMember(AbstractUser):
    """Somebody who signs in. What the roles may do on cases stands in corrections.rules, nowhere else."""

    display_name = models.CharField(_("name as shown"), max_length=120)
    role = models.CharField(_("role"), max_length=20, choices=Role, default=Role.AUTHOR)
    language = models.CharField(_("language"), max_length=2, choices=Language, default=Language.ARABIC)
    #: Keys of the sections whose cases somebody works on; none stand for all. On the row itself, so that asking who may
    #: see a case costs no query.
    section_ids = models.JSONField(_("sections"), default=list, blank=True)
    #: Single keys would be pressed by speech input too, so each person can switch them off (WCAG 2.1.4).
    keyboard_shortcuts = models.BooleanField(_("keyboard shortcuts"), default=True)

    #: From when on somebody whose role needs a second factor, and who has none, can do nothing but set one up.
    second_factor_due_at = models.DateTimeField(null=True, blank=True, editable=False)

    REQUIRED_FIELDS = ["email", "display_name"]

    class Meta:
        verbose_name = _("staff member")
        verbose_name_plural = _("staff")

    def __str__(self) -> str:
        return self.display_name or self.get_username()
