"""The pages of readers that most of them come to, each brought into view as its reader comes to it."""

import secrets

from playwright.sync_api import Page

from tests.browser.journey import add_file, ask_to_follow, photo, send_complaint, send_correction
from tests.browser.site import Site
from tests.browser.stop import Show, Stop, open_below, open_of_article

WORDS = {"ar": "عدد الأسر 1,200 وليس 12,000. الرقم في تقرير البلدية.", "en": "It is 1,200, not 12,000. See the report."}


def _article(page: Page, site: Site, language: str) -> None:
    page.goto(f"{site.url}{site.article_with_notice(language)}")


def _passage(page: Page, site: Site, language: str) -> None:
    page.goto(f"{site.url}{site.article_root(language)}correction/?revision=1&place=2")


def _choosing(page: Page, site: Site, language: str) -> None:
    open_of_article("correction/")(page, site, language)
    page.locator("button[value=place]").click()


def _check(page: Page, site: Site, language: str) -> None:
    """Two errors of one sending, one of them about a passage."""
    _passage(page, site, language)
    _write_error(page, language)
    page.locator("button[value=another]").click()
    _write_error(page, language)


def _write_error(page: Page, language: str) -> None:
    page.locator("input[name=problem][value=fact]").check()
    page.locator("#id_text").fill(WORDS[language])
    page.locator("input[name=reply][value=receipt]").check()
    page.locator("form .send button").click()
    page.locator("button[value=send]").wait_for()


def _received_together(page: Page, site: Site, language: str) -> None:
    _check(page, site, language)
    page.locator("button[value=send]").click()
    page.wait_for_url("**/received/**")


def _errors(kind: str) -> Show:
    def show(page: Page, site: Site, language: str) -> None:
        open_of_article(f"{kind}/")(page, site, language)
        page.locator("#id_address").fill("reader@example")
        page.locator("form .send button").click()
        page.locator(".err-box").wait_for()

    return show


def _received(page: Page, site: Site, language: str) -> None:
    send_correction(page, f"{site.url}{site.articles(language)[0]}", WORDS[language], "reader@example.org")


def _status(page: Page, site: Site, language: str) -> None:
    send_complaint(page, f"{site.url}{site.articles(language)[0]}", WORDS[language])
    page.goto(f"{site.url}/{language}/my-case/")


def _files(page: Page, site: Site, language: str) -> None:
    _received(page, site, language)
    add_file(page, f"{site.url}/{language}/my-case/files/", "photo.png", photo((600, 400)))
    page.locator("ul.stack li").wait_for()


def _file_refused(page: Page, site: Site, language: str) -> None:
    _received(page, site, language)
    add_file(page, f"{site.url}/{language}/my-case/files/", "photo.jpg", b"<svg onload='alert(1)'/>")
    page.locator(".err-box").wait_for()


def _follow_errors(page: Page, site: Site, language: str) -> None:
    open_of_article("follow/")(page, site, language)
    page.locator("#id_address").fill("reader@example")
    page.locator("main form .btn").click()
    page.locator(".err-box").wait_for()


def _follow_asked(page: Page, site: Site, language: str) -> None:
    ask_to_follow(page, f"{site.url}{site.article_root(language)}follow/", f"{secrets.token_hex(8)}@example.org")


def _follow_link(page: Page, site: Site, language: str) -> None:
    address = f"{secrets.token_hex(8)}@example.org"
    ask_to_follow(page, f"{site.url}{site.article_root(language)}follow/", address)
    page.goto(site.link_mailed_to(address, "follow"))


def _mailed_link(page: Page, site: Site, language: str) -> None:
    address = f"{secrets.token_hex(8)}@example.org"
    send_correction(page, f"{site.url}{site.articles(language)[0]}", WORDS[language], address)
    page.goto(site.link_mailed_to(address, "open"))


def _wrong_receipt(page: Page, site: Site, language: str) -> None:
    page.goto(f"{site.url}/{language}/case/")
    page.locator("#id_receipt").fill("1234 5678")
    page.locator("form .send button").click()
    page.locator(".err-box").wait_for()


READERS_STOPS: tuple[Stop, ...] = (
    Stop("front", open_below(""), shows="newsroom:front"),
    Stop("article", _article, shows="newsroom:article_with_words"),
    Stop("correction-form", open_of_article("correction/"), shows="reader:correction"),
    Stop("correction-form-errors", _errors("correction"), refuses=True, shows="reader:correction"),
    Stop("correction-form-passage", _passage, shows="reader:correction"),
    Stop("choose-place", _choosing, shows="reader:correction"),
    Stop("check-answers", _check, shows="reader:correction"),
    Stop("received-together", _received_together, shows="reader:received"),
    Stop("complaint-form", open_of_article("complaint/"), shows="reader:complaint"),
    Stop("complaint-form-errors", _errors("complaint"), refuses=True, shows="reader:complaint"),
    Stop("received", _received, shows="reader:received"),
    Stop("files", _files, shows="reader:files"),
    Stop("files-errors", _file_refused, refuses=True, shows="reader:files"),
    Stop("follow", open_of_article("follow/"), shows="reader:follow"),
    Stop("follow-errors", _follow_errors, refuses=True, shows="reader:follow"),
    Stop("follow-asked", _follow_asked, shows="reader:follow_asked"),
    Stop("follow-link", _follow_link, shows="reader:confirm_follow"),
    Stop("follow-gone", open_below("follow/gone/"), refuses=True, shows="reader:confirm_follow"),
    Stop("mailed-link", _mailed_link, shows="reader:open_link"),
    Stop("tracking", _status, shows="reader:my_case"),
    Stop("open-case", open_below("case/"), shows="reader:open_case"),
    Stop("open-case-errors", _wrong_receipt, refuses=True, shows="reader:open_case"),
    Stop("corrections-log", open_below("corrections/"), shows="reader:notices"),
    Stop("promise", open_below("how-we-correct/"), shows="reader:promise"),
    Stop("complaints", open_below("how-we-handle-complaints/"), shows="reader:complaints"),
    Stop("code-of-ethics", open_below("code-of-ethics/"), shows="reader:code"),
    Stop("not-found", open_below("999999/"), refuses=True, shows="newsroom:article"),
)
