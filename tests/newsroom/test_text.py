"""Untrusted text: what is stripped, what is kept, how search sees it."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.text import (
    BIDI_CONTROLS,
    MARKS_PER_LETTER,
    clean_line,
    clean_text,
    count_controls,
    fold,
    fold_digits,
    normalise_address,
    without_prefix,
)

any_text = st.text(st.characters(exclude_categories=())) | st.text(
    st.sampled_from("aا\u0301\u0344\u0651\u0338<>=\u200d\u200e\u202e\r\n\u2028\x00\ud800\uffff ئأ\u0654İıﷺ،٣")
)


@given(any_text)
def test_a_cleaned_text_is_clean_already(value: str) -> None:
    assert clean_text(clean_text(value)) == clean_text(value)


@given(any_text)
def test_a_cleaned_line_is_clean_already(value: str) -> None:
    assert clean_line(clean_line(value)) == clean_line(value)


@given(any_text)
def test_a_folded_text_is_folded_already(value: str) -> None:
    assert fold(fold(value)) == fold(value)


@given(any_text)
def test_a_cleaned_text_can_be_stored_and_put_into_xml(value: str) -> None:
    cleaned = clean_text(value)
    forbidden = [
        character
        for character in cleaned
        if unicodedata.category(character) in ("Cc", "Cs") and character not in "\n\t"
    ]
    assert forbidden == []
    assert count_controls(cleaned) == 0
    assert cleaned.encode().decode() == unicodedata.normalize("NFC", cleaned)


@given(any_text)
def test_a_cleaned_line_has_no_line_breaks_and_nothing_invisible(value: str) -> None:
    cleaned = clean_line(value)
    assert cleaned.split() == cleaned.split(" ") if cleaned else cleaned == ""
    assert {unicodedata.category(character) for character in cleaned}.isdisjoint({"Cc", "Cs", "Co"})


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("photo\u202egpj.exe", "photogpj.exe"),
        ("\u200b.htaccess", ".htaccess"),
        ("  هدى\n العلي\x00 ", "هدى العلي"),
        ("a\ud800b\ue000c\ufeff", "abc"),
        ("سوريا\u200f \u2067x\u2069", "سوريا x"),
        ("e\u0301", "é"),
        ("a\uffff\ufdd0\U0001fffeb", "ab"),
        ("tag\U000e0041\U000e007f", "tag"),
    ],
)
def test_a_line_loses_what_can_deceive(value: str, line: str) -> None:
    assert clean_line(value) == line


@pytest.mark.parametrize(
    "value",
    [
        "می\u200cخواهم",
        "\u200fنص، ثم \u200eText",
        "مُحَمَّدٌ رَسُولٌ بِسْمِ ٱللَّٰهِ",
        "Tiếng Việt, ộ ẫ",
        "سطر\n\nسطر\tآخر",
        "👩\u200d👩\u200d👧 ❤️",
    ],
)
def test_a_text_keeps_what_its_language_needs(value: str) -> None:
    assert clean_text(value) == value


def test_line_breaks_of_all_kinds_become_one_kind() -> None:
    assert clean_text("a\r\nb\rc\u2028d\u2029e\x85f") == "a\nb\nc\nd\ne\nf"


def test_a_text_in_which_nothing_is_visible_is_empty() -> None:
    assert clean_text(" \u200f\u200c\n\u202e\u200b ") == ""


def test_a_heap_of_combining_marks_is_cut() -> None:
    assert clean_text("x" + "\u0336\u0488" * 5000) == "x" + "\u0336\u0488" * (MARKS_PER_LETTER // 2)


def test_a_mark_that_stands_for_two_is_counted_as_two() -> None:
    assert len(clean_text("x" + "\u0344" * MARKS_PER_LETTER)) == 1 + MARKS_PER_LETTER


def test_joiners_do_not_begin_a_new_heap() -> None:
    assert len(clean_text("x" + ("\u0336" * 8 + "\u200d") * 1000)) == 1 + MARKS_PER_LETTER


def test_five_megabytes_of_marks_are_cleaned_and_folded() -> None:
    # In quadratic time, as unicodedata alone would take it, this does not end.
    heap = "\u0301\u0316" * 1_200_000
    assert len(clean_text("a" + heap)) == MARKS_PER_LETTER
    assert len(fold("a" + heap)) == MARKS_PER_LETTER


def test_direction_controls_are_counted() -> None:
    assert count_controls(f"a{BIDI_CONTROLS}b\u200f\u202e") == len(BIDI_CONTROLS) + 1


@pytest.mark.parametrize(
    ("query", "document"),
    [
        ("تصحيح", "تصحيحًا"),
        ("أحمد", "احمد"),
        ("إسرائيل", "اسرائيل"),
        ("آذار", "اذار"),
        ("مصطفى", "مصطفي"),
        ("العربية", "الـعـربـيـة"),
        ("محمد", "مُحَمَّد"),
        ("2025", "٢٠٢٥"),
        ("2025", "۲۰۲۵"),
        ("كتاب", "ﻛﺘﺎﺏ"),
        ("علي", "علی"),
        ("كوباني", "کوبانی"),
        ("قاعدة", "قاعده"),
        ("الكرملين", "“الكرملين”"),
        ("istanbul", "İSTANBUL"),
        ("straße", "STRASSE"),
    ],
)
def test_search_finds_the_other_spelling(query: str, document: str) -> None:
    assert fold(query) in fold(document)


@pytest.mark.parametrize(
    ("query", "bare"),
    [
        ("التصحيح", "تصحيح"),
        ("والتصحيح", "تصحيح"),
        ("بالتصحيح", "تصحيح"),
        ("للتصحيح", "تصحيح"),
        ("لروسيا", "روسيا"),
        ("التصحيح الجديد", "تصحيح الجديد"),
        ("الله", "الله"),
        ("وقت", "وقت"),
        ("water", "water"),
        ("", ""),
    ],
)
def test_one_prefix_of_the_first_word_is_dropped(query: str, bare: str) -> None:
    assert without_prefix(fold(query)) == fold(bare)


@given(any_text)
def test_dropping_the_prefix_leaves_the_end_of_the_query(value: str) -> None:
    assert fold(value).endswith(without_prefix(fold(value)))


def test_digits_of_all_keyboards_are_the_same() -> None:
    assert fold_digits("٠١٢٣٤٥٦٧٨٩ ۰۱۲۳۴۵۶۷۸۹ ０９") == "0123456789 0123456789 09"


@pytest.mark.parametrize(
    "typed",
    [
        "reader7@example.org",
        " reader7@example.org\u200f ",
        "reader7@example،org",
        "reader٧@example.org",
        "ｒｅａｄｅｒ７＠ｅｘａｍｐｌｅ．ｏｒｇ",
        "<reader7@EXAMPLE.org>",
        "reader7\u200b@exam\u00adple۔org",
        "reader7@example。org",
    ],
)
def test_an_address_is_read_as_it_was_meant(typed: str) -> None:
    assert normalise_address(typed) == "reader7@example.org"


def test_the_part_before_the_at_sign_keeps_its_case() -> None:
    assert normalise_address("Huda.Ali@Example.ORG") == "Huda.Ali@example.org"


def test_what_is_no_address_stays_what_it_is() -> None:
    assert normalise_address("not an address") == "not an address"
