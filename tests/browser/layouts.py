"""Keys as keyboards of other layouts send them: the same physical key (code), another letter (key)."""

from typing import Protocol

from playwright.sync_api import Page

#: The letters that stand on the keys of the desk on an Arabic (101) keyboard.
ARABIC = {
    "KeyA": "ش",
    "KeyB": "لا",
    "KeyD": "ي",
    "KeyJ": "ت",
    "KeyK": "ن",
    "KeyL": "م",
    "KeyN": "ى",
    "KeyR": "ق",
    "KeyS": "س",
    "KeyT": "ف",
    "KeyU": "ع",
    "KeyX": "ء",
    "KeyZ": "ئ",
    "Slash": "ظ",
}
ARABIC_SHIFTED = {"KeyX": "ْ", "Slash": "؟"}
_SHIFT = 8


class Layout(Protocol):
    """Hits one physical key of a page's keyboard."""

    def __call__(self, page: Page, code: str, *, shift: bool = False) -> None: ...


def latin(page: Page, code: str, *, shift: bool = False) -> None:
    """As a Latin keyboard sends it."""
    page.keyboard.press(f"Shift+{code}" if shift else code)


def arabic(page: Page, code: str, *, shift: bool = False) -> None:
    """As an Arabic keyboard sends it, through the browser's own input: trusted, and typed where there is a field."""
    letter = (ARABIC_SHIFTED if shift else ARABIC)[code]
    session = page.context.new_cdp_session(page)
    event = {"code": code, "key": letter, "text": letter, "modifiers": _SHIFT if shift else 0}
    session.send("Input.dispatchKeyEvent", {"type": "keyDown", **event})
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", **event})
    session.detach()
