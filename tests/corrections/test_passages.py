"""Passages: cut as whole words, carried through edits alone, never found again by likeness."""

import itertools

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from corrections.passages import LONGEST, Quote, State, carried, carry, cut, overlap, paragraphs_around
from newsroom.edits import edits_between, running_text

WORDS = st.sampled_from(["مياه", "المياه", "12,000", "1,200", "Ain", "al-Zaytoun", "ضَخّ", "👩🏽‍🌾", "و", "،"])
PARAGRAPHS = st.lists(st.lists(WORDS, min_size=1, max_size=8).map(" ".join), min_size=1, max_size=5)
STATION = "إن المحطة تخدم 12,000 أسرة في البلدة، وإن 12,000 لتر تُضخ يوميًا."


def quote_of(texts: list[str], words: str, *, after: str = "") -> Quote:
    """The passage of these words (behind `after`) in a text."""
    text = running_text(texts)
    start = text.index(words, text.index(after) if after else 0)
    quote = cut(text, start, start + len(words))
    assert quote is not None
    return quote


def fate(quote: Quote, *versions: list[str]) -> tuple[State, str]:
    """State and words of a passage of the first version in the last one."""
    edits = [edits_between(before, after) for before, after in itertools.pairwise(versions)]
    found = carried(quote, edits, running_text(versions[-1]))
    return found.state, found.words


@pytest.mark.parametrize(
    ("text", "selected", "quoted"),
    [
        ("عدد الأسر 12,000 أسرة", "2,0", "12,000"),
        ("قالت هدى العَلِيّ أمس", "لِ", "العَلِيّ"),
        ("زار Huda al-Ali المحطة", "uda al", "Huda al"),
        ("مزارعة 👩🏽‍🌾 في الحقل", "👩", "👩🏽‍🌾"),
        ("كلمة أولى", " ", None),
        ("كلمة أولى", "", None),
    ],
)
def test_a_selection_becomes_whole_words(text: str, selected: str, quoted: str | None) -> None:
    start = text.index(selected) if selected else 3
    quote = cut(text, start, start + len(selected))
    assert (quote.exact if quote else None) == quoted


def test_what_stands_around_is_kept_with_the_quote() -> None:
    quote = quote_of([STATION], "12,000", after="وإن")
    assert STATION[quote.start : quote.end] == "12,000"
    assert (quote.prefix, quote.suffix) == (STATION[: quote.start][-32:], STATION[quote.end :] + "\n")


def test_a_long_selection_ends_with_a_word_within_the_limit() -> None:
    quote = cut("كلمة " * 400, 0, 2000)
    assert quote is not None
    assert (len(quote.exact) <= LONGEST, quote.exact.endswith("كلمة")) == (True, True)


def test_a_word_longer_than_the_limit_is_cut() -> None:
    quote = cut("ك" * 2000, 10, 20)
    assert quote is not None
    assert len(quote.exact) == LONGEST


@given(PARAGRAPHS, st.integers(-50, 400), st.integers(-50, 400))
def test_a_quote_is_exactly_what_stands_at_its_place(texts: list[str], start: int, end: int) -> None:
    text = running_text(texts)
    quote = cut(text, start, end)
    if quote is not None:
        assert text[quote.start : quote.end] == quote.exact
        assert (quote.exact == quote.exact.strip(), len(quote.exact) <= LONGEST) == (True, True)
        assert text[: quote.start].endswith(quote.prefix)
        assert text[quote.end :].startswith(quote.suffix)


def test_edits_before_a_passage_leave_it_there() -> None:
    quote = quote_of([STATION], "12,000", after="وإن")
    longer = STATION.replace("المحطة", "محطة الضخ القديمة").replace("البلدة", "بلدة عين الزيتون كلها")
    assert fate(quote, [STATION], [longer]) == (State.THERE, "12,000")


def test_of_the_same_word_twice_only_the_meant_one_changes() -> None:
    first, second = quote_of([STATION], "12,000"), quote_of([STATION], "12,000", after="وإن")
    mended = STATION.replace("12,000", "1,200", 1)
    assert fate(first, [STATION], [mended]) == (State.CHANGED, "1,200")
    assert fate(second, [STATION], [mended]) == (State.THERE, "12,000")


