"""Which happening concerns which action: whether two people at one case get in each other's way. Pure.

Every happening changes some aspects of a case, and every action rests on some: those that whoever acts must have seen
as they are. What was meant on an older page goes through when nothing that happened since has changed what it rests on.
"""

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType

from corrections.enums import Happening


class Aspect(Enum):
    """A side of a case that can change by itself."""

    #: Where it stands in the workflow.
    STEP = "step"
    #: Whether the desk goes on with it at all: held, joined to another, closed, taken up again.
    COURSE = "course"
    OWNER = "owner"
    SEVERITY = "severity"
    KIND = "kind"
    DECISION = "decision"
    #: What the reader said or sent, and what the desk said to the reader.
    FROM_READER = "from reader"
    TO_READER = "to reader"
    NOTES = "notes"
    IDENTITY = "identity"
    #: By when it is decided.
    DEADLINE = "deadline"
    #: Until when it is put aside.
    ASIDE = "aside"


Aspects = frozenset[Aspect]
ALL = frozenset(Aspect)
#: Aspects to which something is only ever added: two people who add at once undo nothing.
ADDED_TO = frozenset({Aspect.NOTES, Aspect.FROM_READER, Aspect.TO_READER, Aspect.IDENTITY})

_NOTHING: Aspects = frozenset()


def _of(*aspects: Aspect) -> Aspects:
    return frozenset(aspects)


