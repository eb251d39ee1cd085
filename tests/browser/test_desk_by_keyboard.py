"""An editor works through a view without a mouse, on a Latin and on an Arabic keyboard: opens, takes, takes back,
notes, sorts, assigns, puts aside, decides, goes on, selects, searches and leaves."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.chromium import open_page
from tests.browser.journey import PASSWORD, send_correction
from tests.browser.keyboard import Keyboard
from tests.browser.layouts import Layout, arabic, latin
from tests.browser.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("desk by keyboard")]

NOTE = {"ar": "رُوجع المصدر بالهاتف.", "en": "The source was checked by telephone."}
NEWS = {"ar": "طلبان جديدان", "en": "2 new cases"}
REPORT = {"ar": "المسافة 12 كيلومترًا وليست 20.", "en": "The distance is 12 kilometres, not 20."}


@dataclass(frozen=True)
class Desk:
    """The desk in a browser, and the keyboard in front of it."""

    page: Page
    layout: Layout
    language: str

    def hit(self, code: str, *, shift: bool = False) -> None:
        """Hits a key that stays on the page."""
        self.layout(self.page, code, shift=shift)

    def go(self, code: str) -> None:
        """Hits a key that leads to another page."""
        with self.page.expect_navigation():
            self.layout(self.page, code)

    def enter(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def offers(self, code: str) -> bool:
        """Whether the page has something for a key to do."""
        return self.page.locator(f"[data-key={code}]").count() > 0

    def number(self) -> str:
        return self.page.locator(".dhead .code").inner_text()


def sign_in(desk: Desk, site: Site, username: str) -> None:
    keys = Keyboard(desk.page)
    desk.page.goto(f"{site.url}/{desk.language}/desk/sign-in/")
    keys.write("#id_username", username)
    keys.write("#id_password", PASSWORD)
    desk.enter()


def take_and_take_back(desk: Desk) -> None:
    """Takes the case, takes that back, and takes it again."""
    desk.go("KeyT")
    desk.go("KeyZ")
    assert desk.offers("KeyT")
    desk.go("KeyT")
    assert not desk.offers("KeyT")


def chosen_addition(desk: Desk) -> str:
    return desk.page.locator("[name=addition]:checked").input_value()


def note(desk: Desk) -> None:
    """Writes an internal note: the keys choose what is written and lead to its words, and send nothing."""
    words = f"{NOTE[desk.language]} {desk.number()}"
    desk.hit("KeyN")
    desk.page.keyboard.type(words)
    desk.hit("KeyJ")
    assert len(desk.page.evaluate("document.activeElement.value")) == len(words) + 1
    desk.page.keyboard.press("Backspace")
    assert chosen_addition(desk) == "note"
    for code, addition in (("KeyR", "message"), ("KeyN", "note")):
        desk.page.keyboard.press("Escape")
        if desk.offers(code):
            desk.hit(code)
            assert (chosen_addition(desk), desk.page.evaluate("document.activeElement.value")) == (addition, words)
            assert desk.page.locator("[data-sends]:visible").get_attribute("data-sends") == addition
    Keyboard(desk.page).press("[data-sends=note]")
    assert words in desk.page.locator(".talk").inner_text()


def sort(desk: Desk) -> None:
    """Sets the severity."""
    desk.hit("KeyS")
    desk.page.keyboard.press("End")
    chosen = desk.page.evaluate("document.activeElement.value")
    Keyboard(desk.page).press("form[data-key=KeyS] button")
    assert (chosen, desk.page.locator("form[data-key=KeyS] select").input_value()) == ("minor", "minor")


def assign(desk: Desk) -> None:
    """Hands the case to somebody."""
    desk.hit("KeyA")
    desk.page.keyboard.press("End")
    chosen = desk.page.evaluate("document.activeElement.value")
    Keyboard(desk.page).press("form[data-key=KeyA] button")
    assert desk.page.locator("form[data-key=KeyA] select").input_value() == chosen


def put_aside_and_take_up(desk: Desk) -> None:
    """Puts the case aside until tomorrow, and takes it up again."""
    desk.hit("KeyL")
    desk.enter()
    assert desk.page.locator(".putaside").count() == 1
    desk.go("KeyL")
    assert desk.page.locator(".putaside").count() == 0


def look_at_the_decision(desk: Desk) -> None:
    """Opens the form of the decision, and goes back."""
    address = desk.page.url
    desk.go("KeyD")
    assert "/decide/" in desk.page.url
    desk.page.goto(address)


STEPS: dict[str, Callable[[Desk], None]] = {
    "KeyT": take_and_take_back,
    "KeyN": note,
    "KeyS": sort,
    "KeyL": put_aside_and_take_up,
    "KeyA": assign,
    "KeyD": look_at_the_decision,
}


def triage(desk: Desk) -> list[str]:
    """Does on ten cases what each offers, one after the other; the numbers of the cases, and every key at work."""
    seen: list[str] = []
    used: set[str] = set()
    for _case in range(10):
        seen.append(desk.number())
        for code, step in STEPS.items():
            if desk.offers(code):
                step(desk)
                used.add(code)
        desk.go("KeyJ")
    assert used == set(STEPS)
    assert len(set(seen)) == 10
    return seen


def select_two(desk: Desk) -> None:
    """Selects two rows and comes to what can be done with them; then lets the whole page go again."""
    for code in ("KeyX", "KeyJ", "KeyX"):
        desk.hit(code)
    assert desk.page.locator("[data-selected] bdi").inner_text() == "2"
    desk.hit("KeyB")
    assert desk.page.evaluate("document.activeElement.id") == "bulk-action"
    desk.page.keyboard.press("Escape")
    desk.hit("KeyX", shift=True)
    assert desk.page.locator("[name=case]:not(:checked)").count() == 0
    desk.hit("KeyX", shift=True)
    assert desk.page.locator("[name=case]:checked").count() == 0


def read_help(desk: Desk) -> None:
    desk.hit("Slash", shift=True)
    assert desk.page.locator("#keys kbd").count() >= 18
    desk.page.keyboard.press("Escape")
    assert desk.page.locator("#keys[open]").count() == 0


@pytest.mark.parametrize(
    ("language", "layout", "username"),
    [("ar", latin, "nour"), ("ar", arabic, "rami"), ("en", latin, "rami"), ("en", arabic, "rami")],
    ids=["ar-latin", "ar-arabic", "en-latin", "en-arabic"],
)
def test_ten_cases_are_triaged_without_a_mouse(
    site: Site, browser: Browser, language: str, username: str, layout: Layout
) -> None:
    width = "desktop" if layout is arabic else "phone"
    with open_page(browser, locale=language, width=width) as page:
        desk = Desk(page, layout, language)
        sign_in(desk, site, username)
        page.goto(f"{site.url}/{language}/desk/?view=all")
        desk.hit("KeyJ")
        desk.enter()
        seen = triage(desk)
        desk.go("KeyK")
        assert desk.number() == seen[-1]
        desk.go("KeyU")
        assert page.url.startswith(f"{site.url}/{language}/desk/?view=all#case-")
        assert page.locator(".case.at .code").inner_text() == seen[-1]
        select_two(desk)
        read_help(desk)
        desk.hit("Slash")
        page.keyboard.type(seen[3])
        desk.enter()
        assert desk.number() == seen[3]


@pytest.mark.parametrize("language", ["ar", "en"])
def test_what_arrives_is_said_and_moves_no_row(site: Site, browser: Browser, language: str) -> None:
    with open_page(browser, locale=language) as page, open_page(browser, locale=language) as reader:
        desk = Desk(page, arabic, language)
        page.clock.install()
        sign_in(desk, site, "salma")
        for code in ("KeyJ", "KeyJ"):
            desk.hit(code)
        rows = page.locator(".cases .code").all_inner_texts()
        at = page.locator(".case.at .code").inner_text()
        place = page.locator(".case.at").bounding_box()
        for number, article in enumerate(site.articles(language)[:2]):
            send_correction(reader, f"{site.url}{article}", f"{REPORT[language]} {number}")
        page.clock.run_for(31_000)
        page.locator(".arrivals a").wait_for()
        assert page.locator(".arrivals").inner_text() == NEWS[language]
        assert page.locator(".cases .code").all_inner_texts() == rows
        assert (page.locator(".case.at .code").inner_text(), page.locator(".case.at h2 a:focus").count()) == (at, 1)
        assert page.locator(".case.at").bounding_box() == place
        with page.expect_navigation():
            page.locator(".arrivals a").press("Enter")
        assert len(page.locator(".cases .code").all_inner_texts()) == len(rows) + 2
