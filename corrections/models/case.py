"""The case: one reader's correction, addition or complaint about one article."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corrections.enums import (
    OPEN_STATUSES,
    Channel,
    Credit,
    Kind,
    Problem,
    Relation,
    Severity,
    Solved,
    Status,
    WaitingOn,
)
from corrections.models.clocks import ProcedureVersion
from corrections.models.desk import Clause
from newsroom.models import Article, Revision
from newsroom.models.languages import Language


class CaseCounter(models.Model):
    """The last number given in a year; its row lock puts simultaneous intakes in order."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Case(models.Model):
    """Written only by guarded updates of corrections.domain, each of which raises `version` and appends an Event.

    The reader's words lie in Message, the reader's name and address in Identity.
    """

    year = models.PositiveSmallIntegerField(_("year"))
    sequence = models.PositiveIntegerField(_("number in the year"))
    version = models.PositiveIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    #: Whether it is or ever was a complaint: then it stays hidden from those who worked on the article.
    was_complaint = models.BooleanField(default=False, editable=False)
    problem = models.CharField(_("problem"), max_length=12, choices=Problem, blank=True)
    relation = models.CharField(_("connection"), max_length=10, choices=Relation, blank=True)
    #: What the complainant asks for, as values of enums.Sought; in own words it is a Message.
    sought = models.JSONField(_("what is sought"), default=list, blank=True)
    credit = models.CharField(_("credit"), max_length=6, choices=Credit, default=Credit.NONE)
    status = models.CharField(_("status"), max_length=12, choices=Status)
    waiting_on = models.CharField(_("waiting for"), max_length=16, choices=WaitingOn, blank=True, default="")
    severity = models.CharField(_("severity"), max_length=8, choices=Severity, blank=True, default="")
    language = models.CharField(_("language"), max_length=2, choices=Language)
    channel = models.CharField(_("channel"), max_length=4, choices=Channel)
    article = models.ForeignKey(Article, models.PROTECT, related_name="cases", verbose_name=_("article"))
    #: The revision that the reader saw.
    revision = models.ForeignKey(Revision, models.PROTECT, related_name="+", verbose_name=_("revision"))
    clauses = models.ManyToManyField(Clause, blank=True, related_name="+", verbose_name=_("clauses"))
    assigned_to = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("assigned to")
    )
    #: Until this moment the case stands in no open view (domain.snoozing); by whom, because that person may go on
    #: adding to it, while whatever anybody else does brings it back.
    snoozed_until = models.DateTimeField(_("put aside until"), null=True)
    snoozed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    #: Until when the owner keeps the case without doing anything on it (domain.claims).
    claim_ends_at = models.DateTimeField(_("claim ends"), null=True)
    lead = models.ForeignKey("self", models.PROTECT, null=True, related_name="duplicates", verbose_name=_("lead"))
    #: The first case of the sending that brought several; its receipt opens them all.
    sent_with = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="sent_along", verbose_name=_("sent with")
    )
    #: First words of the report and its folded words for the search. They stay like the report itself; what is
    #: erased is who wrote it (Identity).
    summary = models.CharField(_("first words"), max_length=160)
    search_text = models.TextField(blank=True)

    #: The digest of the report's words, and the first report that says nearly the same (domain.similar): suggestions
    #: and counts, which move nothing.
    wording = models.CharField(max_length=64, blank=True, default="", db_index=True)
    alike_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="alike", editable=False)

    receipt_hash = models.CharField(max_length=64, unique=True)
    #: Keyed hashes of the key that came with the submission and of what was sent: a retry finds its case again.
    submission_hash = models.CharField(max_length=64, unique=True)
    content_hash = models.CharField(max_length=64)
    #: What the abuse check saw, in coded words and counts, never in the reader's.
    suspicion = models.JSONField(default=dict, blank=True)

    #: The procedure that it came in under; a later version shortens none of its clocks.
    procedure_version = models.ForeignKey(
        ProcedureVersion, models.PROTECT, related_name="+", verbose_name=_("procedure")
    )
    received_at = models.DateTimeField(_("received"))
    acknowledge_due_at = models.DateTimeField(_("first reply due"))
    decision_due_at = models.DateTimeField(_("decision due"))
    question_due_at = models.DateTimeField(_("answer due"), null=True)
    paused_at = models.DateTimeField(_("clock stopped"), null=True)
    first_reply_at = models.DateTimeField(_("first reply"), null=True)
    decided_at = models.DateTimeField(_("decided"), null=True)
    closed_at = models.DateTimeField(_("closed"), null=True)
    solved = models.CharField(_("solved, says the reader"), max_length=6, choices=Solved, blank=True, default="")
    #: When the reader asked for a review of the decision; once.
    review_asked_at = models.DateTimeField(_("review asked for"), null=True)
    #: When a review was taken back before it was decided; the decision holds again, as if none had been asked for.
    review_withdrawn_at = models.DateTimeField(_("review taken back"), null=True)
    #: When the reader last opened the case on purpose (by a POST), for "at most one unread news mail".
    reader_seen_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("case")
        verbose_name_plural = _("cases")
        ordering = ["decision_due_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["year", "sequence"], name="one_case_per_number"),
            models.CheckConstraint(
                condition=models.Q(status="waiting") & ~models.Q(waiting_on="")
                | ~models.Q(status="waiting") & models.Q(waiting_on=""),
                name="waiting_says_on_whom",
            ),
            models.CheckConstraint(
                condition=models.Q(status="duplicate", lead__isnull=False)
                | ~models.Q(status="duplicate") & models.Q(lead__isnull=True),
                name="duplicates_have_a_lead",
            ),
            models.CheckConstraint(
                condition=models.Q(snoozed_until__isnull=True, snoozed_by__isnull=True)
                | models.Q(snoozed_until__isnull=False, snoozed_by__isnull=False),
                name="cases_put_aside_say_by_whom",
            ),
            models.CheckConstraint(
                condition=~models.Q(status__in=["decided", "closed"]) | models.Q(decided_at__isnull=False),
                name="decided_cases_say_when",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="complaint") | models.Q(was_complaint=True),
                name="complaints_are_known_as_such",
            ),
        ]
        indexes = [
            models.Index(
                fields=["decision_due_at", "id"],
                condition=models.Q(status__in=[status.value for status in OPEN_STATUSES]),
                name="open_cases_due_first",
            ),
            models.Index(fields=["article", "status"]),
            # A number that is typed without its year.
            models.Index(fields=["sequence"], name="cases_by_number_alone"),
            # How many cases stand in the views that hold all of them: one hundredth of the table is read.
            models.Index(fields=["status", "was_complaint", "article"], name="cases_counted_by_status"),
            # The order of work (domain.queue_order): a list of any length begins at once.
            models.Index(
                models.Case(
                    models.When(
                        severity=Severity.SAFETY.value,
                        status__in=[status.value for status in OPEN_STATUSES],
                        then=models.Value(0),
                    ),
                    # In the order of the alphabet, which is how the migration writes it and the two are compared.
                    models.When(
                        status__in=[status.value for status in OPEN_STATUSES],
                        then=models.Value(2),
                        waiting_on=WaitingOn.READER.value,
                    ),
                    models.When(status__in=[status.value for status in OPEN_STATUSES], then=models.Value(1)),
                    default=models.Value(3),
                    output_field=models.IntegerField(),
                ),
                "decision_due_at",
                "id",
                name="cases_in_order_of_work",
            ),
            # What is counted and what filters ask for, beside the moment of arrival: counting a hundred thousand cases
            # reads this narrow copy, an eighth of the table. What the statistics count stands first, numbers and
            # moments before words, so that less of an entry has to be taken apart.
            models.Index(
                fields=["received_at"],
                include=[
                    *("id", "article", "acknowledge_due_at", "decision_due_at"),
                    *("was_complaint", "first_reply_at", "decided_at"),
                    *("review_asked_at", "review_withdrawn_at", "paused_at"),
                    *("kind", "status", "language", "solved"),
                    *("severity", "channel", "waiting_on", "assigned_to", "snoozed_until"),
                ],
                name="cases_counted_by_arrival",
            ),
            models.Index(
                fields=["received_at"],
                include=["id", "article", "was_complaint"],
                condition=models.Q(kind=Kind.COMPLAINT.value),
                name="complaints_counted_by_arrival",
            ),
            # In whose sections the case of a decision or an event is.
            models.Index(fields=["id"], include=["article"], name="cases_with_their_article"),
            # What those who worked on an article do not see.
            models.Index(
                fields=["article"],
                include=["id"],
                condition=models.Q(was_complaint=True),
                name="complaints_by_article",
            ),
            models.Index(
                fields=["received_at"],
                include=["id", "review_asked_at"],
                condition=models.Q(review_asked_at__isnull=False),
                name="reviews_counted_by_arrival",
            ),
            models.Index(
                fields=["claim_ends_at"],
                condition=models.Q(claim_ends_at__isnull=False),
                name="claims_by_their_end",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def state_label(self) -> str:
        """Where the case stands, and if it waits, for what."""
        return str(self.get_waiting_on_display() if self.waiting_on else self.get_status_display())

    @property
    def number(self) -> str:
        """The public number, safe in right-to-left text; it opens nothing."""
        return f"{self.year}/{self.sequence:04d}"
