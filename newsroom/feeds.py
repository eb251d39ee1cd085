"""Atom feeds of articles."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language

from newsroom import queries
from newsroom.addresses import article_address
from newsroom.models import Article, Section
from newsroom.text import clean_line, clean_text


class SiteFeed(Feed):  # type: ignore[type-arg]  # generic in the stubs alone
    """The newest articles of one language."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        return None

    def title(self) -> str:
        return str(settings.SITE_NAMES[_language()])

    def author_name(self) -> str:
        """Atom asks every feed or each of its entries for an author."""
        return str(settings.SITE_NAMES[_language()])

    def link(self) -> str:
        return _site() + reverse("newsroom:front")

    def feed_url(self) -> str:
        return _site() + reverse("newsroom:feed")

    def items(self, chosen: Any) -> Iterable[Article]:
        return queries.river(_language(), section=chosen).articles

    def item_title(self, item: Article) -> str:
        return str(item.title)  # type: ignore[attr-defined]  # annotated by the query

    def item_description(self, item: Article) -> str:
        return clean_text(str(item.standfirst))  # type: ignore[attr-defined]  # annotated by the query

    def item_link(self, item: Article) -> str:
        return _site() + article_address(item)

    def item_guid(self, item: Article) -> str:
        return f"{settings.SITE_URL}/{item.language}/{item.pk}/"

    def item_pubdate(self, item: Article) -> datetime:
        return item.published_at

    def item_updateddate(self, item: Article) -> datetime:
        return item.revised_at or item.published_at


class SectionFeed(SiteFeed):
    """The newest articles of one section."""

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Section:
        section: Section = get_object_or_404(Section, slug=kwargs["slug"])
        return section

    def title(self, chosen: Section) -> str:  # type: ignore[override]  # a feed with an object
        return clean_line(f"{settings.SITE_NAMES[_language()]} – {chosen.name_in(_language())}")

    def link(self, chosen: Section) -> str:  # type: ignore[override]  # a feed with an object
        """The section's page, which is also the feed's id: two feeds must not have the same."""
        return _site() + reverse("newsroom:section", args=[chosen.slug])

    def feed_url(self, chosen: Section) -> str:  # type: ignore[override]  # a feed with an object
        return _site() + reverse("newsroom:section_feed", args=[chosen.slug])


def _site() -> str:
    return str(settings.SITE_URL)


def _language() -> str:
    return get_language() or settings.LANGUAGE_CODE
