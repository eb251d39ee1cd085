"""The register as an Atom feed."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from corrections.domain import register
from corrections.models import Notice


class NoticesFeed(Feed):  # type: ignore[type-arg]  # generic in the stubs alone
    """The newest notices of one language."""

    feed_type = Atom1Feed

    def title(self) -> str:
        language = get_language() or settings.LANGUAGE_CODE
        return f"{_('Corrections log')} – {settings.SITE_NAMES[language]}"

    def author_name(self) -> str:
        """Atom asks every feed or each of its entries for an author."""
        return str(settings.SITE_NAMES[get_language() or settings.LANGUAGE_CODE])

    def link(self) -> str:
        return settings.SITE_URL + reverse("reader:notices")

    def feed_url(self) -> str:
        return settings.SITE_URL + reverse("reader:notices_feed")

    def items(self) -> Iterable[Notice]:
        return register.public_notices(get_language()).notices

    def item_title(self, item: Notice) -> str:
        notice: Any = item  # the register adds the title and when it was taken back
        named = f"{item.get_kind_display()}: {notice.title or _('Withdrawn article')}"
        return f"{_('Taken back')} – {named}" if notice.taken_back_at else named

    def item_description(self, item: Notice) -> str:
        return item.text

    def item_link(self, item: Notice) -> str:
        return settings.SITE_URL + reverse("reader:notice", args=[item.pk])

    def item_pubdate(self, item: Notice) -> datetime:
        return item.published_at

    def item_updateddate(self, item: Notice) -> datetime:
        notice: Any = item
        return notice.taken_back_at or item.published_at
