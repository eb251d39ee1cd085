"""Untrusted text made safe to store, to show and to search.

Everything here is pure and takes time proportional to its input, whatever the input is: a text of 10,000
combining marks is cut before it is normalised, because normalising sorts a run of marks in quadratic time.
"""

import re
import unicodedata

#: How many combining marks one letter keeps. Vowelled Arabic needs four, Vietnamese two, Tibetan about six.
MARKS_PER_LETTER = 8

BIDI_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
DIRECTION_MARKS = "\u200e\u200f\u061c"
JOINERS = "\u200c\u200d"
FILLERS = "\u00ad\u115f\u1160\u180e\u200b\u3164\ufeff\uffa0"
LINE_BREAKS = "\r\u000b\u000c\u0085\u2028\u2029"

#: Format characters beyond these blocks (Arabic number signs, for instance) are visible and stay.
INVISIBLE_RANGES = (range(0x2060, 0x2070), range(0xFFF0, 0xFFFC), range(0xE0000, 0xE0080))

#: All combining marks of Unicode lie in these two ranges; looking at the rest only slows the start.
_MARK_CANDIDATES = (*range(0x300, 0x20000), *range(0xE0100, 0xE01F0))


def _character_class(code_points: list[int]) -> str:
    """The inside of a regular expression's [...] that matches exactly these sorted code points."""
    ranges: list[list[int]] = []
    for code_point in code_points:
        if ranges and ranges[-1][1] == code_point - 1:
            ranges[-1][1] = code_point
        else:
            ranges.append([code_point, code_point])
    return "".join(f"{re.escape(chr(first))}-{re.escape(chr(last))}" for first, last in ranges)


#: The inside of a regular expression's [...] that matches every combining mark.
MARKS = _character_class([point for point in _MARK_CANDIDATES if unicodedata.category(chr(point))[0] == "M"])

# Joiners and direction marks count as marks: otherwise one of them after every eight begins a new heap.
_HEAPED = f"[{MARKS}{JOINERS}{DIRECTION_MARKS}]"
_HEAP = re.compile(f"({_HEAPED}{{{MARKS_PER_LETTER}}}){_HEAPED}+")
_SPACES = re.compile(r"\s+")
_VISIBLE = re.compile(rf"[^\s{JOINERS}{DIRECTION_MARKS}]")


class _Replacements(dict[int, str | None]):
    """A table for str.translate() that decides about a character when it first meets it."""

    def __missing__(self, code_point: int) -> str | None:
        self[code_point] = replacement = self.decide(chr(code_point))
        return replacement

    def decide(self, character: str) -> str | None:
        if character in LINE_BREAKS:
            return "\n"
        if character in "\n\t":
            return character
        return None if self.is_unwanted(character) else character

    def is_unwanted(self, character: str) -> bool:
        code_point = ord(character)
        return (
            unicodedata.category(character) in ("Cc", "Cs")
            or character in BIDI_CONTROLS
            or character in FILLERS
            or any(code_point in invisible for invisible in INVISIBLE_RANGES)
            # Noncharacters: XML forbids them, so one in a title would break every feed.
            or code_point & 0xFFFE == 0xFFFE
            or 0xFDD0 <= code_point <= 0xFDEF
        )


class _LineReplacements(_Replacements):
    """The stricter table for one line: nothing in it is invisible, and private characters have no meaning."""

    def is_unwanted(self, character: str) -> bool:
        return (
            super().is_unwanted(character)
            or character in DIRECTION_MARKS
            or character in JOINERS
            or unicodedata.category(character) == "Co"
        )


_TEXT = _Replacements()
_LINE = _LineReplacements()


def without_controls(value: str) -> str:
    """The value without control, invisible and direction-changing characters, its line breaks as LF.

    Kept are tab, ZWNJ and ZWJ (Persian and Kurdish spelling needs them), LRM, RLM and ALM.
    """
    return value.replace("\r\n", "\n").translate(_TEXT)


def compose(value: str) -> str:
    """The value in NFC, with at most MARKS_PER_LETTER combining marks after one letter."""
    # Twice, because composing may turn one mark into two; the first time keeps composing linear.
    return _HEAP.sub(r"\1", unicodedata.normalize("NFC", _HEAP.sub(r"\1", value)))


