"""One command from a document to published pages; what is refused is named and hinders nothing else."""

import io
import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from newsroom.models import Article, Revision
from tests.factories import make_staff
from tests.newsroom.imports.test_json_document import ITEM

pytestmark = pytest.mark.django_db


def run(*arguments: Any) -> tuple[list[str], list[str], str]:
    """What the command prints, what it complains of, and how it ends."""
    printed, complained, end = io.StringIO(), io.StringIO(), ""
    try:
        call_command("import_articles", *map(str, arguments), stdout=printed, stderr=complained)
    except CommandError as error:
        end = str(error)
    return printed.getvalue().splitlines(), complained.getvalue().splitlines(), end


def document(folder: Path, *items: Any, name: str = "articles.json") -> Path:
    path = folder / name
    path.write_text(json.dumps({"articles": items}), "utf-8")
    return path


def test_a_document_becomes_pages_and_their_addresses_are_printed(tmp_path: Path) -> None:
    printed, complained, end = run(document(tmp_path, ITEM))
    article = Article.objects.get()
    assert printed == [
        f"published: /ar/{article.pk}/%D8%B9%D9%88%D8%AF%D9%87-%D8%B6%D8%AE-%D8%A7%D9%84%D9%85%D9%8A%D8%A7%D9%87/"
    ]
    assert (complained, end) == ([], "")


def test_a_refused_item_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    second = {**ITEM, "language": "fr"}
    third = {**ITEM, "title": "another", "canonical_url": "https://example.org/2/"}
    path = document(tmp_path, ITEM, second, third)
    printed, complained, end = run(path)
    assert [line.split(":")[0] for line in printed] == ["published", "published"]
    assert complained == [f"{path}, article 2: language: has to be one of ar, en"]
    assert end == "1 refused; everything else was imported."


def test_a_refused_document_is_named_and_the_others_go_on(tmp_path: Path) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("{")
    printed, complained, end = run(broken, document(tmp_path, ITEM))
    assert [line.split(":")[0] for line in printed] == ["published"]
    assert complained[0].startswith(f"{broken}: this is no JSON document in UTF-8")
    assert end == "1 refused; everything else was imported."


def test_a_second_import_says_what_it_did(tmp_path: Path) -> None:
    run(document(tmp_path, ITEM))
    printed, _complained, _end = run(document(tmp_path, ITEM), document(tmp_path, {**ITEM, "title": "x"}, name="b"))
    assert [line.split(":")[0] for line in printed] == ["unchanged", "revised"]


def test_revisions_are_made_by_the_account_that_is_named(tmp_path: Path) -> None:
    member = make_staff("author", username="layla")
    run(document(tmp_path, ITEM), "--by", "layla")
    assert Revision.objects.get().made_by == member


def test_an_account_that_does_not_exist_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    assert run(tmp_path / "absent.json", "--by", "nobody") == ([], [], "There is no account named nobody.")


def test_the_help_describes_the_document(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        call_command("import_articles", "--help")
    assert "canonical_url" in capsys.readouterr().out
