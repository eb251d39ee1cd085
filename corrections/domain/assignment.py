"""Who works on a case, how serious it is, and what kind it is."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from corrections.domain import clocks, relations
from corrections.domain.access import actor_of, facts_of, require
from corrections.domain.faults import Fault, refuse_if
from corrections.domain.moves import move_by_staff
from corrections.domain.procedures_in_force import version_for
from corrections.domain.timeline import record, staff
from corrections.enums import OPEN_STATUSES, Happening, Kind, Move, Problem, Relation, Severity, Status, WaitingOn
from corrections.models import Case, Clause, Event
from corrections.procedures import due_times
from corrections.rules import Actor, may_assign, may_change_kind, may_work_on
from corrections.workflow import MoveNotAllowed
from newsroom.models import StaffMember


def claim(case: Case, *, actor: Actor, expected_version: int, now: datetime) -> Event:
    """Takes a case on oneself; a new case starts being checked. One guarded update: of two, one wins.

    Raises NotAllowed, MoveNotAllowed, CaseChanged.
    """
    if case.status == Status.NEW:
        return move_by_staff(
            case,
            Move.CLAIM,
            actor=actor,
            expected_version=expected_version,
            now=now,
            assigned_to_id=actor.staff_id,
        )
    return _hand_over(case, actor.staff_id, actor, expected_version, now)


def assign(case: Case, assignee: StaffMember, *, actor: Actor, expected_version: int, now: datetime) -> Event:
    """Hands a case to somebody who may work on it. Raises NotAllowed, MoveNotAllowed, CaseChanged."""
    require(may_assign, actor, facts_of(case), actor_of(assignee))
    if assignee.pk == actor.staff_id:
        return claim(case, actor=actor, expected_version=expected_version, now=now)
    return _hand_over(case, assignee.pk, actor, expected_version, now)


def set_severity(case: Case, severity: str, *, actor: Actor, expected_version: int, now: datetime) -> Event:
    """Sorts a case; a safety case stands at the front of the queue. Raises Refused, NotAllowed, CaseChanged."""
    require(may_work_on, actor, facts_of(case))
    refuse_if([] if severity in Severity else [Fault("severity", _("Choose a severity"))])
    return record(
        case,
        Happening.SEVERITY_SET,
        by=staff(actor),
        expected_version=expected_version,
        now=now,
        data={"severity": severity},
        severity=severity,
    )


def change_kind(
    case: Case,
    kind: str,
    *,
    clause_keys: tuple[str, ...] = (),
    actor: Actor,
    expected_version: int,
    now: datetime,
) -> Event:
    """Turns a correction into a complaint or back; nothing the reader wrote or chose is lost, and the reader is told.

    The clauses that the reader chose stay with the case while it is no complaint; those chosen now join them. Whoever
    worked on the article sees of what was a complaint no more than before (rules.may_see_case).

    The clocks become those of the other kind's procedure in force, but no promised time is shortened.
    Raises Refused, NotAllowed, MoveNotAllowed when the case is no longer open or a decision waits for its second
    signature, CaseChanged.
    """
    require(may_change_kind, actor, facts_of(case))
    _require_open(case, Move.CLAIM)
    if case.waiting_on == WaitingOn.SECOND_SIGNATURE:
        # The decision that waits was made by the other kind's procedure.
        raise MoveNotAllowed(Move.CLAIM, Status(case.status))
    filed = list(case.clauses.all())
    known = {clause.key for clause in filed}
    chosen = list(Clause.objects.filter(key__in=clause_keys, retired_at=None).exclude(key__in=known))
    refuse_if(_kind_faults(case, kind, [*filed, *chosen]))
    named_before = [clause.pk for clause in sorted(filed, key=lambda clause: clause.pk)]
    with transaction.atomic():
        event = record(
            case,
            Happening.KIND_CHANGED,
            by=staff(actor),
            expected_version=expected_version,
            now=now,
            data={"from": case.kind, "to": kind, "clauses": named_before},
            kind=kind,
            was_complaint=case.was_complaint or kind == Kind.COMPLAINT,
            **_fields_of(case, kind, [*filed, *chosen]),
        )
        case.clauses.add(*chosen)
    return event


def _kind_faults(case: Case, kind: str, clauses: list[Clause]) -> list[Fault]:
    if kind not in Kind or kind == case.kind:
        return [Fault("kind", _("Choose another kind"))]
    if relations.keeps_kind(case, kind, case.kind):
        return [Fault("kind", _("Other reports are joined to this case. Separate them first"))]
    if kind == Kind.COMPLAINT and not clauses:
        return [Fault("clauses", _("Choose at least one item"))]
    return []


def _fields_of(case: Case, kind: str, clauses: list[Clause]) -> dict[str, object]:
    calendar = clocks.calendar()
    urgent = kind == Kind.COMPLAINT and any(clause.concerns_safety for clause in clauses)
    version = version_for(kind)
    due = due_times(version.terms, calendar, case.received_at, urgent)
    # The first reply is the desk's own promise to itself here: people's safety brings it forward.
    safety = {"severity": Severity.SAFETY, "acknowledge_due_at": due.acknowledge_at} if urgent else {}
    return {
        **safety,
        "procedure_version": version,
        "problem": case.problem or ("" if kind == Kind.COMPLAINT else Problem.OTHER),
        "relation": case.relation or (Relation.UNSAID if kind == Kind.COMPLAINT else ""),
        "decision_due_at": calendar.later_of(case.decision_due_at, due.decide_at),
    }


def _hand_over(case: Case, staff_id: int, actor: Actor, expected_version: int, now: datetime) -> Event:
    require(may_work_on, actor, facts_of(case))
    _require_open(case, Move.CLAIM)
    return record(
        case,
        Happening.ASSIGNED,
        by=staff(actor),
        expected_version=expected_version,
        now=now,
        # Whose it was is told that it is theirs no longer.
        data={"to": staff_id, **({"from": case.assigned_to_id} if case.assigned_to_id else {})},
        assigned_to_id=staff_id,
    )


def _require_open(case: Case, step: Move) -> None:
    if case.status not in OPEN_STATUSES:
        raise MoveNotAllowed(step, Status(case.status))
