"""Words that readers proposed, for the fields of the article: shown beside the field where they belong, and put into
it on request, around whatever the editor has typed there."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

from corrections.desk.article_editing import EditingField, Typed, field_name
from corrections.domain.suggestions import Suggestion
from corrections.enums import Part
from corrections.passages import carry
from newsroom.articles import Content
from newsroom.edits import PARAGRAPH_END, edits_between
from newsroom.html import Block, blocks
from newsroom.html_words import bounds_in_html, with_words

_HEADINGS = ("h2", "h3")
#: Blocks whose inner HTML holds further blocks: a blank line in them splits nothing.
_NESTED = ("ul", "ol", "blockquote")


class _Spot(NamedTuple):
    """A passage, or one line of it, in one field: `block` is None for the lines around the text."""

    name: str
    start: int
    end: int
    stored: str
    block: Block | None


def beside(fields: Sequence[EditingField], suggestions: Sequence[Suggestion], latest: Content) -> list[EditingField]:
    """The fields of the latest revision, each with the suggestions whose passage begins in it."""
    places = [(spots[0].name, each) for each in suggestions if (spots := _spots(each, latest))]
    return [replace(field, suggestions=[each for name, each in places if name == field.name]) for field in fields]


def put_in(suggestion: Suggestion, latest: Content, typed: Typed) -> dict[str, str]:
    """The fields of the latest revision that change when the words are put in, as they then stand.

    Nothing where the passage no longer stands in what is typed, or where the words cannot be laid over its paragraphs.
    """
    spots, words = _spots(suggestion, latest), suggestion.words
    lines = words.split("\n")
    by_line = [line for spot in spots for line in _lines_of(spot)]
    if len(by_line) == len(lines):
        return _all_put(by_line, lines, typed)
    if len(spots) == 1:
        return _all_put(spots, [words], typed)
    return _merged(spots, words, typed)


def _spots(suggestion: Suggestion, latest: Content) -> list[_Spot]:
    """Where a passage stands, field by field."""
    if suggestion.part != Part.BODY:
        stored = str(getattr(latest, suggestion.part))
        return [_Spot(suggestion.part, suggestion.start, min(suggestion.end, len(stored)), stored, None)]
    found, offset = [], 0
    for position, block in enumerate(blocks(latest.body)):
        if block.tag in _HEADINGS:
            continue
        start, end = max(suggestion.start - offset, 0), min(suggestion.end - offset, len(block.text))
        if start < end:
            found.append(_Spot(field_name(position), start, end, block.html, block))
        offset += len(block.text) + len(PARAGRAPH_END)
    return found


def _lines_of(spot: _Spot) -> list[_Spot]:
    """The lines that a passage has in one field; empty ones are left out."""
    text = spot.block.text if spot.block else spot.stored
    found, start = [], spot.start
    for line in text[spot.start : spot.end].split("\n"):
        if line.strip():
            found.append(spot._replace(start=start, end=start + len(line)))
        start += len(line) + 1
    return found


def _all_put(spots: Sequence[_Spot], texts: Sequence[str], typed: Typed) -> dict[str, str]:
    """Each text in its place, from the last to the first, so that the earlier places stay where they are."""
    changed: dict[str, str] = {}
    for spot, text in reversed(list(zip(spots, texts, strict=True))):
        field = _put(spot, text, {**typed, **changed})
        if field is None:
            return {}
        changed[spot.name] = field
    return changed


def _put(spot: _Spot, words: str, typed: Typed) -> str | None:
    """The field with the words in the place of the passage; None where that no longer stands in what is typed."""
    field = _in_field(spot.name, spot.stored, typed)
    first, last = bounds_in_html(spot.stored, spot.start, spot.end) if spot.block else (spot.start, spot.end)
    start, end = carry(first, last, edits_between([spot.stored], [field]))
    if field[start:end] != spot.stored[first:last]:
        return None
    if spot.block is None:
        return field[:start] + words.replace("\n", " ") + field[end:]
    line_break = " " if spot.block.tag in _NESTED else "\n\n"
    length = spot.end - spot.start
    return field[:start] + with_words(field[start:end], 0, length, words, line_break=line_break) + field[end:]


def _merged(spots: Sequence[_Spot], words: str, typed: Typed) -> dict[str, str]:
    """All words in the first field with what follows the passage in the last, the others emptied; nothing where the
    editor has typed in one of them or they are no paragraphs that follow each other."""
    numbers = [int(spot.name.rpartition("-")[2]) for spot in spots]
    follow = numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    is_plain = all(spot.block and spot.block.tag == "p" for spot in spots)
    if not follow or not is_plain or any(_in_field(spot.name, spot.stored, typed) != spot.stored for spot in spots):
        return {}
    first, last = spots[0], spots[-1]
    text = with_words(first.stored, first.start, first.end, words) + with_words(last.stored, 0, last.end, "")
    return {**{spot.name: "" for spot in spots}, first.name: text}


def _in_field(name: str, stored: str, typed: Typed) -> str:
    """What stands in a field, with line breaks as they are stored."""
    field = typed.get(name, stored).replace("\r\n", "\n")
    return stored if field.strip() == stored.strip() else field
