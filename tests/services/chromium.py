"""The real Chromium of the browser tests, and an Arabic font for it to draw with."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TypeVar

from tests.services.debian import PackageNotInstalled, install_packages, may_install, one_at_a_time
from tests.services.processes import ChildFailed, on_path, run

#: How the tests start it: as root it has no sandbox, and it must not speak to anybody but our own pages.
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: The build without windows draws the same pages with the same engine for half the computing, so it is preferred.
SHELL_NAMES = ("chromium-headless-shell", "chrome-headless-shell")
SYSTEM_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_CHROME = Path("/Applications/Google Chrome.app/Contents/MacOS/Google Chrome")
DEBIAN_FONTS = ("fonts-noto-core", "fontconfig")
DEBIAN_SHELL = ("chromium-headless-shell", *DEBIAN_FONTS)
DEBIAN_PACKAGES = ("chromium", *DEBIAN_FONTS)

Found = TypeVar("Found")


class ChromiumMissing(Exception):
    """There is no Chromium here and it could not be installed."""


class ArabicFontMissing(Exception):
    """No font here draws Arabic and none could be installed."""


@cache
def chromium_path() -> Path:
    """A Chromium that starts, without windows where there is such a one. Looks on PATH, then at Playwright's own.

    As root on Debian it installs the one without windows with apt-get; where no Chromium is to be had like this, with
    `playwright install chromium`, else the one of Debian with windows. One test worker installs while the others wait.
    Makes sure of an Arabic font as well. Raises ChromiumMissing or ArabicFontMissing with the sentence that says how to
    get what is missing.
    """
    path = _found_or_installed(_existing_shell, _install_shell)
    path = path or _found_or_installed(_existing_chromium, _install_chromium)
    if path is None:
        raise ChromiumMissing(
            "The browser tests need Chromium: run `.venv/bin/playwright install --with-deps chromium`, "
            "or install your system's package (Debian: apt-get install chromium-headless-shell fonts-noto-core)."
        )
    require_arabic_font()
    return path


@cache
def require_arabic_font() -> str:
    """Name of a font that draws Arabic; as root on Debian it installs one. Raises ArabicFontMissing."""
    font = _found_or_installed(_arabic_font, _install_fonts)
    if font is None:
        raise ArabicFontMissing(
            "The browser tests need a font for Arabic, shown by `fc-list :lang=ar`: install Noto "
            "(Debian: apt-get install fonts-noto-core fontconfig)."
        )
    return font


def _found_or_installed(find: Callable[[], Found | None], install: Callable[[Path], None]) -> Found | None:
    found = find()
    if found is None:
        with one_at_a_time("install") as stamp:
            found = find()
            if found is None:
                install(stamp)
                found = find()
    return found


def _existing_shell() -> Path | None:
    return _first_that_starts(on_path(*SHELL_NAMES)) or _first_that_starts(_shells_beside(_playwrights_own()))


def _existing_chromium() -> Path | None:
    own = _playwrights_own()
    return _first_that_starts([*_shells_beside(own), *on_path(*SYSTEM_NAMES), MAC_CHROME, *([own] if own else [])])


def _first_that_starts(candidates: Iterable[Path]) -> Path | None:
    return next((path for path in candidates if path.exists() and _starts(path)), None)


def _starts(path: Path) -> bool:
    """Whether it names its version: a left-over stub or a browser without its libraries does not."""
    try:
        return "Chrom" in run([path, "--version"], seconds=60)
    except ChildFailed:
        return False


def _playwrights_own() -> Path | None:
    # In a process of its own: Playwright's plain interface refuses to start where an event loop runs.
    question = (
        "from playwright.sync_api import sync_playwright as start\n"
        "with start() as playwright: print(playwright.chromium.executable_path)"
    )
    try:
        return Path(run([sys.executable, "-c", question]).strip())
    except ChildFailed:
        return None


def _shells_beside(own: Path | None) -> list[Path]:
    """Those without windows that Playwright keeps in folders beside the one of its own Chromium."""
    folder = next((folder for folder in own.parents if folder.name.startswith("chromium-")), None) if own else None
    return sorted(folder.parent.glob("chromium_headless_shell-*/*/chrome-headless-shell")) if folder else []


def _install_shell(stamp: Path) -> None:
    # Not every Debian and no Ubuntu has this package; there any other Chromium serves.
    if may_install():
        with suppress(PackageNotInstalled):
            install_packages(DEBIAN_SHELL, stamp)


def _install_chromium(stamp: Path) -> None:
    # A download that is refused must fail soon, because apt can still help.
    environment = {**os.environ, "PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT": "10000"}
    with suppress(subprocess.TimeoutExpired):
        subprocess.run(
            [sys.executable, "-m", "playwright", "install", "chromium"],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=300,
            env=environment,
            check=False,
        )
    if _existing_chromium() is None and may_install():
        _install_packages(DEBIAN_PACKAGES, stamp, ChromiumMissing)


def _arabic_font() -> str | None:
    if shutil.which("fc-list") is None:
        return None
    return next(iter(run(["fc-list", ":lang=ar", "family"]).splitlines()), None)


def _install_fonts(stamp: Path) -> None:
    if may_install():
        _install_packages(DEBIAN_FONTS, stamp, ArabicFontMissing)


def _install_packages(names: tuple[str, ...], stamp: Path, missing: type[Exception]) -> None:
    try:
        install_packages(names, stamp)
    except PackageNotInstalled as failure:
        raise missing(f"{' '.join(names)} could not be installed. {failure}") from failure
