from pathlib import Path

import pytest
from playwright.sync_api import sync_playwright

from tests.services import chromium
from tests.services.chromium import (
    CHROMIUM_ARGUMENTS,
    ArabicFontMissing,
    ChromiumMissing,
    chromium_path,
    require_arabic_font,
)
from tests.services.processes import run

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="ar" dir="rtl"><meta charset="utf-8"><title>تصحيح</title>
<body style="width: 400px; margin: 0"><span id="first">الخبر</span> <span id="second">مصحَّح</span>"""


def left_edge(box: object) -> float:
    assert isinstance(box, dict)
    return float(box["x"])


def program(path: Path, words: str) -> Path:
    """A program of the shell."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{words}\n")
    path.chmod(0o755)
    return path


def test_it_names_its_version() -> None:
    assert "Chrom" in run([chromium_path(), "--version"])


def test_a_page_from_right_to_left_is_set_from_the_right() -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        page = browser.new_page()
        page.set_content(PAGE)
        boxes = [page.locator(name).bounding_box() for name in ("#first", "#second")]
        assert page.title() == "تصحيح"
        assert left_edge(boxes[0]) > left_edge(boxes[1]) > 200
        browser.close()


def test_a_font_for_arabic_is_there() -> None:
    assert require_arabic_font() != ""


def nothing_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("shell", "chromium"):
        monkeypatch.setattr(chromium, f"_existing_{kind}", lambda: None)
        monkeypatch.setattr(chromium, f"_install_{kind}", lambda stamp: None)
    monkeypatch.setattr(chromium, "_arabic_font", lambda: None)
    monkeypatch.setattr(chromium, "_install_fonts", lambda stamp: None)


def test_a_missing_browser_is_named_with_the_way_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing_helps(monkeypatch)
    with pytest.raises(ChromiumMissing, match="apt-get install chromium"):
        chromium_path.__wrapped__()


def test_a_missing_font_is_named_with_the_way_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    nothing_helps(monkeypatch)
    with pytest.raises(ArabicFontMissing, match="apt-get install fonts-noto-core"):
        require_arabic_font.__wrapped__()


def test_a_stub_that_does_not_start_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    stub = program(tmp_path / "chromium", "echo install the snap >&2; exit 1")
    working = program(tmp_path / "google-chrome", "echo Google Chrome 156")
    monkeypatch.setattr(chromium, "on_path", lambda *names: [stub, working])
    assert chromium._existing_chromium() == working


def test_one_without_windows_is_preferred_where_playwright_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = program(tmp_path / "chromium-1255/chrome-linux64/chrome", "echo Chrome 159")
    shell = program(
        tmp_path / "chromium_headless_shell-1255/chrome-headless-shell-linux64/chrome-headless-shell", "echo Chrome 159"
    )
    monkeypatch.setattr(chromium, "on_path", lambda *names: [])
    monkeypatch.setattr(chromium, "MAC_CHROME", tmp_path / "none")
    monkeypatch.setattr(chromium, "_playwrights_own", lambda: full)
    assert (chromium._existing_shell(), chromium._existing_chromium()) == (shell, shell)
    shell.unlink()
    assert (chromium._existing_shell(), chromium._existing_chromium()) == (None, full)
