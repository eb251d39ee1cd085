"""The list of cases: its errors, its saved views, its help, what is done to many; and the figures."""

from datetime import date

from playwright.sync_api import Page

from tests.browser.readers_pages import WORDS
from tests.browser.site import Site
from tests.browser.stop import Show, Stop, desk_as, open_below

#: A name that no view has had before: the tour comes by more than once.
NAMES = {"ar": "شكاوى {}", "en": "Complaints {}"}


def _signed_in(path: str) -> Show:
    return desk_as("salma", path)


def _selected(page: Page, site: Site, language: str) -> None:
    _signed_in("?view=all")(page, site, language)
    for key in ("KeyJ", "KeyX", "KeyJ", "KeyJ", "KeyX"):
        page.keyboard.press(key)


def _help(page: Page, site: Site, language: str) -> None:
    _signed_in("")(page, site, language)
    page.keyboard.press("Shift+Slash")
    page.locator("#keys[open]").wait_for()


def _views(page: Page, site: Site, language: str) -> None:
    _signed_in("views/")(page, site, language)
    page.goto(f"{site.url}/{language}/desk/?view=all&kind=complaint&from_day=1/1/2020")
    if page.locator("#save_name").count():
        page.locator(".filt summary").last.click()
        page.locator("#save_name").fill(NAMES[language].format(language))
        page.locator(".saveview button").click()
        page.wait_for_url("**/desk/?view=all**")
    page.goto(f"{site.url}/{language}/desk/views/")


def _views_refused(page: Page, site: Site, language: str) -> None:
    _signed_in("?view=held")(page, site, language)
    page.locator(".filt summary").last.click()
    page.locator(".saveview button").click()
    page.locator("#save_name_error").wait_for()


def _day_refused(page: Page, site: Site, language: str) -> None:
    _case(page, site, language)
    page.keyboard.press("KeyL")
    page.locator("#snooze_until").fill("13/13/2026")
    page.keyboard.press("Enter")
    page.locator("#snooze_until_error").wait_for()


def _case(page: Page, site: Site, language: str) -> None:
    _signed_in("?view=unassigned")(page, site, language)
    page.locator(".cases h2 a").first.click()
    page.locator(".dgrid").wait_for()


def _bulk(action: str) -> Show:
    """The page that follows the choice of an action for the first cases of the list."""

    def show(page: Page, site: Site, language: str) -> None:
        _signed_in("")(page, site, language)
        for box in page.locator(".cases [name=case]").all()[:3]:
            box.check()
        page.locator("#bulk-action").select_option(action)
        page.locator("button[formaction*='/bulk/']").click()
        page.locator("form[action*='/bulk/']").first.wait_for()

    return show


def _bulk_preview(page: Page, site: Site, language: str) -> None:
    _bulk("write")(page, site, language)
    for each, words in WORDS.items():
        page.locator(f"#id_text_{each}").fill(words)
    page.locator("main form .btn").first.click()
    page.locator("#preview-head").wait_for()


def _bulk_refused(page: Page, site: Site, language: str) -> None:
    _bulk("write")(page, site, language)
    page.locator("main form .btn").first.click()
    page.locator(".err-box").wait_for()


def _job(page: Page, site: Site, language: str) -> None:
    _bulk_preview(page, site, language)
    page.locator("form[action*='/start/'] button").click()
    # The page loads itself again when the job has ended.
    page.locator("[data-progress]").wait_for(state="detached")
    page.locator("#progress-head").wait_for()


DESK_STOPS = (
    Stop("triage-list", _signed_in("")),
    Stop("triage-selected", _selected),
    Stop("triage-help", _help),
    Stop("triage-filters-errors", _signed_in("?view=all&from_day=13/13/2026")),
    Stop("saved-views", _views),
    Stop("saved-views-errors", _views_refused, refuses=True),
    Stop("put-aside-errors", _day_refused, refuses=True),
    Stop("view-mails-gone", open_below("desk/views/end-mails/gone/"), refuses=True),
    Stop("triage-search", _signed_in("?view=all&words=القرى")),
    Stop("bulk-preview", _bulk_preview),
    Stop("bulk-errors", _bulk_refused, refuses=True),
    Stop("bulk-job", _job),
    Stop("bulk-jobs", _signed_in("jobs/")),
    Stop("statistics", _signed_in("statistics/")),
    Stop("statement", _signed_in(f"statistics/statement/{date.today().year}/")),  # noqa: DTZ011 - any day of the year
)
