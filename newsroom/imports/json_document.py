"""Articles from a JSON document.

The document is an object with one key, `articles`, a list of objects:

    title          headline, text (required)
    paragraphs     list of plain texts, one per paragraph (required)
    language       "ar" or "en" (required)
    section        the name in addresses of a section that exists, such as "politics", or an object
                   {"slug": "politics", "name_ar": "سياسة", "name_en": "Politics"} that makes it where it is absent
                   (required)
    published_at   ISO 8601 with an offset, such as "2025-02-17T13:05:00+03:00" (required)
    bylines        list of names, or of objects {"name": ..., "username": ...} that tie a name to an account
    standfirst, caption, credit, photo_alternative   text
    photo          path of a JPEG, PNG or WebP file below the document's own folder
    canonical_url  where the article first appeared (http or https)

An item whose canonical_url is already here makes a new revision of that article (or nothing, if its words are the
same; bylines and section stay as they are, they are changed in the administration);
one without a canonical_url is taken for the same article when language, headline and published_at are the same.
An article that was corrected or edited here since its last import is not overwritten: an item that brings other words
for it is refused, one that brings the words of the last import again changes nothing.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.dateparse import parse_datetime

from newsroom import articles
from newsroom.articles import ArticleDraft, BylineDraft, Content
from newsroom.html import RichTextRefused, paragraphs_to_html
from newsroom.models import Article, Revision, Section, StaffMember
from newsroom.models.languages import Language
from newsroom.photos import LARGEST_FILE, store_photo
from newsroom.text import clean_line
from newsroom.uploads.kinds import FileRefused

#: Bytes of one document.
LARGEST_DOCUMENT = 50 * 1024 * 1024
#: Years between which something was published; beyond them moments cannot be counted in every time zone.
EARLIEST, LATEST = 1600, 3000
LONGEST = {"title": 300, "caption": 500, "credit": 200, "photo_alternative": 300, "standfirst": 5000}
_FIELDS = {*LONGEST, "paragraphs", "language", "section", "published_at", "bylines", "photo", "canonical_url"}


class DocumentRefused(Exception):
    """The document as a whole cannot be read; the sentence says why."""


class ItemRefused(Exception):
    """One article cannot be taken; `field` and the sentence say why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field


@dataclass(frozen=True)
class Imported:
    """What became of one item: published, revised or unchanged."""

    article: Article
    outcome: str