def clean_text(value: str) -> str:
    """A text of several lines, fit to be stored: see without_controls() and compose().

    Outer white space goes; a text in which nothing is visible becomes the empty string.
    """
    text = compose(without_controls(value)).strip()
    return text if _VISIBLE.search(text) else ""


def clean_line(value: str) -> str:
    """One line, fit to be stored: a name, a title, an address or the name of a file.

    Stricter than clean_text(): joiners, direction marks and private characters go too, and each run of white
    space becomes one space.
    """
    return _SPACES.sub(" ", compose(value.translate(_LINE))).strip()


def isolated(value: str) -> str:
    """A name or a foreign word as plain text can hold it: between marks (Unicode: first strong isolate, pop directional
    isolate) that keep its direction from moving the words around it. Where there is HTML, <bdi> does the same."""
    return f"\u2068{value}\u2069"


def count_controls(value: str) -> int:
    """How many characters that override, embed or isolate a direction the value holds: a sign of deceit."""
    return sum(map(value.count, BIDI_CONTROLS))


_DIGITS = str.maketrans(
    {chr(first + digit): str(digit) for first in (0x660, 0x6F0, 0xFF10) for digit in range(10)},
)

_ARABIC_MARKS = (
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0898-\u089f\u08ca-\u08e1\u08e3-\u08ff"
)
_UNSEARCHED = re.compile(f"[{_ARABIC_MARKS}{JOINERS}{DIRECTION_MARKS}\u0640\u0621]")
_FOLDED = str.maketrans(
    {
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىیېئ", "ي"),
        **dict.fromkeys("ةەھہ", "ه"),
        **dict.fromkeys("کگ", "ك"),
        **dict.fromkeys("“”„«»", '"'),
        **dict.fromkeys("‘’", "'"),
        **dict.fromkeys("–—", "-"),
        "ؤ": "و",
        "،": ",",
        "؛": ";",
        "؟": "?",
        "٪": "%",
        "٫": ".",
        "٬": ",",
        # Turkish and Kurdish dotted and dotless i: casefold() would leave a dot behind.
        "İ": "i",
        "ı": "i",
    },
)


def fold_digits(value: str) -> str:
    """The value with Arabic-Indic, Persian and full-width digits written as 0-9."""
    return value.translate(_DIGITS)


def fold(value: str) -> str:
    """The value as search compares it: one spelling for all forms of a letter, no vowel signs, no case.

    Made for Arabic (alef, ya, ta marbuta, hamza seats, tatweel, vowel signs, presentation forms), harmless
    elsewhere. Never shown to anybody.
    """
    letters = unicodedata.normalize("NFKC", compose(without_controls(value)))
    letters = fold_digits(_UNSEARCHED.sub("", letters).translate(_FOLDED)).casefold()
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", letters)).strip()


#: At least three letters stay behind a joined article: fewer match too much ("الله" would find every "له").
_PREFIX = re.compile(r"(?:[وفبك]ال|لل|ال)(?=\w{3})|[وفبلك](?=\w{4})")


def without_prefix(folded_query: str) -> str:
    """A folded query without the one Arabic prefix of its first word (and-the, by-the, the, and, to ...).

    Only the first word, so that what remains is still one unbroken piece of the text that is searched.
    """
    return _PREFIX.sub("", folded_query, count=1) if _PREFIX.match(folded_query) else folded_query


_ADDRESS = str.maketrans(
    {
        **{chr(0xFF01 + offset): chr(0x21 + offset) for offset in range(94)},
        **dict.fromkeys("،٫۔。｡", "."),
        # The Arabic decimal separator of some keyboards, and the signs that an address is pasted with.
        **dict.fromkeys("<>＜＞", ""),
    },
)


def normalise_address(value: str) -> str:
    """An e-mail address as its writer meant it: what Arabic and full-width keyboards change is changed back.

    The part after the @ becomes lower case. Whether the address is valid is for the caller to ask.
    """
    address = fold_digits(clean_line(value).translate(_ADDRESS))
    local, at, domain = address.rpartition("@")
    return f"{local.strip()}{at}{domain.strip().lower()}"
