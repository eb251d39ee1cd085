"""The sign-in's second step, one's own account and the pages of administrators, for the tour."""

import re

from playwright.sync_api import Page

from tests.browser.journey import PASSWORD, give_password, sign_in
from tests.browser.one_time_code import code_of_now
from tests.browser.site import Site
from tests.browser.stop import Show, Stop


def _desk_as(username: str, path: str) -> Show:
    def show(page: Page, site: Site, language: str) -> None:
        sign_in(page, site.url, language, username)
        page.goto(f"{site.url}/{language}/desk/{path}")

    return show


def _refused_on(path: str) -> Show:
    def show(page: Page, site: Site, language: str) -> None:
        _desk_as("karam", path)(page, site, language)
        page.locator("main .send button").last.click()
        page.locator(".err-box").wait_for()

    return show


def _second_factor(page: Page, site: Site, language: str) -> None:
    """The author has an app from the first visit on."""
    give_password(page, site.url, language, "layla")
    if "second-factor" in page.url:
        return
    page.goto(f"{site.url}/{language}/desk/account/app/")
    page.locator("#id_code").fill(code_of_now(re.sub(r"\s", "", page.locator("bdi.code").inner_text())))
    page.locator("#id_password").fill(PASSWORD)
    page.locator("main .send button").click()
    page.locator("ol.codes").wait_for()
    page.locator(".out button").click()
    page.wait_for_url("**/sign-in/")
    give_password(page, site.url, language, "layla")


def _second_factor_refused(page: Page, site: Site, language: str) -> None:
    _second_factor(page, site, language)
    page.locator("main .send button").last.click()
    page.locator(".err-box").wait_for()


STAFF_STOPS = (
    Stop("second-factor", _second_factor),
    Stop("second-factor-errors", _second_factor_refused, refuses=True),
    Stop("account", _desk_as("karam", "account/")),
    Stop("account-app", _desk_as("karam", "account/app/")),
    Stop("account-app-errors", _refused_on("account/app/"), refuses=True),
    Stop("account-passkey", _desk_as("karam", "account/passkeys/add/")),
    Stop("account-password-errors", _refused_on("account/password/"), refuses=True),
)
