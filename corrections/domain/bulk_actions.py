"""What can be done on many cases at once: each action is the one that a single case has, with the question before it
whether this person may take it from where the case stands."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from corrections.domain import access, assignment, conversation, moves, relations, replies, snoozing
from corrections.domain.faults import Fault, Refused, refuse_if, text_faults
from corrections.enums import OPEN_STATUSES, Happening, Move, Purpose, Severity, Status, WaitingOn
from corrections.job_enums import BulkAction, Obstacle
from corrections.models import Case, Decision, Event
from corrections.rules import Actor, CaseFacts, has_conflict, may_assign, may_move, may_work_on
from corrections.work_choices import HoldReason
from corrections.workflow import moves_from
from newsroom.dates import read_day
from newsroom.days import beginning_of, day_of
from newsroom.models import StaffMember
from newsroom.models.languages import Language
from newsroom.text import clean_text, fold_digits


@dataclass(frozen=True)
class Instruction:
    """An action with everything that it needs."""

    action: BulkAction
    assignee: StaffMember | None = None
    severity: str = ""
    #: Why cases are held, a value of HoldReason.
    reason: str = ""
    lead: Case | None = None
    #: The decision with which the lead answers at once.
    answer: Decision | None = None
    #: The day until which cases are put aside.
    until: date | None = None
    #: The words for readers, by language; without those that are empty.
    texts: Mapping[str, str] = field(default_factory=dict)

    def choice(self) -> dict[str, Any]:
        """The choices as ids and coded words, to be kept with a job."""
        return {
            "assignee": self.assignee.pk if self.assignee else None,
            "severity": self.severity,
            "reason": self.reason,
            "lead": self.lead.pk if self.lead else None,
            "until": self.until.isoformat() if self.until else None,
        }


class Action(NamedTuple):
    """`obstacle` says why a case is left out (asks nothing of the database), `happenings` what the events will be,
    `act` does it."""

    obstacle: Callable[[Actor, Case, CaseFacts, Instruction], Obstacle]
    happenings: Callable[[Case, Actor, Instruction], list[Happening]]
    act: Callable[[Case, Instruction, dict[str, Any]], Event]


def instruction_of(
    action: str,
    *,
    actor: Actor,
    now: datetime,
    assignee: int | None = None,
    severity: str = "",
    reason: str = "",
    lead: str = "",
    until: str = "",
    texts: Mapping[str, str] | None = None,
) -> Instruction:
    """The action that somebody chose on a form, checked. Raises Refused."""
    if action not in ACTIONS:
        raise Refused([Fault("action", _("Choose what is to be done"))])
    chosen = BulkAction(action)
    needed: Mapping[BulkAction, Callable[[], dict[str, Any]]] = {
        BulkAction.ASSIGN: lambda: {"assignee": _assignee(assignee)},
        BulkAction.SEVERITY: lambda: {"severity": _severity(severity)},
        BulkAction.HOLD: lambda: {"reason": _reason(reason)},
        BulkAction.JOIN: lambda: _lead(actor, lead),
        BulkAction.WRITE: lambda: {"texts": _texts(texts or {})},
        BulkAction.SNOOZE: lambda: {"until": snoozing.checked_day(read_day(until), day_of(now))},
    }
    return Instruction(chosen, **(needed[chosen]() if chosen in needed else {}))


def kept_instruction(action: str, choice: Mapping[str, Any], texts: Mapping[str, str]) -> Instruction:
    """The instruction of a job, as things stand now: somebody who has left the desk is nobody to assign to."""
    members = access.desk_members() if choice.get("assignee") else []
    lead = Case.objects.filter(pk=choice["lead"]).first() if choice.get("lead") else None
    return Instruction(
        BulkAction(action),
        assignee=next((member for member in members if member.pk == choice["assignee"]), None),
        severity=choice.get("severity", ""),
        reason=choice.get("reason", ""),
        lead=lead,
        answer=relations.answer_of(lead) if lead else None,
        until=date.fromisoformat(choice["until"]) if choice.get("until") else None,
        texts=texts,
    )


def obstacle_to(actor: Actor, case: Case, facts: CaseFacts, instruction: Instruction) -> Obstacle:
    """Why this person cannot do this on this case now; none where nothing stands in the way. No query.

    A case that is to be joined carries `leads` (whether others are joined to it).
    """
    if has_conflict(actor, facts):
        return Obstacle.OWN_ARTICLE
    return ACTIONS[instruction.action].obstacle(actor, case, facts, instruction)


def act(case: Case, instruction: Instruction, *, actor: Actor, expected_version: int, now: datetime) -> Event:
    """Does it, exactly as on the case's own page. Raises what the single action raises."""
    guard = {"actor": actor, "expected_version": expected_version, "now": now}
    return ACTIONS[instruction.action].act(case, instruction, guard)


