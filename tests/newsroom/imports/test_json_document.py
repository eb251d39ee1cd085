"""Import: a whole article in one command, and a clear refusal for each item that is none."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from PIL import Image

from newsroom.models import Article, Byline, Photo, Revision, Section
from tests.journeys.documents import INVENTED, real_article, write_document

pytestmark = pytest.mark.django_db


def run(path: Path) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("import_articles", str(path), stdout=out, stderr=err)
    except CommandError as error:
        return out.getvalue(), f"{err.getvalue()}{error}"
    return out.getvalue(), err.getvalue()


def test_an_item_becomes_a_published_article(tmp_path: Path) -> None:
    Image.new("RGB", (40, 30), "navy").save(tmp_path / "photo.png")
    item = {**INVENTED, "photo": "photo.png", "caption": "تعليق", "credit": "مصوّر", "photo_alternative": "وصف"}
    out, err = run(write_document(tmp_path, item))
    assert (out.startswith(f"published: /ar/{Article.objects.get().pk}/"), err) == (True, "")
    revision = Revision.objects.get()
    assert (revision.title, revision.body.count("<p>"), revision.photo and revision.photo.width) == (
        item["title"],
        3,
        40,
    )
    assert (revision.origin, Byline.objects.get().name, Section.objects.get().name_ar) == (
        "import",
        "ليلى حداد",
        "خدمات",
    )


def test_the_real_article_is_taken_whole(tmp_path: Path) -> None:
    item = real_article()
    if item is None:
        item = INVENTED
    run(write_document(tmp_path, item))
    assert Revision.objects.get().body.count("<p>") == len(item["paragraphs"])


def test_imported_twice_it_is_revised_and_not_doubled(tmp_path: Path) -> None:
    run(write_document(tmp_path, INVENTED))
    assert run(write_document(tmp_path, INVENTED))[0].startswith("unchanged: ")
    changed = {**INVENTED, "paragraphs": ["نص جديد."]}
    assert run(write_document(tmp_path, changed))[0].startswith("revised: ")
    assert (Article.objects.count(), Article.objects.get().latest) == (1, 2)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": 7}, "title"),
        ({"title": "ع" * 301}, "title"),
        ({"paragraphs": "نص"}, "paragraphs"),
        ({"paragraphs": [""]}, "paragraphs"),
        ({"paragraphs": [7]}, "paragraphs"),
        ({"paragraphs": ["ع" * 600_000]}, "paragraphs"),
        ({"language": "tr"}, "language"),
        ({"section": "unknown"}, "section"),
        ({"section": {"slug": "x y"}}, "section"),
        ({"section": "a\0b"}, "section"),
        ({"bylines": "ليلى"}, "bylines"),
        ({"bylines": ["\u200b\u202e"]}, "bylines"),
        ({"bylines": [{"name": "ليلى", "username": "nobody"}]}, "bylines"),
        ({"canonical_url": "javascript:alert(1)"}, "canonical_url"),
        ({"published_at": "2025-02-17"}, "published_at"),
        ({"published_at": "0001-01-01T00:00:00+23:00"}, "published_at"),
        ({"published_at": None}, "published_at"),
        ({"photo": "../secret.png"}, "photo"),
        ({"photo": "absent.png"}, "photo"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_wrong_item_is_refused_by_its_field_and_the_others_go_on(
    tmp_path: Path, change: dict[str, Any], field: str
) -> None:
    wrong = {**INVENTED, "canonical_url": "https://example.org/other/", **change}
    out, err = run(write_document(tmp_path, wrong, INVENTED))
    assert (out.count("published: "), Article.objects.count()) == (1, 1)
    assert f"article 1: {field}" in err
    assert "1 refused" in err


def test_a_refused_item_leaves_nothing_behind(tmp_path: Path) -> None:
    Image.new("RGB", (4, 3)).save(tmp_path / "photo.png")
    run(write_document(tmp_path, {**INVENTED, "photo": "photo.png", "paragraphs": []}))
    assert (Section.objects.count(), Photo.objects.count(), Article.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"articles": {}}', "null", "[" * 100_000, '{"articles": [1]}'])
def test_a_file_that_is_no_document_is_said_so(tmp_path: Path, text: str) -> None:
    path = tmp_path / "articles.json"
    path.write_text(text, "utf-8")
    out, err = run(path)
    assert out == ""
    assert "1 refused" in err


def test_bytes_that_are_no_text_are_said_so(tmp_path: Path) -> None:
    path = tmp_path / "articles.json"
    path.write_bytes(b"\xff\xfe\x00")
    assert "no JSON document in UTF-8" in run(path)[1]


def test_half_characters_do_not_reach_the_database(tmp_path: Path) -> None:
    path = tmp_path / "articles.json"
    path.write_text(json.dumps({"articles": [{**INVENTED, "title": "قبل\ud800بعد"}]}), "utf-8")
    out, err = run(path)
    titles = list(Revision.objects.values_list("title", flat=True))
    assert (titles, bool(err)) in ((["قبلبعد"], False), ([], True))
