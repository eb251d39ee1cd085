"""A flood of reports that say nearly the same: joined to one case in one step, and separated again."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from corrections.domain.access import facts_of, require
from corrections.domain.cases import CaseChanged
from corrections.domain.faults import Refused
from corrections.domain.relations import link_duplicate, unlink_duplicate
from corrections.domain.similar import joinable
from corrections.enums import Move, Status
from corrections.models import Case
from corrections.rules import Actor, may_move
from corrections.workflow import MoveNotAllowed

#: Reports that one press joins or separates; the next press takes the rest.
MOST_AT_ONCE = 500


@dataclass(frozen=True)
class Gathered:
    """How many reports took the step, and how many could not because somebody was at them meanwhile."""

    done: int
    left: int


def gather(lead: Case, *, actor: Actor, expected_version: int, now: datetime) -> Gathered:
    """Joins to a case what says nearly the same; each report through the same rules and with the same event and letter
    as alone, each in a transaction of its own.

    Raises NotAllowed, CaseChanged where the leading case changed since it was looked at; then nothing was joined.
    """
    require(may_move, actor, facts_of(lead), Move.LINK_DUPLICATE)
    _require_version(lead, expected_version)
    return _each(
        joinable(actor, lead)[:MOST_AT_ONCE],
        lambda case: link_duplicate(case, lead, actor=actor, expected_version=case.version, now=now),
    )


def scatter(lead: Case, *, actor: Actor, expected_version: int, now: datetime) -> Gathered:
    """Separates what is joined to a case; each report goes on being checked. Raises NotAllowed, CaseChanged."""
    require(may_move, actor, facts_of(lead), Move.UNLINK_DUPLICATE)
    _require_version(lead, expected_version)
    return _each(
        Case.objects.filter(lead=lead, status=Status.DUPLICATE).order_by("pk")[:MOST_AT_ONCE],
        lambda case: unlink_duplicate(case, actor=actor, expected_version=case.version, now=now),
    )


def _each(cases: Iterable[Case], step: Callable[[Case], object]) -> Gathered:
    done = left = 0
    for case in cases:
        try:
            step(case)
        except (CaseChanged, MoveNotAllowed, Refused):
            left += 1
        else:
            done += 1
    return Gathered(done, left)


def _require_version(lead: Case, expected: int) -> None:
    if lead.version != expected:
        raise CaseChanged(expected, lead.version)
