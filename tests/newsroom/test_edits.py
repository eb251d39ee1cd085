"""What a revision changed, as positions: exact for every pair of texts."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from newsroom.edits import Edit, edits_between, edits_of_revision, from_data, running_text, words_of

WORDS = st.sampled_from(["مياه", "المياه", "12,000", "1,200", "Ain", "al-Zaytoun", "ضَخّ", "👩🏽‍🌾", "و", "،", "  "])
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=8).map(" ".join), max_size=6)


def unedited(before: str, edits: list[Edit]) -> list[str]:
    """The stretches of the earlier text that no edit touches."""
    bounds = [0, *(number for edit in edits for number in (edit.start, edit.end)), len(before)]
    return [before[start:end] for start, end in zip(bounds[::2], bounds[1::2], strict=True)]


def stretches_kept(after: str, before: str, edits: list[Edit]) -> list[str]:
    """The same stretches, found in the later text by the edits alone."""
    kept, shift, start = [], 0, 0
    for edit in edits:
        kept.append(after[start + shift : edit.start + shift])
        shift += edit.length - (edit.end - edit.start)
        start = edit.end
    return [*kept, after[start + shift :]]


@given(PARAGRAPHS, PARAGRAPHS)
def test_what_no_edit_touches_stands_in_the_later_text_where_the_edits_say(before: list[str], after: list[str]) -> None:
    edits = edits_between(before, after)
    earlier, later = running_text(before), running_text(after)
    assert stretches_kept(later, earlier, edits) == unedited(earlier, edits)
    assert len(later) == len(earlier) + sum(edit.length - (edit.end - edit.start) for edit in edits)


@given(PARAGRAPHS, PARAGRAPHS)
def test_edits_come_in_order_and_never_overlap(before: list[str], after: list[str]) -> None:
    edits = edits_between(before, after)
    assert all(0 <= edit.start <= edit.end <= len(running_text(before)) for edit in edits)
    assert all(one.end <= other.start for one, other in pairwise(edits))
    assert all(edit.end > edit.start or edit.length for edit in edits)


@given(PARAGRAPHS)
def test_the_same_text_has_no_edits(texts: list[str]) -> None:
    assert edits_between(texts, texts) == []


def test_a_number_is_replaced_as_one_word() -> None:
    assert edits_between(["تخدم 12,000 أسرة"], ["تخدم 1,200 أسرة"]) == [Edit(5, 11, 5)]


def test_a_removed_paragraph_and_a_new_one_in_its_place_are_two_edits() -> None:
    before, after = ["أولى", "كلمات قديمة هنا", "أخيرة"], ["أولى", "شيء مختلف تمامًا", "أخيرة"]
    edits = edits_between(before, after)
    assert sorted(edit.length for edit in edits) == [0, len("شيء مختلف تمامًا") + 1]


def test_only_parts_that_changed_are_stored_and_come_back() -> None:
    before = words_of("عنوان", "", "<p>نص أول</p><h2>فاصل</h2><p>نص ثان</p>", "تعليق", "مصوّر")
    after = words_of("عنوان", "مقدمة", "<p>نص أول</p><p>نص ثان جديد</p>", "تعليق", "مصوّر")
    stored = edits_of_revision(before, after)
    assert set(stored) == {"standfirst", "body"}
    assert from_data(stored["standfirst"]) == [Edit(0, 0, len("مقدمة") + 1)]
    assert before["body"] == ["نص أول", "نص ثان"]
