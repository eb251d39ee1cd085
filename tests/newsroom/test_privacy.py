"""Headers of pages that must leave no trace."""

from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from newsroom.privacy import private, without_address


def page(request: HttpRequest) -> HttpResponse:
    return HttpResponse("page")


def test_a_private_page_stays_out_of_caches_indexes_and_referrers() -> None:
    answer = private(page)(RequestFactory().get("/"))
    assert answer["Cache-Control"] == "no-store, private"
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert answer["Referrer-Policy"] == "same-origin"


def test_an_address_that_holds_a_secret_is_never_a_referrer() -> None:
    assert without_address(private(page))(RequestFactory().get("/"))["Referrer-Policy"] == "strict-origin"


def test_a_private_page_keeps_its_name_and_what_hangs_on_it() -> None:
    assert private(page).__name__ == "page"
