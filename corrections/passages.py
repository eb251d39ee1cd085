"""Passages: the words that a reader means, cut from a revision and carried to later ones.

Positions are code points of a part's running text (newsroom.edits). A passage is carried through the stored edits alone
and never looked for by likeness: the same words elsewhere are not the passage.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from newsroom.differences import word_bounds
from newsroom.edits import PARAGRAPH_END, Edit

LONGEST = 600
CONTEXT = 32
#: Code points of a long paragraph that are shown on each side of the words; so many more are not worth leaving out.
NEAR, SPARED = 300, 120


class State(StrEnum):
    """What became of a passage."""

    THERE = "there"
    CHANGED = "changed"
    REMOVED = "removed"


@dataclass(frozen=True)
class Quote:
    """Words cut from a text: where they stand (from `start` up to `end`), the words, and what stands around them."""

    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True)
class Carried:
    """A passage in a later text: where it stands now, with which words (none where it was removed)."""

    state: State
    start: int
    end: int
    words: str


@dataclass(frozen=True)
class Marked:
    """A paragraph, counted from 1, in which words are meant: what stands before them, they, and what stands after."""

    number: int
    before: str
    words: str
    after: str

    @property
    def near_before(self) -> str:
        """The end of what stands before, where it is long, with a sign that something is left out."""
        return f"…{_from_word(self.before[-NEAR:])}" if len(self.before) > NEAR + SPARED else self.before

    @property
    def near_after(self) -> str:
        """The beginning of what stands after, where it is long, with a sign that something is left out."""
        return f"{_to_word(self.after[:NEAR])}…" if len(self.after) > NEAR + SPARED else self.after

    @property
    def is_long(self) -> bool:
        """Whether something of the paragraph is left out near the words."""
        return (self.near_before, self.near_after) != (self.before, self.after)


def paragraphs_around(texts: Sequence[str], start: int, end: int) -> list[Marked]:
    """The whole paragraphs in which the running text from `start` up to `end` stands."""
    found, offset = [], 0
    for number, text in enumerate(texts, start=1):
        first, last = max(start - offset, 0), min(end - offset, len(text))
        if first < last:
            found.append(Marked(number, text[:first], text[first:last], text[last:]))
        offset += len(text) + len(PARAGRAPH_END)
    return found


def _from_word(text: str) -> str:
    return text[text.find(" ") + 1 :]


def _to_word(text: str) -> str:
    return text[: text.rfind(" ") + 1].rstrip() or text


def cut(text: str, start: int, end: int) -> Quote | None:
    """The whole words that a selection touches, at most LONGEST code points of them; None where it touches none."""
    touched = [
        bounds
        for bounds in word_bounds(text)
        if bounds[0] < end and bounds[1] > start and text[bounds[0] : bounds[1]].strip()
    ]
    if not touched or start >= end:
        return None
    first = touched[0][0]
    fitting = [last for _start, last in touched if last - first <= LONGEST]
    last = fitting[-1] if fitting else first + LONGEST
    return Quote(
        start=first,
        end=last,
        exact=text[first:last],
        prefix=text[max(0, first - CONTEXT) : first],
        suffix=text[last : last + CONTEXT],
    )


def carry(start: int, end: int, edits: Iterable[Edit]) -> tuple[int, int]:
    """Where the code points from `start` up to `end` stand after these edits; nothing is left where both are equal.

    An edit that touches the passage belongs to it with all its new words. New words just before or after it do not.
    """
    if start >= end:
        return start, start
    shift, new_start, new_end = 0, None, None
    for edit in edits:
        growth = edit.length - (edit.end - edit.start)
        if edit.end <= start:
            shift += growth
            continue
        if edit.start >= end:
            break
        if edit.start <= start:
            new_start = edit.start + shift
        if new_start is None:
            new_start = start + shift
        shift += growth
        if edit.end >= end:
            new_end = edit.end + shift
    left = start + shift if new_start is None else new_start
    right = end + shift if new_end is None else new_end
    return left, right


def touches(start: int, end: int, edits: Iterable[Edit]) -> bool:
    """Whether one of these edits changes anything between `start` and `end`; new words just before or after do not."""
    return any(edit.end > start and edit.start < end for edit in edits)


def carried(quote: Quote, revisions: Sequence[Sequence[Edit]], text: str) -> Carried:
    """What became of a quote after the edits of all later revisions, in order; `text` is the latest."""
    start, end = quote.start, quote.end
    for edits in revisions:
        start, end = carry(start, end, edits)
    words = text[start:end]
    if not words.strip():
        return Carried(State.REMOVED, start, start, "")
    return Carried(State.THERE if words == quote.exact else State.CHANGED, start, end, words)


def overlap(one: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two passages of the same text share words."""
    return max(one[0], other[0]) < min(one[1], other[1])
