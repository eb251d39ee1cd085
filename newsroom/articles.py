"""The only writer of articles and revisions: publish, revise, withdraw.

Callers pass words as they came; sanitising (newsroom.html, newsroom.text) happens here and nowhere later.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.functional import Promise

from newsroom.edits import edits_of_revision, words_of
from newsroom.guards import OwnChange, objection_to
from newsroom.html import blocks, clean_rich_text
from newsroom.minor_fixes import Beyond, beyond_minor_fix
from newsroom.models import Article, Byline, Revision, Section, StaffMember
from newsroom.slugs import slug_of
from newsroom.text import clean_line, clean_text, fold


class ArticleChanged(Exception):
    """Somebody else revised the article since the revision that the change was made on."""

    def __init__(self, expected: int, found: int) -> None:
        super().__init__(f"expected revision {expected}, found {found}")
        self.expected = expected
        self.found = found


class ArticleIsWithdrawn(Exception):
    """A withdrawn article is neither revised nor withdrawn again."""


class NothingChanged(Exception):
    """The new content equals the current revision."""


class NotMinor(Exception):
    """The change is more than a minor fix; `beyond` says why."""

    def __init__(self, beyond: Beyond) -> None:
        super().__init__(beyond.value)
        self.beyond = beyond


class Objected(Exception):
    """A guard (newsroom.guards) objects to a change that the newsroom makes by itself; `reason` is its sentence."""

    def __init__(self, reason: "str | Promise") -> None:
        super().__init__("a guard objects")
        self.reason = reason


class ContentIncomplete(Exception):
    """An article needs a headline and a text; `field` says what is missing."""

    def __init__(self, field: str) -> None:
        super().__init__(f"{field} is empty")
        self.field = field


@dataclass(frozen=True)
class Content:
    """The words and the picture of one revision."""

    title: str
    body: str
    standfirst: str = ""
    photo_id: int | None = None
    photo_alternative: str = ""
    caption: str = ""
    credit: str = ""

    @classmethod
    def of(cls, revision: Revision) -> "Content":
        """The content of a stored revision."""
        return cls(
            title=revision.title,
            body=revision.body,
            standfirst=revision.standfirst,
            photo_id=revision.photo_id,
            photo_alternative=revision.photo_alternative,
            caption=revision.caption,
            credit=revision.credit,
        )

    def words(self) -> dict[str, list[str]]:
        """The paragraphs of each part that has words, as newsroom.edits counts positions in them."""
        return words_of(self.title, self.standfirst, self.body, self.caption, self.credit)

    def texts(self) -> dict[str, list[str]]:
        """Everything of each part that a reader reads, headings and the description of the photo as well."""
        read = {"body": [block.text for block in blocks(self.body)], "photo_alternative": [self.photo_alternative]}
        return {**self.words(), **read}

    def as_data(self) -> dict[str, Any]:
        """JSON-able, for a decision that waits for its second signature."""
        return asdict(self)


@dataclass(frozen=True)
class BylineDraft:
    """One name over an article, with the staff account where there is one."""

    name: str
    staff_member: StaffMember | None = None


@dataclass(frozen=True)
class ArticleDraft:
    """What is needed to publish an article for the first time."""

    language: str
    section: Section
    content: Content
    bylines: Sequence[BylineDraft]
    canonical_url: str = ""


def cleaned(content: Content) -> Content:
    """The content with every word sanitised.

    Raises ContentIncomplete; RichTextTooLong and RichTextTooDeep of newsroom.html.
    """
    clean = replace(
        content,
        title=clean_line(content.title),
        body=clean_rich_text(content.body),
        standfirst=clean_text(content.standfirst).strip(),
        photo_alternative=clean_line(content.photo_alternative),
        caption=clean_line(content.caption),
        credit=clean_line(content.credit),
    )
    for field in ("title", "body"):
        if not getattr(clean, field).strip():
            raise ContentIncomplete(field)
    return clean


def beyond_bound(change: str, before: Content, after: Content) -> Beyond:
    """What of a change (both contents clean) goes beyond what its kind allows; nothing, but for minor fixes."""
    if change != Revision.Change.MINOR_FIX:
        return Beyond.NOTHING
    if before.photo_id != after.photo_id:
        return Beyond.PHOTO
    return beyond_minor_fix(before.texts(), after.texts())


def objection_to_revision(article_id: int, before: Content, after: Content, by: StaffMember | None) -> "str | Promise":
    """What stands against this change (both contents clean) where the newsroom makes it by itself; nothing, mostly."""
    return objection_to(OwnChange(article_id, by.pk if by else None, before.texts(), after.texts()))


def publish(draft: ArticleDraft, *, by: StaffMember | None, origin: str, published_at: datetime) -> Article:
    """Publishes an article: sanitises, writes Article, Bylines and Revision 1 in one transaction.

    `origin` is a Revision.Origin; `published_at` is aware. Raises what `cleaned` raises.
    """
    content = cleaned(draft.content)
    with transaction.atomic():
        article = Article.objects.create(
            language=draft.language,
            section=draft.section,
            slug=slug_of(content.title),
            search_text=_searched(content),
            canonical_url=draft.canonical_url,
            latest=1,
            published_at=published_at,
        )
        set_bylines(article, draft.bylines)
        _write_revision(article, 1, content, Revision.Change.FIRST, origin, by, published_at)
    return article


def revise(
    article_id: int,
    content: Content,
    *,
    change: str,
    origin: str,
    expected_revision: int,
    by: StaffMember | None,
    now: datetime,
) -> Revision:
    """Publishes a new revision of an article, inside the caller's transaction or one of its own.

    Sanitises, raises the article's `latest` by a guarded update, then writes the revision with what it edits in the
    one before (newsroom.edits).
    `change` is a Revision.Change other than FIRST; `now` is aware.
    Raises ArticleChanged when `expected_revision` is not the latest, ArticleIsWithdrawn, NothingChanged, NotMinor for
    a minor fix that is more than that, Objected where the origin is the newsroom, and what `cleaned` raises.
    """
    new = cleaned(content)
    with transaction.atomic():
        _advance(article_id, expected_revision, slug=slug_of(new.title), search_text=_searched(new), revised_at=now)
        article = Article.objects.get(pk=article_id)
        old = Content.of(latest_revision(article, expected_revision))
        if old == new:
            raise NothingChanged
        _require_bound(change, old, new)
        if origin == Revision.Origin.NEWSROOM:
            _require_none(objection_to_revision(article_id, old, new, by))
        return _write_revision(article, expected_revision + 1, new, change, origin, by, now, before=old)


def withdraw(
    article_id: int,
    *,
    reason: str,
    expected_revision: int,
    by: StaffMember | None,
    now: datetime,
    origin: str = Revision.Origin.NEWSROOM,
) -> None:
    """Withdraws an article: its address stays and shows `reason` (plain text) instead of the words.

    One guarded update. Raises ArticleChanged, ArticleIsWithdrawn, ContentIncomplete("reason"), Objected where the
    origin is the newsroom.
    """
    clean_reason = clean_text(reason).strip()
    if not clean_reason:
        raise ContentIncomplete("reason")
    if origin == Revision.Origin.NEWSROOM:
        _require_none(objection_to(OwnChange(article_id, by.pk if by else None, {})))
    updated = Article.objects.filter(pk=article_id, latest=expected_revision, status=Article.Status.PUBLISHED).update(
        status=Article.Status.WITHDRAWN, withdrawn_at=now, withdrawn_by=by, withdrawal_reason=clean_reason
    )
    if not updated:
        _explain_refusal(article_id, expected_revision)


def reinstate(article_id: int, *, expected_revision: int) -> None:
    """Publishes a withdrawn article again, because its withdrawal was taken back.

    One guarded update. Raises ArticleChanged when it is not withdrawn, or not at this revision.
    """
    updated = Article.objects.filter(pk=article_id, latest=expected_revision, status=Article.Status.WITHDRAWN).update(
        status=Article.Status.PUBLISHED, withdrawn_at=None, withdrawn_by=None, withdrawal_reason=""
    )
    if not updated:
        raise ArticleChanged(expected_revision, Article.objects.get(pk=article_id).latest)


def set_bylines(article: Article, bylines: Sequence[BylineDraft]) -> None:
    """Replaces the names over an article."""
    article.bylines.all().delete()
    Byline.objects.bulk_create(
        Byline(article=article, name=clean_line(byline.name), staff_member=byline.staff_member, position=position)
        for position, byline in enumerate(bylines)
    )


def latest_revision(article: Article, number: int | None = None) -> Revision:
    """The article's revision of that number (by default its latest)."""
    return article.revisions.select_related("photo").get(number=number or article.latest)


