"""Which happening concerns which action: nobody overwrites what they have not seen, nobody is stopped for nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrections.concerns import ADDED_TO, ALL, CHANGED_BY, RESTS_ON, concerns
from corrections.enums import Happening

HAPPENINGS = st.sampled_from(list(Happening))


@given(HAPPENINGS, HAPPENINGS)
def test_two_who_set_the_same_thing_concern_each_other(first: Happening, second: Happening) -> None:
    overwritten = (CHANGED_BY.get(first, ALL) & CHANGED_BY.get(second, ALL)) - ADDED_TO
    if overwritten:
        assert concerns(first, second)
        assert concerns(second, first)


@given(HAPPENINGS | st.text(max_size=20))
def test_what_nobody_has_written_down_concerns_everything_but_what_rests_on_nothing(name: str) -> None:
    if name not in CHANGED_BY:
        assert all(concerns(name, meant) == bool(RESTS_ON.get(meant, ALL)) for meant in Happening)
    if name not in RESTS_ON:
        assert all(concerns(happened, name) == bool(CHANGED_BY.get(happened, ALL)) for happened in Happening)


@pytest.mark.parametrize(
    ("happened", "meant"),
    [
        ("note_added", "severity_set"),
        ("assigned", "severity_set"),
        ("severity_set", "assigned"),
        ("severity_set", "message_sent"),
        ("severity_set", "decided"),
        ("claimed", "note_added"),
        ("note_added", "message_sent"),
        ("note_added", "note_added"),
        ("decided", "note_added"),
        ("deadline_missed", "decided"),
        ("address_confirmed", "decided"),
    ],
)
def test_different_sides_of_a_case_do_not_meet(happened: str, meant: str) -> None:
    assert not concerns(happened, meant)


@pytest.mark.parametrize(
    ("happened", "meant"),
    [
        ("claimed", "claimed"),
        ("assigned", "claimed"),
        ("severity_set", "severity_set"),
        ("kind_changed", "severity_set"),
        ("message_sent", "message_sent"),
        ("message_sent", "question_asked"),
        ("reader_answered", "message_sent"),
        ("note_added", "decided"),
        ("file_added", "decided"),
        ("kind_changed", "decided"),
        ("decided", "message_sent"),
        ("held", "assigned"),
        ("reader_added", "held"),
        ("withdrawn", "decided"),
    ],
)
def test_what_an_action_rests_on_has_to_be_seen_first(happened: str, meant: str) -> None:
    assert concerns(happened, meant)
