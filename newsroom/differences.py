"""What changed between two texts, in words: paragraphs are matched first, then words inside each.

Never letters: half a word struck out cannot be read, and a vowel sign must not part from its letter. The
results are plain data, because they are stored beside a notice and never computed again.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, get_args

from diff_match_patch import diff_match_patch

from newsroom.text import JOINERS, MARKS

Operation = Literal["equal", "delete", "insert"]
Kind = Literal["equal", "changed", "added", "removed"]

#: Seconds after which a comparison gives up finding the smallest difference; what it returns then is still
#: exact.
TIME_LIMIT = 2.0
#: From this share of common words on, a paragraph counts as the other one changed, not as another one.
SAME_PARAGRAPH = 0.4
#: Paragraphs of one gap that are compared each with each.
GAP_WINDOW = 200
ELLIPSIS = "…"

_OPERATIONS: dict[int, Operation] = {-1: "delete", 0: "equal", 1: "insert"}
#: A skin tone belongs to the sign before it.
_SKIN_TONES = "\U0001f3fb-\U0001f3ff"
_SIGN = rf"[^\s\w][{MARKS}{_SKIN_TONES}]*"
# A number with its separators is one word: "12,000" changes as a whole. So are signs that a joiner makes one picture.
_TOKEN = re.compile(
    rf"\d+(?:[.,:/\u066b\u066c]\d+)+[\w{MARKS}{JOINERS}]*|[\w{MARKS}{JOINERS}\u0640]+|{_SIGN}(?:\u200d{_SIGN})*|.[{MARKS}]*",
    re.DOTALL,
)
# Tokens stand for the comparison as characters of the private planes, all alike to its notion of word
# boundaries.
_FIRST_CHARACTER = 0xF0000
_CHARACTERS = 0x110000 - _FIRST_CHARACTER


class Span(NamedTuple):
    """A run of words of both texts (equal), of the earlier one (delete) or of the later one (insert)."""

    operation: Operation
    text: str


@dataclass(frozen=True)
class BlockChange:
    """What became of one paragraph; the spans of an equal, added or removed one are a single one."""

    kind: Kind
    spans: tuple[Span, ...]


def word_differences(before: str, after: str) -> list[Span]:
    """The spans that turn one text into the other.

    Equal and deleted spans joined give exactly `before`, equal and inserted ones exactly `after`, whatever
    the texts.
    """
    earlier, later = _TOKEN.findall(before), _TOKEN.findall(after)
    return [Span(operation, "".join(tokens)) for operation, tokens in _compare(earlier, later, in_phrases=True)]


def replaced_words(before: str, after: str) -> list[tuple[list[str], list[str]]]:
    """Where the words of two texts differ: those that stood there and those that stand there now, between words that
    stayed. Signs and spaces are no words."""
    runs: list[tuple[list[str], list[str]]] = []
    is_open = False
    for operation, words in _compare(_words(before), _words(after), in_phrases=False):
        if operation == "equal":
            is_open = False
            continue
        if not is_open:
            runs.append(([], []))
            is_open = True
        runs[-1][operation == "insert"].extend(words)
    return runs


def _words(text: str) -> list[str]:
    return [token for token in _TOKEN.findall(text) if any(character.isalnum() for character in token)]


def word_bounds(text: str) -> Iterator[tuple[int, int]]:
    """Where each word (with its marks), sign or space of a text begins and ends."""
    return (match.span() for match in _TOKEN.finditer(text))


def block_differences(before: list[str], after: list[str]) -> list[BlockChange]:
    """The paragraphs of both texts in reading order, changed ones with the differences of their words.

    All kinds but "added" give `before` again, all but "removed" give `after` (see word_differences()).
    """
    changes: list[BlockChange] = []
    removed: list[str] = []
    added: list[str] = []
    for operation, paragraphs in _compare(before, after, in_phrases=False):
        if operation == "equal":
            changes += [*_gap(removed, added), *(_whole("equal", "equal", text) for text in paragraphs)]
            removed, added = [], []
        else:
            (removed if operation == "delete" else added).extend(paragraphs)
    return [*changes, *_gap(removed, added)]


def _compare(before: Sequence[str], after: Sequence[str], *, in_phrases: bool) -> list[tuple[Operation, Sequence[str]]]:
    """The runs of items that are equal, deleted and inserted.

    `in_phrases` gives up short equal runs between changes: a lone space, an "and" between two replaced words.
    """
    numbers: dict[str, int] = {}
    for item in (*before, *after):
        numbers.setdefault(item, len(numbers))
    if len(numbers) > _CHARACTERS:
        return [("delete", before), ("insert", after)]
    items = list(numbers)
    comparison = diff_match_patch()
    comparison.Diff_Timeout = TIME_LIMIT
    found = comparison.diff_main(_encode(before, numbers), _encode(after, numbers), False)
    if in_phrases:
        comparison.diff_cleanupSemantic(found)
    return [
        (_OPERATIONS[operation], [items[ord(character) - _FIRST_CHARACTER] for character in characters])
        for operation, characters in found
        if characters
    ]


def _encode(items: Sequence[str], numbers: dict[str, int]) -> str:
    return "".join(chr(_FIRST_CHARACTER + numbers[item]) for item in items)


def _whole(kind: Kind, operation: Operation, text: str) -> BlockChange:
    return BlockChange(kind, (Span(operation, text),))


def _gap(removed: list[str], added: list[str]) -> Iterator[BlockChange]:
    """What stands between two equal paragraphs: like ones joined as changed, the others removed or added."""
    for start in range(0, max(len(removed), len(added)), GAP_WINDOW):
        window = slice(start, start + GAP_WINDOW)
        for earlier, later in _pairs(removed[window], added[window]):
            if earlier is None:
                yield _whole("added", "insert", later or "")
            elif later is None:
                yield _whole("removed", "delete", earlier)
            elif earlier == later:
                yield _whole("equal", "equal", earlier)
            else:
                yield BlockChange("changed", tuple(word_differences(earlier, later)))


def _pairs(removed: list[str], added: list[str]) -> Iterator[tuple[str | None, str | None]]:
    """Pairs of like paragraphs in order, with the greatest likeness in all; None beside a lone one."""
    likeness = _likeness(removed, added)
    best = _best_sums(likeness, len(added))
    row = column = 0
    while row < len(removed) and column < len(added):
        like = likeness[row][column]
        if like and best[row][column] == like + best[row + 1][column + 1]:
            yield removed[row], added[column]
            row, column = row + 1, column + 1
        elif best[row + 1][column] >= best[row][column + 1]:
            yield removed[row], None
            row += 1
        else:
            yield None, added[column]
            column += 1
    yield from ((text, None) for text in removed[row:])
    yield from ((None, text) for text in added[column:])


def _likeness(removed: list[str], added: list[str]) -> list[list[float]]:
    """For each pair the share of common words; 0 below SAME_PARAGRAPH."""
    bags = [_bag(text) for text in added]
    rows = []
    for text in removed:
        bag = _bag(text)
        shares = [2 * (bag & other).total() / max(bag.total() + other.total(), 1) for other in bags]
        rows.append([share if share >= SAME_PARAGRAPH else 0.0 for share in shares])
    return rows


def _bag(text: str) -> Counter[str]:
    return Counter(token for token in _TOKEN.findall(text) if not token.isspace())


def _best_sums(likeness: list[list[float]], width: int) -> list[list[float]]:
    """For each corner of the table the greatest sum of likeness that pairs after it can reach."""
    best = [[0.0] * (width + 1) for _ in range(len(likeness) + 1)]
    for row in reversed(range(len(likeness))):
        for column in reversed(range(width)):
            like = likeness[row][column]
            paired = like + best[row + 1][column + 1] if like else 0.0
            best[row][column] = max(best[row + 1][column], best[row][column + 1], paired)
    return best


def excerpt(spans: Sequence[Span], context_words: int = 8) -> list[Span]:
    """The changes with at most `context_words` words around each, an ellipsis for what is left out.

    Empty when nothing changed. For the page only: the texts cannot be joined from it again.
    """
    if all(span.operation == "equal" for span in spans):
        return []
    last = len(spans) - 1
    return [
        span if span.operation != "equal" else Span("equal", _shorten(span.text, index, last, context_words))
        for index, span in enumerate(spans)
    ]


def _shorten(text: str, index: int, last: int, context_words: int) -> str:
    words = list(re.finditer(r"\S+", text))
    head = context_words if index > 0 else 0
    tail = context_words if index < last else 0
    if len(words) <= head + tail:
        return text
    beginning = text[: words[head - 1].end()] if head else ""
    end = text[words[-tail].start() :] if tail else ""
    return f"{beginning}{' ' if head and tail else ''}{ELLIPSIS}{' ' if head and tail else ''}{end}"


def as_data(changes: Sequence[BlockChange]) -> list[dict[str, Any]]:
    """The changes as lists, dictionaries and strings, for a JSON column."""
    return [{"kind": change.kind, "spans": [list(span) for span in change.spans]} for change in changes]


def from_data(data: Sequence[dict[str, Any]]) -> list[BlockChange]:
    """The changes that as_data() wrote. Raises ValueError for an unknown kind or operation."""
    changes = [
        BlockChange(entry["kind"], tuple(Span(operation, text) for operation, text in entry["spans"])) for entry in data
    ]
    for change in changes:
        known = change.kind in get_args(Kind) and all(span.operation in get_args(Operation) for span in change.spans)
        if not known:
            raise ValueError(change)
    return changes
