"""`make screenshots`: every page in both languages, both widths, light and dark, as pictures."""

import argparse
from pathlib import Path

from playwright.sync_api import Browser

from tests.browser.chromium import open_page, running_chromium
from tests.browser.site import Site, running_demonstration
from tests.browser.stop import Stop
from tests.browser.tour import BY_NAME, STOPS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, default=Path(".cache/screenshots"))
    parser.add_argument("--url", default="", help="a demonstration that runs already")
    parser.add_argument("--languages", nargs="*", choices=["ar", "en"], default=["ar", "en"])
    parser.add_argument("--widths", nargs="*", choices=["desktop", "phone"], default=["desktop", "phone"])
    parser.add_argument("--light-only", action="store_true")
    parser.add_argument("names", nargs="*", help="only these pages")
    asked = parser.parse_args()
    asked.into.mkdir(parents=True, exist_ok=True)
    stops = [BY_NAME[name] for name in asked.names] or list(STOPS)
    with running_chromium() as browser:
        if asked.url:
            _take_all(browser, Site(asked.url, Path("/dev/null")), stops, asked)
        else:
            with running_demonstration() as site:
                _take_all(browser, site, stops, asked)


def _take_all(browser: Browser, site: Site, stops: list[Stop], asked: argparse.Namespace) -> None:
    for stop in stops:
        for language in asked.languages:
            for width in asked.widths:
                for dark in (False,) if asked.light_only else (False, True):
                    path = asked.into / f"{stop.name}.{language}-{width}{'-dark' if dark else ''}.png"
                    with open_page(
                        browser, width=width, dark=dark, locale=language, refusals_expected=stop.refuses
                    ) as page:
                        stop.show(page, site, language)
                        page.screenshot(path=path, full_page=True)
                    print(path)


if __name__ == "__main__":
    main()
