"""An article and its corrections as schema.org data, for search engines and other newsrooms' systems.

Types and properties as schema.org defines them: NewsArticle, `correction` with CorrectionComment (a Comment, tied
by `parentItem`), and the publisher's `correctionsPolicy`, `ethicsPolicy` and `actionableFeedbackPolicy`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings

from corrections.models import Notice
from newsroom.addresses import article_address
from newsroom.queries import ArticlePage


@dataclass(frozen=True)
class Policies:
    """The paths of the pages on which the newsroom says what it promises."""

    corrections: str
    complaints: str
    ethics: str


def article_data(page: ArticlePage, notices: Sequence[Notice], *, policies: Policies) -> dict[str, Any]:
    """The data of one article's page; an allow-list of what is public."""
    address = settings.SITE_URL + article_address(page.article)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": address,
        "url": address,
        "headline": page.revision.title,
        "inLanguage": page.article.language,
        "articleSection": page.section_name,
        "datePublished": page.article.published_at.isoformat(),
        "dateModified": page.changed_at.isoformat(),
        "author": [{"@type": "Person", "name": name} for name in page.bylines],
        "publisher": _publisher(page.article.language, policies),
    }
    if page.revision.standfirst:
        data["description"] = page.revision.standfirst
    if page.revision.photo:
        data["image"] = f"{settings.SITE_URL}/media/photos/{page.revision.photo.file_name}"
    if notices:
        data["correction"] = [_correction(notice, address) for notice in notices]
    return data


def _correction(notice: Notice, address: str) -> dict[str, Any]:
    return {
        "@type": "CorrectionComment",
        "@id": f"{address}#notice-{notice.pk}",
        "text": notice.text,
        "datePublished": notice.published_at.isoformat(),
        "inLanguage": notice.language,
        "parentItem": {"@id": address},
    }


def _publisher(language: str, policies: Policies) -> dict[str, Any]:
    return {
        "@type": "NewsMediaOrganization",
        "name": settings.SITE_NAMES[language],
        "url": settings.SITE_URL,
        "correctionsPolicy": settings.SITE_URL + policies.corrections,
        "ethicsPolicy": settings.SITE_URL + policies.ethics,
        "actionableFeedbackPolicy": settings.SITE_URL + policies.complaints,
    }
