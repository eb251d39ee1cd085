"""Asking somebody for a statement, and the page behind the link that they get."""

import secrets

from playwright.sync_api import Page

from tests.browser.journey import come_back
from tests.browser.readers_pages import WORDS
from tests.browser.site import Site
from tests.browser.stop import Stop, open_below

QUESTIONS = {
    "ar": "كيف تحققتم من هذا الرقم؟ ومن أي مصدر جاء؟",
    "en": "How was this figure checked?",
}


def _ask_statement(page: Page, site: Site, language: str) -> None:
    """The page on which somebody is asked for a statement, of the first case that is still open."""
    come_back(page, site.url, language, "salma")
    page.locator(".cases h2 a").first.click()
    page.locator("a[href*='/statements/']").click()
    page.locator("#id_question").wait_for()


def _ask_statement_refused(page: Page, site: Site, language: str) -> None:
    _ask_statement(page, site, language)
    page.locator("#id_name").fill("هدى العلي")
    page.locator("main form .acts button").click()
    page.locator(".err-box").wait_for()


def _ask_statement_stale(page: Page, site: Site, language: str) -> None:
    """The case changes meanwhile, and the words of the question are there again."""
    _ask_statement(page, site, language)
    page.locator("#id_name").fill("هدى العلي")
    page.locator("#id_address").fill("huda@example.org")
    page.locator("#id_language").select_option(language)
    page.locator("#id_question").fill(QUESTIONS[language])
    _hand_over(page)
    page.locator("main form .acts button").click()
    page.locator(".err-box").wait_for()


def _hand_over(page: Page) -> None:
    """Somebody gives the case to another colleague in another tab."""
    other = page.context.new_page()
    other.goto(page.url.partition("statements/")[0])
    form = other.locator("form[action*='/assign/']")
    form.locator("option:not(:checked):not([value=''])").first.evaluate("option => { option.selected = true; }")
    with other.expect_navigation():
        form.locator("button").click()
    other.close()


def _statement_asked(page: Page, site: Site, language: str) -> str:
    """Asks somebody outside, and gives the address that was written to."""
    address = f"{secrets.token_hex(8)}@example.org"
    _ask_statement(page, site, language)
    page.locator("#id_name").fill("هدى العلي")
    page.locator("#id_address").fill(address)
    page.locator("#id_language").select_option(language)
    page.locator("#id_question").fill(QUESTIONS[language])
    page.locator("main form .acts button").click()
    page.locator("#statements-head").wait_for()
    return address


def _case_with_statement(page: Page, site: Site, language: str) -> None:
    _statement_asked(page, site, language)


def _statement(page: Page, site: Site, language: str) -> None:
    page.goto(site.link_mailed_to(_statement_asked(page, site, language), "statement"))


def _statement_refused(page: Page, site: Site, language: str) -> None:
    _statement(page, site, language)
    page.locator("main form .btn").click()
    page.locator(".err-box").wait_for()


def _statement_given(page: Page, site: Site, language: str) -> None:
    _statement(page, site, language)
    page.locator("#id_text").fill(WORDS[language])
    page.locator("main form .btn").click()
    page.locator(".tag.good").wait_for()


STATEMENT_STOPS: tuple[Stop, ...] = (
    Stop("ask-statement", _ask_statement),
    Stop("ask-statement-errors", _ask_statement_refused, refuses=True),
    Stop("ask-statement-stale", _ask_statement_stale, refuses=True),
    Stop("triage-detail-statement", _case_with_statement),
    Stop("statement-link", _statement, shows="reader:statement"),
    Stop("statement-link-errors", _statement_refused, refuses=True, shows="reader:statement"),
    Stop("statement-given", _statement_given, shows="reader:statement"),
    Stop("statement-gone", open_below("statement/gone/"), refuses=True, shows="reader:statement"),
)
