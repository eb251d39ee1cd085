"""The keys of the list in a real browser: physical keys, silent while somebody types, and switched off at will."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import open_page, running_chromium

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SCRIPT = Path(__file__).parents[3] / "corrections/static/corrections/triage.js"
PAGE = """
<input id="words" data-key="Slash"><dialog id="keys"><button>close</button></dialog>
<form id="selection" onsubmit="return false"><div data-key="KeyB">
<label hidden><input type="checkbox" data-key="Shift+KeyX" data-select-page></label>
<input type="checkbox" name="whole_view" data-total="53"><span data-selected hidden>: <bdi>0</bdi></span></div>
<ol data-cases><li class="case"><input type="checkbox" name="case" value="2025/0001"><h2><a href="#1">1</a></h2></li>
<li class="case"><input type="checkbox" name="case" value="2025/0002"><h2><a href="#2">2</a></h2></li></ol></form>
"""
#: What a keyboard with Arabic letters sends for the keys.
ARABIC = {"KeyJ": "ت", "KeyK": "ن", "KeyX": "ء", "KeyB": "لا", "KeyT": "ف", "KeyR": "ق", "KeyN": "ى", "Slash": "ظ"}


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


def hit(page: Page, code: str, *, shift: bool = False) -> str:
    """Hits a physical key where the focus is; the text of what then has the focus."""
    shifted = "true" if shift else "false"
    key = ARABIC.get(code, "")
    event = f"{{code: '{code}', key: '{key}', shiftKey: {shifted}, bubbles: true, cancelable: true}}"
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


def picked(page: Page) -> tuple[list[str], str]:
    """The numbers that the form would send, and what the bar says of them."""
    sent = page.evaluate("new FormData(document.getElementById('selection')).getAll('case')")
    said = page.locator("[data-selected]")
    return sent, said.inner_text() if said.is_visible() else ""


def test_a_key_selects_the_row_and_the_bar_says_how_many(page: Page) -> None:
    assert picked(page) == ([], "")
    hit(page, "KeyJ")
    hit(page, "KeyX")
    assert picked(page) == (["2025/0001"], ": 1")
    hit(page, "KeyJ")
    hit(page, "KeyX")
    assert picked(page) == (["2025/0001", "2025/0002"], ": 2")
    hit(page, "KeyX")
    assert picked(page) == (["2025/0001"], ": 1")


def test_one_key_selects_the_page_and_lets_it_go(page: Page) -> None:
    hit(page, "KeyX", shift=True)
    assert picked(page) == (["2025/0001", "2025/0002"], ": 2")
    hit(page, "KeyX", shift=True)
    assert picked(page) == ([], "")


def test_the_whole_view_takes_the_place_of_single_cases(page: Page) -> None:
    hit(page, "KeyJ")
    hit(page, "KeyX")
    page.locator("[name=whole_view]").check()
    assert picked(page) == ([], ": 53")
    page.locator("[name=whole_view]").uncheck()
    assert picked(page) == (["2025/0001"], ": 1")


def test_the_keys_work_on_a_box_that_has_the_focus_and_lead_to_the_bar(page: Page) -> None:
    page.locator("[name=case]").first.focus()
    hit(page, "KeyX")
    assert picked(page) == (["2025/0001"], ": 1")
    hit(page, "KeyB")
    assert page.locator("[data-key=KeyB] :focus").count() == 1


def test_help_opens_over_the_page_and_keeps_the_keys_for_itself(page: Page) -> None:
    hit(page, "Slash", shift=True)
    assert page.locator("#keys[open]").count() == 1
    hit(page, "KeyJ")
    assert page.locator("li.at").count() == 0
    page.keyboard.press("Escape")
    assert page.locator("#keys[open]").count() == 0


def test_escape_leaves_a_field_and_the_keys_go_on(page: Page) -> None:
    page.locator("#words").focus()
    page.keyboard.press("Escape")
    assert hit(page, "KeyJ") == "1"


def test_the_keys_of_a_note_and_of_a_message_choose_and_lead_to_the_words_and_send_nothing(page: Page) -> None:
    page.evaluate("""document.body.insertAdjacentHTML('beforeend',
      '<form><textarea id="note"></textarea><input type="radio" name="addition" value="note" data-key="KeyN">'
      + '<input type="radio" name="addition" value="message" data-key="KeyR"><button>Send</button></form>');
      document.querySelector('#note').form.addEventListener('submit', () => document.title = 'sent')""")
    for code, value in (("KeyN", "note"), ("KeyR", "message"), ("KeyN", "note")):
        hit(page, code)
        assert (page.locator("#note:focus").count(), page.locator("[name=addition]:checked").input_value()) == (
            1,
            value,
        )
        page.keyboard.type("checked")
        page.keyboard.press("Escape")
    assert page.title() == ""


def test_coming_back_from_a_case_leads_to_its_row(browser: Browser) -> None:
    with open_page(browser) as page:
        page.set_content(PAGE.replace("<li", '<li id="case-2025-1"', 1))
        page.evaluate("location.hash = 'case-2025-1'")
        page.add_script_tag(content=SCRIPT.read_text(encoding="utf-8"))
        assert page.locator("li.at a:focus").inner_text() == "1"
