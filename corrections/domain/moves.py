"""The only writer of Case.status: one guarded step through the table of corrections.workflow."""

from datetime import datetime
from typing import Any, Protocol

from django.utils.translation import gettext_lazy as _

from corrections.domain import clocks
from corrections.domain.access import facts_of, require
from corrections.domain.cases import values_again
from corrections.domain.faults import Fault, refuse_if
from corrections.domain.timeline import CLOCK, By, record, staff
from corrections.enums import Happening, Move, Status, WaitingOn
from corrections.models import Case, Event
from corrections.rules import Actor, may_move
from corrections.work_choices import HoldReason
from corrections.workflow import transition_for
from newsroom.text import clean_text


class ClockStep(Protocol):
    """A step that the clock takes on one case."""

    def __call__(self, case: Case, *, now: datetime) -> Event: ...


def move(
    case: Case,
    step: Move,
    *,
    by: By,
    expected_version: int,
    now: datetime,
    data: dict[str, Any] | None = None,
    **changes: Any,
) -> Event:
    """Takes one step: status, whom the case waits for, the clock (stopped while waiting for the reader), event.

    Raises MoveNotAllowed where the table has no such step from here, CaseChanged at a stale version.
    """
    transition = transition_for(step, Status(case.status), WaitingOn(case.waiting_on))
    clock = clocks.clock_changes(case, WaitingOn(transition.waiting_on), now)
    return record(
        case,
        transition.happening,
        by=by,
        expected_version=expected_version,
        now=now,
        data=data,
        status=transition.target,
        waiting_on=transition.waiting_on,
        **{**clock, **changes},
    )


def move_by_staff(
    case: Case,
    step: Move,
    *,
    actor: Actor,
    expected_version: int,
    now: datetime,
    data: dict[str, Any] | None = None,
    **changes: Any,
) -> Event:
    """A step by somebody on the desk. Raises NotAllowed besides what `move` raises."""
    require(may_move, actor, facts_of(case), step)
    return move(case, step, by=staff(actor), expected_version=expected_version, now=now, data=data, **changes)


def hold(case: Case, reason: str, *, actor: Actor, expected_version: int, now: datetime) -> Event:
    """Sets a case apart as suspicious, for a coded reason; it stays visible to the desk, and its clocks go on.

    Raises Refused, NotAllowed, MoveNotAllowed, CaseChanged.
    """
    require(may_move, actor, facts_of(case), Move.HOLD)
    refuse_if([] if reason in HoldReason else [Fault("reason", _("Choose why the case is held"))])
    return move_by_staff(
        case, Move.HOLD, actor=actor, expected_version=expected_version, now=now, data={"reason": reason}
    )


def release(case: Case, *, actor: Actor, expected_version: int, now: datetime) -> Event:
    """Puts a held case back among the new ones."""
    return move_by_staff(case, Move.RELEASE, actor=actor, expected_version=expected_version, now=now)


def resume(case: Case, *, actor: Actor, expected_version: int, now: datetime) -> Event:
    """Goes on without the reader's answer; the clock runs again."""
    return move_by_staff(case, Move.RESUME, actor=actor, expected_version=expected_version, now=now)


def resume_by_clock(case: Case, *, now: datetime) -> Event:
    """Takes a case up again whose reader did not answer in time."""
    return move(case, Move.RESUME, by=CLOCK, expected_version=case.version, now=now)


def close(case: Case, *, actor: Actor, expected_version: int, now: datetime) -> Event:
    """Closes a decided case."""
    return move_by_staff(case, Move.CLOSE, actor=actor, expected_version=expected_version, now=now, closed_at=now)


def close_by_clock(case: Case, *, now: datetime) -> Event:
    """Closes a decided case whose window for a review has ended."""
    return move(case, Move.CLOSE, by=CLOCK, expected_version=case.version, now=now, closed_at=now)


def take_back(case: Case, undone: Event, *, by: By, expected_version: int, now: datetime, **changes: Any) -> Event:
    """Gives the fields that a step changed what they held before it, status and all, or what `changes` says instead;
    the event names the step. Whether the step can be taken back is the question of corrections.domain.undo.

    Raises CaseChanged.
    """
    return record(
        case,
        Happening.UNDONE,
        by=by,
        expected_version=expected_version,
        now=now,
        data={"undone": undone.pk, "of": undone.happening},
        **{**values_again(undone.before), **changes},
    )


def require_reason(reason: str) -> str:
    """A reason in clean words. Raises Refused when there is none."""
    clean = clean_text(reason)
    refuse_if([] if clean else [Fault("reason", _("Give the reason"))])
    return clean
