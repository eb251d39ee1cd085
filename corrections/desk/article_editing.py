"""The article's words as fields of a form: one for each paragraph, so that a change stays where it belongs.

A blank line inside a field splits the paragraph, an emptied field removes it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from newsroom.articles import Content
from newsroom.html import Block, blocks, join_blocks

#: Blocks whose inner HTML holds further blocks; a blank line in them means nothing.
_NESTED = ("ul", "ol", "blockquote")
_LINES = {
    "title": _("Headline"),
    "standfirst": _("Standfirst"),
    "caption": _("Caption"),
    "credit": _("Credit"),
}


@dataclass(frozen=True)
class EditingField:
    """One field; `tag` is the block's tag, empty for the lines around the text. `number` counts paragraphs."""

    name: str
    value: str
    tag: str = ""
    number: int | None = None
    label: str | Promise = ""
    rows: int = 2


def editing_fields(content: Content) -> list[EditingField]:
    """The fields for a content, in reading order: headline, standfirst, paragraphs, caption, credit."""
    lines = {name: EditingField(name, getattr(content, name), label=label) for name, label in _LINES.items()}
    fields = [lines["title"], lines["standfirst"]]
    number = 0
    for position, block in enumerate(blocks(content.body)):
        is_heading = block.tag in ("h2", "h3")
        number += not is_heading
        rows = min(12, 2 + len(block.html) // 90)
        fields.append(
            EditingField(f"block-{position}", block.html, block.tag, None if is_heading else number, rows=rows)
        )
    return [*fields, lines["caption"], lines["credit"]]


def edited_content(data: Mapping[str, Any], current: Content) -> Content:
    """The content that a filled-in form describes; fields that did not come keep what stands there."""
    body = []
    for position, block in enumerate(blocks(current.body)):
        text = data.get(f"block-{position}", block.html)
        body += _edited(block, text if isinstance(text, str) else block.html)
    lines = {name: data.get(name, getattr(current, name)) for name in _LINES}
    return replace(current, body=join_blocks(body), **lines)


def _edited(block: Block, text: str) -> list[Block]:
    typed = text.replace("\r\n", "\n").strip()
    if typed == block.html.strip():
        return [block]
    parts = [typed] if block.tag in _NESTED else [part.strip() for part in typed.split("\n\n")]
    return [replace(block, html=part) for part in parts if part]
