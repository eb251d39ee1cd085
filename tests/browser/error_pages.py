"""What readers see where something stands in the way, and the rarer steps of their own pages."""

from playwright.sync_api import Page

from tests.browser.journey import send_complaint, send_correction
from tests.browser.rare_pages import RARE_STOPS
from tests.browser.readers_pages import READERS_STOPS, WORDS
from tests.browser.site import Site
from tests.browser.stop import Stop, open_below, open_of_article

#: More than a request may have.
MOST_FIELDS = 3000
#: Hidden, because a page with so much to draw answers no press.
ADD_FIELDS = """(form, [count, value]) => {
  for (let number = 0; number < count; number++) {
    const field = document.createElement('input');
    Object.assign(field, {type: 'hidden', name: 'field' + number, value});
    form.append(field);
  }
}"""
_STOPS = {stop.name: stop.show for stop in (*READERS_STOPS, *RARE_STOPS)}


def _address_refused(page: Page, site: Site, language: str) -> None:
    _STOPS["report-corrected"](page, site, language)
    page.locator("form[action$='/address/']").evaluate("form => { form.closest('details').open = true; }")
    page.locator("#id_address").fill("reader@example")
    page.locator("form[action$='/address/'] button").click()
    page.locator(".err-box").wait_for()


def _sent_before(page: Page, site: Site, language: str) -> None:
    """Answers that come back changed after they were sent."""
    _STOPS["check-answers"](page, site, language)
    form = page.locator("main form")
    fields = dict(form.evaluate("form => [...new FormData(form)]"))
    page.request.post(page.url, form={**fields, "step": "send"})
    form.locator("input[name=text]").evaluate("field => { field.value += ' +'; }")
    page.locator("button[value=send]").click()
    page.locator(".err-box").wait_for()


def _one_of_several_refused(page: Page, site: Site, language: str) -> None:
    _STOPS["correction-form-passage"](page, site, language)
    page.locator("input[name=problem][value=fact]").check()
    page.locator("#id_text").fill(WORDS[language])
    page.locator("input[name=reply][value=receipt]").check()
    page.locator(".send button[value=check]").click()
    page.locator("button[value=another]").click()
    page.locator(".send button[value=check]").click()
    page.locator(".err-box").wait_for()


def _known(page: Page, site: Site, language: str) -> None:
    """Others have reported the passage."""
    _STOPS["received-together"](page, site, language)
    _STOPS["correction-form-passage"](page, site, language)
    page.locator("[role=note]").wait_for()


def _choosing_another(page: Page, site: Site, language: str) -> None:
    open_of_article("correction/?revision=1&place=2.0-2.9")(page, site, language)
    page.locator("button[value=place]").click()
    page.locator("#place_selected").wait_for()


def _check_complaint(page: Page, site: Site, language: str) -> None:
    open_of_article("complaint/")(page, site, language)
    page.locator("input[name=clauses][value=privacy]").check()
    page.locator("#id_text").fill(WORDS[language])
    page.locator("input[name=sought]").first.check()
    page.locator("input[name=reply][value=receipt]").check()
    page.locator(".send button[value=check]").click()
    page.locator("button[value=send]").wait_for()


def _sensitive(page: Page, site: Site, language: str) -> None:
    """A complaint about safety, which is left quickly."""
    send_complaint(page, f"{site.url}{site.articles(language)[0]}", WORDS[language], clause="privacy")
    page.locator("a[data-leave]").wait_for()


def _sensitive_report(page: Page, site: Site, language: str) -> None:
    _sensitive(page, site, language)
    page.goto(f"{site.url}/{language}/my-case/")


def _withdrawn(page: Page, site: Site, language: str) -> None:
    send_correction(page, f"{site.url}{site.articles(language)[0]}", WORDS[language])
    page.goto(f"{site.url}/{language}/my-case/")
    page.locator("form[action$='/withdraw/'] button").click()
    page.wait_for_url("**/my-case/")


def _link_expired(page: Page, site: Site, language: str) -> None:
    """The button of a mailed link, pressed after the browser has lost its cookie."""
    _STOPS["mailed-link"](page, site, language)
    page.context.clear_cookies()
    page.locator("main form button").click()
    page.locator(".err-box").wait_for()


def _written_too_late(page: Page, site: Site, language: str) -> None:
    """Words for a report that this browser no longer has open."""
    _STOPS["report-corrected"](page, site, language)
    page.locator("#id_text").fill(WORDS[language])
    page.context.clear_cookies()
    page.locator("form[action$='/write/'] button").click()
    page.locator(".typed").wait_for()


def _button_too_late(page: Page, site: Site, language: str) -> None:
    """A button of a page that cannot be shown again."""
    _STOPS["tracking"](page, site, language)
    page.context.clear_cookies()
    page.locator("form[action$='/withdraw/'] button").click()
    page.locator(".steps").wait_for(state="detached")


def _follow_confirmed(page: Page, site: Site, language: str) -> None:
    _STOPS["follow-link"](page, site, language)
    page.locator("main form button").click()
    page.locator("main form").wait_for(state="detached")


def _too_long(page: Page, site: Site, language: str) -> None:
    """A text larger than any form."""
    open_of_article("correction/")(page, site, language)
    page.locator("main form").evaluate(ADD_FIELDS, [1, "x" * 4_000_000])
    page.locator(".send button").click()
    page.locator("#id_text").wait_for(state="detached")


def _unreadable(page: Page, site: Site, language: str) -> None:
    """More fields than any form has."""
    open_of_article("correction/")(page, site, language)
    page.locator("main form").evaluate(ADD_FIELDS, [MOST_FIELDS + 1, ""])
    page.locator(".send button").click()
    page.locator("#id_text").wait_for(state="detached")


ERROR_STOPS: tuple[Stop, ...] = (
    Stop("report-address-errors", _address_refused, refuses=True, shows="reader:address"),
    Stop("check-answers-sent-before", _sent_before, refuses=True, shows="reader:correction"),
    Stop("correction-form-several-errors", _one_of_several_refused, refuses=True, shows="reader:correction"),
    Stop("correction-form-known", _known, shows="reader:correction"),
    Stop("choose-place-selected", _choosing_another, shows="reader:correction"),
    Stop("check-complaint", _check_complaint, shows="reader:complaint"),
    Stop("received-sensitive", _sensitive, shows="reader:received"),
    Stop("tracking-sensitive", _sensitive_report, shows="reader:my_case"),
    Stop("tracking-withdrawn", _withdrawn, shows="reader:my_case"),
    Stop("mailed-link-expired", _link_expired, refuses=True, shows="reader:open_link"),
    Stop("mailed-link-gone", open_below("open/gone/"), refuses=True, shows="reader:open_link"),
    Stop("open-case-typed", _written_too_late, refuses=True, shows="reader:write"),
    Stop("button-expired", _button_too_late, refuses=True, shows="reader:withdraw"),
    Stop("follow-confirmed", _follow_confirmed, shows="reader:confirm_follow"),
    Stop("too-long", _too_long, refuses=True, shows="reader:correction"),
    Stop("unreadable", _unreadable, refuses=True, shows="reader:correction"),
    Stop("only-for-reading", open_below("my-case/withdraw/"), refuses=True, shows="reader:withdraw"),
)
