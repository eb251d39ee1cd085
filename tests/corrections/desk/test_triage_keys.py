"""The keys of the list in a real browser: physical keys, silent while somebody types, and switched off at will."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import open_page, running_chromium

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SCRIPT = Path(__file__).parents[3] / "corrections/static/corrections/triage.js"
PAGE = """
<input id="words" data-key="Slash"><div id="keys">?</div>
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
    event = f"{{code: '{code}', key: '{ARABIC.get(code, '')}', bubbles: true, cancelable: true}}"
    page.evaluate(f"document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {event}))")
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_the_keys_go_through_the_list_and_stop_at_its_ends(page: Page) -> None:
    assert [hit(page, code) for code in ("KeyJ", "KeyJ", "KeyJ", "KeyK", "KeyK")] == ["1", "2", "2", "1", "1"]
    assert page.locator("li.at").inner_text() == "1"


def test_the_keys_are_silent_while_somebody_types(page: Page) -> None:
    page.locator("#words").focus()
    assert hit(page, "KeyJ") == ""


def test_the_keys_can_be_switched_off(browser: Browser) -> None:
    with open_page(browser) as page:
        page.set_content(PAGE.replace('id="keys"', 'id="keys" data-off'))
        page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
        hit(page, "KeyJ")
        assert page.locator("li.at").count() == 0


def test_a_key_follows_presses_or_enters_what_the_page_says(page: Page) -> None:
    page.evaluate("""document.body.insertAdjacentHTML('beforeend',
      '<a href="#taken" data-key="KeyT">T</a>' +
      '<details><form data-key="KeyR"><input type="hidden"><textarea id="reply"></textarea></form></details>')""")
    hit(page, "KeyT")
    assert page.url.endswith("#taken")
    hit(page, "KeyR")
    assert page.locator("details[open] #reply:focus").count() == 1
    page.evaluate("document.activeElement.blur()")
    hit(page, "Slash")
    assert page.locator("#words:focus").count() == 1
