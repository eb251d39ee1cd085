"""A page worth looking at, and how it is brought into view."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.journey import come_back
from tests.browser.site import Site

Show = Callable[[Page, Site, str], None]


@dataclass(frozen=True)
class Stop:
    """One page of the tour; `refuses` where its answer is a 4xx on purpose. A reader's page `shows` the name of its
    address, so that the tour can be held against the addresses that there are."""

    name: str
    show: Show
    refuses: bool = False
    shows: str = ""


def open_below(path: str) -> Show:
    """Opens an address below the language."""
    return lambda page, site, language: _open(page, f"{site.url}/{language}/{path}")


def open_of_article(path: str) -> Show:
    """Opens an address below the newest article."""
    return lambda page, site, language: _open(page, f"{site.url}{site.article_root(language)}{path}")


def desk_as(username: str, path: str) -> Show:
    """Opens an address below the desk as somebody who has signed in before."""

    def show(page: Page, site: Site, language: str) -> None:
        come_back(page, site.url, language, username)
        page.goto(f"{site.url}/{language}/desk/{path}")

    return show


def _open(page: Page, address: str) -> None:
    page.goto(address)
