"""Differences in words: exact for every text, readable for a person."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom import differences
from newsroom.differences import (
    GAP_WINDOW,
    BlockChange,
    Span,
    as_data,
    block_differences,
    excerpt,
    from_data,
    word_differences,
)

words = st.lists(st.sampled_from(["روسيا", "مُحَمَّد", "12,000", "a", "an", "\u0651", " ", "، ", "\n", "😀"])).map("".join)
texts = words | st.text(st.characters(exclude_categories=()))
bodies = st.lists(st.sampled_from(["one two three", "one two four", "five", "", "ستة سبعة"]) | texts, max_size=12)


def side(spans: list[Span], operation: str) -> str:
    return "".join(span.text for span in spans if span.operation in ("equal", operation))


def body_side(changes: list[BlockChange], absent: str, operation: str) -> list[str]:
    return [side(list(change.spans), operation) for change in changes if change.kind != absent]


@given(texts, texts)
def test_the_spans_give_both_texts_again(before: str, after: str) -> None:
    spans = word_differences(before, after)
    assert (side(spans, "delete"), side(spans, "insert")) == (before, after)


@given(texts, texts)
def test_the_same_texts_always_differ_in_the_same_way(before: str, after: str) -> None:
    assert word_differences(before, after) == word_differences(before, after)


@given(words, words)
def test_no_span_begins_inside_a_word(before: str, after: str) -> None:
    for text, operation in ((before, "delete"), (after, "insert")):
        inside = {
            position
            for match in re.finditer(r"\w[\w\u064b-\u0652]*", text)
            for position in range(match.start() + 1, match.end())
        }
        position, starts = 0, set()
        for span in word_differences(before, after):
            if span.operation in ("equal", operation):
                starts.add(position)
                position += len(span.text)
        assert starts & inside == set()


def test_one_word_is_replaced_by_one_word() -> None:
    assert word_differences("زار وزير روسيا دمشق", "زار وزير موسكو دمشق") == [
        Span("equal", "زار وزير "),
        Span("delete", "روسيا"),
        Span("insert", "موسكو"),
        Span("equal", " دمشق"),
    ]


def test_a_vowel_sign_changes_the_whole_word() -> None:
    assert word_differences("قال مُحَمَّد", "قال محمد") == [
        Span("equal", "قال "),
        Span("delete", "مُحَمَّد"),
        Span("insert", "محمد"),
    ]


def test_a_number_with_separators_is_one_word() -> None:
    assert word_differences("نحو 12,000 أسرة", "نحو 1,200 أسرة")[1:3] == [
        Span("delete", "12,000"),
        Span("insert", "1,200"),
    ]


def test_words_replaced_side_by_side_are_one_change() -> None:
    assert word_differences("the old council said", "the new mayor said") == [
        Span("equal", "the "),
        Span("delete", "old council"),
        Span("insert", "new mayor"),
        Span("equal", " said"),
    ]


@given(bodies, bodies)
def test_the_changes_give_both_bodies_again(before: list[str], after: list[str]) -> None:
    changes = block_differences(before, after)
    assert body_side(changes, "added", "delete") == before
    assert body_side(changes, "removed", "insert") == after


@given(bodies, bodies)
def test_kinds_and_spans_agree(before: list[str], after: list[str]) -> None:
    single = {"equal": ("equal",), "added": ("insert",), "removed": ("delete",)}
    for change in block_differences(before, after):
        operations = tuple(span.operation for span in change.spans)
        if change.kind == "changed":
            assert set(operations) - {"equal"}
        else:
            assert operations == single[change.kind]


def test_paragraphs_are_matched_before_words() -> None:
    before = ["first stays", "the figure is 12,000 families", "this one goes away"]
    after = ["first stays", "entirely other words", "the figure is 1,200 families"]
    assert [change.kind for change in block_differences(before, after)] == [
        "equal",
        "added",
        "changed",
        "removed",
    ]


def test_a_comparison_that_runs_out_of_time_is_still_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differences, "TIME_LIMIT", 1e-9)
    before, after = ["one", "same", "two", "last"], ["three", "same", "four", "five"]
    changes = block_differences(before, after)
    assert BlockChange("equal", (Span("equal", "same"),)) in changes
    assert (body_side(changes, "added", "delete"), body_side(changes, "removed", "insert")) == (before, after)


def test_a_very_long_gap_is_compared_in_windows() -> None:
    before = [f"{number} before" for number in range(GAP_WINDOW + 50)]
    after = [f"{number} after" for number in range(GAP_WINDOW + 50)]
    assert {change.kind for change in block_differences(before, after)} == {"changed"}


@given(bodies, bodies)
def test_changes_survive_their_storage(before: list[str], after: list[str]) -> None:
    changes = block_differences(before, after)
    assert from_data(json.loads(json.dumps(as_data(changes)))) == changes


@pytest.mark.parametrize("data", [{"kind": "odd", "spans": []}, {"kind": "equal", "spans": [["odd", "x"]]}])
def test_unknown_stored_words_are_refused(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="odd"):
        from_data([data])


def test_an_excerpt_keeps_a_few_words_around_the_change() -> None:
    spans = [
        Span("equal", "one two three four "),
        Span("delete", "old"),
        Span("equal", " five six seven eight nine "),
        Span("insert", "new"),
        Span("equal", " ten eleven twelve"),
    ]
    assert excerpt(spans, context_words=2) == [
        Span("equal", "…three four "),
        Span("delete", "old"),
        Span("equal", " five six … eight nine "),
        Span("insert", "new"),
        Span("equal", " ten eleven…"),
    ]


def test_a_short_surrounding_is_kept_whole() -> None:
    spans = [Span("equal", "one "), Span("insert", "new"), Span("equal", " two")]
    assert excerpt(spans) == spans


def test_an_excerpt_of_no_change_is_empty() -> None:
    assert excerpt([Span("equal", "one two")]) == []


@given(texts, texts)
def test_an_excerpt_shows_every_change_whole(before: str, after: str) -> None:
    spans = word_differences(before, after)
    changed = [span for span in spans if span.operation != "equal"]
    assert [span for span in excerpt(spans) if span.operation != "equal"] == changed
