"""Pages of the list of cases beside the list itself: its errors, its saved views, its help."""

from playwright.sync_api import Page

from tests.browser.journey import come_back
from tests.browser.site import Site
from tests.browser.stop import Show, Stop, open_below

#: A name that no view has had before: the tour comes by more than once.
NAMES = {"ar": "شكاوى {}", "en": "Complaints {}"}


def _signed_in(path: str) -> Show:
    def show(page: Page, site: Site, language: str) -> None:
        come_back(page, site.url, language, "salma")
        page.goto(f"{site.url}/{language}/desk/{path}")

    return show


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


DESK_STOPS = (
    Stop("triage-selected", _selected),
    Stop("triage-help", _help),
    Stop("triage-filters-errors", _signed_in("?view=all&from_day=13/13/2026")),
    Stop("saved-views", _views),
    Stop("saved-views-errors", _views_refused, refuses=True),
    Stop("put-aside-errors", _day_refused, refuses=True),
    Stop("view-mails-gone", open_below("desk/views/end-mails/gone/"), refuses=True),
)
