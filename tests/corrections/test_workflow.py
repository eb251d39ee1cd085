"""The table of moves: complete, without dead ends, and never left by any order of moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrections.enums import Move, Status, WaitingOn
from corrections.workflow import TRANSITIONS, MoveNotAllowed, moves_from, transition_for

STATES = [
    *((status, WaitingOn.NOBODY) for status in Status if status != Status.WAITING),
    (Status.WAITING, WaitingOn.READER),
    (Status.WAITING, WaitingOn.SECOND_SIGNATURE),
]
ENDS = {Status.WITHDRAWN}


def test_every_move_has_its_row() -> None:
    assert set(TRANSITIONS) == set(Move)


@pytest.mark.parametrize("state", STATES)
def test_only_a_withdrawn_case_has_nowhere_to_go(state: tuple[Status, WaitingOn]) -> None:
    assert bool(moves_from(*state)) == (state[0] not in ENDS)


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("move", list(Move))
def test_a_move_is_offered_exactly_where_it_starts(move: Move, state: tuple[Status, WaitingOn]) -> None:
    if move in moves_from(*state):
        assert state[0] in transition_for(move, *state).sources
    else:
        with pytest.raises(MoveNotAllowed):
            transition_for(move, *state)


@given(st.lists(st.sampled_from(list(Move)), max_size=40))
def test_whatever_the_order_of_moves_a_waiting_case_says_on_whom(moves: list[Move]) -> None:
    status, waiting_on = Status.NEW, WaitingOn.NOBODY
    for move in moves:
        if move in moves_from(status, waiting_on):
            transition = transition_for(move, status, waiting_on)
            status, waiting_on = transition.target, transition.waiting_on
        assert (status == Status.WAITING) == (waiting_on != WaitingOn.NOBODY)
        assert (status, waiting_on) in STATES


def test_a_question_is_not_answered_by_a_signature_nor_the_other_way_round() -> None:
    assert Move.SIGN not in moves_from(Status.WAITING, WaitingOn.READER)
    assert Move.ANSWER not in moves_from(Status.WAITING, WaitingOn.SECOND_SIGNATURE)
