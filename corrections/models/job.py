"""One action on many cases: what is to be done, and what became of each."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from corrections.job_enums import BulkAction, ItemState, Obstacle
from corrections.models.case import Case
from corrections.models.event import Event


class Job(models.Model):
    """What somebody started on many cases. corrections.domain.jobs writes it, corrections.domain.job_running carries it
    out, in batches and on a lease by the database's clock: whoever finds a lease that is over goes on."""

    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    made_at = models.DateTimeField(_("started"))
    #: Comes with the form: pressing twice starts one job.
    key = models.CharField(max_length=64)
    action = models.CharField(_("action"), max_length=10, choices=BulkAction)
    #: What the action needs, as ids and coded words, and the words for readers by language.
    choice = models.JSONField(default=dict, blank=True)
    texts = models.JSONField(default=dict, blank=True)
    total = models.PositiveIntegerField(_("cases"))
    #: The job that this one takes back.
    undoes = models.OneToOneField("self", models.PROTECT, null=True, related_name="undone_by")
    attempt = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    cancelled_at = models.DateTimeField(_("cancelled"), null=True)
    done_at = models.DateTimeField(_("ended"), null=True)

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["made_by", "key"], name="one_job_per_form")]
        indexes = [
            models.Index(fields=["id"], condition=models.Q(done_at__isnull=True), name="jobs_to_be_carried_out"),
            models.Index(fields=["made_by", "-id"], name="jobs_of_a_person"),
        ]

    def __str__(self) -> str:
        return f"job {self.pk}: {self.action}"


class JobItem(models.Model):
    """One case of a job. It is settled once, in the transaction of the action itself, so that nothing is done twice."""

    job = models.ForeignKey(Job, models.PROTECT, related_name="items")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    #: The version that the person saw in the preview.
    expected_version = models.PositiveIntegerField()
    state = models.CharField(_("result"), max_length=10, choices=ItemState, default=ItemState.PENDING)
    obstacle = models.CharField(_("reason"), max_length=16, choices=Obstacle, blank=True, default="")
    event = models.ForeignKey(Event, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("case of a job")
        verbose_name_plural = _("cases of a job")
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["job", "case"], name="one_item_per_job_and_case"),
            models.CheckConstraint(
                condition=~models.Q(state="done") | models.Q(event__isnull=False), name="done_items_have_their_event"
            ),
        ]
        indexes = [
            models.Index(fields=["job", "id"], condition=models.Q(state="pending"), name="items_to_be_settled"),
            models.Index(fields=["job", "state", "id"], name="items_by_result"),
        ]

    def __str__(self) -> str:
        return f"{self.job_id}/{self.case_id} {self.state}"
