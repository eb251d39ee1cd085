"""The people of the journeys, as they use the pages in a real browser."""

import re

from playwright.sync_api import Browser, Page

from tests.browser.chromium import open_page
from tests.browser.journey import sign_in
from tests.services.newsroom import Newsroom

PASSWORD = "correct horse battery staple"
STAFF = {
    "layla": ("author", "ليلى حداد"),
    "nour": ("editor", "نور س."),
    "salma": ("standards_editor", "سلمى ع."),
    "karam": ("administrator", "كرم د."),
}

HIRE = """
from django.core.management import call_command
for member in %s:
    call_command("create_staff_member", *member)
"""


def hire(newsroom: Newsroom) -> None:
    """Makes an account for each role, all in one process."""
    newsroom.environment["STAFF_PASSWORD"] = PASSWORD
    members = [
        [username, "--role", role, "--name", name, "--email", f"{username}@example.org"]
        for username, (role, name) in STAFF.items()
    ]
    newsroom.manage("shell", "-c", HIRE % members)


def open_first_case(page: Page, newsroom: Newsroom, username: str, language: str = "ar") -> None:
    """Signs in on the desk and opens the case that stands first in the queue."""
    sign_in(page, newsroom.url, language, username, PASSWORD)
    page.locator(".cases h2 a").first.click()
    page.locator(".dgrid").wait_for()


def confirm_address(browser: Browser, newsroom: Newsroom, reader: str) -> None:
    """The reader follows the link in the first mail, on another device, and presses the button."""
    link = re.search(r"\S+/open/\S+/", newsroom.mail.messages_to(reader)[0].text("plain"))
    assert link
    with open_page(browser, width="phone", scripts=False) as page:
        page.goto(link[0])
        page.locator("main button").click()
        page.wait_for_url("**/my-case/")


def press(page: Page, path_end: str) -> None:
    """Presses the button that posts to an address with this end, and waits for the page that answers."""
    addition = page.locator(f"[name=addition][value='{path_end}']")
    if addition.count():
        addition.check()
    button = page.locator(f"form[action*='/{path_end}/'] button, button[formaction*='/{path_end}/']").first
    with page.expect_navigation():
        button.click()
