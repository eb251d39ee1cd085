"""Carries out actions on many cases, case by case, through the functions of the single action.

A job is claimed by a guarded UPDATE that counts the attempt and takes it on a lease by the database's clock; whoever
finds a lease that is over goes on with the cases that are left. Each case is settled in the transaction of its own
action: the row leaves "pending" first, so of two workers one acts, and a killed worker leaves nothing half done.
"""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import DateTimeField, ExpressionWrapper, Q
from django.db.models.expressions import Combinable
from django.db.models.functions import Now

from corrections.domain import access, bulk_actions, undo
from corrections.domain.bulk_actions import Instruction
from corrections.domain.cases import CaseChanged
from corrections.domain.faults import Refused
from corrections.job_enums import BulkAction, ItemState, Obstacle
from corrections.models import Case, Event, Job, JobItem
from corrections.rules import Actor
from corrections.workflow import MoveNotAllowed
from newsroom.models import StaffMember

logger = logging.getLogger(__name__)

Clock = Callable[[], datetime]
#: Cases between two looks at the lease, at who started the job and at what was chosen.
BATCH = 20


class _LeftOut(Exception):
    """Something stands in the way of one case; its action is not taken."""

    def __init__(self, obstacle: Obstacle) -> None:
        super().__init__(obstacle.value)
        self.obstacle = obstacle


def carry_out_due(clock: Clock, *, stopping: Callable[[], bool] = lambda: False) -> int:
    """Carries out the jobs that wait, the oldest first, until none is left; returns how many cases were settled.

    Raises only what the database raises when it is away; the lease then ends by itself.
    """
    settled = 0
    while not stopping() and (job := _claim_next()):
        settled += _carry_out(job, clock, stopping)
    return settled


def _claim_next() -> Job | None:
    free = Q(done_at=None) & (Q(lease_until=None) | Q(lease_until__lt=Now()))
    for job in Job.objects.filter(free).order_by("pk"):
        untouched = Job.objects.filter(free, pk=job.pk, attempt=job.attempt)
        if untouched.update(attempt=job.attempt + 1, lease_until=_lease_ends()):
            job.attempt += 1
            return job
    return None


def _carry_out(job: Job, clock: Clock, stopping: Callable[[], bool]) -> int:
    held = Job.objects.filter(pk=job.pk, attempt=job.attempt, done_at=None)
    settled = 0
    while held.update(lease_until=_lease_ends()):
        waiting = JobItem.objects.filter(job=job, state=ItemState.PENDING).select_related("job")
        batch = list(waiting.order_by("pk")[:BATCH])
        if not batch:
            held.update(done_at=clock(), lease_until=None)
            break
        actor = access.actor_of(StaffMember.objects.get(pk=job.made_by_id))
        instruction = bulk_actions.kept_instruction(job.action, job.choice, job.texts)
        for item in batch:
            if stopping():
                held.update(lease_until=None)
                return settled
            settled += _settle(item, instruction, actor, clock())
    return settled


def _settle(item: JobItem, instruction: Instruction, actor: Actor, now: datetime) -> bool:
    """Acts on one case and writes what became of it, in one transaction; False where somebody else has."""
    row = JobItem.objects.filter(pk=item.pk)
    with transaction.atomic():
        # Says "refused" until the action has happened: "done" needs its event.
        if not row.filter(state=ItemState.PENDING).update(state=ItemState.REFUSED, settled_at=now):
            return False
        try:
            with transaction.atomic():
                event = _act(item, instruction, actor, now)
        except CaseChanged:
            row.update(state=ItemState.CHANGED)
        except (OperationalError, InterfaceError):
            # The database is away or busy: the case keeps its turn.
            raise
        except Exception as error:
            row.update(obstacle=_obstacle_in(error, item))
        else:
            row.update(state=ItemState.DONE, event=event)
    return True


def _act(item: JobItem, instruction: Instruction, actor: Actor, now: datetime) -> Event:
    year, sequence = Case.objects.values_list("year", "sequence").get(pk=item.case_id)
    case = access.fetch_case(actor, year, sequence)
    if case.version != item.expected_version:
        raise CaseChanged(item.expected_version, case.version)
    if instruction.action == BulkAction.UNDO:
        done = JobItem.objects.select_related("event").get(job=item.job.undoes_id, case=case)
        return undo.undo(case, _event_of(done), actor=actor, expected_version=item.expected_version, now=now)
    case.leads = case.duplicates.exists()  # type: ignore[attr-defined]  # as the preview annotates it
    obstacle = bulk_actions.obstacle_to(actor, case, access.facts_of(case), instruction)
    if obstacle:
        raise _LeftOut(obstacle)
    return bulk_actions.act(case, instruction, actor=actor, expected_version=item.expected_version, now=now)


def _event_of(done: JobItem) -> Event:
    if done.event is None:
        raise ValueError(f"item {done.pk} is not done")
    return done.event


def _obstacle_in(error: Exception, item: JobItem) -> Obstacle:
    if isinstance(error, _LeftOut):
        return error.obstacle
    known = {
        access.CaseNotFound: Obstacle.NOT_FOUND,
        access.NotAllowed: Obstacle.RULES,
        MoveNotAllowed: Obstacle.STATE,
        Refused: Obstacle.STATE,
        undo.CannotUndo: Obstacle.NO_WAY_BACK,
    }
    if type(error) not in known:
        # Without the error's own words, which may quote what it stumbled over. The other cases go on.
        logger.error("item %s of job %s: %s", item.pk, item.job_id, type(error).__name__)
    return known.get(type(error), Obstacle.FAULT)


def _lease_ends() -> Combinable:
    lease = timedelta(seconds=settings.DELIVERY_LEASE_SECONDS)
    return ExpressionWrapper(Now() + lease, output_field=DateTimeField())
