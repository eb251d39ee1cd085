"""Every page of readers and of the desk, in both languages: axe finds nothing at either width, light or dark, no
console speaks, no page has words of the other language; and a reader's page is light and asks nobody else."""

from collections.abc import Iterator

import pytest
from django.urls import resolve
from django.utils.translation import override
from playwright.sync_api import Browser, Response

from corrections.reader import urls as reader_urls
from newsroom import urls as newsroom_urls
from tests.browser.accessibility import barriers
from tests.browser.chromium import open_page
from tests.browser.site import Site, running_demonstration
from tests.browser.stop import Stop
from tests.browser.tour import STOPS
from tests.browser.weight import burdens
from tests.own_words import mixed, torn

pytestmark = pytest.mark.browser

READERS_STOPS = [stop for stop in STOPS if stop.shows]
DESK_STOPS = [stop for stop in STOPS if not stop.shows]
#: Addresses of readers that answer with no page: what is sent to them leads to one, what is got is a file.
NO_PAGES = {
    *("reader:saved", "reader:receipt_text", "reader:receipt_picture", "reader:messages", "reader:file"),
    *("reader:leave", "reader:turn", "reader:confirm_again", "reader:solved", "reader:remove_file"),
    *("reader:take_review_back", "reader:erase", "reader:end"),
    *("reader:notices_feed", "newsroom:feed", "newsroom:section_feed"),
}
EACH_LANGUAGE = pytest.mark.parametrize("language", ["ar", "en"])


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    # The tour waits for many letters, and takes none of them back.
    with running_demonstration(DELIVERY_HOLD_SECONDS="1") as running:
        yield running


def test_the_tour_leads_to_every_page_that_a_reader_can_come_to() -> None:
    named = {f"{urls.app_name}:{pattern.name}" for urls in (reader_urls, newsroom_urls) for pattern in urls.urlpatterns}
    assert {stop.shows for stop in READERS_STOPS} == named - NO_PAGES


@pytest.mark.xdist_group("tour of the readers' pages")
@EACH_LANGUAGE
@pytest.mark.parametrize("stop", READERS_STOPS, ids=lambda stop: stop.name)
def test_a_readers_page_has_no_barrier_speaks_one_language_is_light_and_asks_nobody_else(
    site: Site, browser: Browser, stop: Stop, language: str
) -> None:
    loaded: list[Response] = []
    with open_page(browser, width="phone", locale=language, refusals_expected=stop.refuses) as page:
        page.on("response", lambda response: loaded.append(response))  # noqa: PLW0108 - it wants a function of its own
        stop.show(page, site, language)
        # What comes late has come by the time axe is done.
        faults = [f"other language: {words}" for words in mixed(page.content(), language)] + barriers(page)
        faults += [f"not isolated: {words}" for words in torn(page.content(), language)]
        assert faults + burdens(page, loaded) == []
        with override(language):
            assert resolve(page.url.removeprefix(site.url).partition("?")[0]).view_name == stop.shows


@pytest.mark.xdist_group("tour of the desk")
@EACH_LANGUAGE
@pytest.mark.parametrize("stop", DESK_STOPS, ids=lambda stop: stop.name)
def test_a_page_of_the_desk_has_no_barrier_and_speaks_one_language(
    site: Site, browser: Browser, stop: Stop, language: str
) -> None:
    with open_page(browser, width="phone", locale=language, refusals_expected=stop.refuses) as page:
        stop.show(page, site, language)
        assert [f"other language: {words}" for words in mixed(page.content(), language)] + barriers(page) == []
