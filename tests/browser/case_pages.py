"""The page of one case on the desk, in the states and with the answers that it can have."""

from playwright.sync_api import Page

from tests.browser.journey import come_back, send_correction
from tests.browser.readers_pages import WORDS
from tests.browser.site import Site
from tests.browser.stop import Stop


def _case(page: Page, site: Site, language: str) -> None:
    come_back(page, site.url, language, "salma")
    page.locator(".cases h2 a").first.click()
    page.locator(".dgrid").wait_for()


def _case_refused(page: Page, site: Site, language: str) -> None:
    _case(page, site, language)
    page.locator(".compose button").last.click()
    page.locator(".err-box").wait_for()


def _case_stale(page: Page, site: Site, language: str) -> None:
    """Two messages to one reader at once, the second from a page that does not know of the first."""
    _case(page, site, language)
    other = page.context.new_page()
    other.goto(page.url)
    for tab in (other, page):
        tab.locator(".compose textarea").fill(WORDS[language])
        tab.locator("[name=addition][value=message]").check()
        with tab.expect_navigation():
            tab.locator("button[formaction*='/message/']").click()
    other.close()
    page.locator(".err-box .both").wait_for()


def _just_done(page: Page, site: Site, language: str) -> None:
    _case(page, site, language)
    page.locator("form.compose textarea").fill(WORDS[language])
    page.locator("button[formaction*='/note/']").click()
    page.locator(".done").wait_for()


def _choose_template(page: Page, number: int) -> None:
    page.locator("details:has(button[name=template]) > summary").click()
    with page.expect_navigation():
        page.locator("button[name=template]").nth(number).click()


def _reply_template(page: Page, site: Site, language: str) -> None:
    """The first template for a reply, its words in the field."""
    _case(page, site, language)
    page.locator(".compose textarea").fill("")
    _choose_template(page, 0)
    assert page.locator(".compose textarea").input_value()


def _reply_offered(page: Page, site: Site, language: str) -> None:
    """A template for a field that holds words."""
    _case(page, site, language)
    page.locator(".compose textarea").fill(WORDS[language])
    _choose_template(page, 1)
    page.locator("button[name=append]").wait_for()
    assert page.locator(".compose textarea").input_value() == WORDS[language]


def _mention(page: Page, site: Site, language: str) -> None:
    """Colleagues are offered while one of them is being named."""
    _case(page, site, language)
    # A draft of another stop may stand there.
    page.locator(".compose textarea").fill("")
    page.locator(".compose textarea").press_sequentially("@r")
    page.locator("#mention-list [role=option]").first.wait_for()


def _similar(page: Page, site: Site, language: str) -> None:
    """Two readers have sent nearly the same."""
    for _reader in range(2):
        send_correction(page, f"{site.url}{site.articles(language)[1]}", WORDS[language])
        page.context.clear_cookies()
    come_back(page, site.url, language, "salma")
    page.goto(f"{site.url}/{language}/desk/?view=unassigned")
    page.locator(".case:has(a.flag) h2 a").first.click()
    page.locator("#similar-head").wait_for()


def _record(page: Page, site: Site, language: str) -> None:
    """The record of a complaint that was decided."""
    come_back(page, site.url, language, "salma")
    page.goto(f"{site.url}/{language}/desk/?view=decided&kind=complaint")
    page.locator(".cases h2 a").first.click()
    page.locator("a[href$='/record/']").click()
    page.locator("#record-decisions").wait_for()


def _record_pack_refused(page: Page, site: Site, language: str) -> None:
    """The reader is to be named to an outside body, and no reason is given."""
    _case(page, site, language)
    form = page.locator("form[action*='/pack/']")
    page.locator("details:has(form[action*='/pack/']) > summary").click()
    form.locator("input[name=identity]").check()
    form.locator("button").click()
    page.locator(".err-box").wait_for()


def _decision(page: Page, site: Site, language: str) -> None:
    come_back(page, site.url, language, "salma")
    page.goto(f"{site.url}/{language}/desk/?view=all&kind=correction")
    for address in page.locator(".cases h2 a").evaluate_all("links => links.map(link => link.href)"):
        page.goto(address.partition("?")[0] + "decide/")
        if page.locator("#id_reason").count():
            return
    raise AssertionError("no case of the demonstration can be decided")


def _decision_previewed(page: Page, site: Site, language: str) -> None:
    _decision(page, site, language)
    page.locator("input[name=remedy][value=none]").check()
    page.locator("#id_reason").fill(WORDS[language])
    page.locator("button[name=preview]").click()
    page.locator(".letters").wait_for()


def _decision_refused(page: Page, site: Site, language: str) -> None:
    _decision(page, site, language)
    # A draft of an earlier stop may stand there.
    page.locator("#id_reason").fill("")
    page.locator("button[name=publish]").click()
    page.locator(".err-box").wait_for()


CASE_STOPS: tuple[Stop, ...] = (
    Stop("triage-detail", _case),
    Stop("triage-detail-errors", _case_refused, refuses=True),
    Stop("triage-detail-stale", _case_stale, refuses=True),
    Stop("triage-detail-undo", _just_done),
    Stop("triage-detail-template", _reply_template),
    Stop("triage-detail-template-offered", _reply_offered),
    Stop("triage-detail-mention", _mention),
    Stop("triage-detail-similar", _similar),
    Stop("record", _record),
    Stop("record-pack-errors", _record_pack_refused, refuses=True),
    Stop("decision", _decision),
    Stop("decision-preview", _decision_previewed),
    Stop("decision-errors", _decision_refused, refuses=True),
)
