"""What the desk adds to an article's page: its notices, the two actions at its foot, its structured data."""

import json
from typing import Any

from django import template
from django.conf import settings
from django.template import Context
from django.urls import reverse

from corrections.domain.notices import notices_of
from corrections.domain.structured_data import Policies, article_data
from corrections.models import Notice
from newsroom.differences import BlockChange, from_data
from newsroom.queries import ArticlePage

register = template.Library()

_KEPT = "article_notices"
#: So that no text can end the script element or start another one.
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


@register.inclusion_tag("corrections/article/notices.html", takes_context=True)
def article_notices(context: Context, page: ArticlePage) -> dict[str, Any]:
    """The notices on an article, newest first, each with what changed: but of a withdrawn article, whose words are no
    longer to be read, not even the changed ones."""
    shows_changes = not page.article.is_withdrawn
    notices = [(notice, changes_of(notice) if shows_changes else []) for notice in _notices(context, page)]
    return {**_site(context), "notices": notices}


@register.inclusion_tag("corrections/article/actions.html", takes_context=True)
def article_actions(context: Context, page: ArticlePage) -> dict[str, Any]:
    """The offer to send a correction or a complaint, with the promises that the clocks keep."""
    return {
        **_site(context),
        "article": page.article,
        "print_url": f"{settings.SITE_URL}/{page.article.language}/{page.article.pk}/",
    }


@register.inclusion_tag("corrections/article/structured_data.html", takes_context=True)
def article_structured_data(context: Context, page: ArticlePage) -> dict[str, Any]:
    """The article and its corrections as JSON-LD (schema.org NewsArticle, CorrectionComment)."""
    policies = Policies(reverse("reader:promise"), reverse("reader:complaints"), reverse("reader:code"))
    data = article_data(page, _notices(context, page), policies=policies)
    return {"json": json.dumps(data, ensure_ascii=False).translate(_ESCAPES)}


@register.filter
def changes_of(notice: Notice) -> list[BlockChange]:
    """What changed with a notice, from what was stored beside it."""
    return from_data(notice.changes)


def _notices(context: Context, page: ArticlePage) -> list[Notice]:
    """The notices of the page, read once however many tags ask."""
    kept = vars(context["request"])
    if _KEPT not in kept:
        kept[_KEPT] = notices_of(page.article.pk)
    notices: list[Notice] = kept[_KEPT]
    return notices


def _site(context: Context) -> dict[str, Any]:
    return {name: context.get(name) for name in ("language", "direction", "request")}
