"""Pictures of figures, drawn by the server as SVG: they need no script, no inline style, and print.

Everything is placed from left to right; the style sheet turns the whole drawing over for Arabic (one rule), and its
words back again.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import count, takewhile

from django.utils.functional import Promise
from django.utils.translation import gettext as _

WIDTH, HEIGHT = 360, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 34, 6, 12, 24
_MOST_LINES = 4
#: What a letter of a word below the columns takes, on average.
_LETTER = 6.5
_ROW = 42


@dataclass(frozen=True)
class Box:
    """One column or bar. `series` is its place in its group: each has a look of its own, not a colour alone."""

    x: float
    y: float
    width: float
    height: float
    series: int
    title: str


@dataclass(frozen=True)
class Word:
    """A word or number in the picture."""

    x: float
    y: float
    text: str
    anchor: str = "middle"


@dataclass(frozen=True)
class ChartRow:
    """One line of the table beside the picture."""

    label: str
    counts: tuple[int, ...]


@dataclass(frozen=True)
class Chart:
    """A picture with its table: `heads` are the names of its series."""

    key: str
    heading: str | Promise
    first_head: str | Promise
    heads: Sequence[str | Promise]
    rows: Sequence[ChartRow]
    height: float = HEIGHT
    boxes: list[Box] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    #: Heights of the lines behind the columns.
    lines: list[float] = field(default_factory=list)
    width: int = WIDTH

    @property
    def described(self) -> str:
        """The picture in one sentence, for who does not see it."""
        if not any(sum(row.counts) for row in self.rows):
            return _("Nothing to count.")
        highest = max(self.rows, key=lambda row: row.counts[0])
        return _("The most: %(label)s, %(count)s. The table beside it holds every number.") % {
            "label": highest.label,
            "count": highest.counts[0],
        }


def columns(
    key: str,
    heading: str | Promise,
    first_head: str | Promise,
    heads: Sequence[str | Promise],
    rows: Sequence[ChartRow],
) -> Chart:
    """Columns side by side, one group for each row, over lines with round numbers."""
    chart = Chart(key, heading, first_head, heads, rows)
    step = nice_step(max((each for row in rows for each in row.counts), default=0))
    top = step * _MOST_LINES
    room = HEIGHT - _TOP - _BOTTOM
    for number in range(_MOST_LINES + 1):
        y = round(HEIGHT - _BOTTOM - room * number / _MOST_LINES, 1)
        chart.lines.append(y)
        chart.words.append(Word(_LEFT - 5, y + 4, str(step * number), "end"))
    group = (WIDTH - _LEFT - _RIGHT) / max(len(rows), 1)
    column = min(group * 0.8 / len(heads), 40)
    widest = _LETTER * max((len(row.label) for row in rows), default=1)
    every = math.ceil((widest + _LETTER) / group)
    for place, row in enumerate(rows):
        middle = _LEFT + group * (place + 0.5)
        for series, value in enumerate(row.counts):
            height = room * value / top
            x = middle - column * len(heads) / 2 + column * series
            title = f"{row.label}: {value}"
            y = HEIGHT - _BOTTOM - height
            chart.boxes.append(Box(round(x, 1), round(y, 1), round(column * 0.9, 1), round(height, 1), series, title))
        if place % every == 0:
            within = min(max(middle, widest / 2), WIDTH - widest / 2)
            chart.words.append(Word(round(within, 1), HEIGHT - 8, row.label))
    return chart


def bars(
    key: str, heading: str | Promise, first_head: str | Promise, head: str | Promise, rows: Sequence[ChartRow]
) -> Chart:
    """Bars below each other, each under its words: for names that are too long to stand below a column."""
    chart = Chart(key, heading, first_head, [head], rows, height=_ROW * len(rows) + 4)
    most = max((row.counts[0] for row in rows), default=0) or 1
    for place, row in enumerate(rows):
        top = _ROW * place
        length = round((WIDTH - 50) * row.counts[0] / most, 1)
        chart.words.append(Word(0, top + 14, row.label, "start"))
        chart.boxes.append(Box(0, top + 20, max(length, 1), 14, 0, f"{row.label}: {row.counts[0]}"))
        chart.words.append(Word(max(length, 1) + 6, top + 32, str(row.counts[0]), "start"))
    return chart


def nice_step(most: int) -> int:
    """The distance of the lines: the least of 1, 2, 5, 10, 20, 50, ... whose lines reach the highest column."""
    steps = (digit * 10**power for power in count() for digit in (1, 2, 5))
    too_small = list(takewhile(lambda step: step * _MOST_LINES < most, steps))
    digit, power = divmod(len(too_small), 3)[::-1]
    return int((1, 2, 5)[digit] * 10**power)
