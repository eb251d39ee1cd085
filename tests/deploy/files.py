"""What stands in the deploy folder, read as the programs that use it read it."""

import re
import shlex
from pathlib import Path
from typing import Any

import yaml

PROJECT = Path(__file__).resolve().parent.parent.parent
DEPLOY = PROJECT / "deploy"
#: Where the project lies on a computer that follows deploy/README.md.
INSTALLED_AT = "/srv/tashih"
_VARIABLE = re.compile(r"^#?(?P<name>[A-Z][A-Z0-9_]+)=(?P<value>.*)$", re.MULTILINE)


def unit_lines(unit: str, key: str) -> list[str]:
    """The values of one key in a systemd unit."""
    lines = (DEPLOY / "systemd" / f"tashih-{unit}.service").read_text().splitlines()
    return [line.partition("=")[2] for line in lines if line.startswith(f"{key}=")]


def unit_commands(unit: str) -> list[list[str]]:
    """The commands that a unit starts."""
    return [shlex.split(line) for line in unit_lines(unit, "ExecStart")]


def compose() -> dict[str, Any]:
    """The compose file, its shared parts merged in."""
    document: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text())
    return document


def documented_variables() -> dict[str, str]:
    """Every variable of the example, set or commented out, with its value."""
    text = (DEPLOY / "tashih.env.example").read_text()
    return {match["name"]: match["value"] for match in _VARIABLE.finditer(text)}


def set_variables() -> dict[str, str]:
    """The variables that the example sets."""
    lines = (DEPLOY / "tashih.env.example").read_text().splitlines()
    pairs = [line.partition("=") for line in lines if line and not line.startswith("#")]
    return {name: value for name, _equals, value in pairs}
