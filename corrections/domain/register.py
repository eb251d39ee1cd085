"""The public register: every notice ever published, newest first. Only what readers of the page may know."""

from dataclasses import dataclass
from datetime import date

from django.db.models import F, QuerySet
from django.utils import timezone

from corrections.models import Notice
from newsroom.queries import shown

PAGE_SIZE = 50


class NoticeNotFound(Exception):
    """There is no such notice."""


@dataclass(frozen=True)
class RegisterPage:
    """One page of the register; each notice carries `title`, the headline of its article (empty: withdrawn), and
    `taken_back_at`."""

    notices: list[Notice]
    page: int
    pages: int


def public_notices(language: str | None = None, page: int = 1) -> RegisterPage:
    """A page of the register, of one language or of all (two queries)."""
    notices = _notices(language)
    pages = max(1, -(-notices.count() // PAGE_SIZE))
    page = min(max(page, 1), pages)
    return RegisterPage(list(notices[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]), page, pages)


def notices_on(article_id: int) -> list[Notice]:
    """The notices on one article, newest first (one query)."""
    return list(_notices(None).filter(article_id=article_id))


def months(notices: list[Notice]) -> list[tuple[date, list[Notice]]]:
    """The notices by the site's calendar month, in their order."""
    groups: dict[date, list[Notice]] = {}
    for notice in notices:
        groups.setdefault(timezone.localdate(notice.published_at).replace(day=1), []).append(notice)
    return list(groups.items())


def notice(number: int) -> Notice:
    """One notice with its article's headline, as above. Raises NoticeNotFound."""
    found = _notices(None).filter(pk=number).first() if 0 < number < 2**63 else None
    if found is None:
        raise NoticeNotFound
    return found


def _notices(language: str | None) -> QuerySet[Notice]:
    notices = Notice.objects.select_related("article").annotate(
        title=shown("title", through="article"), taken_back_at=F("decision__taken_back_at")
    )
    return notices.filter(language=language) if language else notices
