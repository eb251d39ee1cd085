"""Whether what looks for faults finds them: pages with one fault each, which shows at one width or in one light."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

from tests.browser.accessibility import RULES, RULES_OF_COLOUR, barriers
from tests.browser.chromium import open_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("pages with faults")]

PAGE = """<!doctype html><html lang="en"><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width"><style>
p {{ color: #111; background: #fff }} button {{ width: 4em; height: 4em }}
@media {dark} {{ p {{ color: #eee; background: #111 }} }}
{style}</style><main><h1>A page</h1>{content}</main>"""
DARK, LIGHT = "(prefers-color-scheme: dark)", "(prefers-color-scheme: light)"
ON_PHONE, ON_DESK = "(max-width: 40em)", "(min-width: 40em)"
GREY, SMALL = "p { color: #777; background: #666 }", "button { all: unset; display: block; height: 9px }"
WORDS, FIELD, BUTTONS = "<p>Words</p>", "<input>", "<button>a</button><button>b</button>"
TOO_WIDE = "the page is wider than the screen"
EVERYWHERE = ["phone, light", "phone, dark", "desktop, light", "desktop, dark"]


def at(media: str, rule: str) -> str:
    return f"@media {media} {{ {rule} }}"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with open_page(browser, locale="en") as opened:
        yield opened


def found_on(page: Page, content: str, style: str) -> list[str]:
    """What is found, without the elements that it is found at."""
    page.set_content(PAGE.format(dark=DARK, content=content, style=style))
    return [": ".join(barrier.split(": ")[:2]) for barrier in barriers(page)]


def test_the_page_without_a_fault_has_no_barrier(page: Page) -> None:
    assert found_on(page, WORDS, "") == []


@pytest.mark.parametrize(
    ("content", "style", "where", "fault"),
    [
        (WORDS, GREY, EVERYWHERE, "color-contrast"),
        (WORDS, at(DARK, GREY), ["phone, dark", "desktop, dark"], "color-contrast"),
        (WORDS, at(LIGHT, GREY), ["phone, light", "desktop, light"], "color-contrast"),
        (WORDS, at(f"{DARK} and {ON_PHONE}", GREY), ["phone, dark"], "color-contrast"),
        (WORDS, at(f"{DARK} and {ON_DESK}", GREY), ["desktop, dark"], "color-contrast"),
        (WORDS, at(ON_PHONE, "p { width: 600px }"), ["phone, light", "phone, dark"], TOO_WIDE),
        (WORDS, at(ON_DESK, "p { height: 10px; overflow: hidden }"), ["desktop, light", "desktop, dark"], "cut off"),
        (FIELD, "", ["phone, light", "desktop, light"], "label"),
        (FIELD, at(ON_PHONE, "input { display: none }"), ["desktop, light"], "label"),
        (BUTTONS, at(ON_PHONE, SMALL), ["phone, light"], "target-size"),
    ],
)
def test_a_fault_is_found_where_it_shows(page: Page, content: str, style: str, where: list[str], fault: str) -> None:
    assert sorted(set(found_on(page, content, style))) == sorted(f"{place}: {fault}" for place in where)


def test_axe_has_no_other_rules_about_colours_among_those_it_is_asked_by(page: Page) -> None:
    page.evaluate(AXE_SCRIPT)
    tags = {rule["ruleId"]: set(rule["tags"]) for rule in page.evaluate("axe.getRules()")}
    assert sorted(rule for rule in tags if "cat.color" in tags[rule] and tags[rule] & set(RULES)) == RULES_OF_COLOUR