def _require_bound(change: str, before: Content, after: Content) -> None:
    beyond = beyond_bound(change, before, after)
    if beyond:
        raise NotMinor(beyond)


def _require_none(objection: "str | Promise") -> None:
    if objection:
        raise Objected(objection)


def _searched(content: Content) -> str:
    return fold(f"{content.title} {content.standfirst}")


def _advance(article_id: int, expected_revision: int, **changes: Any) -> None:
    updated = Article.objects.filter(pk=article_id, latest=expected_revision, status=Article.Status.PUBLISHED).update(
        latest=expected_revision + 1, **changes
    )
    if not updated:
        _explain_refusal(article_id, expected_revision)


def _explain_refusal(article_id: int, expected_revision: int) -> None:
    article = Article.objects.get(pk=article_id)
    if article.is_withdrawn:
        raise ArticleIsWithdrawn
    raise ArticleChanged(expected_revision, article.latest)


def _write_revision(
    article: Article,
    number: int,
    content: Content,
    change: str,
    origin: str,
    by: StaffMember | None,
    now: datetime,
    before: Content | None = None,
) -> Revision:
    return Revision.objects.create(
        article=article,
        number=number,
        change=change,
        origin=origin,
        edits=edits_of_revision(before.words(), content.words()) if before else {},
        made_by=by,
        made_at=now,
        **content.as_data(),
    )
