"""A person who uses the keyboard alone: Tab to what is wanted, then the keys that browsers give to it."""

from contextlib import suppress

import pytest
from playwright.sync_api import FileChooser, Locator, Page, TimeoutError  # noqa: A004 - its own name

#: Both languages, both widths, with scripts and without.
EVERYWHERE = pytest.mark.parametrize(
    ("language", "width", "scripts"),
    [
        (language, width, scripts)
        for language in ("ar", "en")
        for width in ("phone", "desktop")
        for scripts in (True, False)
    ],
)
#: Tab stops after which the wanted element counts as out of reach.
MOST_STOPS = 80


class OutOfReach(Exception):
    """Tab does not lead there."""


class Keyboard:
    """The keys of one page."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, wanted: str) -> Locator:
        """Presses Tab until an element that the selector names has the focus. Raises OutOfReach."""
        focused = self.page.locator(f":is({wanted}):focus")
        for _stop in range(MOST_STOPS):
            if focused.count():
                return focused
            self.page.keyboard.press("Tab")
        raise OutOfReach(wanted)

    def press(self, wanted: str) -> None:
        """Presses a button or follows a link, and waits for the page that answers."""
        self.reach(wanted)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, wanted: str, text: str) -> None:
        """Types into a field."""
        self.reach(wanted)
        self.page.keyboard.type(text)

    def tick(self, name: str, value: str) -> None:
        """Ticks a box."""
        self.reach(f"input[name={name}][value='{value}']")
        self.page.keyboard.press("Space")

    def choose(self, name: str, value: str) -> None:
        """Chooses one of several: Tab leads to the group, the arrows inside it."""
        self.reach(f"input[name={name}]")
        wanted = self.page.locator(f"input[name={name}][value='{value}']")
        self.page.keyboard.press("Space")
        for _choice in range(MOST_STOPS):
            if wanted.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise OutOfReach(f"{name}={value}")

    def choose_file(self, wanted: str, name: str, content: bytes) -> None:
        """Chooses a file."""
        self.reach(wanted)
        self._chooser().set_files({"name": name, "mimeType": "image/png", "buffer": content})

    def _chooser(self) -> FileChooser:
        for _press in range(3):
            # A browser that has just started sometimes swallows the first key.
            with suppress(TimeoutError):
                with self.page.expect_file_chooser(timeout=5000) as chooser:
                    self.page.keyboard.press("Space")
                return chooser.value
        raise OutOfReach("the dialog for files")
