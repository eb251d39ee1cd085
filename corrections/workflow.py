"""The state machine: which move leads from where to where. Pure; permissions stand in corrections.rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from corrections.enums import Happening, Move, Status, WaitingOn


class MoveNotAllowed(Exception):
    """The case is not in a state from which this move starts."""

    def __init__(self, move: Move, status: Status) -> None:
        super().__init__(f"{move.value} does not start from {status.value}")
        self.move = move
        self.status = status


@dataclass(frozen=True)
class Transition:
    """One row of the table: from which states, to which state, whom the case then waits for, what the event says."""

    sources: frozenset[Status]
    target: Status
    happening: Happening
    waiting_on: WaitingOn = WaitingOn.NOBODY
    #: Where set, the move starts only while the case waits for exactly this.
    only_waiting_on: WaitingOn | None = None


def _from(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


TRANSITIONS: Mapping[Move, Transition] = MappingProxyType(
    {
        Move.CONFIRM: Transition(_from(Status.UNCONFIRMED), Status.NEW, Happening.CONFIRMED),
        Move.HOLD: Transition(_from(Status.NEW, Status.IN_REVIEW), Status.HELD, Happening.HELD),
        Move.RELEASE: Transition(_from(Status.HELD), Status.NEW, Happening.RELEASED),
        Move.CLAIM: Transition(_from(Status.NEW), Status.IN_REVIEW, Happening.CLAIMED),
        Move.ASK_READER: Transition(
            _from(Status.NEW, Status.IN_REVIEW), Status.WAITING, Happening.QUESTION_ASKED, WaitingOn.READER
        ),
        Move.ANSWER: Transition(
            _from(Status.WAITING),
            Status.IN_REVIEW,
            Happening.READER_ANSWERED,
            only_waiting_on=WaitingOn.READER,
        ),
        Move.RESUME: Transition(
            _from(Status.WAITING), Status.IN_REVIEW, Happening.RESUMED, only_waiting_on=WaitingOn.READER
        ),
        Move.PROPOSE: Transition(
            _from(Status.IN_REVIEW), Status.WAITING, Happening.DECISION_PROPOSED, WaitingOn.SECOND_SIGNATURE
        ),
        Move.SIGN: Transition(
            _from(Status.WAITING),
            Status.DECIDED,
            Happening.DECIDED,
            only_waiting_on=WaitingOn.SECOND_SIGNATURE,
        ),
        Move.REFUSE_SIGNATURE: Transition(
            _from(Status.WAITING),
            Status.IN_REVIEW,
            Happening.SIGNATURE_REFUSED,
            only_waiting_on=WaitingOn.SECOND_SIGNATURE,
        ),
        Move.DECIDE: Transition(_from(Status.IN_REVIEW), Status.DECIDED, Happening.DECIDED),
        Move.CLOSE: Transition(_from(Status.DECIDED), Status.CLOSED, Happening.CLOSED),
        Move.REOPEN: Transition(_from(Status.DECIDED, Status.CLOSED), Status.IN_REVIEW, Happening.REOPENED),
        Move.ASK_REVIEW: Transition(_from(Status.DECIDED, Status.CLOSED), Status.IN_REVIEW, Happening.REVIEW_ASKED),
        Move.ASK_JOINED_REVIEW: Transition(
            _from(Status.DECIDED, Status.CLOSED), Status.IN_REVIEW, Happening.JOINED_REVIEW_ASKED
        ),
        Move.WITHDRAW_REVIEW: Transition(
            _from(Status.HELD, Status.NEW, Status.IN_REVIEW, Status.WAITING),
            Status.DECIDED,
            Happening.REVIEW_WITHDRAWN,
        ),
        Move.END_JOINED_REVIEW: Transition(
            _from(Status.HELD, Status.NEW, Status.IN_REVIEW, Status.WAITING),
            Status.DECIDED,
            Happening.JOINED_REVIEW_ENDED,
        ),
        Move.WITHDRAW: Transition(
            _from(Status.UNCONFIRMED, Status.HELD, Status.NEW, Status.IN_REVIEW, Status.WAITING),
            Status.WITHDRAWN,
            Happening.WITHDRAWN,
        ),
        Move.LINK_DUPLICATE: Transition(_from(Status.NEW, Status.IN_REVIEW), Status.DUPLICATE, Happening.LINKED),
        Move.UNLINK_DUPLICATE: Transition(_from(Status.DUPLICATE), Status.IN_REVIEW, Happening.UNLINKED),
    }
)


def transition_for(move: Move, status: Status, waiting_on: WaitingOn) -> Transition:
    """The row of the table for this move from this state.

    Raises MoveNotAllowed where the table has no such step.
    """
    transition = TRANSITIONS[move]
    starts_here = status in transition.sources
    waits_rightly = transition.only_waiting_on in (None, waiting_on)
    if not (starts_here and waits_rightly):
        raise MoveNotAllowed(move, status)
    return transition


def moves_from(status: Status, waiting_on: WaitingOn) -> frozenset[Move]:
    """Every move that the table has from this state."""
    return frozenset(
        move
        for move, transition in TRANSITIONS.items()
        if status in transition.sources and transition.only_waiting_on in (None, waiting_on)
    )
