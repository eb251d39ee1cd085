"""The article's words as fields of a form: one for each paragraph, so that a change stays where it belongs.

A blank line inside a field splits the paragraph, an emptied field removes it. The fields are those of the revision
that the editor saw; when another revision was published meanwhile, what was typed is carried over to it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corrections.domain.suggestions import Suggestion
from newsroom.articles import Content
from newsroom.html import Block, blocks, join_blocks

#: Blocks whose inner HTML holds further blocks; a blank line in them means nothing.
_NESTED = ("ul", "ol", "blockquote")
_HEADINGS = ("h2", "h3")
_LINES = {
    "title": _("Headline"),
    "standfirst": _("Standfirst"),
    "caption": _("Caption"),
    "credit": _("Credit"),
}
#: What came in, by field name.
Typed = Mapping[str, str]


@dataclass(frozen=True)
class EditingField:
    """One field; `tag` is the block's tag, empty for the lines around the text. `number` counts paragraphs."""

    name: str
    value: str
    tag: str = ""
    number: int | None = None
    label: str | Promise = ""
    rows: int = 2
    #: What readers proposed for the passage that begins here.
    suggestions: Sequence[Suggestion] = ()


def editing_fields(content: Content, typed: Typed | None = None) -> list[EditingField]:
    """The fields for a content, in reading order: headline, standfirst, paragraphs, caption, credit.

    They hold what was typed, exactly, and for the rest what stands in the content.
    """
    words = typed or {}
    lines = {
        name: EditingField(name, words.get(name, getattr(content, name)), label=label) for name, label in _LINES.items()
    }
    fields = [lines["title"], lines["standfirst"]]
    number = 0
    for position, block in enumerate(blocks(content.body)):
        is_heading = block.tag in _HEADINGS
        number += not is_heading
        value = words.get(field_name(position), block.html)
        fields.append(
            EditingField(
                field_name(position),
                value,
                block.tag,
                None if is_heading else number,
                rows=min(12, 2 + len(value) // 90),
            )
        )
    return [*fields, lines["caption"], lines["credit"]]


def field_name(position: int) -> str:
    """The name of the field of one block, counted from zero."""
    return f"block-{position}"


def edited_content(typed: Typed, seen: Content) -> Content:
    """The content that a filled-in form describes; fields that did not come keep what stands there."""
    body: list[Block] = []
    for position, block in enumerate(blocks(seen.body)):
        body += _edited(block, typed.get(field_name(position), block.html))
    lines = {name: typed.get(name, getattr(seen, name)) for name in _LINES}
    return replace(seen, body=join_blocks(body), **lines)


def typed_for(after: Content, before: Content) -> dict[str, str]:
    """What has to be typed into the fields of `before` so that they say `after`."""
    lines = {name: getattr(after, name) for name in _LINES if getattr(after, name) != getattr(before, name)}
    old, new = [block.html for block in blocks(before.body)], [block.html for block in blocks(after.body)]
    words = list(old)
    for operation, first, last, new_first, new_last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if operation == "insert":
            _put_beside(words, "\n\n".join(new[new_first:new_last]), first)
        elif operation != "equal":
            # One paragraph for one; what is left over stands in the last field, split by blank lines.
            texts = new[new_first:new_last]
            spare = last - first - 1
            words[first:last] = [*texts[:spare], "\n\n".join(texts[spare:]), *[""] * (spare - len(texts[:spare]))]
    return lines | {field_name(position): text for position, text in enumerate(words) if text != old[position]}


def carried_over(typed: Typed, seen: Content, latest: Content) -> dict[str, str]:
    """What was typed into the fields of `seen`, for the fields of `latest`.

    Paragraphs that the editor left alone take the words of the later revision, paragraphs that only the editor
    changed keep the typed ones. Where both changed the same, the typed words stay, for the editor to look at; where
    a paragraph with typed words is gone, they stand beside the one before.
    """
    lines = {name: typed[name] for name in _LINES if _is_touched(typed.get(name), getattr(seen, name))}
    before, after = blocks(seen.body), blocks(latest.body)
    words = [block.html for block in after]
    matcher = SequenceMatcher(None, [block.html for block in before], words, autojunk=False)
    for operation, first, last, new_first, new_last in matcher.get_opcodes():
        touched = {
            position: typed[field_name(position)]
            for position in range(first, last)
            if _is_touched(typed.get(field_name(position)), before[position].html)
        }
        if operation == "equal" or last - first == new_last - new_first:
            for position, text in touched.items():
                words[new_first + position - first] = text
        elif touched:
            _put_beside(words, "\n\n".join(touched.values()), new_last)
    body = {
        field_name(position): text
        for position, (text, block) in enumerate(zip(words, after, strict=True))
        if text != block.html
    }
    return {**lines, **body}


def _put_beside(words: list[str], text: str, position: int) -> None:
    """Adds a text after the field before `position`: no paragraph stands where it stood, and none may be lost."""
    if position > 0:
        words[position - 1] += f"\n\n{text}"
    elif words:
        words[0] = f"{text}\n\n{words[0]}"


def _is_touched(text: str | None, original: str) -> bool:
    return text is not None and _as_stored(text) != original.strip()


def _as_stored(text: str) -> str:
    return text.replace("\r\n", "\n").strip()


def _edited(block: Block, text: str) -> Sequence[Block]:
    typed = _as_stored(text)
    if typed == block.html.strip():
        return [block]
    parts = [typed] if block.tag in _NESTED else [part.strip() for part in typed.split("\n\n")]
    return [replace(block, html=part) for part in parts if part]
