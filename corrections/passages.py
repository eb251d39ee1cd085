"""Passages: the words that a reader means, cut from a revision and carried to later ones.

Positions are code points of a part's running text (newsroom.edits). A passage is carried through the stored edits alone
and never looked for by likeness: the same words elsewhere are not the passage.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from newsroom.differences import word_bounds
from newsroom.edits import Edit

LONGEST = 600
CONTEXT = 32


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
