from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrections.receipts import (
    LONGEST_TYPED,
    ReceiptIncomplete,
    ReceiptMistyped,
    ReceiptNotDigits,
    derive_receipt,
    hash_receipt,
    read_receipt,
    show_receipt,
)

KEY = b"the key of the tests, long enough"
RECEIPT = derive_receipt(KEY, "one submission")
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
PERSIAN = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")

receipts = st.text(max_size=40).map(lambda submission_key: derive_receipt(KEY, submission_key))
marks = st.sampled_from(
    [
        "",
        " ",
        "\u00a0",
        "\u202f",
        "\t",
        "\n",
        "-",
        "\u2011",
        "\u2013",
        "\u2212",
        "_",
        "ـ",
        "\u200f",
        "\u2067",
        "\ufeff",
    ]
)


def in_fours(receipt: str, mark: str) -> str:
    return mark.join(receipt[start : start + 4] for start in range(0, 24, 4))


def test_a_retry_of_the_same_submission_gets_the_same_receipt() -> None:
    assert derive_receipt(KEY, "one submission") == RECEIPT


def test_another_submission_and_another_key_get_another_receipt() -> None:
    others = {derive_receipt(KEY, "another"), derive_receipt(b"another key", "one submission")}
    assert len(others | {RECEIPT}) == 3


@given(st.text())
def test_every_receipt_is_24_latin_digits_that_read_back(submission_key: str) -> None:
    receipt = derive_receipt(KEY, submission_key)
    assert receipt.isascii()
    assert receipt.isdecimal()
    assert len(receipt) == 24
    assert read_receipt(receipt) == receipt


def test_a_submission_key_of_lone_surrogates_gets_a_receipt_too() -> None:
    assert read_receipt(derive_receipt(KEY, "\ud800")) != read_receipt(derive_receipt(KEY, "\udfff"))


def test_every_digit_is_as_frequent_in_every_place() -> None:
    """Chi-squared over ten digits; 40 is passed by chance once in more than 100,000 places."""
    drawn = [derive_receipt(KEY, str(number)) for number in range(5_000)]
    for place in range(24):
        seen = Counter(receipt[place] for receipt in drawn)
        assert sum((seen[digit] - 500) ** 2 / 500 for digit in "0123456789") < 40


def test_every_single_wrong_digit_is_noticed() -> None:
    unnoticed = []
    for place in range(24):
        for digit in "0123456789":
            typed = RECEIPT[:place] + digit + RECEIPT[place + 1 :]
            if typed != RECEIPT:
                with pytest.raises(ReceiptMistyped):
                    unnoticed.append(read_receipt(typed))
    assert unnoticed == []


@given(receipts, st.integers(0, 22))
def test_every_two_neighbours_exchanged_are_noticed(receipt: str, place: int) -> None:
    one, other = receipt[place], receipt[place + 1]
    typed = receipt[:place] + other + one + receipt[place + 2 :]
    if one == other:
        assert read_receipt(typed) == receipt
    else:
        with pytest.raises(ReceiptMistyped):
            read_receipt(typed)


@given(receipts, marks, st.sampled_from([{}, ARABIC_INDIC, PERSIAN]))
def test_it_may_be_typed_with_other_digits_spaces_dashes_and_invisible_marks(
    receipt: str, mark: str, digits: dict[int, int]
) -> None:
    assert read_receipt(f"{mark}{in_fours(receipt.translate(digits), mark)}{mark}") == receipt


def test_digits_of_two_keyboards_may_be_mixed() -> None:
    assert read_receipt(RECEIPT[:9] + RECEIPT[9:].translate(ARABIC_INDIC)) == RECEIPT


@pytest.mark.parametrize("count", [0, 1, 16, 23, 25, 48])
def test_too_few_or_too_many_digits_are_counted(count: int) -> None:
    with pytest.raises(ReceiptIncomplete) as raised:
        read_receipt((RECEIPT * 2)[:count].translate(PERSIAN))
    assert raised.value.count == count


@pytest.mark.parametrize(
    "typed",
    ["2026/0147", RECEIPT[:-1] + "O", "²" * 24, "\0" + RECEIPT, "\ud800", "رمز", "1" * (LONGEST_TYPED + 1)],
)
def test_what_is_no_digit_is_said_to_be_none(typed: str) -> None:
    with pytest.raises(ReceiptNotDigits):
        read_receipt(typed)


@given(st.text())
def test_whatever_is_typed_gets_one_of_the_named_answers(typed: str) -> None:
    with pytest.raises((ReceiptNotDigits, ReceiptIncomplete, ReceiptMistyped)):
        raise ReceiptMistyped(read_receipt(typed))


def test_it_is_shown_in_fours_joined_by_no_break_spaces() -> None:
    shown = show_receipt(RECEIPT)
    assert shown.split("\u00a0") == [RECEIPT[start : start + 4] for start in range(0, 24, 4)]
    assert set(shown) - set("0123456789") == {"\u00a0"}
    assert read_receipt(shown) == RECEIPT


def test_the_stored_hash_is_keyed_and_tells_nothing_of_the_digits() -> None:
    stored = hash_receipt(KEY, RECEIPT)
    assert len(bytes.fromhex(stored)) == 32
    assert stored == hash_receipt(KEY, RECEIPT)
    assert stored != hash_receipt(b"another key", RECEIPT)


def test_a_receipt_derived_from_a_receipt_is_not_its_hash() -> None:
    """The two uses of the key are apart: what one of them shows cannot be used as the other."""
    remainder = int(hash_receipt(KEY, RECEIPT), 16) % 10**23
    assert derive_receipt(KEY, RECEIPT)[:-1] != f"{remainder:023d}"
