"""Pages that readers seldom come to: what a report looks like later, earlier versions, what was withdrawn."""

import re

from playwright.sync_api import Page

from tests.browser.journey import send_correction
from tests.browser.site import Site
from tests.browser.stop import Stop, open_below

WORDS = {"ar": "عدد الأسر 1,200 وليس 12,000.", "en": "It is 1,200, not 12,000."}


def _report(receipt_of: str) -> Stop:
    """The report of the demonstration that this was printed beside."""

    def show(page: Page, site: Site, language: str) -> None:
        page.goto(f"{site.url}/{language}/case/")
        page.locator("#id_receipt").fill(site.receipt(receipt_of))
        page.locator("form .send button").click()
        page.wait_for_url("**/my-case/")

    return Stop(f"report-{receipt_of.rsplit(maxsplit=1)[-1]}", show, shows="reader:my_case")


def _refused(form: str) -> Stop:
    """A form of the report's page, sent with nothing in it."""

    def show(page: Page, site: Site, language: str) -> None:
        _report("corrected").show(page, site, language)
        page.locator(f"form[action$='/{form}/'] button[type=submit]").first.click()
        page.locator(".err-box").wait_for()

    return Stop(f"report-{form}-errors", show, refuses=True, shows=f"reader:{form}")


def _notice(page: Page, site: Site, language: str) -> None:
    page.goto(f"{site.url}{site.article_with_notice(language)}")
    number = re.search(r"notice-(\d+)", page.content())
    assert number
    page.goto(f"{site.url}/{language}/corrections/{number[1]}/")


def _revisions(page: Page, site: Site, language: str) -> None:
    page.goto(_root_with_notice(site, language) + "revisions/")


def _revision(page: Page, site: Site, language: str) -> None:
    page.goto(_root_with_notice(site, language) + "revisions/2/")


def _root_with_notice(site: Site, language: str) -> str:
    return site.url + "/".join(site.article_with_notice(language).split("/")[:3]) + "/"


def _withdrawn(page: Page, site: Site, language: str) -> None:
    page.goto(f"{site.url}{site.withdrawn_article(language)}")


def _expired(page: Page, site: Site, language: str) -> None:
    """A form whose token the browser has lost meanwhile; its words are there again."""
    page.goto(f"{site.url}{site.article_root(language)}correction/")
    page.locator("#id_text").fill(WORDS[language])
    page.context.clear_cookies()
    page.locator("form .send button").click()
    assert page.locator("#id_text").input_value() == WORDS[language]


def _unfollow(page: Page, site: Site, language: str) -> None:
    page.goto(f"{site.url}/{language}/unfollow/gone/")


def _kept(page: Page, site: Site, language: str) -> None:
    send_correction(page, f"{site.url}{site.articles(language)[0]}", WORDS[language])
    page.locator("form[action$='/saved/'] button").click()
    page.wait_for_url("**/received/**")


RARE_STOPS: tuple[Stop, ...] = (
    _report("corrected"),
    _report("a question is open"),
    _refused("review"),
    _refused("write"),
    Stop("received-kept", _kept, shows="reader:received"),
    Stop("form-expired", _expired, refuses=True, shows="reader:correction"),
    Stop("unfollow", _unfollow, refuses=True, shows="reader:unfollow"),
    Stop("notice", _notice, shows="reader:notice"),
    Stop("clause", open_below("code-of-ethics/fairness/1/"), shows="reader:clause"),
    Stop("revisions", _revisions, shows="newsroom:revisions"),
    Stop("revision", _revision, shows="newsroom:revision"),
    Stop("withdrawn", _withdrawn, refuses=True, shows="newsroom:article"),
    Stop("section", open_below("sections/services/"), shows="newsroom:section"),
)
