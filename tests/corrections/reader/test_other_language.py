"""The other language keeps the place, and what was written there."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from corrections.models import Case
from newsroom.models import Article
from tests.corrections.reader.pages import fill_correction, hidden_fields, open_case
from tests.factories import submit

SWITCH = re.compile(r'<li><a href="([^"]*)" lang="(ar|en)"')
BUTTON = re.compile(r'name="step" value="(\w+)" formaction="([^"]+)" lang="en"')


def switch_in(html: str) -> str:
    """Where the link to the other language leads."""
    found = SWITCH.search(html)
    assert found
    return unescape(found[1])


@pytest.fixture
def path(article: Article) -> str:
    return f"/ar/{article.pk}/complaint/"


def fields_of(client: Client, path: str, **answers: Any) -> dict[str, Any]:
    page = client.get(path).content.decode()
    return {**hidden_fields(page), "clauses": ["fairness"], "text": "لم يُسأل أحد", "relation": "subject", **answers}


@pytest.mark.parametrize("step", ["check", "change"])
def test_what_was_written_goes_along_and_nothing_is_sent(reader: Client, path: str, step: str) -> None:
    fields = fields_of(reader, path, sought=["apology"], reply="receipt")
    page = reader.post(path, {**fields, "step": step}).content.decode()
    assert switch_in(page) == "#other-language"
    [(asked, address)] = BUTTON.findall(page)
    english = reader.post(address, {**fields, **hidden_fields(page), "step": asked})
    words = english.content.decode()
    assert (address, english.status_code) == (path.replace("/ar/", "/en/"), 200)
    assert ('<html lang="en"' in words, "لم يُسأل أحد" in words, "An apology" in words) == (True, True, True)
    assert Case.objects.count() == 0


def test_a_refused_form_goes_along_too(reader: Client, path: str) -> None:
    fields = fields_of(reader, path, clauses=[])
    refused = reader.post(path, {**fields, "step": "send"})
    [(asked, address)] = BUTTON.findall(refused.content.decode())
    english = reader.post(address, {**fields, "step": asked}).content.decode()
    assert (refused.status_code, "لم يُسأل أحد" in english, "err-box" in english) == (422, True, False)


def test_an_untouched_form_is_a_link_to_the_same_form(reader: Client, path: str) -> None:
    assert switch_in(reader.get(path).content.decode()) == path.replace("/ar/", "/en/")


def test_several_errors_go_along(reader: Client, article: Article) -> None:
    path = f"/ar/{article.pk}/correction/"
    first = reader.post(path, {**fill_correction(reader, path), "step": "another"}).content.decode()
    [(asked, address)] = BUTTON.findall(first)
    carried = {name: unescape(value) for name, value in hidden_fields(first).items()}
    fields = {**fill_correction(reader, path), **carried, "text": "الاجتماع يوم الأحد.", "step": asked}
    english = reader.post(address, fields).content.decode()
    assert ("Errors already written down" in english, "الاجتماع يوم الأحد." in english) == (True, True)


def test_from_a_refused_answer_the_other_language_leads_to_the_case(reader: Client, article: Article) -> None:
    receipted = submit(article)
    open_case(reader, receipted)
    page = reader.get("/ar/my-case/").content.decode()
    refused = reader.post("/ar/my-case/write/", {**hidden_fields(page), "text": ""})
    assert (refused.status_code, switch_in(refused.content.decode())) == (
        422,
        f"/en/my-case/?report={receipted.case.number}",
    )
    assert reader.get(switch_in(refused.content.decode())).status_code == 200


@pytest.mark.parametrize("place", ["", "revisions/", "revisions/1/"])
def test_from_an_article_of_one_language_the_other_one_does_not_lead_back(
    client: Client, article: Article, place: str
) -> None:
    target = switch_in(client.get(f"/ar/{article.pk}/{place}").content.decode())
    assert (target, client.get(target).status_code) == ("/en/", 200)
