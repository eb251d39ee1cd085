"""What axe finds on a page at both widths, light and dark, and whether it fits the screen and cuts nothing off.

Light and dark differ in colours alone, which tests/architecture/test_style.py holds true: the same elements stand in
the same places under the same names. So what axe could find in the dark and not in the light is a matter of colour, and
in the dark its rules about colours are asked. At each width all are asked, because other things are shown there, in
other sizes and beside others.
"""

from typing import Any, Literal

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.browser.chromium import DESKTOP, PHONE

#: WCAG 2.2 up to AA, and what axe calls best practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
#: Those of them that look at colours; a test asks axe whether these are all.
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]
#: Nothing is fetched beforehand, which axe does for sounds and for sheets of other sites: no page of ours has any.
OPTIONS: dict[Literal["light", "dark"], dict[str, Any]] = {
    "light": {"runOnly": {"type": "tag", "values": RULES}, "resultTypes": ["violations"], "preload": False},
    "dark": {"runOnly": {"type": "rule", "values": RULES_OF_COLOUR}, "resultTypes": ["violations"], "preload": False},
}
TOO_WIDE = "document.documentElement.scrollWidth > document.documentElement.clientWidth + 1"
#: Boxes that hide a part of what is in them below their edge; fields that scroll by nature aside.
CUT = """() => [...document.querySelectorAll('main *')].filter(box => {
  const hides = getComputedStyle(box).overflowY !== 'visible' && !box.matches('textarea, select, input');
  return hides && box.clientHeight > 8 && box.scrollHeight > box.clientHeight + 4;
}).map(box => box.className || box.tagName)"""


def barriers(page: Page) -> list[str]:
    """Everything that axe finds on the page as it stands, with every fold opened; leaves it dark and as wide as a desk.

    The page is not loaded anew for each width: no script of ours asks how wide it is, so only the style answers.
    """
    page.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    page.evaluate(AXE_SCRIPT)
    found = []
    for width, size in (("phone", PHONE), ("desktop", DESKTOP)):
        page.set_viewport_size(size)
        for theme, options in OPTIONS.items():
            page.emulate_media(color_scheme=theme)
            found += [f"{width}, {theme}: {fault}" for fault in _faults(page, options)]
    return found


def _faults(page: Page, options: dict[str, Any]) -> list[str]:
    violations = [
        f"{violation['id']}: {node['target']}"
        for violation in page.evaluate("options => axe.run(options)", options)["violations"]
        for node in violation["nodes"]
    ]
    cut = [f"cut off: {box}" for box in page.evaluate(CUT)]
    return [*violations, *cut, *(["the page is wider than the screen"] if page.evaluate(TOO_WIDE) else [])]
