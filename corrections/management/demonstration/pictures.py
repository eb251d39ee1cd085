"""Drawn landscapes for the articles: ours, so that the demonstration needs nobody's photograph."""

import io
import math
from collections.abc import Callable, Sequence
from functools import cache

from PIL import Image, ImageColor, ImageDraw

#: Drawn at twice the size and made smaller, which smooths the edges.
SCALE = 2
WIDTH, HEIGHT = 1200, 675

Point = tuple[float, float]


class Drawing:
    """A canvas of 800 by 450 units, as the shapes below are written down in."""

    def __init__(self, sky: tuple[str, str]) -> None:
        self._unit = WIDTH * SCALE / 800
        size = (WIDTH * SCALE, HEIGHT * SCALE)
        gradient = Image.linear_gradient("L").resize(size)
        self.image = Image.composite(Image.new("RGB", size, sky[1]), Image.new("RGB", size, sky[0]), gradient)
        self._draw = ImageDraw.Draw(self.image)

    def shape(self, colour: str, points: Sequence[Point]) -> None:
        self._draw.polygon([self._scaled(point) for point in points], fill=colour)

    def box(self, colour: str, left: float, top: float, right: float, bottom: float) -> None:
        self.shape(colour, [(left, top), (right, top), (right, bottom), (left, bottom)])

    def oval(self, colour: str, left: float, top: float, right: float, bottom: float) -> None:
        self._draw.ellipse([*self._scaled((left, top)), *self._scaled((right, bottom))], fill=colour)

    def line(self, colour: str, width: float, *points: Point) -> None:
        scaled = [self._scaled(point) for point in points]
        self._draw.line(scaled, fill=colour, width=round(width * self._unit), joint="curve")

    def hills(self, colour: str, height: float, swing: float, phase: float) -> None:
        """A rolling line of hills down to the lower edge; `height` is measured from the top."""
        ridge = [(x, height + swing * math.sin(x / 120 + phase)) for x in range(0, 801, 8)]
        self.shape(colour, [(0, 450), *ridge, (800, 450)])

    def encoded(self) -> bytes:
        """The picture as PNG bytes, in its final size."""
        buffer = io.BytesIO()
        self.image.resize((WIDTH, HEIGHT), Image.Resampling.BOX).save(buffer, "PNG", compress_level=1)
        return buffer.getvalue()

    def _scaled(self, point: Point) -> Point:
        return point[0] * self._unit, point[1] * self._unit


@cache
def draw(name: str) -> bytes:
    """One of the drawings, as PNG bytes of 1200 by 675 pixels."""
    motif, sky, ground = _MOTIFS[name]
    drawing = Drawing(sky)
    _landscape(drawing, ground)
    motif(drawing)
    return drawing.encoded()


def _landscape(drawing: Drawing, ground: str) -> None:
    drawing.oval("#f7efdd", 564, 104, 656, 196)
    red, green, blue = ImageColor.getrgb(ground)[:3]
    for step, (height, swing) in enumerate([(290, 26), (345, 18), (405, 9)]):
        colour = f"rgb({red - 38 * step},{green - 36 * step},{blue - 36 * step})"
        drawing.hills(colour, height, swing, step * 1.7)


def _tower(drawing: Drawing) -> None:
    for start, end in [((212, 222), (196, 410)), ((288, 222), (304, 410)), ((250, 222), (250, 408))]:
        drawing.line("#5b564b", 6, start, end)
    for start, end in [((204, 300), (296, 300)), ((200, 352), (300, 352)), ((212, 222), (300, 352))]:
        drawing.line("#5b564b", 4, start, end)
    drawing.shape("#d9d2c3", [(190, 150), (310, 150), (296, 222), (204, 222)])
    drawing.oval("#c9c2b1", 190, 134, 310, 166)
    _trees(drawing, 490, 590, 680)


def _school(drawing: Drawing) -> None:
    drawing.box("#d8cbb0", 180, 210, 560, 400)
    drawing.box("#8a6f52", 170, 198, 570, 214)
    for floor in range(3):
        for window in range(6):
            left = 204 + window * 60
            drawing.box("#5f7480", left, 230 + floor * 56, left + 34, 262 + floor * 56)
    drawing.box("#6b5138", 350, 346, 394, 400)
    _trees(drawing, 110, 640, 720)