#: What a happening changes. One that stands in no row changes everything.
CHANGED_BY: Mapping[str, Aspects] = MappingProxyType(
    {
        Happening.HELD: _of(Aspect.STEP, Aspect.COURSE),
        Happening.RELEASED: _of(Aspect.STEP, Aspect.COURSE),
        Happening.CONFIRMED: _of(Aspect.STEP),
        Happening.CLAIMED: _of(Aspect.STEP, Aspect.OWNER),
        Happening.ASSIGNED: _of(Aspect.OWNER),
        Happening.CLAIM_LAPSED: _of(Aspect.OWNER),
        Happening.SEVERITY_SET: _of(Aspect.SEVERITY),
        # A complaint about people's safety becomes a case of safety.
        Happening.KIND_CHANGED: _of(Aspect.KIND, Aspect.SEVERITY),
        Happening.NOTE_ADDED: _of(Aspect.NOTES),
        Happening.QUESTION_ASKED: _of(Aspect.STEP, Aspect.OWNER, Aspect.TO_READER),
        Happening.MESSAGE_SENT: _of(Aspect.TO_READER),
        Happening.READER_ANSWERED: _of(Aspect.STEP, Aspect.FROM_READER),
        Happening.READER_ADDED: _of(Aspect.FROM_READER),
        Happening.FILE_ADDED: _of(Aspect.FROM_READER),
        Happening.FILE_REMOVED: _of(Aspect.FROM_READER),
        Happening.SOLVED_SAID: _of(Aspect.FROM_READER),
        Happening.RESUMED: _of(Aspect.STEP),
        Happening.DECISION_PROPOSED: _of(Aspect.STEP, Aspect.DECISION),
        Happening.SIGNATURE_REFUSED: _of(Aspect.STEP, Aspect.DECISION, Aspect.NOTES),
        Happening.DECIDED: _of(Aspect.STEP, Aspect.COURSE, Aspect.DECISION, Aspect.TO_READER),
        Happening.NOTICE_PUBLISHED: _of(Aspect.DECISION),
        Happening.CLOSED: _of(Aspect.STEP, Aspect.COURSE),
        Happening.REOPENED: _of(Aspect.STEP, Aspect.COURSE, Aspect.DECISION, Aspect.NOTES),
        Happening.WITHDRAWN: _of(Aspect.STEP, Aspect.COURSE, Aspect.FROM_READER),
        Happening.LINKED: _of(Aspect.STEP, Aspect.COURSE),
        Happening.UNLINKED: _of(Aspect.STEP, Aspect.COURSE),
        Happening.SNOOZED: _of(Aspect.ASIDE),
        Happening.WOKEN: _of(Aspect.ASIDE),
        Happening.LEAD_DECIDED: _of(Aspect.DECISION, Aspect.TO_READER),
        # Whoever decides must have read why.
        Happening.JOINED_REVIEW_ASKED: ALL,
        Happening.JOINED_REVIEW_ENDED: ALL,
        Happening.REVIEW_ASKED: ALL,
        Happening.REVIEW_WITHDRAWN: ALL,
        Happening.LEAD_EXTENDED: _of(Aspect.DEADLINE, Aspect.TO_READER),
        Happening.IDENTITY_REVEALED: _of(Aspect.NOTES),
        Happening.ADDRESS_CHANGED: _of(Aspect.IDENTITY),
        Happening.CONFIRMATION_ASKED: _of(Aspect.IDENTITY),
        Happening.ADDRESS_CONFIRMED: _of(Aspect.IDENTITY),
        Happening.IDENTITY_ERASED: _of(Aspect.IDENTITY),
        Happening.STATEMENT_ASKED: _of(Aspect.NOTES),
        Happening.STATEMENT_AGAIN: _of(Aspect.NOTES),
        Happening.STATEMENT_WITHDRAWN: _of(Aspect.NOTES),
        # Whoever decides must have read it, as what the reader adds.
        Happening.STATEMENT_GIVEN: _of(Aspect.FROM_READER),
        Happening.STATEMENT_AMENDED: _of(Aspect.FROM_READER),
        Happening.STATEMENT_NEAR: _NOTHING,
        Happening.STATEMENT_LATE: _NOTHING,
        Happening.STATEMENT_ERASED: _NOTHING,
        Happening.PACK_MADE: _NOTHING,
        Happening.PACK_ASKED: _of(Aspect.NOTES),
        Happening.PACK_ALLOWED: _NOTHING,
        Happening.FIRST_REPLY_MISSED: _NOTHING,
        Happening.DEADLINE_NEAR: _NOTHING,
        Happening.DEADLINE_MISSED: _NOTHING,
        Happening.DEADLINE_ESCALATED: _NOTHING,
        Happening.DEADLINE_MOVED: _of(Aspect.DEADLINE),
        Happening.DEADLINE_EXTENDED: _of(Aspect.DEADLINE, Aspect.TO_READER),
    }
)
_STEP = _of(Aspect.STEP, Aspect.COURSE, Aspect.FROM_READER)
_JUDGEMENT = ALL - {Aspect.SEVERITY, Aspect.IDENTITY, Aspect.DEADLINE, Aspect.ASIDE}
#: What an action rests on, named by what it makes happen. One that stands in no row rests on everything.
RESTS_ON: Mapping[str, Aspects] = MappingProxyType(
    {
        Happening.HELD: _STEP,
        Happening.RELEASED: _STEP,
        Happening.CLAIMED: _of(Aspect.STEP, Aspect.OWNER),
        Happening.ASSIGNED: _of(Aspect.OWNER, Aspect.COURSE),
        Happening.SEVERITY_SET: _of(Aspect.SEVERITY),
        Happening.KIND_CHANGED: _of(Aspect.KIND, Aspect.SEVERITY, Aspect.DECISION),
        Happening.NOTE_ADDED: _NOTHING,
        Happening.QUESTION_ASKED: _STEP | _of(Aspect.OWNER, Aspect.TO_READER, Aspect.DECISION),
        Happening.MESSAGE_SENT: _of(Aspect.COURSE, Aspect.FROM_READER, Aspect.TO_READER, Aspect.DECISION),
        Happening.RESUMED: _STEP,
        Happening.DECISION_PROPOSED: _JUDGEMENT,
        Happening.SIGNATURE_REFUSED: _JUDGEMENT,
        Happening.DECIDED: _JUDGEMENT,
        Happening.CLOSED: _STEP | _of(Aspect.DECISION),
        Happening.REOPENED: _STEP | _of(Aspect.DECISION),
        Happening.LINKED: _STEP | _of(Aspect.KIND, Aspect.OWNER),
        Happening.UNLINKED: _STEP,
        Happening.SNOOZED: _of(Aspect.ASIDE, Aspect.FROM_READER),
        Happening.DEADLINE_EXTENDED: _of(
            Aspect.COURSE, Aspect.DEADLINE, Aspect.DECISION, Aspect.FROM_READER, Aspect.TO_READER
        ),
        Happening.WOKEN: _of(Aspect.ASIDE),
        Happening.IDENTITY_REVEALED: _NOTHING,
    }
)


def concerns(happened: str, meant: str) -> bool:
    """Whether what happened changed something that an action (named by what it makes happen) rests on."""
    return bool(CHANGED_BY.get(happened, ALL) & RESTS_ON.get(meant, ALL))
