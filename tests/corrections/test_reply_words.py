"""Variables and slots of reply templates: nothing unfilled is ever taken for finished."""

from hypothesis import given
from hypothesis import strategies as st

from corrections.default_replies import DEFAULT_REPLIES
from corrections.reply_words import (
    VARIABLES,
    filled,
    has_broken_slot,
    is_unfinished,
    slots_in,
    unknown_variables,
    variables_in,
)

PIECES = st.sampled_from(
    ["{number}", "{ article }", "{nobody}", "[[what]]", "[[", "]]", "[", "{", "}", "كلمة", " ", "\n"]
)
TEXTS = st.lists(PIECES, max_size=12).map("".join)
VALUES = {name: f"<{name}>" for name in VARIABLES}


@given(TEXTS)
def test_a_text_is_finished_exactly_when_no_slot_and_no_variable_stands_in_it(text: str) -> None:
    assert is_unfinished(text) == ("[[" in text or "]]" in text or bool(variables_in(text)))


@given(TEXTS)
def test_filling_leaves_slots_and_unknown_variables_alone(text: str) -> None:
    result = filled(text, VALUES)
    assert variables_in(result) == unknown_variables(text)
    assert slots_in(result) == [filled(slot, VALUES) for slot in slots_in(text)] or "{" in text


def test_a_value_that_looks_like_a_variable_is_not_filled_again() -> None:
    assert filled("{article} {number}", {"article": "{number}", "number": "2025/0001"}) == "{number} 2025/0001"


def test_a_slot_that_lost_half_of_itself_is_still_one() -> None:
    assert slots_in("قبل [[ما وجدناه بعد") == ["قبل ما وجدناه بعد"]
    assert has_broken_slot("[[]]")
    assert has_broken_slot("[[ما")
    assert not has_broken_slot("[[ما]] و[[من]]")


def test_the_templates_of_a_new_site_are_whole_in_both_languages() -> None:
    assert len({each.key for each in DEFAULT_REPLIES}) == len(DEFAULT_REPLIES) >= 8
    for each in DEFAULT_REPLIES:
        assert not unknown_variables(each.text_ar + each.text_en)
        assert not has_broken_slot(each.text_ar + each.text_en)
        assert len(slots_in(each.text_ar)) == len(slots_in(each.text_en)), each.key
        assert sorted(variables_in(each.text_ar)) == sorted(variables_in(each.text_en)), each.key
