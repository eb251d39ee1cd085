"""JSON documents from elsewhere: every item is published, revised, left alone, or refused with a sentence."""

import json
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image
from pytest_django import Settings

from newsroom import articles
from newsroom.articles import Content
from newsroom.imports import json_document
from newsroom.imports.json_document import DocumentRefused, ItemRefused, import_item, read_document
from newsroom.models import Article, Photo, Revision, Section
from newsroom.photos import LARGEST_FILE
from tests.factories import NOW, make_article, make_staff
from tests.journeys.documents import INVENTED, real_article

pytestmark = pytest.mark.django_db

ITEM: dict[str, Any] = {
    "title": "عودة ضخ المياه",
    "paragraphs": ["أعلنت البلدية عودة ضخ المياه.", "وتخدم المحطة 1,200 أسرة."],
    "language": "ar",
    "section": {"slug": "services", "name_ar": "خدمات", "name_en": "Services"},
    "published_at": "2025-02-17T13:05:00+03:00",
    "bylines": ["ليلى حداد"],
    "canonical_url": "https://example.org/349287/",
}


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def outcome_of(folder: Path, **fields: Any) -> str:
    """What becomes of the item with these fields changed; None takes a field away."""
    item = {name: value for name, value in {**ITEM, **fields}.items() if value is not None}
    return import_item(item, folder, by=None, now=NOW).outcome


def refusal_of(folder: Path, **fields: Any) -> str:
    before = row_counts()
    with pytest.raises(ItemRefused) as refusal:
        outcome_of(folder, **fields)
    assert row_counts() == before
    return str(refusal.value)


def row_counts() -> list[int]:
    return [model.objects.count() for model in (Article, Section, Photo, Revision)]


def test_an_item_becomes_an_article_with_all_that_it_brings(tmp_path: Path) -> None:
    Image.new("RGB", (8, 6), "red").save(tmp_path / "tower.png")
    words = {"photo": "tower.png", "caption": "الخزان", "credit": "سامر", "photo_alternative": "خزان"}
    member = make_staff("author", username="layla")
    bylines = [{"name": "ليلى حداد", "username": "layla"}, "سامر نعمة"]
    assert outcome_of(tmp_path, bylines=bylines, **words) == "published"
    article = Article.objects.get()
    assert list(article.bylines.values_list("name", "staff_member")) == [("ليلى حداد", member.pk), ("سامر نعمة", None)]
    revision = article.revisions.get()
    assert revision.body == "<p>أعلنت البلدية عودة ضخ المياه.</p>\n<p>وتخدم المحطة 1,200 أسرة.</p>"
    assert (revision.origin, revision.caption, revision.credit) == ("import", "الخزان", "سامر")
    assert revision.photo is not None
    assert (revision.photo.width, revision.photo.height) == (8, 6)


def test_the_real_article_is_taken_whole(tmp_path: Path) -> None:
    item = real_article() or INVENTED
    import_item(item, tmp_path, by=None, now=NOW)
    assert Revision.objects.get().body.count("<p>") == len(item["paragraphs"])


def test_a_refused_item_leaves_neither_its_section_nor_its_photo_behind(tmp_path: Path) -> None:
    Image.new("RGB", (4, 3)).save(tmp_path / "photo.png")
    assert refusal_of(tmp_path, photo="photo.png", paragraphs=[]) == "paragraphs: is empty"
    assert row_counts() == [0, 0, 0, 0]


@pytest.mark.parametrize("address", [ITEM["canonical_url"], None])
def test_an_item_imported_twice_is_one_article(tmp_path: Path, address: str | None) -> None:
    outcomes = [outcome_of(tmp_path, canonical_url=address) for _ in range(2)]
    assert (outcomes, Article.objects.count(), Revision.objects.count()) == (["published", "unchanged"], 1, 1)


def test_other_words_from_the_same_address_are_its_next_revision(tmp_path: Path) -> None:
    assert [outcome_of(tmp_path), outcome_of(tmp_path, title="عنوان آخر")] == ["published", "revised"]
    assert list(Revision.objects.values_list("number", "change", "origin")) == [
        (1, "first", "import"),
        (2, "update", "import"),
    ]


