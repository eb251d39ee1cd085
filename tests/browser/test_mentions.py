"""Naming a colleague in a note: offered while it is typed, chosen by keyboard or mouse, told to whoever was named."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import open_page
from tests.browser.journey import sign_in
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("mentions")]

MENTIONED = {"ar": "إشارات إليّ", "en": "You were mentioned"}


def write(page: Page, site: Site, language: str, words: str) -> None:
    """Salma begins a note on the first case of the list."""
    sign_in(page, site.url, language, "salma")
    page.locator(".cases h2 a").first.click()
    # The draft of a test before may stand there.
    page.locator(".compose textarea").fill("")
    page.locator(".compose textarea").press_sequentially(words)


def offered(page: Page) -> list[str]:
    return [name.strip() for name in page.locator("#mention-list [role=option]").all_inner_texts()]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_colleague_is_offered_chosen_by_the_keyboard_and_told(site: Site, browser: Browser, language: str) -> None:
    with open_page(browser, locale=language) as page:
        write(page, site, language, "@")
        area = page.locator(".compose textarea")
        expect(page.locator("#mention-1")).to_be_visible()
        assert area.get_attribute("aria-activedescendant") == "mention-0"
        area.press("ArrowDown")
        assert area.get_attribute("aria-activedescendant") == "mention-1"
        area.press_sequentially("ram")
        assert [name.rpartition("@")[2] for name in offered(page)] == ["rami)"]
        area.press("Enter")
        expect(area).to_have_value("@rami ")
        assert not page.locator("#mention-list").is_visible()
        area.press_sequentially(f"انظر {language}")
        with page.expect_navigation():
            page.locator("button[formaction*='/note/']").click()
        address = page.url.partition("?")[0]
    with open_page(browser, locale=language) as page:
        sign_in(page, site.url, language, "rami")
        page.get_by_role("link", name=MENTIONED[language]).click()
        assert f"{site.url}{page.locator('.cases h2 a').first.get_attribute('href')}".partition("?")[0] == address


def test_the_list_closes_by_escape_and_offers_nothing_inside_an_address(site: Site, browser: Browser) -> None:
    with open_page(browser) as page:
        write(page, site, "ar", "@r")
        area = page.locator(".compose textarea")
        area.press("Escape")
        assert not page.locator("#mention-list").is_visible()
        area.fill("")
        area.press_sequentially("reader@r")
        assert offered(page) == []


def test_a_name_is_chosen_with_the_mouse_and_the_field_keeps_the_cursor(site: Site, browser: Browser) -> None:
    with open_page(browser) as page:
        write(page, site, "ar", "انظر @ram")
        page.locator("#mention-list [role=option]").click()
        page.keyboard.type("!")
        expect(page.locator(".compose textarea")).to_have_value("انظر @rami !")
