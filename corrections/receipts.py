"""Receipts: the secret of 24 digits with which a reader comes back to a case.

23 digits are derived and carry 76 bits; the last is a check digit and adds nothing to guess. Against guessing
stand the budgets of corrections.domain.abuse; against the theft of the database, that only a keyed hash is
stored, whose key lies elsewhere. Who has both the key and the database can find the receipts.
"""

import hmac
import unicodedata

DIGITS = 24
GROUP = 4
NO_BREAK_SPACE = "\u00a0"
#: Far more than a receipt with every kind of mark between its digits; what is longer is not read at all.
LONGEST_TYPED = 500

# Damm's check digit: a totally anti-symmetric quasigroup of order 10. It finds every single wrong digit and
# every two neighbours exchanged; the tests prove both for this table.
_QUASIGROUP = (
    (0, 3, 1, 7, 5, 9, 8, 6, 4, 2),
    (7, 0, 9, 2, 1, 5, 4, 8, 6, 3),
    (4, 2, 0, 6, 8, 7, 1, 3, 5, 9),
    (1, 7, 5, 0, 9, 8, 3, 4, 2, 6),
    (6, 1, 2, 3, 0, 4, 5, 9, 7, 8),
    (3, 6, 7, 4, 2, 0, 9, 5, 8, 1),
    (5, 8, 6, 9, 7, 2, 0, 1, 3, 4),
    (8, 9, 4, 5, 3, 6, 2, 0, 1, 7),
    (9, 4, 3, 8, 6, 1, 7, 2, 0, 5),
    (2, 5, 8, 1, 4, 3, 6, 7, 9, 0),
)
_TATWEEL = "\u0640"
_MINUS = "\u2212"
# Invisible marks (direction, joiners, soft hyphen), dashes, low lines.
_IGNORED_CATEGORIES = frozenset({"Cf", "Pd", "Pc"})
_IGNORED_CHARACTERS = frozenset({_TATWEEL, _MINUS})


class ReceiptNotDigits(Exception):
    """Something else than digits, spaces and dashes was typed."""


class ReceiptIncomplete(Exception):
    """`count` digits were typed instead of 24; they may also be too many."""

    def __init__(self, count: int) -> None:
        super().__init__(f"{count} digits of {DIGITS}")
        self.count = count


class ReceiptMistyped(Exception):
    """The check digit says that a digit is wrong, or that two were exchanged."""


def derive_receipt(key: bytes, submission_key: str) -> str:
    """The receipt of a submission: 24 digits.

    The same key and submission give the same receipt, so that a retry shows it again. Nobody finds it from
    the submission key without `key`.
    """
    # A remainder of 256 bits: no receipt is likelier than another by more than one part in 2**179.
    number = int.from_bytes(_keyed(key, b"tashih/receipts/derive", submission_key)) % 10 ** (DIGITS - 1)
    digits = f"{number:0{DIGITS - 1}d}"
    return digits + _check_digit(digits)


def hash_receipt(key: bytes, receipt: str) -> str:
    """The keyed hash (64 hexadecimal digits) under which a case is stored and found.

    `receipt` is the 24 digits as `derive_receipt` and `read_receipt` return them. Finding a row by the hash
    leaks no timing that helps: who does not know the key cannot steer it.
    """
    return _keyed(key, b"tashih/receipts/hash", receipt).hex()


def read_receipt(typed: str) -> str:
    """The 24 digits of a receipt as a person typed or pasted it.

    Takes the digits of any script (Latin, Arabic-Indic, Persian), spaces of all kinds, dashes and invisible
    marks.

    Raises ReceiptNotDigits, ReceiptIncomplete (with the number of digits) or ReceiptMistyped.
    """
    if len(typed) > LONGEST_TYPED:
        raise ReceiptNotDigits
    digits = "".join(_digit(character) for character in typed if not _is_ignored(character))
    if len(digits) != DIGITS:
        raise ReceiptIncomplete(len(digits))
    if _check_digit(digits) != "0":
        raise ReceiptMistyped
    return digits


def show_receipt(receipt: str) -> str:
    """The receipt in fours joined by no-break spaces, which keep its order in right-to-left text."""
    return NO_BREAK_SPACE.join(receipt[start : start + GROUP] for start in range(0, len(receipt), GROUP))


def _keyed(key: bytes, use: bytes, value: str) -> bytes:
    # A key of its own for each use: a value of one use can never be passed off as one of another.
    key_of_use = hmac.digest(key, use, "sha256")
    return hmac.digest(key_of_use, value.encode(errors="surrogatepass"), "sha256")


def _check_digit(digits: str) -> str:
    """The digit to append; "0" when the last digit already is the right one."""
    interim = 0
    for digit in digits:
        interim = _QUASIGROUP[interim][int(digit)]
    return str(interim)


def _digit(character: str) -> str:
    value = unicodedata.decimal(character, None)
    if value is None:
        raise ReceiptNotDigits
    return str(value)


def _is_ignored(character: str) -> bool:
    is_mark = unicodedata.category(character) in _IGNORED_CATEGORIES
    return is_mark or character.isspace() or character in _IGNORED_CHARACTERS