def test_the_same_words_in_another_paragraph_are_not_the_passage() -> None:
    before, after = ["الفقرة الأولى هنا.", STATION], [STATION]
    quote = quote_of([STATION, "الفقرة الأولى هنا."], "12,000")
    assert fate(quote, [STATION, "الفقرة الأولى هنا."], ["الفقرة الأولى هنا."]) == (State.REMOVED, "")
    assert fate(quote_of(before, "الأولى"), before, after) == (State.REMOVED, "")


def test_a_removed_paragraph_takes_its_passage_with_it_for_good() -> None:
    before, without = ["أولى.", STATION], ["أولى."]
    quote = quote_of(before, "12,000 أسرة")
    assert fate(quote, before, without, before) == (State.REMOVED, "")


def test_a_passage_over_three_paragraphs_is_carried_as_one() -> None:
    before = ["مطلع الأولى ونهايتها", "الوسطى كلها", "الثالثة تبدأ هنا وتنتهي"]
    text = running_text(before)
    quote = cut(text, text.index("ونهايتها"), text.index("تبدأ هنا") + 4)
    assert quote is not None
    assert quote.exact == "ونهايتها\nالوسطى كلها\nالثالثة تبدأ"
    moved = ["جديدة قبلها", *before]
    assert fate(quote, before, moved) == (State.THERE, quote.exact)
    shorter = [before[0], before[2]]
    assert fate(quote, before, shorter) == (State.CHANGED, "ونهايتها\nالثالثة تبدأ")


def test_an_edit_inside_changes_the_passage_and_its_undoing_restores_it() -> None:
    quote = quote_of([STATION], "تخدم 12,000 أسرة")
    mended = STATION.replace("12,000 أسرة", "1,200 أسرة")
    assert fate(quote, [STATION], [mended]) == (State.CHANGED, "تخدم 1,200 أسرة")
    assert fate(quote, [STATION], [mended], [STATION]) == (State.THERE, "تخدم 12,000 أسرة")


def test_words_added_beside_a_passage_do_not_belong_to_it() -> None:
    quote = quote_of(["تخدم 12,000 أسرة"], "12,000")
    assert fate(quote, ["تخدم 12,000 أسرة"], ["تخدم نحو 12,000 أسرة"]) == (State.THERE, "12,000")


@given(PARAGRAPHS, PARAGRAPHS, st.integers(0, 200), st.integers(0, 200))
def test_a_passage_that_no_edit_touches_keeps_its_words(
    before: list[str], after: list[str], start: int, length: int
) -> None:
    quote = cut(running_text(before), start, start + length)
    edits = edits_between(before, after)
    if quote and not any(edit.start < quote.end and edit.end > quote.start for edit in edits):
        inside = [edit for edit in edits if quote.start < edit.start < quote.end]
        assert inside or fate(quote, before, after) == (State.THERE, quote.exact)


@given(PARAGRAPHS, PARAGRAPHS, st.integers(0, 200), st.integers(1, 200))
def test_a_carried_passage_lies_in_the_later_text(before: list[str], after: list[str], start: int, length: int) -> None:
    reach = len(running_text(before))
    end = min(start + length, reach)
    assume(start < end)
    left, right = carry(start, end, edits_between(before, after))
    assert 0 <= left <= right <= len(running_text(after))


@given(PARAGRAPHS, st.integers(0, 200), st.integers(0, 200))
def test_without_edits_nothing_moves(texts: list[str], start: int, length: int) -> None:
    assert carry(start, start + length, edits_between(texts, texts)) == (start, start + length)


def test_passages_overlap_only_where_they_share_words() -> None:
    assert (overlap((0, 5), (4, 9)), overlap((0, 5), (5, 9)), overlap((3, 3), (0, 9))) == (True, False, False)


@given(PARAGRAPHS, st.integers(0, 400), st.integers(0, 400))
def test_the_paragraphs_around_a_passage_are_whole_and_its_words_are_those_of_the_text(
    texts: list[str], start: int, end: int
) -> None:
    around = paragraphs_around(texts, start, end)
    assert [each.before + each.words + each.after for each in around] == [texts[each.number - 1] for each in around]
    selected = running_text(texts)[start:end] if start < end else ""
    assert "".join(each.words for each in around) == selected.replace("\n", "")