def read_document(path: Path) -> list[Any]:
    """The items of a document. Raises DocumentRefused."""
    try:
        if path.stat().st_size > LARGEST_DOCUMENT:
            raise DocumentRefused(f"the document is larger than {LARGEST_DOCUMENT} bytes")
        document = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise DocumentRefused(f"the file cannot be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise DocumentRefused(f"this is no JSON document in UTF-8: {error}") from error
    items = document.get("articles") if isinstance(document, dict) else None
    if not isinstance(items, list):
        raise DocumentRefused('the document has to be an object with a list "articles"')
    return items


def import_item(item: Any, folder: Path, *, by: StaffMember | None, now: datetime) -> Imported:
    """Publishes or revises the article of one item; `folder` is where its photo lies. Raises ItemRefused."""
    _check_shape(item)
    try:
        with transaction.atomic():
            draft, published_at = _draft(item, folder)
            return _write(draft, published_at, by, now)
    except articles.ContentIncomplete as error:
        raise ItemRefused("paragraphs" if error.field == "body" else error.field, "is empty") from error
    except RichTextRefused as error:
        raise ItemRefused("paragraphs", f"is too long ({error.found}, at most {error.allowed})") from error
    except articles.ArticleIsWithdrawn as error:
        raise ItemRefused("canonical_url", "belongs to an article that was withdrawn here") from error


def _write(draft: ArticleDraft, published_at: datetime, by: StaffMember | None, now: datetime) -> Imported:
    earlier = _earlier(draft, published_at)
    if earlier is None:
        article = articles.publish(draft, by=by, origin=Revision.Origin.IMPORT, published_at=published_at)
        return Imported(article, "published")
    if earlier.is_withdrawn:
        raise articles.ArticleIsWithdrawn
    if _brings_nothing_new(draft, earlier):
        return Imported(earlier, "unchanged")
    try:
        articles.revise(
            earlier.pk,
            draft.content,
            change=Revision.Change.UPDATE,
            origin=Revision.Origin.IMPORT,
            expected_revision=earlier.latest,
            by=by,
            now=now,
        )
    except articles.NothingChanged:
        return Imported(earlier, "unchanged")
    except articles.ArticleChanged as error:
        raise ItemRefused("item", "belongs to an article that was revised here at the same moment") from error
    return Imported(earlier, "revised")


def _brings_nothing_new(draft: ArticleDraft, earlier: Article) -> bool:
    """Whether the words are those of the last import. Raises ItemRefused where new ones would undo work done here."""
    last = earlier.revisions.filter(origin=Revision.Origin.IMPORT).order_by("-number").first()
    if last is not None and Content.of(last) == articles.cleaned(draft.content):
        return True
    if last is None or last.number != earlier.latest:
        raise ItemRefused("item", "belongs to an article that was edited here since; the import would undo that")
    return False


def _earlier(draft: ArticleDraft, published_at: datetime) -> Article | None:
    if draft.canonical_url:
        return Article.objects.filter(canonical_url=draft.canonical_url).first()
    title = articles.cleaned(draft.content).title
    return Article.objects.filter(language=draft.language, published_at=published_at, revisions__title=title).first()


def _check_shape(item: Any) -> None:
    if not isinstance(item, dict):
        raise ItemRefused("item", "has to be an object")
    for field, value in item.items():
        if field not in _FIELDS:
            raise ItemRefused(ascii(field)[1:-1][:40], "is no field of an article")
        if any(map(_is_no_text, _texts_in(value))):
            raise ItemRefused(field, "holds a zero byte or half a character, which no database stores")
    for field, longest in LONGEST.items():
        # Measured as it will be stored: composing can make a text longer than it was sent.
        if len(clean_line(_text(item, field))) > longest:
            raise ItemRefused(field, f"is longer than {longest} characters")


def _texts_in(value: Any) -> Iterator[str]:
    """Every text of a JSON value. Without recursion: how deep a value is nested is the sender's choice."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield each
        elif isinstance(each, dict):
            waiting += [*each, *each.values()]
        elif isinstance(each, list):
            waiting += each


def _is_no_text(text: str) -> bool:
    return "\0" in text or any("\ud800" <= character <= "\udfff" for character in text)


def _text(item: dict[str, Any], field: str) -> str:
    value = item.get(field, "")
    if not isinstance(value, str):
        raise ItemRefused(field, "has to be a text")
    return value


def _draft(item: dict[str, Any], folder: Path) -> tuple[ArticleDraft, datetime]:
    language = _text(item, "language")
    if language not in Language.values:
        raise ItemRefused("language", f"has to be one of {', '.join(Language.values)}")
    content = Content(
        title=_text(item, "title"),
        body=paragraphs_to_html(_paragraphs(item)),
        standfirst=_text(item, "standfirst"),
        photo_id=_photo(item, folder),
        photo_alternative=_text(item, "photo_alternative"),
        caption=_text(item, "caption"),
        credit=_text(item, "credit"),
    )
    draft = ArticleDraft(language, _section(item), content, _bylines(item), _canonical(item))
    return draft, _published_at(item)


def _paragraphs(item: dict[str, Any]) -> list[str]:
    paragraphs = item.get("paragraphs")
    if not isinstance(paragraphs, list) or not all(isinstance(each, str) for each in paragraphs):
        raise ItemRefused("paragraphs", "has to be a list of texts")
    return [each for each in paragraphs if each.strip()]


def _section(item: dict[str, Any]) -> Section:
    if isinstance(item.get("section"), dict):
        return _named_section(item["section"])
    slug = _text(item, "section")
    section = Section.objects.filter(slug=slug).first()
    if section is None:
        known = ", ".join(Section.objects.values_list("slug", flat=True)) or "none yet: make one in the administration"
        raise ItemRefused("section", f"is unknown; there are: {known}")
    return section


def _named_section(given: dict[str, Any]) -> Section:
    texts = {name: given.get(name) for name in ("slug", "name_ar", "name_en")}
    fields = {name: clean_line(text) if isinstance(text, str) else "" for name, text in texts.items()}
    wanted = Section(**fields)
    try:
        wanted.clean_fields(exclude=["id", "position"])
    except ValidationError as error:
        raise ItemRefused("section", f"is incomplete: {', '.join(error.message_dict)}") from error
    section, _made = Section.objects.get_or_create(slug=fields["slug"], defaults=fields)
    return section


def _bylines(item: dict[str, Any]) -> list[BylineDraft]:
    bylines = item.get("bylines", [])
    if not isinstance(bylines, list) or len(bylines) > 20:
        raise ItemRefused("bylines", "has to be a list of at most 20 names")
    return [_byline(entry) for entry in bylines]


def _byline(entry: Any) -> BylineDraft:
    if isinstance(entry, dict):
        name, username = entry.get("name"), entry.get("username")
        member = StaffMember.objects.filter(username=username).first() if isinstance(username, str) else None
        if username is not None and member is None:
            raise ItemRefused("bylines", "names an account that does not exist")
    else:
        name, member = entry, None
    if not isinstance(name, str) or not 0 < len(clean_line(name)) <= 120:
        raise ItemRefused("bylines", "needs a name of at most 120 characters")
    return BylineDraft(name, member)


def _canonical(item: dict[str, Any]) -> str:
    address = _text(item, "canonical_url")
    if address:
        try:
            URLValidator(schemes=["http", "https"])(address)
        except ValidationError as error:
            raise ItemRefused("canonical_url", "has to be an http or https address") from error
    if len(address) > 500:
        raise ItemRefused("canonical_url", "is longer than 500 characters")
    return address


def _published_at(item: dict[str, Any]) -> datetime:
    try:
        moment = parse_datetime(_text(item, "published_at"))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ItemRefused("published_at", "has to be ISO 8601 with an offset, such as 2025-02-17T13:05:00+03:00")
    if not EARLIEST < moment.year < LATEST:
        raise ItemRefused("published_at", f"has to lie between {EARLIEST} and {LATEST}")
    return moment


def _photo(item: dict[str, Any], folder: Path) -> int | None:
    name = _text(item, "photo")
    if not name:
        return None
    try:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()) or not path.is_file():
            raise ItemRefused("photo", "has to be a file below the document’s folder")
        if path.stat().st_size > LARGEST_FILE:
            raise ItemRefused("photo", f"is larger than {LARGEST_FILE} bytes")
        return store_photo(path.read_bytes()).pk
    except OSError as error:
        raise ItemRefused("photo", f"cannot be read: {error.strerror}") from error
    except RuntimeError as error:
        raise ItemRefused("photo", "is a circle of symbolic links") from error
    except FileRefused as error:
        raise ItemRefused("photo", f"is refused ({error.reason}); JPEG, PNG and WebP are taken") from error
