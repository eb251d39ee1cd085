"""An editor works through a view without a mouse: opens, takes, notes, sorts, goes on, searches and leaves."""

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import open_page
from tests.browser.journey import PASSWORD
from tests.browser.keyboard import Keyboard
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("demonstration")]

NOTE = {"ar": "رُوجع المصدر بالهاتف.", "en": "The source was checked by telephone."}


def key(keys: Keyboard, code: str) -> None:
    """Hits a key that leads to another page."""
    with keys.page.expect_navigation():
        keys.page.keyboard.press(code)


def number_of(keys: Keyboard) -> str:
    return keys.page.locator(".dhead .code").inner_text()


def goes_back_to_the_row(keys: Keyboard, listed: str, number: str) -> None:
    key(keys, "KeyU")
    year, sequence = number.split("/")
    assert keys.page.url == f"{listed}#case-{year}-{int(sequence)}"
    assert keys.page.locator(".case.at .code").inner_text() == number


@pytest.mark.parametrize("width", ["desktop", "phone"])
@pytest.mark.parametrize(("language", "username"), [("ar", "nour"), ("en", "rami")])
def test_ten_cases_are_triaged_without_a_mouse(
    site: Site, browser: Browser, language: str, username: str, width: str
) -> None:
    with open_page(browser, locale=language, width=width) as page:
        keys = Keyboard(page)
        page.goto(f"{site.url}/{language}/desk/sign-in/")
        keys.write("#id_username", username)
        keys.write("#id_password", PASSWORD)
        key(keys, "Enter")
        page.goto(f"{site.url}/{language}/desk/?view=all")
        page.keyboard.press("KeyJ")
        key(keys, "Enter")
        seen, noted = [], 0
        for _case in range(10):
            seen.append(number_of(keys))
            if page.locator("form[data-key=KeyT]").count():
                key(keys, "KeyT")
                assert page.locator("form[data-key=KeyT]").count() == 0
            page.keyboard.press("KeyR")
            if page.locator("textarea[name=text]:focus").count():
                page.keyboard.type(f"{NOTE[language]} {len(seen)}")
                keys.press("button[formaction*='/note/']")
                assert f"{NOTE[language]} {len(seen)}" in page.locator(".talk").inner_text()
                noted += 1
            key(keys, "KeyJ")
        assert (len(set(seen)), noted >= 8) == (10, True)
        key(keys, "KeyK")
        assert number_of(keys) == seen[-1]
        goes_back_to_the_row(keys, f"{site.url}/{language}/desk/?view=all", seen[-1])
        page.keyboard.press("Slash")
        page.keyboard.type(seen[3])
        key(keys, "Enter")
        assert page.locator(".cases .code").all_inner_texts() == [seen[3]]
