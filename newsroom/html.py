"""Rich text: the HTML of editors and imports, cut to an allow-list; the only importer of bleach and nh3.

What readers write is plain text and never comes here.
"""

import html
import re
from dataclasses import dataclass

import bleach
import nh3

from newsroom import text

MAXIMUM_BYTES = 512 * 1024
MAXIMUM_DEPTH = 50

BLOCK_TAGS = frozenset({"p", "h2", "h3", "ul", "ol", "li", "blockquote"})
INLINE_TAGS = frozenset({"a", "strong", "em", "b", "i", "bdi", "span", "br", "sub", "sup"})
TAGS = BLOCK_TAGS | INLINE_TAGS
ATTRIBUTES = {"a": {"href", "hreflang"}, "bdi": {"dir", "lang"}, "span": {"dir", "lang"}}
SCHEMES = frozenset({"http", "https", "mailto"})
LINK_REL = "noopener"

#: Elements that the first pass leaves standing for bleach, which puts a line break in the place of each: nh3
#: would glue the last word of one to the first word of the next.
_SEPARATING_TAGS = frozenset(
    {
        "address",
        "article",
        "aside",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "figcaption",
        "figure",
        "footer",
        "h1",
    }
    | {"h4", "h5", "h6", "header", "hr", "main", "pre", "section", "summary"}
    | {"table", "tbody", "td", "tfoot", "th", "thead", "tr"}
)
#: Elements that never hold one of their own kind directly, or hold nothing.
_FLAT_TAGS = frozenset(
    {"p", "li", "dd", "dt", "td", "th", "tr", "option", "br", "hr", "img", "input", "link", "meta", "wbr"}
    | {"area", "base", "col", "embed", "param", "source", "track"}
)
#: Headings are not counted among the numbered paragraphs.
_UNNUMBERED_TAGS = frozenset({"h2", "h3"})

_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)[^<>]*>?")
_BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(BLOCK_TAGS))})>")
_OUTSIDE_ANGLES = re.compile(r"[^<>]+")
_END_OF_LINE = re.compile(r"(<br>|</(?:p|h2|h3|li|ul|ol|blockquote)>)(?!\s)")
_LINK_TAG = re.compile(r"<(/?)a(?=[\s>])[^>]*>")

# An authority that looks like another one (user@host, backslashes, empty) is refused with the link.
_LINK = re.compile(r"https?://[^\s/\\?#@<>\"]+(?:[/?#][^\s<>\"]*)?|mailto:[^\s<>\"]+", re.IGNORECASE)
_LANGUAGE = re.compile(r"[a-z]{2,8}(?:-[a-z0-9]{1,8})*", re.IGNORECASE)
_DIRECTION = re.compile(r"ltr|rtl|auto")
_ATTRIBUTE_VALUES = {"href": _LINK, "hreflang": _LANGUAGE, "lang": _LANGUAGE, "dir": _DIRECTION}


class RichTextRefused(ValueError):
    """The source is too large to be cleaned in reasonable time; nothing of it was used."""

    def __init__(self, found: int, allowed: int) -> None:
        super().__init__(f"{found} > {allowed}")
        self.found = found
        self.allowed = allowed


class RichTextTooLong(RichTextRefused):
    """More bytes (UTF-8) than MAXIMUM_BYTES, before or after entities and closing tags are written out."""


class RichTextTooDeep(RichTextRefused):
    """Elements nested deeper than MAXIMUM_DEPTH."""


@dataclass(frozen=True)
class Block:
    """One piece at the top level of a cleaned body: a paragraph, a heading, a quotation or a whole list.

    `html` is what stands inside the element. `text` is its text exactly as a browser counts it, so positions
    in it (code points) are the positions that a reader's selection sends.
    """

    tag: str
    html: str
    text: str


def clean_rich_text(source: str) -> str:
    """The source cut to the allowed elements, attributes and links. Cleaning it again changes nothing.

    In order: length, depth, a pass that closes and escapes everything (nh3), length and depth again, bleach,
    nh3, length. A line break follows each block and each <br>, so that words stay apart when the tags are
    taken away. Raises RichTextTooLong or RichTextTooDeep.
    """
    _check_length(source)
    plain = text.without_controls(source)
    _check_depth(plain)
    # bleach takes quadratic time for what is unclosed or unescaped, and the depth of such text can only be
    # guessed.
    levelled = _level(plain)
    _check_length(levelled)
    _check_depth(levelled)
    cleaned = _separate(_sanitise(levelled)).strip()
    _check_length(cleaned)
    return cleaned


