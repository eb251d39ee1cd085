"""Whether two reports say nearly the same. Pure, and made for Arabic: letters, vowel signs and digits are folded,
joined articles and conjunctions are put aside, and the order of words counts for little.

For suggestions to people alone, never to find a passage: what is alike here is shown, and somebody decides.
"""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz import fuzz

from newsroom.text import fold, without_prefix

#: Code points of a report that are looked at.
MOST_COMPARED = 2000
#: Of a hundred, how much of the letters two texts share when their words are put in order.
ALIKE = 86
#: The same for the words of the shorter text, all of which the longer repeats with something added.
REPEATED = 96
#: How much shorter it may be.
SHORTEST_PART = 0.6
#: Texts of fewer words are alike only when they are the same.
FEWEST_WORDS = 4
_WORD = re.compile(r"\d+(?:[.,]\d+)*|\w+")
#: Words that turn a sentence into its opposite, folded.
_DENIALS = frozenset(
    map(
        fold,
        ("ليس", "ليست", "لم", "لن", "لا", "غير", "ما", "بدون", "دون", "not", "no", "never", "isn", "wasn", "without"),
    )
)


@dataclass(frozen=True)
class Wording:
    """The words of a report as they are compared."""

    words: tuple[str, ...]

    @property
    def digest(self) -> str:
        """Equal for reports of the same words in whatever order; an index finds it."""
        return hashlib.sha256(" ".join(sorted(self.words)).encode()).hexdigest()


def wording(text: str) -> Wording:
    """The folded words of a text without the prefixes that Arabic joins to them."""
    found = _WORD.findall(fold(text[:MOST_COMPARED]))
    return Wording(tuple(without_prefix(word) for word in found))


def nearly_the_same(one: Wording, other: Wording) -> bool:
    """Whether two reports say nearly the same: never when they name different numbers, or one denies what the other
    says."""
    if sorted(one.words) == sorted(other.words):
        return bool(one.words)
    if min(len(one.words), len(other.words)) < FEWEST_WORDS or _contradict(one, other):
        return False
    first, second = _in_order(one.words), _in_order(other.words)
    # As they stand and without spaces too: many write عبدالرحمن as one word, others as two.
    as_written = fuzz.ratio("".join(one.words), "".join(other.words), score_cutoff=ALIKE)
    if as_written or fuzz.ratio(first, second, score_cutoff=ALIKE):
        return True
    shorter, longer = sorted((len(first), len(second)))
    return shorter >= SHORTEST_PART * longer and fuzz.token_set_ratio(first, second, score_cutoff=REPEATED) > 0


def first_alike(one: Wording, others: Iterable[tuple[int, Wording]]) -> int | None:
    """The key of the first of some reports that says nearly the same."""
    return next((key for key, other in others if nearly_the_same(one, other)), None)


def _contradict(one: Wording, other: Wording) -> bool:
    numbers = [{word for word in each.words if word[0].isdigit()} for each in (one, other)]
    denials = [sorted(word for word in each.words if word in _DENIALS) for each in (one, other)]
    return not (numbers[0] <= numbers[1] or numbers[1] <= numbers[0]) or denials[0] != denials[1]


def _in_order(words: Iterable[str]) -> str:
    return " ".join(sorted(words))