def correct_here(article: Article) -> Revision:
    content = replace(Content.of(articles.latest_revision(article)), title="عنوان مصحح")
    arguments: dict[str, Any] = {"origin": Revision.Origin.DESK, "by": None, "now": NOW + timedelta(days=1)}
    return articles.revise(article.pk, content, change="correction", expected_revision=1, **arguments)


def test_a_correction_made_here_is_never_undone_by_an_import(tmp_path: Path) -> None:
    outcome_of(tmp_path)
    correct_here(Article.objects.get())
    assert refusal_of(tmp_path, title="عنوان آخر").startswith("item: belongs to an article that was edited here since")
    assert articles.latest_revision(Article.objects.get()).title == "عنوان مصحح"


def test_the_words_of_the_last_import_again_change_nothing_after_a_correction(tmp_path: Path) -> None:
    outcome_of(tmp_path)
    correct_here(Article.objects.get())
    assert (outcome_of(tmp_path), Article.objects.get().latest) == ("unchanged", 2)


def test_an_article_written_here_is_not_taken_over(tmp_path: Path) -> None:
    article = make_article("ar")
    fields = {"title": articles.latest_revision(article).title, "published_at": NOW.isoformat(), "canonical_url": None}
    assert refusal_of(tmp_path, **fields).startswith("item: belongs to an article that was edited here")


@pytest.mark.parametrize("title", [ITEM["title"], "عنوان آخر"])
def test_a_withdrawn_article_stays_withdrawn(tmp_path: Path, title: str) -> None:
    outcome_of(tmp_path)
    articles.withdraw(Article.objects.get().pk, reason="سبب", expected_revision=1, by=None, now=NOW)
    refusal = "canonical_url: belongs to an article that was withdrawn here"
    assert refusal_of(tmp_path, title=title) == refusal


NO_TEXT = "holds a zero byte or half a character, which no database stores"


