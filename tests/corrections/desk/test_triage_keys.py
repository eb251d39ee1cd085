"""The keys of the list in a real browser: physical keys, silent while somebody types, and switched off at will."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import open_page, running_chromium

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SCRIPT = Path(__file__).parents[3] / "corrections/static/corrections/triage.js"
PAGE = """
<input id="words"><label><input type="checkbox" id="keys-on" checked></label>
<ol data-cases><li><h2><a href="#1">1</a></h2></li><li><h2><a href="#2">2</a></h2></li></ol>
"""
#: What a keyboard with Arabic letters sends for J and K.
ARABIC = {"KeyJ": "ت", "KeyK": "ن"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_chromium() as chromium:
        yield chromium


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with open_page(browser) as opened:
        opened.set_content(PAGE)
        opened.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
        yield opened


def hit(page: Page, code: str) -> str:
    """Hits a physical key where the focus is; the text of what then has the focus."""
    event = f"{{code: '{code}', key: '{ARABIC[code]}', bubbles: true, cancelable: true}}"
    page.evaluate(f"document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {event}))")
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_the_keys_go_through_the_list_and_stop_at_its_ends(page: Page) -> None:
    assert [hit(page, code) for code in ("KeyJ", "KeyJ", "KeyJ", "KeyK", "KeyK")] == ["1", "2", "2", "1", "1"]
    assert page.locator("li.at").inner_text() == "1"


def test_the_keys_are_silent_while_somebody_types(page: Page) -> None:
    page.locator("#words").focus()
    assert hit(page, "KeyJ") == ""


def test_the_keys_can_be_switched_off(page: Page) -> None:
    page.locator("#keys-on").uncheck()
    page.evaluate("document.activeElement.blur()")
    hit(page, "KeyJ")
    assert page.locator("li.at").count() == 0
