"""Headers of every answer, and the door before the doors."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from newsroom.config.middleware import HeadWithoutBody

pytestmark = pytest.mark.django_db

PATHS = ["/ar/", "/en/nothing/", "/healthz", "/robots.txt", "/ar/feed.atom", "/ar/%00/", "/static/newsroom/pages.css"]


@pytest.mark.parametrize("path", PATHS)
def test_every_answer_carries_the_headers_of_the_house(client: Client, path: str) -> None:
    headers = client.get(path).headers
    policy = {part.strip() for part in headers["Content-Security-Policy"].split(";")}
    assert {"default-src 'none'", "script-src 'self'", "style-src 'self'", "frame-ancestors 'none'"} <= policy
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", ["/ar/%00/", "/ar/?page=%00", "/ar/?%00=1", "/en/corrections/?page=a%00b", "/%00"])
def test_a_zero_byte_in_an_address_is_a_request_that_cannot_be_read(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert b"<h1>" in answer.content


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/ar/%ED%A0%80/", 404),
        ("/en/corrections/?page=%ED%A0%80", 200),
        ("/ar/%FF/", 404),
        ("/ar/?page=%FF%FE", 200),
    ],
)
def test_half_a_character_never_reaches_a_query(client: Client, path: str, status: int) -> None:
    assert client.get(path).status_code == status


@pytest.mark.parametrize("charset", ["rot13", "idna", "unicode_escape", "utf-16", "latin-1"])
def test_a_form_in_another_encoding_is_a_request_that_cannot_be_read(client: Client, charset: str) -> None:
    kind = f"multipart/form-data; boundary=x; charset={charset}"
    body = b'--x\r\nContent-Disposition: form-data; name="receipt"\r\n\r\na\\ud800\r\n--x--\r\n'
    # Not post(), which would encode the body itself.
    answer = client.generic("POST", "/en/case/", body, content_type=kind)
    assert answer.status_code == 400
    assert b"<h1>" in answer.content


@pytest.mark.parametrize("charset", ["UTF-8", "nothing-known"])
def test_a_form_in_unicode_is_read(client: Client, charset: str) -> None:
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    answer = client.generic("POST", "/en/case/", b"receipt=%D9%A1", content_type=kind)
    assert answer.status_code == 422
    assert "A code has 24 digits; there is 1 here" in answer.content.decode()


def test_a_head_request_gets_the_length_of_the_page_and_no_body() -> None:
    # Without the test client, which takes the body away by itself.
    answer = HeadWithoutBody(lambda request: HttpResponse("the page"))(RequestFactory().head("/"))
    assert (answer.content, answer["Content-Length"]) == (b"", "8")


def test_a_get_request_keeps_its_body() -> None:
    assert HeadWithoutBody(lambda request: HttpResponse("the page"))(RequestFactory().get("/")).content == b"the page"
