"""No Arabic in an English page's own words, and no English in an Arabic one's."""

import pytest
from django.test import Client

from corrections.models import Case
from newsroom.models import Article, StaffMember
from tests.corrections.files import add_file
from tests.corrections.reader.pages import correct, fill_correction
from tests.corrections.reader.test_check_answers import press
from tests.own_words import mixed, own_words, torn

PUBLIC = (
    "",
    "corrections/",
    "how-we-correct/",
    "how-we-handle-complaints/",
    "code-of-ethics/",
    "code-of-ethics/privacy/1/",
    "case/",
    "999999/",
    "desk/sign-in/",
)


@pytest.mark.parametrize("page", PUBLIC)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_public_pages_speak_one_language(
    client: Client, article: Article, english_article: Article, editor: StaffMember, language: str, page: str
) -> None:
    correct(article, editor, "12,000", "1,200")
    html = client.get(f"/{language}/{page}").content.decode()
    assert len(own_words(html, language)) > 5
    assert (mixed(html, language), torn(html, language)) == ([], [])


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("step", ["check", "place", "change"])
@pytest.mark.parametrize("about", ["ar", "en"])
def test_every_step_of_the_form_speaks_one_language(
    reader: Client, article: Article, english_article: Article, language: str, step: str, about: str
) -> None:
    number = {"ar": article, "en": english_article}[about].pk
    path = f"/{language}/{number}/correction/"
    fields = fill_correction(reader, path, place="2", proposed="Some other words كلمات أخرى")
    html = press(reader, path, fields, step).content.decode()
    assert len(own_words(html, language)) > 10
    assert mixed(html, language) == []


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("kind", ["correction", "complaint"])
def test_forms_and_their_faults_speak_one_language(reader: Client, article: Article, language: str, kind: str) -> None:
    path = f"/{language}/{article.pk}/{kind}/"
    pages = [reader.get(path), reader.post(path, {**fill_correction(reader, path), "problem": "", "text": ""})]
    assert [answer.status_code for answer in pages] == [200, 422]
    assert [mixed(answer.content.decode(), language) for answer in pages] == [[], []]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_confirmation_and_own_case_speak_one_language(
    reader: Client, article: Article, editor: StaffMember, language: str
) -> None:
    path = f"/{language}/{article.pk}/correction/"
    press(reader, path, fill_correction(reader, path, place="2"), "send")
    correct(article, editor, "12,000", "1,200", case=Case.objects.get())
    add_file(Case.objects.get())
    for page in ("received", "my-case", "my-case/files"):
        html = reader.get(f"/{language}/{page}/").content.decode()
        assert len(own_words(html, language)) > 10
        assert (mixed(html, language), torn(html, language)) == ([], [])


def test_a_title_may_hold_what_the_page_says_that_others_wrote_and_nothing_else_of_the_other_language() -> None:
    page = "<title>عدد الأسر – {} – The Example</title><h1><bdi>عدد الأسر</bdi></h1>"
    assert mixed(page.format("Report"), "en") == []
    assert mixed(page.format("بلاغ"), "en") == ["– بلاغ – The Example"]
