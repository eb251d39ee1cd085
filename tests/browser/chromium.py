"""One real Chromium per test, and pages in it that fail the test at any console error or failed request."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize, sync_playwright

from tests.services.chromium import CHROMIUM_ARGUMENTS, chromium_path, require_arabic_font

PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}


class ConsoleSpoke(AssertionError):
    """The browser's console said something, which no page of ours ever makes it do."""


@contextmanager
def running_chromium(*arguments: str) -> Iterator[Browser]:
    """A started browser, with a font that has Arabic letters and with these further arguments."""
    require_arabic_font()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium_path(), args=[*CHROMIUM_ARGUMENTS, "--font-render-hinting=none", *arguments]
        )
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def open_page(
    browser: Browser,
    *,
    width: str = "desktop",
    scripts: bool = True,
    dark: bool = False,
    locale: str = "ar",
    refusals_expected: bool = False,
    touch: bool = False,
) -> Iterator[Page]:
    """A page in a fresh browser profile; raises ConsoleSpoke at its end if the console has spoken.

    `refusals_expected` lets pass what Chromium prints of itself for an answer that refuses (4xx).
    """
    context = browser.new_context(
        viewport=PHONE if width == "phone" else DESKTOP,
        java_script_enabled=scripts,
        color_scheme="dark" if dark else "light",
        locale=locale,
        reduced_motion="reduce",
        has_touch=touch,
        is_mobile=touch,
    )
    page = context.new_page()
    spoken: list[str] = []
    page.on("console", lambda message: spoken.extend(_worth_failing(message, refusals_expected)))
    page.on("pageerror", lambda error: spoken.append(str(error)))
    try:
        yield page
    finally:
        context.close()
    if spoken:
        raise ConsoleSpoke("\n".join(spoken))


def _worth_failing(message: ConsoleMessage, refusals_expected: bool) -> list[str]:
    is_refusal = "Failed to load resource" in message.text and "status of 4" in message.text
    # Chromium says of itself that it has cleared what it was asked to clear, and that whoever uses the page was quicker
    # than its first field.
    of_itself = ("Cleared data types", "Autofocus processing was blocked")
    is_of_itself = message.type == "info" and any(words in message.text for words in of_itself)
    return [] if is_of_itself or (refusals_expected and is_refusal) else [f"{message.type}: {message.text}"]
