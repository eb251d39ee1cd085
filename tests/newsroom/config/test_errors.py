"""What is said when something goes wrong: in the reader's language, with the right status, losing nothing typed."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from newsroom.config import errors
from newsroom.models import Article
from newsroom.privacy import PRIVATE_HEADERS

pytestmark = pytest.mark.django_db

HUGE = "ك" * 700_000
Handler = Callable[[HttpRequest], HttpResponse]


def heading_of(answer: Any) -> str:
    page: str = answer.content.decode()
    return page.partition("<h1>")[2].partition("</h1>")[0]


@pytest.mark.parametrize(
    ("handler", "status", "arabic", "english"),
    [
        (errors.bad_request, 400, "تعذّرت قراءة الطلب", "The request cannot be read"),
        (errors.forbidden, 403, "هذه الصفحة غير متاحة", "You may not open this page"),
        (errors.not_found, 404, "لا توجد صفحة كهذه", "There is no such page"),
        (errors.server_error, 500, "حدث خلل من جهتنا", "Something failed on our side"),
    ],
)
def test_each_page_speaks_the_language_of_its_address(handler: Handler, status: int, arabic: str, english: str) -> None:
    for language, heading in (("ar", arabic), ("en", english)):
        answer = handler(RequestFactory().get(f"/{language}/1/"))
        assert (answer.status_code, heading_of(answer)) == (status, heading)
        assert f'<html lang="{language}' in answer.content.decode()


def test_an_address_without_a_language_is_answered_in_arabic(client: Client) -> None:
    assert heading_of(client.get("/nothing/here/")) == "لا توجد صفحة كهذه"


def test_a_failure_shows_a_page_and_nothing_of_its_inside(monkeypatch: pytest.MonkeyPatch, article: Article) -> None:
    def fail(number: int) -> None:
        raise RuntimeError("the inside of the house")

    monkeypatch.setattr("newsroom.queries.article_page", fail)
    answer = Client(raise_request_exception=False).get(f"/en/{article.pk}/")
    assert (answer.status_code, heading_of(answer)) == (500, "Something failed on our side")
    assert "inside of the house" not in answer.content.decode()
    assert answer["Content-Security-Policy"]


def test_machines_get_the_same_as_a_problem_document(client: Client) -> None:
    answer = client.get("/api/v1/nothing/")
    assert (answer.status_code, answer["Content-Type"]) == (404, "application/problem+json")
    assert answer.json() == {"type": "/problems/404", "title": "Not Found", "status": 404}


@pytest.mark.parametrize("path", ["/ar/case/", "/ar/desk/sign-in/", "/ar/{number}/correction/"])
@pytest.mark.parametrize("check", [True, False])
def test_a_body_larger_than_any_form_says_how_long_a_text_may_be(article: Article, path: str, check: bool) -> None:
    browser = Client(enforce_csrf_checks=check)
    answer = browser.post(path.format(number=article.pk), {"text": HUGE})
    assert (answer.status_code, heading_of(answer)) == (413, "النص أطول من أن يُرسل")
    assert "4,000" in answer.content.decode()


def test_too_many_fields_are_a_request_that_cannot_be_read(client: Client) -> None:
    answer = client.post("/ar/case/", {f"field{number}": "x" for number in range(3001)})
    assert (answer.status_code, heading_of(answer)) == (400, "تعذّرت قراءة الطلب")


@pytest.mark.parametrize("path", ["/ar/", "/ar/feed.atom", "/robots.txt", "/healthz", "/ar/{number}/"])
def test_a_page_that_is_only_read_says_so_when_something_is_sent(client: Client, article: Article, path: str) -> None:
    answer = client.post(path.format(number=article.pk))
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
    assert b"<h1>" in answer.content


def test_what_was_typed_is_shown_back_where_no_form_can_be(reader: Client) -> None:
    typed = {"text": "كلام <b>طويل</b>", "csrfmiddlewaretoken": "x", "password": "secret", "case": "2025/0001"}
    answer = reader.post("/ar/my-case/withdraw/", typed)
    page = answer.content.decode()
    assert (answer.status_code, heading_of(answer)) == (403, "انتهت مدة الصفحة")
    assert "كلام &lt;b&gt;طويل&lt;/b&gt;" in page
    assert ("secret" in page, "2025/0001" in page) == (False, False)
    assert {name: answer[name] for name in PRIVATE_HEADERS} == PRIVATE_HEADERS


def test_a_door_that_can_show_its_form_again_does_so_with_the_words_in_it(reader: Client, article: Article) -> None:
    answer = reader.post(f"/ar/{article.pk}/correction/", {"text": "كلام طويل"})
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "كلام طويل</textarea>" in page
    assert 'name="csrfmiddlewaretoken"' in page


def test_a_form_sent_to_no_page_is_not_found(reader: Client) -> None:
    assert errors.form_expired(RequestFactory().post("/ar/nothing/at/all/")).status_code == 404