def _level(source: str) -> str:
    """Well-formed HTML of the same words, without refused links, scripts and controls written as entities."""
    levelled = nh3.clean(
        source,
        tags=set(TAGS | _SEPARATING_TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=_keep_attribute,
        url_schemes=set(SCHEMES),
        link_rel=None,
    )
    return text.without_controls(_unwrap_dead_links(levelled))


def _unwrap_dead_links(levelled: str) -> str:
    """Well-formed HTML without the tags of links whose address was refused."""
    alive: list[bool] = []

    def keep_living(match: re.Match[str]) -> str:
        if match[1]:
            return match[0] if alive.pop() else ""
        alive.append(" href=" in match[0])
        return match[0] if alive[-1] else ""

    return _LINK_TAG.sub(keep_living, levelled)


def _compose(source: str) -> str:
    # Piece by piece: a combining stroke after a tag would become one character with its ">".
    return _OUTSIDE_ANGLES.sub(lambda piece: text.compose(piece[0]), source)


def _separate(clean: str) -> str:
    return _END_OF_LINE.sub(r"\1\n", clean)


def _check_length(source: str) -> None:
    length = max(len(source), len(source.encode("utf-8", "surrogatepass")))
    if length > MAXIMUM_BYTES:
        raise RichTextTooLong(length, MAXIMUM_BYTES)


def _check_depth(source: str) -> None:
    """Exact for well-formed HTML, a guess for any other. Raises RichTextTooDeep."""
    depth = deepest = 0
    open_elements: dict[str, int] = {}
    for match in _TAG.finditer(source):
        name = match[2].lower()
        if name in _FLAT_TAGS:
            continue
        if not match[1]:
            open_elements[name] = open_elements.get(name, 0) + 1
            depth += 1
            deepest = max(deepest, depth)
        elif open_elements.get(name):
            open_elements[name] -= 1
            depth -= 1
    if deepest > MAXIMUM_DEPTH:
        raise RichTextTooDeep(deepest, MAXIMUM_DEPTH)


def _sanitise(source: str) -> str:
    """bleach, then nh3, each with the whole allow-list, so that neither's hole is a hole of ours.

    Unicode is composed between the two: taking tags away may put a letter before a mark, and nh3 has the
    last word.
    """
    bleached = bleach.clean(
        source,
        tags=TAGS,
        attributes={tag: sorted(names) for tag, names in ATTRIBUTES.items()},
        protocols=SCHEMES,
        strip=True,
    )
    return nh3.clean(
        _compose(bleached),
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        attribute_filter=_keep_attribute,
        url_schemes=set(SCHEMES),
        link_rel=LINK_REL,
    )


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    pattern = _ATTRIBUTE_VALUES.get(name)
    return value if pattern is None or pattern.fullmatch(value) else None


def blocks(body: str) -> list[Block]:
    """The blocks of a cleaned body in order. Text outside any becomes a paragraph; empty ones are left
    out."""
    found: list[Block] = []
    depth, loose_from, inside_from = 0, 0, 0
    for match in _TAG.finditer(body):
        closing, tag = match[1], match[2]
        if tag == "br":
            continue
        if not closing and depth == 0 and tag in BLOCK_TAGS:
            found.append(_loose_block(body[loose_from : match.start()]))
            loose_from = inside_from = match.end()
        depth += -1 if closing else 1
        if closing and depth == 0 and tag in BLOCK_TAGS:
            found.append(_block(tag, body[inside_from : match.start()]))
            loose_from = match.end()
    found.append(_loose_block(body[loose_from:]))
    return [block for block in found if block.text.strip()]


def _block(tag: str, inside: str) -> Block:
    if tag == "li":
        tag, inside = "ul", f"<li>{inside}</li>\n"
    return Block(tag, inside, _text_of(inside))


def _loose_block(source: str) -> Block:
    # A block inside loose inline elements would end the paragraph that is put around them.
    return _block("p", _separate(_compose(_BLOCK_TAG.sub("", source)).strip()))


def _text_of(source: str) -> str:
    return html.unescape(_TAG.sub("", source))


def join_blocks(parts: list[Block]) -> str:
    """The body that these blocks make, one on a line."""
    return "\n".join(f"<{block.tag}>{block.html}</{block.tag}>" for block in parts)


def paragraphs(body: str) -> list[Block]:
    """The blocks that numbered() numbers: the first has the id p1."""
    return [block for block in blocks(body) if block.tag not in _UNNUMBERED_TAGS]


def numbered(body: str) -> str:
    """A cleaned body for the page: all blocks but headings carry the ids p1, p2 ..."""
    lines = []
    number = 0
    for block in blocks(body):
        number += block.tag not in _UNNUMBERED_TAGS
        identity = "" if block.tag in _UNNUMBERED_TAGS else f' id="p{number}"'
        lines.append(f"<{block.tag}{identity}>{block.html}</{block.tag}>")
    return "\n".join(lines)


def plain_text(body: str) -> str:
    """The words of a cleaned body, an empty line between its blocks."""
    return "\n\n".join(block.text.strip() for block in blocks(body))


def paragraphs_to_html(texts: list[str]) -> str:
    """A body of plain texts, one paragraph each, everything in them escaped; empty ones are left out.

    Line breaks inside a text are kept as <br>. The result is clean in the sense of clean_rich_text().
    """
    escaped = [html.escape(text.clean_text(paragraph), quote=False) for paragraph in texts]
    return "\n".join(f"<p>{_written_out(paragraph)}</p>" for paragraph in escaped if paragraph)


def _written_out(escaped: str) -> str:
    return escaped.replace("\n", "<br>\n").replace("\xa0", "&nbsp;")
