"""A drafted notice: whole sentences of the article, so that it never says the opposite of it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrections.domain.notice_drafts import draft
from corrections.enums import Remedy
from newsroom.differences import BlockChange, block_differences
from newsroom.sentences import sentences

SENTENCES = (
    "لم تكن الأرقام متاحة في الساحة.",
    "كانت الأرقام متاحة في الساحة.",
    "وأعلنت البلدية أنها لن تغلق السوق.",
    "وأعلنت البلدية أنها تغلق السوق.",
    "ليس المدير شريكًا في العقد، ولا يملك أسهمًا!",
    "هل رفض د. سمير ذلك؟",
    "قال: “لم أوقّع. لم أحضر”.",
    "The minister did not sign the contract.",
    "Mr. Haddad never said so.",
    "Nobody was paid 1.5 million.",
)
articles = st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4).map(" ".join), max_size=4)
remedies = st.sampled_from(["correction", "clarification", "update"])


def drafted(remedy: str, before: list[str], after: list[str], language: str = "ar") -> str:
    return draft(remedy, block_differences(before, after), language)


def quoted(notice: str, language: str) -> list[str]:
    """What a notice repeats of the article."""
    with_marks = {
        "ar": r"(?:المقال: |والصحيح: |للتوضيح: |النشر: )“(.+?)”\.(?= والصحيح| ورد في نسخة سابقة|$)",
        "en": r"(?:said: |says: |clear: |publication: )“(.+?)”\.(?= It now| An earlier version|$)",
    }
    return re.findall(with_marks[language], notice)


def is_whole(piece: str, of: list[str]) -> bool:
    """Whether a piece is made of whole sentences of the paragraphs, the last one perhaps without its full stop."""
    for sentence in sorted({known for known in SENTENCES if any(known in text for text in of)}, key=len, reverse=True):
        piece = piece.replace(sentence, "").replace(sentence.removesuffix("."), "")
    return not piece.strip()


@given(remedies, articles, articles, st.sampled_from(["ar", "en"]))
def test_a_drafted_notice_repeats_whole_sentences_alone(
    remedy: str, before: list[str], after: list[str], language: str
) -> None:
    notice = drafted(remedy, before, after, language)
    pieces = quoted(notice, language)
    assert bool(pieces) == bool(notice)
    assert all(is_whole(piece, [*before, *after]) for piece in pieces)


@given(remedies, articles, st.data())
def test_words_changed_inside_a_sentence_are_never_repeated_without_the_rest_of_it(
    remedy: str, before: list[str], data: st.DataObject
) -> None:
    if not before:
        return
    number = data.draw(st.integers(0, len(before) - 1))
    words = before[number].split(" ")
    place = data.draw(st.integers(0, len(words) - 1))
    inserted = data.draw(st.lists(st.sampled_from(["لم", "لا", "تكن", "not"]), max_size=2))
    changed = " ".join([*words[:place], *inserted, *words[place + 1 :]])
    after = [*before[:number], changed, *before[number + 1 :]]
    notice = drafted(remedy, before, after)
    known = {each.removesuffix(".") for text in [*before, *after] for each in [text, *_runs(sentences(text))]}
    assert all(piece in known for piece in quoted(notice, "ar"))


def _runs(of: list[str]) -> list[str]:
    return [" ".join(of[start:end]) for start in range(len(of)) for end in range(start + 1, len(of) + 1)]


def test_an_added_sentence_is_drafted_alone_without_the_words_before_it() -> None:
    before = ["قال الناطق إن الأرقام لم تكن متاحة في الساحة."]
    after = [f"{before[0]} وأعلنت البلدية فتح السوق."]
    assert drafted("update", before, after) == "أُضيفت معلومة جديدة وصلت بعد النشر: “وأعلنت البلدية فتح السوق”."


def test_words_added_inside_a_sentence_are_left_for_a_person_to_tell() -> None:
    before = ["لم تكن الأرقام متاحة في الساحة."]
    assert drafted("update", before, ["لم تكن الأرقام الجديدة متاحة في الساحة، وأعلنتها البلدية."]) == ""


def test_a_corrected_sentence_is_told_whole_as_it_stood_and_as_it_stands() -> None:
    before = ["لم يحضر الوزير. نزحت 12,000 أسرة."]
    after = ["لم يحضر الوزير. نزحت 1,200 أسرة."]
    expected = "ورد في نسخة سابقة من هذا المقال: “نزحت 12,000 أسرة”. والصحيح: “نزحت 1,200 أسرة”."
    assert drafted("correction", before, after) == expected


@pytest.mark.parametrize("remedy", [Remedy.NONE, Remedy.MINOR_FIX, Remedy.EDITORS_NOTE])
def test_nothing_is_drafted_for_what_has_no_wording_of_its_own(remedy: Remedy) -> None:
    assert drafted(remedy, ["One."], ["Two."]) == ""


def test_a_change_too_long_to_repeat_is_left_for_a_person_to_tell() -> None:
    long = "كلمة " * 100
    assert drafted("correction", [f"{long}12 دارًا."], [f"{long}13 دارًا."]) == ""
    assert [change.kind for change in block_differences([f"{long}12"], [f"{long}13"])] == ["changed"]


def test_two_sentences_in_doubt_stay_one() -> None:
    assert sentences("زار د. سمير السوق. ثم عاد.") == ["زار د. سمير السوق.", "ثم عاد."]
    assert sentences("قال: “لم أوقّع. لم أحضر”. ثم خرج.") == ["قال: “لم أوقّع. لم أحضر”.", "ثم خرج."]
    assert sentences("Mr. Haddad left. He paid 1.5 million.") == ["Mr. Haddad left.", "He paid 1.5 million."]


def test_paragraphs_put_in_the_place_of_others_are_no_correction_of_them() -> None:
    changes = [BlockChange("removed", block_differences(["One."], [])[0].spans), *block_differences([], ["Two."])]
    assert draft("correction", changes, "en") == ""
