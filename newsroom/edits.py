"""What each revision changed in the one before, as positions: stored with the revision, never computed again.

A passage that a reader once chose is carried through these edits to where it stands today. Because they are stored, a
better comparison of tomorrow cannot move yesterday's passages.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from newsroom.differences import BlockChange, block_differences
from newsroom.html import paragraphs

#: Ends every paragraph of a part, so that positions run through all of them.
PARAGRAPH_END = "\n"
#: The parts of a revision whose words have positions, in reading order.
PARTS = ("title", "standfirst", "body", "caption", "credit")


class Edit(NamedTuple):
    """The code points from `start` to `end` of the earlier text gave way to `length` code points."""

    start: int
    end: int
    length: int


Words = Mapping[str, Sequence[str]]


def words_of(title: str, standfirst: str, body: str, caption: str, credit: str) -> dict[str, list[str]]:
    """The paragraphs of each part; those of the body are the ones that the article's page numbers."""
    lines = {"title": title, "standfirst": standfirst, "caption": caption, "credit": credit}
    return {
        **{part: [text] if text else [] for part, text in lines.items()},
        "body": [block.text for block in paragraphs(body)],
    }


def running_text(texts: Sequence[str]) -> str:
    """The text of a part in which edits and passages have their positions."""
    return "".join(f"{text}{PARAGRAPH_END}" for text in texts)


def edits_between(before: Sequence[str], after: Sequence[str]) -> list[Edit]:
    """The edits, in order, that turn the running text of `before` into that of `after`."""
    edits: list[Edit] = []
    position = 0
    for change in block_differences(list(before), list(after)):
        found = list(_edits_of(change, position))
        edits += found
        position += sum(len(span.text) for span in change.spans if span.operation != "insert")
        position += 0 if change.kind == "added" else len(PARAGRAPH_END)
    return edits


def edits_of_revision(before: Words, after: Words) -> dict[str, list[list[int]]]:
    """The edits of every part that changed, for a JSON column."""
    found = {part: edits_between(before[part], after[part]) for part in PARTS}
    return {part: [list(edit) for edit in edits] for part, edits in found.items() if edits}


def from_data(data: Sequence[Sequence[int]]) -> list[Edit]:
    """The edits of one part as edits_of_revision() stored them."""
    return [Edit(*numbers) for numbers in data]


def _edits_of(change: BlockChange, position: int) -> Iterator[Edit]:
    if change.kind == "equal":
        return
    whole = len(change.spans[0].text) + len(PARAGRAPH_END)
    if change.kind == "removed":
        yield Edit(position, position + whole, 0)
    elif change.kind == "added":
        yield Edit(position, position, whole)
    else:
        yield from _edits_inside(change, position)


def _edits_inside(change: BlockChange, position: int) -> Iterator[Edit]:
    """One edit for each run of struck and new words between words that stayed."""
    start, length = position, 0
    for span in change.spans:
        if span.operation == "equal":
            if position > start or length:
                yield Edit(start, position, length)
            position += len(span.text)
            start, length = position, 0
        elif span.operation == "delete":
            position += len(span.text)
        else:
            length += len(span.text)
    if position > start or length:
        yield Edit(start, position, length)
