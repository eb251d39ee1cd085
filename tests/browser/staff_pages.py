"""The sign-in's second step, one's own account and the pages of administrators, for the tour."""

import re
import secrets

from playwright.sync_api import Page

from tests.browser.journey import PASSWORD, give_password, sign_in
from tests.browser.one_time_code import code_of_now
from tests.browser.site import Site
from tests.browser.stop import Show, Stop, desk_as, open_below


def _refused_on(path: str) -> Show:
    def show(page: Page, site: Site, language: str) -> None:
        desk_as("karam", path)(page, site, language)
        page.locator("main .send button").last.click()
        page.locator(".err-box").wait_for()

    return show


def _begin(page: Page, site: Site, language: str, what: str) -> None:
    page.goto(f"{site.url}/{language}/desk/account/")
    page.locator(f"form[action$='/{what}/begin/'] button").click()
    page.locator("#id_password").wait_for()


def _begun_as_karam(what: str) -> Show:
    def show(page: Page, site: Site, language: str) -> None:
        sign_in(page, site.url, language, "karam")
        _begin(page, site, language, what)

    return show


def _app_refused(page: Page, site: Site, language: str) -> None:
    _begun_as_karam("app")(page, site, language)
    page.locator("main .send button").last.click()
    page.locator(".err-box").wait_for()


def _second_factor(page: Page, site: Site, language: str) -> None:
    """The author has an app from the first visit on."""
    give_password(page, site.url, language, "layla")
    if "second-factor" in page.url:
        return
    _begin(page, site, language, "app")
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


def _member(page: Page, site: Site, language: str) -> None:
    desk_as("karam", "staff/")(page, site, language)
    page.locator(".people a").last.click()
    page.locator(".dgrid").wait_for()


def _join(page: Page, site: Site, language: str) -> None:
    """Somebody new opens the link of the mail."""
    name = secrets.token_hex(6)
    desk_as("karam", "staff/invite/")(page, site, language)
    page.locator("#id_username").fill(name)
    page.locator("#id_display_name").fill("هالة م.")
    page.locator("#id_email").fill(f"{name}@example.org")
    page.locator("main .send button").click()
    page.wait_for_url("**/staff/")
    page.goto(site.link_mailed_to(f"{name}@example.org", "desk/join/[0-9]+"))


def _settings_checked(page: Page, site: Site, language: str) -> None:
    desk_as("karam", "settings/")(page, site, language)
    page.locator("#id_emergency_numbers").fill("112")
    page.locator("button[name=check]").click()
    page.locator("button[name=publish]").wait_for()


def _settings_refused(page: Page, site: Site, language: str) -> None:
    desk_as("karam", "settings/")(page, site, language)
    page.locator("#id_identity_kept_days").fill("0")
    page.locator("button[name=check]").click()
    page.locator(".err-box").wait_for()


STAFF_STOPS = (
    Stop("second-factor", _second_factor, refuses=True),
    Stop("second-factor-errors", _second_factor_refused, refuses=True),
    Stop("account", desk_as("karam", "account/")),
    Stop("account-app-begin", desk_as("karam", "account/app/")),
    Stop("account-app", _begun_as_karam("app")),
    Stop("account-app-errors", _app_refused, refuses=True),
    Stop("account-passkey", _begun_as_karam("passkeys")),
    Stop("staff", desk_as("karam", "staff/")),
    Stop("staff-invite-errors", _refused_on("staff/invite/"), refuses=True),
    Stop("staff-member", _member),
    Stop("join", _join),
    Stop("join-gone", open_below("desk/join/1/x/"), refuses=True),
    Stop("settings", desk_as("karam", "settings/")),
    Stop("settings-checked", _settings_checked),
    Stop("settings-errors", _settings_refused, refuses=True),
    Stop("account-password-errors", _refused_on("account/password/"), refuses=True),
)
