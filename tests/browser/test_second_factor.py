"""The second step of the sign-in in a real Chromium: a passkey of a virtual device, an app's codes, a lost key."""

import re

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import open_page
from tests.browser.journey import PASSWORD, give_password, sign_in
from tests.browser.one_time_code import code_of_now
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("second factor")]


def with_device(page: Page) -> None:
    """Plugs in a device that makes passkeys and always finds its owner's finger."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def sign_out(page: Page) -> None:
    with page.expect_navigation():
        page.locator(".out button").click()


def begin(page: Page, url: str, language: str, what: str) -> None:
    """Presses the button of one's account with which an app or a passkey is begun."""
    page.goto(f"{url}/{language}/desk/account/")
    with page.expect_navigation():
        page.locator(f"form[action$='/{what}/begin/'] button").click()


def add_passkey(page: Page, url: str) -> list[str]:
    """Ties the device to the account; returns the recovery codes."""
    begin(page, url, "ar", "passkeys")
    page.locator("#id_name").fill("هاتف العمل")
    page.locator("#id_password").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("form[data-passkey] button").click()
    return page.locator("ol.codes .code").all_inner_texts()


def remove_passkey(page: Page, url: str, code: str) -> None:
    page.goto(f"{url}/ar/desk/account/")
    page.locator("a[href*='/passkeys/'][href$='/remove/']").click()
    page.locator("#id_password").fill(PASSWORD)
    page.locator("#id_factor").fill(code)
    with page.expect_navigation():
        page.locator("main form button").click()


def test_a_passkey_opens_the_desk_and_nothing_less_does(site: Site, browser: Browser) -> None:
    # Passkeys belong to names: an address of numbers can have none.
    url = site.url.replace("127.0.0.1", "localhost")
    with open_page(browser, locale="ar") as page:
        with_device(page)
        sign_in(page, url, "ar", "nour")
        codes = add_passkey(page, url)
        assert len(codes) == 10
        page.goto(f"{url}/ar/desk/account/")
        assert page.locator(".dmain .sim bdi").first.inner_text() == "هاتف العمل"
        sign_out(page)

        give_password(page, url, "ar", "nour")
        assert page.url.endswith("/sign-in/second-factor/")
        page.goto(f"{url}/ar/desk/")
        assert "/sign-in/" in page.url
        give_password(page, url, "ar", "nour")
        with page.expect_navigation(url=f"{url}/ar/desk/"):
            page.locator("form[data-passkey] button").click()
        sign_out(page)

        give_password(page, url, "ar", "nour")
        page.locator("#id_code").fill(codes[0])
        with page.expect_navigation(url=f"{url}/ar/desk/"):
            page.locator("#id_code").press("Enter")
        remove_passkey(page, url, codes[1])
        sign_out(page)
        sign_in(page, url, "ar", "nour")


def test_a_device_that_is_not_there_is_said_and_a_code_works(site: Site, browser: Browser) -> None:
    with open_page(browser, locale="en") as page:
        sign_in(page, site.url, "en", "rami")
        begin(page, site.url, "en", "passkeys")
        page.locator("#id_name").fill("key")
        page.locator("#id_password").fill(PASSWORD)
        page.locator("form[data-passkey] button").click()
        page.locator("[data-failed]:not([hidden])").wait_for()
        assert page.locator("#id_name").input_value() == "key"


@pytest.mark.parametrize("scripts", [True, False])
def test_an_app_is_set_up_and_asked_for_with_and_without_scripts(site: Site, browser: Browser, scripts: bool) -> None:
    with open_page(browser, locale="en", scripts=scripts, width="phone") as page:
        sign_in(page, site.url, "en", "rami")
        begin(page, site.url, "en", "app")
        secret = re.sub(r"\s", "", page.locator("bdi.code").inner_text())
        page.locator("#id_code").fill(code_of_now(secret, -1))
        page.locator("#id_password").fill(PASSWORD)
        with page.expect_navigation():
            page.locator("main form button").click()
        with page.expect_download() as download:
            page.locator("main form button").click()
        saved = download.value.path().read_text("utf-8-sig").split()
        assert saved == page.locator("ol.codes .code").all_inner_texts()
        sign_out(page)
        give_password(page, site.url, "en", "rami")
        page.locator("#id_code").fill(code_of_now(secret))
        with page.expect_navigation(url=f"{site.url}/en/desk/"):
            page.locator("#id_code").press("Enter")
        page.goto(f"{site.url}/en/desk/account/app/remove/")
        page.locator("#id_password").fill(PASSWORD)
        page.locator("#id_factor").fill(saved[0])
        with page.expect_navigation():
            page.locator("main form button").click()


def test_the_end_of_a_session_is_said_and_can_be_put_off(site: Site, browser: Browser) -> None:
    with open_page(browser, locale="en") as page:
        sign_in(page, site.url, "en", "salma")
        box = page.locator("form[data-session]")
        assert not box.is_visible()
        page.route("**/desk/account/", _nearly_over)
        page.goto(f"{site.url}/en/desk/account/")
        box.wait_for(state="visible")
        box.locator("button").click()
        box.wait_for(state="hidden")


def _nearly_over(route: object) -> None:
    answer = route.fetch()  # type: ignore[attr-defined]
    body = re.sub(r'data-session="\d+"', 'data-session="200"', answer.text())
    route.fulfill(response=answer, body=body)  # type: ignore[attr-defined]
