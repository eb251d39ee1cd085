"""The steps that people take in a browser, in the words that stand on the pages."""

import io
from typing import Any

from PIL import Image
from playwright.sync_api import Page

PASSWORD = "olive-tree-and-well"


#: What the browsers of those who signed in got, by site and person.
_sessions: dict[tuple[str, str], list[Any]] = {}


def sign_in(page: Page, url: str, language: str, username: str, password: str = PASSWORD) -> None:
    """Signs in on the desk."""
    give_password(page, url, language, username, password)
    page.wait_for_url(f"{url}/{language}/desk/")


def come_back(page: Page, url: str, language: str, username: str) -> None:
    """Opens the desk as somebody who has not signed out; signs in where there was no sign-in yet, or it has ended."""
    page.context.add_cookies(_sessions.get((url, username), []))
    page.goto(f"{url}/{language}/desk/")
    if page.url != f"{url}/{language}/desk/":
        sign_in(page, url, language, username)
        _sessions[url, username] = page.context.cookies()


def give_password(page: Page, url: str, language: str, username: str, password: str = PASSWORD) -> None:
    """Takes the first step of the sign-in."""
    page.goto(f"{url}/{language}/desk/sign-in/")
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(password)
    with page.expect_navigation():
        page.locator("main button[type=submit]").click()


def send_correction(page: Page, article: str, text: str, address: str = "") -> str:
    """Sends a correction from an article's page and returns the receipt as it is shown."""
    page.goto(article)
    page.locator(".actions .btn").first.click()
    page.locator("input[name=problem][value=fact]").check()
    page.locator("#id_text").fill(text)
    _choose_reply(page, address)
    _check_and_send(page)
    return page.locator("#receipt").inner_text()


def send_complaint(page: Page, article: str, text: str, clause: str = "fairness", address: str = "") -> str:
    """Makes a complaint from an article's page and returns the receipt as it is shown."""
    page.goto(article)
    page.locator(".actions .btn.quiet").click()
    page.locator(f"input[name=clauses][value={clause}]").check()
    page.locator("#id_text").fill(text)
    _choose_reply(page, address)
    _check_and_send(page)
    return page.locator("#receipt").inner_text()


def add_file(page: Page, address: str, name: str, content: bytes) -> None:
    """Adds a file to the opened case."""
    page.goto(address)
    page.locator("#id_file").set_input_files({"name": name, "mimeType": "image/jpeg", "buffer": content})
    page.locator("form[enctype] .btn").click()


def ask_to_follow(page: Page, address: str, mail: str) -> None:
    """Asks for a mail when the article of an address is corrected."""
    page.goto(address)
    page.locator("#id_address").fill(mail)
    page.locator("main form .btn").click()
    page.wait_for_url("**/asked/")


def photo(size: tuple[int, int], form: str = "PNG") -> bytes:
    """A picture as a phone takes it."""
    buffer = io.BytesIO()
    Image.radial_gradient("L").resize(size).convert("RGB").save(buffer, form, quality=100)
    return buffer.getvalue()


def _choose_reply(page: Page, address: str) -> None:
    page.locator(f"input[name=reply][value={'mail' if address else 'receipt'}]").check()
    if address:
        page.locator("#id_address").fill(address)


def _check_and_send(page: Page) -> None:
    page.locator("form .send button[value=check]").click()
    page.locator("form .send button[value=send]").click()
    page.wait_for_url("**/received/**")
