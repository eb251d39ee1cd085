"""Leaving quickly in a real browser: by the link and by Shift three times; afterwards this device opens nothing."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import open_page
from tests.browser.journey import send_complaint
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("quick leave")]


def by_link(page: Page) -> None:
    page.locator("a[data-leave]").click()


def by_shift(page: Page) -> None:
    for _press in range(3):
        page.keyboard.press("Shift")


@pytest.mark.parametrize(("leave", "scripts"), [(by_link, True), (by_link, False), (by_shift, True)])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_one_step_leads_away_and_the_report_is_closed_here(
    site: Site, browser: Browser, language: str, leave: Callable[[Page], None], scripts: bool
) -> None:
    with open_page(browser, locale=language, scripts=scripts, width="phone") as page:
        send_complaint(page, f"{site.url}{site.articles(language)[0]}", "صورة مؤذية", clause="privacy")
        page.goto(f"{site.url}/{language}/my-case/")
        leave(page)
        page.wait_for_url(f"{site.url}/{language}/")
        page.goto(f"{site.url}/{language}/my-case/")
        assert page.url == f"{site.url}/{language}/case/"