@pytest.mark.parametrize(
    ("field", "value", "reason"),
    [
        *((field, "a\0b", NO_TEXT) for field in ("title", "section", "language", "photo", "canonical_url", "credit")),
        *((field, "\ud800", NO_TEXT) for field in ("title", "section", "language", "photo", "canonical_url", "credit")),
        ("paragraphs", ["text", "\ud800"], NO_TEXT),
        ("bylines", [{"name": "x", "username": "\ud800"}], NO_TEXT),
        ("section", {"slug": "x", "name_ar": "\0", "name_en": "b"}, NO_TEXT),
        ("section", {"slug": 1, "name_ar": [], "name_en": {}}, "is incomplete: slug, name_ar, name_en"),
        ("section", {"slug": "x", "name_ar": "\u200b", "name_en": "b"}, "is incomplete: name_ar"),
        ("section", {"slug": "x y", "name_ar": "a", "name_en": "ا" * 61}, "is incomplete: slug, name_en"),
        ("section", "absent", "is unknown; there are: none yet: make one in the administration"),
        ("section", [], "has to be a text"),
        ("title", None, "is empty"),
        ("title", "\u202e\u200b", "is empty"),
        ("title", "ا" * 301, "is longer than 300 characters"),
        # Three letters each when composed, as the database would get them.
        ("title", "\ufb2c" * 101, "is longer than 300 characters"),
        ("title", 7, "has to be a text"),
        ("paragraphs", None, "has to be a list of texts"),
        ("paragraphs", [], "is empty"),
        ("paragraphs", ["x" * 600_000], "is too long (600007, at most 524288)"),
        ("paragraphs", [" ", "\t"], "is empty"),
        ("paragraphs", ["text", 7], "has to be a list of texts"),
        ("paragraphs", "text", "has to be a list of texts"),
        ("language", "fr", "has to be one of ar, en"),
        ("language", None, "has to be one of ar, en"),
        ("bylines", "ليلى", "has to be a list of at most 20 names"),
        ("bylines", ["x"] * 21, "has to be a list of at most 20 names"),
        ("bylines", ["\u200b"], "needs a name of at most 120 characters"),
        ("bylines", ["x" * 121], "needs a name of at most 120 characters"),
        ("bylines", [{"name": "x", "username": "absent"}], "names an account that does not exist"),
        ("canonical_url", "javascript:alert(1)", "has to be an http or https address"),
        ("canonical_url", "http://[::1", "has to be an http or https address"),
        ("photo", "../secret.jpg", "has to be a file below the document’s folder"),
        ("photo", "absent.png", "has to be a file below the document’s folder"),
        ("photo", "/etc/passwd", "has to be a file below the document’s folder"),
        ("photo", "link.jpg", "has to be a file below the document’s folder"),
        ("photo", "folder", "has to be a file below the document’s folder"),
        ("photo", "a" * 5000, "cannot be read: File name too long"),
        ("photo", "circle.jpg", "is a circle of symbolic links"),
        ("photo", "words.jpg", "is refused (kind); JPEG, PNG and WebP are taken"),
        *(
            ("published_at", value, "has to be ISO 8601 with an offset, such as 2025-02-17T13:05:00+03:00")
            for value in ("2025-02-17", "2025-02-17T13:05:00", "2025-13-01T00:00:00Z", "yesterday", None)
        ),
        ("published_at", "0001-01-01T00:00:00+14:00", "has to lie between 1600 and 3000"),
        ("published_at", "9999-12-31T23:59:59-14:00", "has to lie between 1600 and 3000"),
        ("headline", "x", "is no field of an article"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_field_and_reason(
    tmp_path: Path, field: str, value: Any, reason: str
) -> None:
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    folder = tmp_path / "documents"
    (folder / "folder").mkdir(parents=True)
    (folder / "words.jpg").write_text("words")
    (folder / "link.jpg").symlink_to(tmp_path / "secret.jpg")
    (folder / "circle.jpg").symlink_to(folder / "circle.jpg")
    assert refusal_of(folder, **{field: value}) == f"{field}: {reason}"


def test_a_photo_larger_than_any_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "huge.jpg").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    assert refusal_of(tmp_path, photo="huge.jpg") == f"photo: is larger than {LARGEST_FILE} bytes"


@pytest.mark.parametrize("item", [None, 7, "text", [], True])
def test_an_item_that_is_no_object_is_refused(tmp_path: Path, item: Any) -> None:
    with pytest.raises(ItemRefused, match="item: has to be an object"):
        import_item(item, tmp_path, by=None, now=NOW)


_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(fields=st.dictionaries(st.sampled_from(sorted([*ITEM, "photo", "caption"])), _VALUES, min_size=1, max_size=3))
@hypothesis_settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_json_at_all_is_taken_or_refused(tmp_path: Path, fields: dict[str, Any]) -> None:
    try:
        imported = import_item({**ITEM, **fields}, tmp_path, by=None, now=NOW)
    except ItemRefused as refusal:
        ascii(refusal)
    else:
        assert Article.objects.filter(pk=imported.article.pk).count() == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "this is no JSON document in UTF-8"),
        (b"{", "this is no JSON document in UTF-8"),
        (b"\xff\xfe{}", "this is no JSON document in UTF-8"),
        (b"[" * 200_000, "this is no JSON document in UTF-8"),
        (b'{"articles": [' + b"1" * 9000 + b"]}", "this is no JSON document in UTF-8"),
        (b"[]", 'the document has to be an object with a list "articles"'),
        (b"null", 'the document has to be an object with a list "articles"'),
        (b'{"articles": {}}', 'the document has to be an object with a list "articles"'),
    ],
)
def test_a_document_that_is_none_is_refused_as_a_whole(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "document.json"
    path.write_bytes(content)
    with pytest.raises(DocumentRefused) as refusal:
        read_document(path)
    assert str(refusal.value).startswith(reason)


def test_a_document_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "document.json").open("wb") as file:
        file.truncate(json_document.LARGEST_DOCUMENT + 1)
    with pytest.raises(DocumentRefused, match="the document is larger than 52428800 bytes"):
        read_document(tmp_path / "document.json")


@pytest.mark.parametrize(("name", "reason"), [("absent.json", "No such file or directory"), (".", "Is a directory")])
def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, name: str, reason: str) -> None:
    with pytest.raises(DocumentRefused, match=f"the file cannot be read: {reason}"):
        read_document(tmp_path / name)


def test_a_mark_of_byte_order_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "document.json"
    path.write_text("\ufeff" + json.dumps({"articles": [ITEM]}), "utf-8")
    assert read_document(path) == [ITEM]
