"""Actions on many cases: started, cancelled, taken back, looked at. corrections.domain.job_running carries them out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from corrections.domain.access import visible_cases
from corrections.domain.bulk_actions import Instruction
from corrections.domain.bulk_selection import Seen, by_keys
from corrections.domain.faults import Fault, Refused
from corrections.job_enums import BulkAction, ItemState
from corrections.models import Case, Job, JobItem
from corrections.notifications import wake
from corrections.rules import Actor

PAGE_SIZE = 100
_CHUNK = 1000
#: Results in the order in which a person looks for them.
RESULTS = (ItemState.REFUSED, ItemState.CHANGED, ItemState.DONE, ItemState.CANCELLED, ItemState.PENDING)


class JobNotFound(Exception):
    """There is no such job of this person."""


class CannotUndo(Exception):
    """The job still runs, is an undoing itself, or did nothing."""


@dataclass(frozen=True)
class JobPage:
    """A job with the number of its cases by result, and the cases of one result. `behind` leads to the next page."""

    job: Job
    counts: dict[str, int]
    shown: str
    items: list[JobItem]
    behind: int | None
    may_undo: bool

    @property
    def settled(self) -> int:
        return sum(self.counts.values()) - self.counts.get(ItemState.PENDING, 0)

    @property
    def total(self) -> int:
        return sum(self.counts.values())


def start(instruction: Instruction, seen: Sequence[Seen], *, key: str, actor: Actor, now: datetime) -> Job:
    """Writes a job with its cases, in one transaction; a worker is woken after the commit, or finds it.

    Cases that the person may not see are left out. The same `key` starts one job. Raises Refused where no case is left.
    """
    return _write(
        Job(
            made_by_id=actor.staff_id,
            made_at=now,
            key=key,
            action=instruction.action,
            choice=instruction.choice(),
            texts=dict(instruction.texts),
        ),
        seen,
        actor,
    )


def undo(job: Job, *, key: str, actor: Actor, now: datetime) -> Job:
    """Starts, once, the taking back of everything that a job did, as a job of its own. Raises CannotUndo."""
    if hasattr(job, "undone_by"):
        return job.undone_by
    done = _items(actor, job).filter(state=ItemState.DONE)
    if not _may_undo(job) or not done.exists():
        raise CannotUndo
    # As the cases stand now: whether a later step builds on this one is the undoing's own question.
    seen = list(done.values_list("case_id", "case__version"))
    made = Job(made_by_id=actor.staff_id, made_at=now, key=key, action=BulkAction.UNDO, undoes=job)
    return _write(made, seen, actor)


def cancel(job: Job, *, now: datetime) -> int:
    """What is not done yet stays undone; returns how many cases that are. One that is being settled is let finish."""
    with transaction.atomic():
        Job.objects.filter(pk=job.pk, done_at=None).update(cancelled_at=now, done_at=now)
        waiting = JobItem.objects.filter(job=job, state=ItemState.PENDING)
        return waiting.update(state=ItemState.CANCELLED, settled_at=now)


def fetch_job(actor: Actor, number: int) -> Job:
    """A job of this person, with the job that it takes back or that takes it back. Raises JobNotFound."""
    found = _jobs_of(actor).filter(pk=number).first() if 0 < number < 2**63 else None
    if found is None:
        raise JobNotFound
    return found


def jobs_of(actor: Actor) -> list[Job]:
    """The newest jobs of this person, each with `seen` and `settled`: how many cases it has and how many of them are
    settled, those alone that the person may see."""
    seen = Q(items__case__in=Case.objects.filter(visible_cases(actor)))
    settled = Count("items", filter=seen & ~Q(items__state=ItemState.PENDING))
    counted = _jobs_of(actor).annotate(settled=settled, seen=Count("items", filter=seen))
    return list(counted.order_by("-pk")[:PAGE_SIZE])


def counts_of(actor: Actor, job: Job) -> dict[str, int]:
    """How many cases of a job have which result (one query), those alone that the person may see."""
    groups = _items(actor, job).order_by().values_list("state").annotate(how_many=Count("pk"))
    return dict(groups)


def job_page(actor: Actor, job: Job, *, shown: str = "", behind: int = 0) -> JobPage:
    """A job and one page of its cases (three queries)."""
    counts = counts_of(actor, job)
    chosen = shown if shown in counts else next((result.value for result in RESULTS if counts.get(result)), "")
    listed = _items(actor, job).filter(state=chosen, pk__gt=behind).select_related("case").order_by("pk")
    items = list(listed[: PAGE_SIZE + 1])
    more = items[PAGE_SIZE - 1].pk if len(items) > PAGE_SIZE else None
    may_undo = _may_undo(job) and counts.get(ItemState.DONE, 0) > 0
    return JobPage(job, counts, chosen, items[:PAGE_SIZE], more, may_undo)


def _may_undo(job: Job) -> bool:
    return job.done_at is not None and job.action != BulkAction.UNDO and not hasattr(job, "undone_by")


def _jobs_of(actor: Actor) -> QuerySet[Job]:
    return Job.objects.filter(made_by=actor.staff_id).select_related("undone_by", "undoes")


def _items(actor: Actor, job: Job) -> QuerySet[JobItem]:
    return JobItem.objects.filter(job=job, case__in=Case.objects.filter(visible_cases(actor)))


def _write(job: Job, seen: Sequence[Seen], actor: Actor) -> Job:
    versions = dict(seen)
    # In the order of the keys, which is the order of arrival.
    keys = [
        key for cases in by_keys(actor, list(versions)) for key in cases.order_by("pk").values_list("pk", flat=True)
    ]
    if not keys:
        raise Refused([Fault("selection", _("Choose at least one case on which this can be done"))])
    job.total = len(keys)
    try:
        with transaction.atomic():
            job.save(force_insert=True)
            rows = [JobItem(job=job, case_id=key, expected_version=versions[key]) for key in keys]
            JobItem.objects.bulk_create(rows, batch_size=_CHUNK)
            transaction.on_commit(partial(wake.wake_for_job, job.pk), robust=True)
    except IntegrityError:
        # The form came twice, or two windows take the same job back: the first one is the one.
        same = Q(made_by=job.made_by_id, key=job.key) | Q(undoes__isnull=False, undoes=job.undoes_id)
        return Job.objects.get(same)
    return job
