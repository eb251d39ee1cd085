"""What the clocks run on: versions of procedures, the working week, and changes of the calendar that are still to reach
the open cases. Holidays stand in corrections.models.desk."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corrections.calendar import Week, week_from
from corrections.enums import Kind
from corrections.procedures import Procedure, from_data


class ProcedureVersion(models.Model):
    """One version of the procedure for one kind of case. Written by corrections.domain.procedure_drafts alone.

    What a version says never changes (the database refuses it). A case keeps the version it came in under. At most one
    version of a kind is in force.
    """

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    version = models.PositiveSmallIntegerField(_("version"))
    #: The key of the preset that it was begun from.
    preset = models.SlugField(_("begun from"), blank=True)
    data = models.JSONField(_("terms"))
    published_at = models.DateTimeField(_("in force since"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("published by")
    )
    retired_at = models.DateTimeField(_("in force until"), null=True, blank=True)

    class Meta:
        verbose_name = _("procedure")
        verbose_name_plural = _("procedures")
        ordering = ["kind", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "version"], name="one_procedure_per_version"),
            models.UniqueConstraint(
                fields=["kind"], condition=models.Q(retired_at__isnull=True), name="one_procedure_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"

    @property
    def terms(self) -> Procedure:
        """The procedure itself."""
        return from_data(self.data)


class ProcedureDraft(models.Model):
    """A procedure that is being written; nobody is promised anything by it. One for each kind of case."""

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, unique=True)
    preset = models.SlugField(_("begun from"), blank=True)
    data = models.JSONField(_("terms"))
    #: Raised with every saving, so that nobody publishes what somebody else has just changed.
    revision = models.PositiveIntegerField(default=1)
    #: The version in force when the draft was begun.
    begun_at = models.PositiveSmallIntegerField(_("begun from version"))
    saved_at = models.DateTimeField(_("saved"))
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("saved by"))

    class Meta:
        verbose_name = _("draft of a procedure")
        verbose_name_plural = _("drafts of procedures")

    def __str__(self) -> str:
        return self.kind

    @property
    def terms(self) -> Procedure:
        """The procedure as it is to be."""
        return from_data(self.data)


class WorkingWeek(models.Model):
    """The shifts of the site's weekdays: one row, which the first migration makes from the settings."""

    shifts = models.JSONField(_("shifts"))

    class Meta:
        verbose_name = _("working week")
        verbose_name_plural = _("working weeks")
        constraints = [models.CheckConstraint(condition=models.Q(pk=1), name="one_working_week")]

    def __str__(self) -> str:
        return str(_("working week"))

    @property
    def week(self) -> Week:
        """The week as the calendar counts with it."""
        return week_from(self.shifts)


class CalendarChange(models.Model):
    """The calendar as it was before a change that open cases have not been told of yet (`applied_at` is empty then)."""

    week_before = models.JSONField()
    #: Holidays, as ISO dates.
    holidays_before = models.JSONField()
    made_at = models.DateTimeField(_("made"))
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    applied_at = models.DateTimeField(_("applied"), null=True)

    class Meta:
        verbose_name = _("change of the calendar")
        verbose_name_plural = _("changes of the calendar")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.made_at:%Y/%m/%d %H:%M}"
