"""What leads on from mails, by keyboard alone: a report opened, an article followed and no longer followed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import open_page
from tests.browser.journey import send_correction, sign_in
from tests.browser.keyboard import Keyboard
from tests.browser.site import Site, running_demonstration

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("mailed links")]

EITHER_WAY = pytest.mark.parametrize(
    ("language", "scripts"), [(language, scripts) for language in ("ar", "en") for scripts in (True, False)]
)
FOLLOWED = {
    "ar": ["متابعة هذا المقال", "بدأت متابعة هذا المقال", "إيقاف متابعة هذا المقال", "انتهت متابعة هذا المقال"],
    "en": [
        "Follow this article",
        "You follow this article",
        "Stop following this article",
        "You no longer follow this article",
    ],
}


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    # Nothing that is sent here is taken back.
    with running_demonstration(DELIVERY_HOLD_SECONDS="1") as running:
        yield running


def sent(page: Page, article: str, address: str = "") -> str:
    """Sends a correction from an article's page and returns the number of the report."""
    send_correction(page, article, "1,200", address)
    return page.locator(".panel .num").inner_text()


def publish_a_note(browser: Browser, site: Site, number: str) -> None:
    """An editor decides the case with an editor's note on its article."""
    with open_page(browser) as page:
        sign_in(page, site.url, "en", "rami")
        page.goto(f"{site.url}/en/desk/cases/{number}/")
        page.locator("form[action$='/claim/'] button").click()
        page.goto(f"{site.url}/en/desk/cases/{number}/decide/")
        page.locator("input[name=remedy][value=editors_note]").check()
        page.locator("input[name=finding][value=upheld]").check()
        page.locator("#id_notice_text").fill("The report is from 2025.")
        page.locator("#id_reason").fill("The report is from 2025.")
        with page.expect_navigation():
            page.locator("button[name=publish]").click()
        assert page.locator(".err-box").count() == 0


@EITHER_WAY
def test_a_mailed_link_opens_the_report_once_by_its_button(
    site: Site, browser: Browser, language: str, scripts: bool
) -> None:
    address = f"opened.{language}.{scripts}@example.org"
    with open_page(browser, locale=language, scripts=scripts, width="phone") as page:
        number = sent(page, f"{site.url}{site.articles(language)[0]}", address)
        link = site.link_mailed_to(address, "open")
    with open_page(browser, locale=language, scripts=scripts, width="phone", refusals_expected=True) as page:
        keys = Keyboard(page)
        # A scanner looks at the link before its reader does.
        assert page.request.get(link).status == 200
        page.goto(link)
        keys.press("main form button")
        assert (page.url, number in page.locator("main").inner_text()) == (f"{site.url}/{language}/my-case/", True)
        page.goto(link)
        assert page.locator("main form").count() == 0


@EITHER_WAY
def test_an_article_is_followed_until_the_button_behind_its_mail_is_pressed(
    site: Site, browser: Browser, language: str, scripts: bool
) -> None:
    address = f"follower.{language}.{scripts}@example.org"
    with open_page(browser, locale=language, scripts=scripts, width="phone") as page:
        keys, article = Keyboard(page), site.articles(language)[1 + scripts]
        number = sent(page, f"{site.url}{article}")
        page.goto(f"{site.url}/{language}/{article.split('/')[2]}/follow/")
        keys.write("#id_address", address)
        keys.press("main form .btn")
        page.goto(site.link_mailed_to(address, "follow"))
        said = [page.locator("h1").inner_text()]
        keys.press("main form button")
        said.append(page.locator("h1").inner_text())
        publish_a_note(browser, site, number)
        page.goto(site.link_mailed_to(address, "unfollow"))
        said.append(page.locator("h1").inner_text())
        keys.press("main form button")
        said.append(page.locator("h1").inner_text())
    assert said == FOLLOWED[language]
