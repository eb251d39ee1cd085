"""The clocks of the desk: procedures, simulator, working week, holidays."""

import secrets

from playwright.sync_api import Page

from tests.browser.site import Site
from tests.browser.stop import Show, Stop, desk_as


def _deadlines(path: str) -> Show:
    return desk_as("karam", f"deadlines/{path}")


def _deadlines_refused(path: str, field: str) -> Show:
    def show(page: Page, site: Site, language: str) -> None:
        _deadlines(path)(page, site, language)
        page.locator(f"#id_{field}").fill("?")
        page.locator(f"form:has(#id_{field}) button[type=submit]").click()
        page.locator(".err-box").wait_for()

    return show


def _procedure_preview(page: Page, site: Site, language: str) -> None:
    _deadlines("procedures/complaint/")(page, site, language)
    page.locator("form:has(input[value=bbc]) button").click()
    page.locator("table.terms").wait_for()


def _week_stale(page: Page, site: Site, language: str) -> None:
    """Another administrator has changed the week since this page was opened."""
    _deadlines("week/")(page, site, language)
    other = page.context.new_page()
    other.goto(page.url)
    # Hours that no visit before has set: the same again would change nothing.
    for tab, hours in ((other, f"10:{secrets.randbelow(60):02}-16:00"), (page, "9:00-15:00")):
        tab.locator("#id_day0").fill(hours)
        with tab.expect_navigation():
            tab.locator("form:has(#id_day0) button[type=submit]").click()
    other.close()
    page.locator("#standing-head").wait_for()


DEADLINE_STOPS: tuple[Stop, ...] = (
    Stop("deadlines", _deadlines("")),
    Stop("simulator", _deadlines("simulator/?kind=complaint&day=20/2/2025&time=16:00&urgent=on")),
    Stop("simulator-errors", _deadlines("simulator/?kind=complaint&day=&time=25"), refuses=True),
    Stop("procedure", _deadlines("procedures/complaint/")),
    Stop("procedure-errors", _deadlines_refused("procedures/complaint/", "decide"), refuses=True),
    Stop("procedure-preview", _procedure_preview),
    Stop("working-week", _deadlines("week/")),
    Stop("working-week-errors", _deadlines_refused("week/", "day0"), refuses=True),
    Stop("working-week-stale", _week_stale, refuses=True),
    Stop("holidays", _deadlines("holidays/")),
    Stop("holidays-errors", _deadlines_refused("holidays/", "day"), refuses=True),
)