def _olives(drawing: Drawing) -> None:
    for x, y, size in [(130, 330, 46), (300, 350, 56), (480, 338, 50), (650, 356, 60)]:
        drawing.line("#55483a", 12, (x, y + 60), (x + 6, y), (x - 10, y - 20))
        drawing.oval("#6f7d57", x - size, y - size, x + size, y + size * 0.35)
        drawing.oval("#7f8d66", x - size * 0.5, y - size * 1.3, x + size * 0.8, y)


def _bridge(drawing: Drawing) -> None:
    drawing.shape("#8fa6ad", [(0, 430), (800, 420), (800, 450), (0, 450)])
    for pillar in (60, 270, 480, 690):
        drawing.box("#a3927a", pillar, 310, pillar + 44, 436)
    for left in (-106, 104, 314, 524, 734):
        arch = [(left + x, 318 + 70 * (1 - math.sqrt(1 - (x / 83 - 1) ** 2))) for x in range(167)]
        drawing.shape("#a3927a", [(left, 310), *arch, (left + 166, 310)])
    drawing.box("#a3927a", 0, 292, 800, 318)
    drawing.box("#857660", 0, 284, 800, 294)


def _market(drawing: Drawing) -> None:
    for stall, colour in enumerate(["#a8523f", "#c9a15a", "#5f7f73", "#a8523f", "#6d7ea0"]):
        left = 70 + stall * 136
        drawing.box("#8b7a63", left + 6, 330, left + 12, 410)
        drawing.box("#8b7a63", left + 108, 330, left + 114, 410)
        drawing.box("#b99d76", left, 372, left + 120, 392)
        drawing.shape(colour, [(left - 8, 334), (left + 16, 292), (left + 104, 292), (left + 128, 334)])


def _houses(drawing: Drawing) -> None:
    for number, (left, top) in enumerate([(90, 280), (190, 310), (300, 262), (420, 300), (530, 276), (640, 318)]):
        wall = ["#d7c6a6", "#c8b391", "#e0d2b8"][number % 3]
        drawing.box(wall, left, top, left + 108, 410)
        drawing.shape("#8d5b45", [(left - 8, top), (left + 54, top - 40), (left + 116, top)])
        drawing.box("#5d6f78", left + 18, top + 26, left + 42, top + 56)
        drawing.box("#5d6f78", left + 64, top + 26, left + 88, top + 56)
        drawing.oval("#e9e5dc", left + 74, top - 92 + number % 2 * 14, left + 104, top - 62 + number % 2 * 14)


def _night(drawing: Drawing) -> None:
    for x, y in [(90, 60), (210, 110), (330, 50), (470, 90), (720, 70), (150, 180), (400, 160)]:
        drawing.oval("#e8e3d2", x, y, x + 5, y + 5)
    drawing.box("#4b4a4e", 250, 290, 470, 400)
    drawing.shape("#37363a", [(232, 292), (360, 222), (488, 292)])
    for left in (278, 344, 410):
        drawing.box("#f0c877", left, 318, left + 36, 354)


def _bus(drawing: Drawing) -> None:
    drawing.shape("#77736a", [(0, 412), (800, 396), (800, 450), (0, 450)])
    drawing.box("#c98b3c", 220, 300, 520, 396)
    drawing.box("#e9dcc2", 220, 290, 520, 306)
    for window in range(5):
        drawing.box("#48606b", 236 + window * 56, 316, 280 + window * 56, 348)
    for centre in (286, 456):
        drawing.oval("#2f2e2c", centre - 24, 374, centre + 24, 422)
        drawing.oval("#8f8a80", centre - 9, 389, centre + 9, 407)


def _trees(drawing: Drawing, *places: float) -> None:
    for x in places:
        drawing.shape("#3d463c", [(x - 26, 410), (x, 330), (x + 26, 410)])


_DAY, _EVENING, _DARK = ("#b9c9cf", "#efe3cf"), ("#d9b48c", "#f2dcb8"), ("#1f2b3d", "#46546a")
_GREEN, _OCHRE, _BLUE = "#9aa99b", "#b8a586", "#6b7684"
_MOTIFS: dict[str, tuple[Callable[[Drawing], None], tuple[str, str], str]] = {
    "tower": (_tower, _DAY, _GREEN),
    "school": (_school, _DAY, _OCHRE),
    "olives": (_olives, _EVENING, _OCHRE),
    "bridge": (_bridge, _DAY, _GREEN),
    "market": (_market, _EVENING, _GREEN),
    "houses": (_houses, _DAY, _OCHRE),
    "night": (_night, _DARK, _BLUE),
    "bus": (_bus, _EVENING, _GREEN),
}