def happenings_of(case: Case, actor: Actor, instruction: Instruction) -> list[Happening]:
    """What the events on the case will say."""
    return ACTIONS[instruction.action].happenings(case, actor, instruction)


def _assignee(staff_id: int | None) -> StaffMember:
    member = next((member for member in access.desk_members() if member.pk == staff_id), None)
    if member is None:
        raise Refused([Fault("assignee", _("Choose who takes the cases"))])
    return member


def _severity(severity: str) -> str:
    refuse_if([] if severity in Severity else [Fault("severity", _("Choose a severity"))])
    return severity


def _reason(reason: str) -> str:
    refuse_if([] if reason in HoldReason else [Fault("reason", _("Choose why the cases are held"))])
    return reason


def _lead(actor: Actor, number: str) -> dict[str, Any]:
    year, _slash, sequence = fold_digits(number).strip().partition("/")
    try:
        lead = access.fetch_case(actor, int(year), int(sequence))
    except (ValueError, access.CaseNotFound):
        raise Refused([Fault("lead", _("Give the number of the leading case, such as 2025/0147"))]) from None
    return {"lead": lead, "answer": relations.answer_of(lead)}


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    clean = {language: clean_text(texts.get(language, "")) for language in Language.values}
    written = {language: text for language, text in clean.items() if text.strip()}
    if not written:
        raise Refused([Fault("text_ar", _("Write the message in one language at least"))])
    refuse_if([fault for language, text in written.items() for fault in _message_faults(f"text_{language}", text)])
    return written


def _message_faults(field: str, text: str) -> list[Fault]:
    """What a message to one reader would be refused for."""
    return [
        *text_faults(field, text, Purpose.TO_READER),
        *replies.unfinished_faults(field, text, Purpose.TO_READER),
    ]


def _step_obstacle(step: Move) -> Callable[[Actor, Case, CaseFacts, Instruction], Obstacle]:
    def obstacle(actor: Actor, case: Case, facts: CaseFacts, instruction: Instruction) -> Obstacle:
        if not may_move(actor, facts, step):
            return Obstacle.RULES
        starts_here = step in moves_from(Status(case.status), WaitingOn(case.waiting_on))
        return Obstacle.NONE if starts_here else Obstacle.STATE

    return obstacle


def _work_obstacle(actor: Actor, case: Case, facts: CaseFacts) -> Obstacle:
    if not may_work_on(actor, facts):
        return Obstacle.RULES
    return Obstacle.NONE if case.status in OPEN_STATUSES else Obstacle.STATE


def _take_obstacle(actor: Actor, case: Case, facts: CaseFacts, instruction: Instruction) -> Obstacle:
    if case.status != Status.NEW and case.assigned_to_id == actor.staff_id:
        return Obstacle.UNCHANGED
    return _work_obstacle(actor, case, facts)


def _assign_obstacle(actor: Actor, case: Case, facts: CaseFacts, instruction: Instruction) -> Obstacle:
    chosen = instruction.assignee
    if chosen is None or not may_assign(actor, facts, access.actor_of(chosen)):
        return Obstacle.ASSIGNEE
    if chosen.pk == actor.staff_id:
        return _take_obstacle(actor, case, facts, instruction)
    if case.assigned_to_id == chosen.pk:
        return Obstacle.UNCHANGED
    return _work_obstacle(actor, case, facts)


def _severity_obstacle(actor: Actor, case: Case, facts: CaseFacts, instruction: Instruction) -> Obstacle:
    if case.severity == instruction.severity:
        return Obstacle.UNCHANGED
    return _work_obstacle(actor, case, facts)


