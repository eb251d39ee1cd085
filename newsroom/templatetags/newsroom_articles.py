"""Addresses, section names and differences for templates."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.translation import get_language

from newsroom import addresses
from newsroom.differences import BlockChange, excerpt
from newsroom.models import Article, Section

register = template.Library()


@register.simple_tag
def article_address(article: Article) -> str:
    """The path of an article."""
    return addresses.article_address(article)


@register.simple_tag
def section_name(section: Section) -> str:
    """The section's name in the page's language."""
    return section.name_in(get_language() or "ar")


@register.inclusion_tag("newsroom/differences.html")
def differences(changes: Sequence[BlockChange], context_words: int = 8) -> dict[str, Any]:
    """The changed paragraphs with deleted and inserted words marked, and a few words around them."""
    changed = [change for change in changes if change.kind != "equal"]
    return {"paragraphs": [excerpt(change.spans, context_words) for change in changed]}
