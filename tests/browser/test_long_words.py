"""What is wider than a screen: a word that no line can hold, wherever readers' words stand on the desk; its menu."""

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import PHONE, open_page
from tests.browser.journey import send_correction, sign_in
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("long words in a browser")]

WORD = "x" * 3900
IS_TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def widths(page: Page, addresses: list[str]) -> dict[str, bool]:
    found = {}
    for address in addresses:
        page.goto(address)
        found[address.split("/desk/")[1]] = page.evaluate(IS_TOO_WIDE)
    return found


@pytest.mark.parametrize("width", ["phone", "desktop"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_word_without_an_end_makes_no_page_of_the_desk_wider(
    site: Site, browser: Browser, language: str, width: str
) -> None:
    with open_page(browser, width="phone", locale=language) as page:
        send_correction(page, f"{site.url}{site.articles(language)[0]}", WORD)
    with open_page(browser, width=width, locale=language) as page:
        sign_in(page, site.url, language, "salma")
        page.goto(f"{site.url}/{language}/desk/?words=&view=open")
        row = page.locator("h2 a", has_text="x" * 30).first
        case = f"{site.url}{row.get_attribute('href')}".split("?")[0].split("#")[0]
        pages = [
            case,
            *(f"{case}{name}/" for name in ("record", "statements", "decide")),
            f"{site.url}/{language}/desk/",
        ]
        assert [name for name, is_wide in widths(page, pages).items() if is_wide] == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_on_a_phone_the_menu_begins_where_its_current_entry_is_seen(
    site: Site, browser: Browser, language: str
) -> None:
    with open_page(browser, width="phone", scripts=False, locale=language) as page:
        sign_in(page, site.url, language, "karam")
        seen = {}
        for place in ("", "statistics/", "settings/", "account/"):
            page.goto(f"{site.url}/{language}/desk/{place}")
            box = page.locator(".bar [aria-current]").bounding_box()
            assert box
            seen[place] = box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
        assert seen == dict.fromkeys(seen, True)
