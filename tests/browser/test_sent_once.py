"""Sending in a real browser: pressed twice, reloaded, gone back, from two tabs; one report each time it was meant."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import open_page
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("sent once in a browser")]

EITHER_WAY = pytest.mark.parametrize(
    ("language", "scripts"), [(language, scripts) for language in ("ar", "en") for scripts in (True, False)]
)


def fill_in(page: Page, site: Site, language: str) -> None:
    """Fills in the form of the newest article up to the button that sends it."""
    page.goto(f"{site.url}{site.article_root(language)}correction/")
    page.locator("input[name=problem][value=fact]").check()
    page.locator("#id_text").fill("1,200")
    page.locator("input[name=reply][value=receipt]").check()
    page.locator("button[value=check]:visible").click()
    page.locator("button[value=send]").wait_for()


def send(page: Page) -> int:
    """Presses the button; gives the number that the confirmation says."""
    page.locator("button[value=send]").click()
    return number_on(page)


def number_on(page: Page) -> int:
    page.wait_for_url("**/received/**")
    return int(page.locator(".panel .num").inner_text().partition("/")[2])


@EITHER_WAY
def test_a_second_press_a_reload_and_the_same_check_page_sent_again_make_one_report(
    site: Site, browser: Browser, language: str, scripts: bool
) -> None:
    with open_page(browser, locale=language, scripts=scripts, width="phone") as page:
        fill_in(page, site, language)
        fields = page.locator("main form").evaluate("form => [...new FormData(form)]")
        page.locator("button[value=send]").dblclick()
        first, receipt = number_on(page), page.locator("#receipt").inner_text()
        page.reload()
        assert (number_on(page), page.locator("#receipt").inner_text()) == (first, receipt)
        # What a browser sends when its reader goes back to the page that was sent, and presses again.
        again = page.request.post(
            f"{site.url}{site.article_root(language)}correction/", form={**dict(fields), "step": "send"}
        )
        assert (again.status, again.url) == (200, page.url)
        fill_in(page, site, language)
        assert send(page) == first + 1


@EITHER_WAY
def test_two_tabs_send_a_report_each_and_a_reload_shows_each_its_own(
    site: Site, browser: Browser, language: str, scripts: bool
) -> None:
    with open_page(browser, locale=language, scripts=scripts, width="phone") as page:
        other = page.context.new_page()
        fill_in(page, site, language)
        fill_in(other, site, language)
        first, second = send(page), send(other)
        receipts = [tab.locator("#receipt").inner_text() for tab in (page, other)]
        page.reload()
        other.reload()
        assert [number_on(page), number_on(other)] == [first, second]
        assert [tab.locator("#receipt").inner_text() for tab in (page, other)] == receipts
        page.locator("a.btn[href*='/my-case/']").click()
        assert f"/{first:04d}" in page.locator("main").inner_text()
