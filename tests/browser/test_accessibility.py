"""axe finds nothing on any page, in both languages, at both widths, light and dark; no console speaks; and no page has
words of the other language."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.chromium import open_page
from tests.browser.site import Site
from tests.browser.stop import Stop
from tests.browser.tour import STOPS
from tests.own_words import mixed

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demonstration")]

#: WCAG 2.2 up to AA, and what axe calls best practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.name)
def test_axe_finds_nothing_and_the_page_speaks_one_language(
    site: Site, browser: Browser, stop: Stop, language: str
) -> None:
    found = []
    for width in ("phone", "desktop"):
        with open_page(browser, width=width, locale=language, refusals_expected=stop.refuses) as page:
            stop.show(page, site, language)
            found += [f"{width}, in the other language: {words}" for words in mixed(page.content(), language)]
            page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme)
                found += [f"{width}, {theme}: {violation}" for violation in _violations(page)]
    assert found == []


def _violations(page: Page) -> list[str]:
    results = Axe().run(page, options={"runOnly": {"type": "tag", "values": RULES}})
    overflow = page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth + 1")
    violations = [
        f"{violation['id']}: {node['target']}"
        for violation in results.response["violations"]
        for node in violation["nodes"]
    ]
    return [*violations, *(["the page is wider than the screen"] if overflow else [])]
