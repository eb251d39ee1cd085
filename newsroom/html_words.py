"""Words of a block put in the place of others: positions are those of its text (newsroom.html.Block), its tags stay."""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from newsroom.differences import Span, word_differences

_PIECE = re.compile(r"<[^<>]*>|&#?\w+;|.", re.DOTALL)
#: An element that lost its words.
_HOLLOW = re.compile(r"<(\w+)(?:\s[^<>]*)?></\1>")


class _Run(NamedTuple):
    """Words that replace the code points of a text from `start` up to `end`."""

    start: int
    end: int
    words: str


def with_words(source: str, start: int, end: int, words: str, *, line_break: str = "\n\n") -> str:
    """The HTML in which `words` (plain text) stand instead of the text from `start` up to `end`.

    Only the words that differ are touched, so links and emphasis of the others stay. A line break in new words is
    written as `line_break`.
    """
    runs = list(_runs(word_differences(_text(source)[start:end], words), start))
    before = {run.start: run.words for run in runs if run.end > run.start}
    # What is only added belongs to the word before it, and so into its element.
    after = {run.start: run.words for run in runs if run.end == run.start}
    struck = {place for run in runs for place in range(run.start, run.end)}
    found = [_written(after[0], line_break)] if 0 in after else []
    position = 0
    for piece in _PIECE.findall(source):
        length = 0 if _is_tag(piece) else len(html.unescape(piece))
        if length and position in before:
            found.append(_written(before[position], line_break))
        if not length or position not in struck:
            found.append(piece)
        position += length
        if length and position in after:
            found.append(_written(after[position], line_break))
    return _HOLLOW.sub("", "".join(found)) if struck else "".join(found)


def bounds_in_html(source: str, start: int, end: int) -> tuple[int, int]:
    """Where in the HTML the text from `start` up to `end` (which holds at least one code point) stands."""
    position, offset, first, last = 0, 0, len(source), len(source)
    for piece in _PIECE.findall(source):
        length = 0 if _is_tag(piece) else len(html.unescape(piece))
        if length and position <= start:
            first = offset
        offset += len(piece)
        position += length
        if length and position >= end:
            last = offset
            break
    return first, last


def _runs(spans: list[Span], start: int) -> Iterator[_Run]:
    """What differs, as runs of struck and new words between words that stay."""
    begins, position, words = start, start, ""
    for span in [*spans, Span("equal", "")]:
        if span.operation == "equal":
            if position > begins or words:
                yield _Run(begins, position, words)
            position += len(span.text)
            begins, words = position, ""
        elif span.operation == "delete":
            position += len(span.text)
        else:
            words += span.text


def _written(words: str, line_break: str) -> str:
    return html.escape(words, quote=False).replace("\n", line_break)


def _text(source: str) -> str:
    return "".join(html.unescape(piece) for piece in _PIECE.findall(source) if not _is_tag(piece))


def _is_tag(piece: str) -> bool:
    return len(piece) > 1 and piece[0] == "<"
