"""A reader's page: at most 14 KB with style and script, nothing from other sites, nothing inline."""

import gzip
from urllib.parse import urlsplit

import pytest
from django.urls import resolve
from django.utils.translation import override
from playwright.sync_api import Browser, Response

from corrections.reader import urls as reader_urls
from newsroom import urls as newsroom_urls
from tests.browser.chromium import open_page
from tests.browser.site import Site
from tests.browser.stop import Stop
from tests.browser.tour import STOPS

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demonstration")]

MOST_BYTES = 14 * 1024
WEIGHED = ("document", "stylesheet", "script")
READERS_STOPS = [stop for stop in STOPS if stop.shows]
#: Addresses of readers that answer with no page: what is sent to them leads to one, what is got is a file.
NO_PAGES = {
    *("reader:saved", "reader:receipt_text", "reader:receipt_picture", "reader:messages", "reader:file"),
    *("reader:leave", "reader:turn", "reader:confirm_again", "reader:solved", "reader:remove_file"),
    *("reader:withdraw", "reader:erase", "reader:end", "reader:address"),
    *("reader:notices_feed", "newsroom:feed", "newsroom:section_feed"),
}
INLINE = """() => {
  const blocks = document.querySelectorAll('style, [style], script:not([src]):not([type="application/ld+json"])');
  const handlers = [...document.querySelectorAll('*')].filter(
    element => element.getAttributeNames().some(name => name.startsWith('on')));
  return blocks.length + handlers.length;
}"""
WANTED = """() => [...document.querySelectorAll('link[rel=stylesheet], script[src]')]
  .map(element => element.href || element.src)"""


def test_the_tour_leads_to_every_page_that_a_reader_can_come_to() -> None:
    named = {f"{urls.app_name}:{pattern.name}" for urls in (reader_urls, newsroom_urls) for pattern in urls.urlpatterns}
    assert {stop.shows for stop in READERS_STOPS} == named - NO_PAGES


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("stop", READERS_STOPS, ids=lambda stop: stop.name)
def test_a_readers_page_is_light_asks_nobody_else_and_holds_under_a_strict_policy(
    site: Site, browser: Browser, stop: Stop, language: str
) -> None:
    loaded: list[Response] = []
    with open_page(browser, width="phone", locale=language, refusals_expected=stop.refuses) as page:
        page.on("response", lambda response: loaded.append(response))  # noqa: PLW0108 - it wants a function of its own
        stop.show(page, site, language)
        page.wait_for_load_state("networkidle")
        last = max(index for index, response in enumerate(loaded) if response.request.resource_type == "document")
        document = loaded[last]
        # What the browser kept from the pages before counts as if this page had been the first.
        parts = {response.url: response for response in loaded if response.request.resource_type in WEIGHED[1:]}
        wanted = page.evaluate(WANTED)
        weight = {url: len(gzip.compress(parts[url].body())) for url in wanted}
        weight[document.url] = len(gzip.compress(page.content().encode()))
        assert {urlsplit(response.url).netloc for response in loaded} == {urlsplit(site.url).netloc}
        assert sum(weight.values()) <= MOST_BYTES, weight
        assert page.evaluate(INLINE) == 0
        with override(language):
            assert resolve(urlsplit(page.url).path).view_name == stop.shows
        policy = document.header_value("content-security-policy") or ""
    assert "default-src 'none'" in policy
    assert ("unsafe" in policy, "http" in policy, "data:" in policy) == (False, False, False)
