"""What the style may change for the dark: colours alone, so that nothing else has to be looked for a second time."""

import re
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
STYLES = sorted(path for room in ("newsroom", "corrections") for path in (PROJECT / room / "static").rglob("*.css"))
WRITTEN = sorted(
    path for room in ("newsroom/static", "corrections/static", "templates") for path in (PROJECT / room).rglob("*.*")
)
#: Properties that move nothing, and names of values; both with nothing but colours in them.
PAINTS = re.compile(r"--[\w-]+|(border-|background-|outline-)?color|background|fill|stroke|box-shadow")
COLOUR = r"(#[0-9a-f]{3,8}|var\(--[\w-]+\))"
PAINT = re.compile(rf"(inset( -?\d+(px)?){{3}} )?{COLOUR}(!important)?")
DARK = re.compile(r"@media \(prefers-color-scheme:dark\)\{((?:[^{}]*\{[^{}]*\})*)\}")


def moves(style: str) -> list[str]:
    """Every declaration for the dark that is more than a colour."""
    declarations = [
        declaration.strip()
        for part in DARK.findall(re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL))
        for rule in re.findall(r"\{([^{}]*)\}", part)
        for declaration in rule.split(";")
        if declaration.strip()
    ]
    return [declaration for declaration in declarations if not _is_paint(*declaration.partition(":")[::2])]


def _is_paint(name: str, value: str) -> bool:
    return bool(PAINTS.fullmatch(name.strip()) and PAINT.fullmatch(value.strip()))


@pytest.mark.parametrize("style", STYLES, ids=lambda path: path.name)
def test_the_dark_changes_colours_alone(style: Path) -> None:
    text = style.read_text("utf-8")
    assert moves(text) == []
    assert len(DARK.findall(text)) == text.count("prefers-color-scheme") > 0


def test_nothing_but_the_style_asks_whether_it_is_dark() -> None:
    askers = [
        path.name
        for path in WRITTEN
        if path.suffix in (".html", ".js", ".svg")
        if "prefers-color" in path.read_text("utf-8")
    ]
    assert askers == []


def test_what_moves_or_hides_something_in_the_dark_is_found() -> None:
    style = "@media (prefers-color-scheme:dark){.a{color:#fff}.b{display:none;--edge:1px}}.c{display:none}"
    assert moves(style) == ["display:none", "--edge:1px"]