def _join_obstacle(actor: Actor, case: Case, facts: CaseFacts, instruction: Instruction) -> Obstacle:
    leads: bool = case.leads  # type: ignore[attr-defined]  # annotated by whoever asks
    if instruction.lead is None or relations.lead_faults(case, instruction.lead, leads=leads):
        return Obstacle.LEAD
    if relations.answer_faults(case, facts, instruction.answer, actor=actor):
        return Obstacle.ANSWER
    return _step_obstacle(Move.LINK_DUPLICATE)(actor, case, facts, instruction)


def _write_obstacle(actor: Actor, case: Case, facts: CaseFacts, instruction: Instruction) -> Obstacle:
    if not may_work_on(actor, facts):
        return Obstacle.RULES
    return Obstacle.NONE if case.language in instruction.texts else Obstacle.NO_TEXT


def _claimed_or_assigned(case: Case, actor: Actor, instruction: Instruction) -> list[Happening]:
    takes = instruction.assignee is None or instruction.assignee.pk == actor.staff_id
    return [Happening.CLAIMED if takes and case.status == Status.NEW else Happening.ASSIGNED]


def _joined_and_perhaps_decided(case: Case, actor: Actor, instruction: Instruction) -> list[Happening]:
    """Where the leading case is decided, its decision answers at once."""
    return [Happening.LINKED, *([Happening.LEAD_DECIDED] if instruction.answer else [])]


def _snooze_obstacle(actor: Actor, case: Case, facts: CaseFacts, instruction: Instruction) -> Obstacle:
    if instruction.until and case.snoozed_until == beginning_of(instruction.until):
        return Obstacle.UNCHANGED
    return _work_obstacle(actor, case, facts)


def _always(happening: Happening) -> Callable[[Case, Actor, Instruction], list[Happening]]:
    return lambda case, actor, instruction: [happening]


def _assign(case: Case, instruction: Instruction, guard: dict[str, Any]) -> Event:
    if instruction.assignee is None:
        raise Refused([Fault("assignee", _("Choose who takes the cases"))])
    return assignment.assign(case, instruction.assignee, **guard)


def _join(case: Case, instruction: Instruction, guard: dict[str, Any]) -> Event:
    if instruction.lead is None:
        raise Refused([Fault("lead", _("Choose another case about the same article"))])
    return relations.link_duplicate(case, instruction.lead, **guard)


ACTIONS: Mapping[BulkAction, Action] = {
    BulkAction.TAKE: Action(
        _take_obstacle, _claimed_or_assigned, lambda case, wanted, guard: assignment.claim(case, **guard)
    ),
    BulkAction.ASSIGN: Action(_assign_obstacle, _claimed_or_assigned, _assign),
    BulkAction.SEVERITY: Action(
        _severity_obstacle,
        _always(Happening.SEVERITY_SET),
        lambda case, wanted, guard: assignment.set_severity(case, wanted.severity, **guard),
    ),
    BulkAction.HOLD: Action(
        _step_obstacle(Move.HOLD),
        _always(Happening.HELD),
        lambda case, wanted, guard: moves.hold(case, wanted.reason, **guard),
    ),
    BulkAction.RELEASE: Action(
        _step_obstacle(Move.RELEASE),
        _always(Happening.RELEASED),
        lambda case, wanted, guard: moves.release(case, **guard),
    ),
    BulkAction.CLOSE: Action(
        _step_obstacle(Move.CLOSE), _always(Happening.CLOSED), lambda case, wanted, guard: moves.close(case, **guard)
    ),
    BulkAction.JOIN: Action(_join_obstacle, _joined_and_perhaps_decided, _join),
    BulkAction.SEPARATE: Action(
        _step_obstacle(Move.UNLINK_DUPLICATE),
        _always(Happening.UNLINKED),
        lambda case, wanted, guard: relations.unlink_duplicate(case, **guard),
    ),
    BulkAction.WRITE: Action(
        _write_obstacle,
        _always(Happening.MESSAGE_SENT),
        lambda case, wanted, guard: conversation.write_to_reader(case, wanted.texts[case.language], **guard),
    ),
    BulkAction.SNOOZE: Action(
        _snooze_obstacle,
        _always(Happening.SNOOZED),
        lambda case, wanted, guard: snoozing.snooze(case, wanted.until, **guard),
    ),
}
