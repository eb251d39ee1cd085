"""After sending, by keyboard alone: a question answered, a decision judged and appealed, an address given and erased,
a complaint about safety left quickly."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import open_page
from tests.browser.journey import send_complaint, send_correction, sign_in
from tests.browser.keyboard import EVERYWHERE, Keyboard
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("readers' answers")]

WORDS = {"ar": "العدد 1,200.", "en": "It is 1,200."}
STAGES = {
    "ar": {"asked": "بانتظار رد على سؤال", "checking": "قيد التحقق", "review": "قيد مراجعة القرار"},
    "en": {"asked": "Waiting for your answer", "checking": "Being checked", "review": "Decision under review"},
}


@contextmanager
def on_the_desk(browser: Browser, site: Site, number: str) -> Iterator[Page]:
    """An editor with the case open."""
    with open_page(browser) as page:
        sign_in(page, site.url, "en", "rami")
        page.goto(f"{site.url}/en/desk/cases/{number}/")
        yield page


def ask(browser: Browser, site: Site, number: str) -> None:
    with on_the_desk(browser, site, number) as page:
        page.locator("form[action$='/claim/'] button").click()
        page.locator("textarea[name=text]").first.fill("Where is the number from?")
        page.locator("[name=addition][value=ask]").check()
        page.locator("button[formaction$='/ask/']").click()
        page.locator(".talk li").first.wait_for()


def decide(browser: Browser, site: Site, number: str) -> None:
    with on_the_desk(browser, site, number) as page:
        page.goto(f"{site.url}/en/desk/cases/{number}/decide/")
        page.locator("input[name=remedy][value=none]").check()
        page.locator("input[name=finding][value=not_upheld]").check()
        page.locator("#id_reason").fill("The report says 12,000.")
        with page.expect_navigation():
            page.locator("button[name=publish]").click()
        assert page.locator(".err-box").count() == 0


def stage(keys: Keyboard) -> str:
    return keys.page.locator("h1").inner_text()


@EVERYWHERE
def test_a_question_is_answered_and_a_decision_judged_and_appealed(
    site: Site, browser: Browser, language: str, width: str, scripts: bool
) -> None:
    with open_page(browser, locale=language, width=width, scripts=scripts) as page:
        keys = Keyboard(page)
        receipt = send_correction(page, f"{site.url}{site.articles(language)[1]}", WORDS[language])
        number = page.locator(".panel .num").inner_text()
        ask(browser, site, number)
        page.goto(f"{site.url}/{language}/case/")
        keys.write("#id_receipt", receipt)
        keys.press("form .send button")
        assert stage(keys) == STAGES[language]["asked"]
        keys.write("#id_text", WORDS[language])
        keys.press("form[action$='/write/'] button")
        assert stage(keys) == STAGES[language]["checking"]
        decide(browser, site, number)
        page.goto(f"{site.url}/{language}/my-case/")
        keys.press("button[name=solved][value=partly]")
        assert page.locator("button[name=solved]").count() == 0
        keys.write("#id_reason", WORDS[language])
        keys.press("form[action$='/review/'] button")
        assert stage(keys) == STAGES[language]["review"]


@EVERYWHERE
def test_an_address_is_given_mistyped_corrected_and_erased(
    site: Site, browser: Browser, language: str, width: str, scripts: bool
) -> None:
    with open_page(browser, locale=language, width=width, scripts=scripts, refusals_expected=True) as page:
        keys = Keyboard(page)
        send_correction(page, f"{site.url}{site.articles(language)[1]}", WORDS[language])
        page.goto(f"{site.url}/{language}/my-case/")
        keys.reach("details summary")
        page.keyboard.press("Enter")
        keys.write("#id_address", "reader@example")
        keys.press("form[action$='/my-case/address/'] button")
        assert (page.locator(".err-box").count(), page.locator("#id_address").input_value()) == (1, "reader@example")
        # Tab selects what stands in a field, so typing replaces it.
        keys.write("#id_address", "reader@example.org")
        keys.press("form[action$='/my-case/address/'] button")
        assert page.locator("form[action$='/address/again/'] button").count() == 1
        keys.press("form[action$='/erase/'] button")
        assert page.locator("form[action$='/erase/'], form[action$='/address/again/']").count() == 0


@EVERYWHERE
def test_a_complaint_about_safety_is_left_quickly_and_opens_nothing_afterwards(
    site: Site, browser: Browser, language: str, width: str, scripts: bool
) -> None:
    with open_page(browser, locale=language, width=width, scripts=scripts) as page:
        keys = Keyboard(page)
        send_complaint(page, f"{site.url}{site.articles(language)[1]}", WORDS[language], clause="privacy")
        keys.press("a[data-leave]")
        assert page.url == f"{site.url}/{language}/"
        page.goto(f"{site.url}/{language}/my-case/")
        assert page.url == f"{site.url}/{language}/case/"
