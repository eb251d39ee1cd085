"""Decisions: a finding, a remedy, reasons, and what they change."""

from typing import NamedTuple

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corrections.enums import Finding, Ground, Remedy
from corrections.models.case import Case
from corrections.models.desk import Clause
from newsroom.models import Revision


class Reasons(NamedTuple):
    """The reasons of a decision and the language they are in; `is_foreign` where it is not the one asked for."""

    text: str
    language: str
    is_foreign: bool


class Decision(models.Model):
    """Proposed (waits for a second signature), live (the case's one decision) or superseded.

    A proposed decision carries the article as it is to be (`proposed_content`, the fields of
    newsroom.articles.Content) so that the signature publishes exactly what was proposed.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed", _("Waits for a second signature")
        LIVE = "live", _("In force")
        REFUSED = "refused", _("Signature refused")
        SUPERSEDED = "superseded", _("Superseded")
        #: By whoever made it, before anybody was told: it decided nothing.
        TAKEN_BACK = "taken_back", _("Taken back")

    case = models.ForeignKey(Case, models.PROTECT, related_name="decisions")
    state = models.CharField(_("state"), max_length=10, choices=State)
    finding = models.CharField(_("finding"), max_length=14, choices=Finding)
    ground = models.CharField(_("ground"), max_length=14, choices=Ground, blank=True, default="")
    remedy = models.CharField(_("remedy"), max_length=16, choices=Remedy)
    #: The revision judged, and (once published) the revision that the decision made.
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+")
    published_revision = models.ForeignKey(Revision, models.PROTECT, null=True, related_name="+")
    clauses = models.ManyToManyField(Clause, blank=True, related_name="+")
    #: In the language of the case's reader; `reason_translation` is for readers of the other language whose reports are
    #: joined to the case.
    reason = models.TextField(_("reasons"))
    reason_translation = models.TextField(_("reasons in the other language"), blank=True, default="")
    note = models.TextField(_("internal note"), blank=True)
    notice_text = models.TextField(_("notice"), blank=True)
    proposed_content = models.JSONField(null=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(_("decided"))
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(_("signed"), null=True)

    taken_back_at = models.DateTimeField(_("taken back"), null=True)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["-id"]
        indexes = [
            # For the statistics: how long proposals waited for their signature, and what was decided.
            models.Index(
                fields=["signed_at"],
                include=["decided_at", "case"],
                condition=models.Q(signed_at__isnull=False),
                name="signatures_counted_by_day",
            ),
            models.Index(
                fields=["decided_at"],
                include=["finding", "remedy", "case"],
                condition=models.Q(state="live"),
                name="decisions_counted_by_day",
            ),
            models.Index(fields=["id"], condition=models.Q(state="taken_back"), name="decisions_taken_back"),
            models.Index(
                fields=["case", "-id"],
                include=["decided_at", "finding", "remedy"],
                condition=models.Q(state="superseded"),
                name="decisions_before_a_review",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state="live"), name="one_live_decision_per_case"
            ),
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(state="proposed"), name="one_proposed_decision_per_case"
            ),
            models.CheckConstraint(
                condition=~models.Q(finding="inadmissible") | ~models.Q(ground=""),
                name="inadmissible_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_by__isnull=True) | ~models.Q(signed_by=models.F("decided_by")),
                name="second_signature_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.finding}/{self.remedy}"

    @classmethod
    def decided_first(cls, case: Case) -> frozenset[int]:
        """Who made or signed a decision of which a review was asked for, also while it is just being superseded; nobody
        where none was asked for (one query at most)."""
        asked_at = case.review_asked_at
        if asked_at is None:
            return frozenset()
        superseded = models.Q(state=cls.State.SUPERSEDED, decided_at__lte=asked_at)
        before = cls.objects.filter(superseded | models.Q(state=cls.State.LIVE, decided_at__lt=asked_at), case=case)
        return frozenset(person for pair in before.values_list("decided_by", "signed_by") for person in pair if person)

    def reasons_in(self, language: str) -> Reasons:
        """The reasons as a reader of this language is given them (the case must be fetched with the decision)."""
        if language != self.case.language and self.reason_translation:
            return Reasons(self.reason_translation, language, is_foreign=False)
        return Reasons(self.reason, self.case.language, is_foreign=language != self.case.language)
