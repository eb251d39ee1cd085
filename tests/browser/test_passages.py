"""Selecting words of an article, in a real browser: what was selected is what the form quotes."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import open_page, running_chromium
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("passages in a browser")]

#: Selects from the start of one word to the end of another by moving the mouse, as a person does.
WORD_BOX = """([paragraph, word, last]) => {
  const element = document.querySelectorAll('#text [id^=p]')[paragraph];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = last ? node.data.lastIndexOf(word) : node.data.indexOf(word);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + word.length);
    const box = range.getBoundingClientRect();
    return {left: box.left, right: box.right, middle: (box.top + box.bottom) / 2};
  }
}"""

#: Selects a word as a phone's own handles do: without any key or mouse button. (A long press makes no selection in a
#: Chromium without a screen, so what comes before is the phone's business.)
SELECT_WORD = """([paragraph, word]) => {
  const element = document.querySelectorAll('#text [id^=p]')[paragraph];
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(word);
    if (at >= 0) return getSelection().setBaseAndExtent(node, at, node, at + word.length);
  }
}"""

#: The caret that F7 gives to people who select without a mouse, for a Chromium without windows. This option is taken
#: only once, so what Playwright says with it of a mouse is said here again.
WITH_CARET = (
    "--blink-settings=caretBrowsingEnabled=true,"
    "primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4"
)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_chromium("--enable-caret-browsing", WITH_CARET) as running:
        yield running


def open_article(page: Page, site: Site, language: str) -> list[str]:
    """Opens the newest article; returns the words of its second paragraph."""
    page.goto(f"{site.url}{site.articles(language)[0]}")
    # A picture that comes late would move the words away from under the mouse.
    page.wait_for_function("[...document.images].every(image => image.complete)")
    second = page.locator("#text [id^=p]").nth(1)
    second.scroll_into_view_if_needed()
    return second.inner_text().split()


def drag(page: Page, first: str, last: str, *, rtl: bool) -> None:
    start = page.evaluate(WORD_BOX, [1, first, False])
    end = page.evaluate(WORD_BOX, [1, last, False])
    page.mouse.move(start["right"] - 1 if rtl else start["left"] + 1, start["middle"])
    page.mouse.down()
    page.mouse.move(end["left"] + 1 if rtl else end["right"] - 1, end["middle"], steps=8)
    page.mouse.up()


def quoted(page: Page) -> str:
    return " ".join(page.locator("blockquote.quote").inner_text().split())


@pytest.mark.parametrize("width", ["phone", "desktop"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_words_selected_with_the_mouse_are_the_words_that_the_form_quotes(
    site: Site, browser: Browser, language: str, width: str
) -> None:
    with open_page(browser, locale=language, width=width) as page:
        words = open_article(page, site, language)
        assert page.locator(".pick a").count() == 0
        drag(page, words[1], words[2], rtl=language == "ar")
        selected = " ".join(page.evaluate("getSelection().toString()").split())
        page.locator(".pick a").click()
        page.wait_for_url("**/correction/?revision=*")
        assert selected
        assert selected in quoted(page)
        assert quoted(page).split() == words[1:3]
        assert page.locator("#id_proposed").input_value().split() == words[1:3]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_words_selected_on_a_touch_screen_are_offered_to_the_finger(
    site: Site, browser: Browser, language: str
) -> None:
    with open_page(browser, locale=language, width="phone", touch=True) as page:
        words = open_article(page, site, language)
        page.evaluate(SELECT_WORD, [1, words[1]])
        page.locator(".pick a").tap()
        page.wait_for_url("**/correction/?revision=*")
        assert quoted(page) == words[1]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_words_selected_with_the_keyboard_are_offered_to_the_keyboard(
    site: Site, browser: Browser, language: str
) -> None:
    with open_page(browser, locale=language) as page:
        words = open_article(page, site, language)
        box = page.evaluate(WORD_BOX, [1, words[1], False])
        page.mouse.click(box["right"] - 1 if language == "ar" else box["left"] + 1, box["middle"])
        for _letter in range(len(words[1]) - 1):
            page.keyboard.press("Shift+ArrowLeft" if language == "ar" else "Shift+ArrowRight")
        page.locator(".pick a").wait_for()
        page.locator(".pick a").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/correction/?revision=*")
        assert words[1] in quoted(page).split()


def test_a_selected_headline_is_offered_too(site: Site, browser: Browser) -> None:
    with open_page(browser) as page:
        open_article(page, site, "ar")
        title = page.locator("#headline").inner_text()
        page.locator("#headline").click(click_count=3)
        page.locator(".pick a").click()
        page.wait_for_url("**place=title")
        assert quoted(page) == " ".join(title.split())


@pytest.mark.parametrize("language", ["ar", "en"])
def test_without_scripts_a_paragraph_is_chosen_by_its_number(site: Site, browser: Browser, language: str) -> None:
    with open_page(browser, locale=language, scripts=False, width="phone") as page:
        words = open_article(page, site, language)
        page.locator(".actions .btn").first.click()
        page.locator("#id_text").fill("1,200")
        page.locator("button[value=place]").click()
        page.locator("input[name=place][value='2']").check()
        page.locator("button[value=placed]").click()
        assert quoted(page).split()[:5] == words[:5]
        assert page.locator("#id_text").input_value() == "1,200"


def test_the_enter_key_checks_the_form_and_chooses_no_passage(site: Site, browser: Browser) -> None:
    with open_page(browser, refusals_expected=True) as page:
        open_article(page, site, "ar")
        page.locator(".actions .btn").first.click()
        page.locator("#id_address").press("Enter")
        page.locator(".err-box").wait_for()
        assert page.locator("h1").inner_text() == "إرسال تصحيح"


def test_what_was_typed_is_there_again_after_the_back_button(site: Site, browser: Browser) -> None:
    with open_page(browser) as page:
        open_article(page, site, "ar")
        page.locator(".actions .btn").first.click()
        page.locator("input[name=problem][value=fact]").check()
        page.locator("#id_text").fill("عدد الأسر 1,200")
        page.locator("input[name=reply][value=receipt]").check()
        page.locator(".send button").click()
        page.locator("button[value=send]").wait_for()
        page.go_back()
        assert page.locator("#id_text").input_value() == "عدد الأسر 1,200"
