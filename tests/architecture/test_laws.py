"""The laws of the house that a reader of the code could break without noticing."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection

from corrections.domain.undo import WAYS_BACK
from corrections.enums import Happening

PROJECT = Path(__file__).resolve().parents[2]
ROOMS = ("newsroom", "corrections")
SOURCES = sorted(path for room in ROOMS for path in (PROJECT / room).rglob("*.py") if "migrations" not in path.parts)
#: Tables that the database protects (newsroom.immutability).
PROTECTED = (
    "newsroom_revision",
    "newsroom_staffchange",
    "corrections_settingsversion",
    "corrections_event",
    "corrections_notice",
    "corrections_clause",
    "corrections_passage",
    "corrections_procedureversion",
)


def calls(path: Path) -> Iterator[ast.Call]:
    return (node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call))


def name_of(path: Path) -> str:
    return str(path.relative_to(PROJECT))


def test_a_status_of_a_case_is_written_where_moves_are_made_and_where_cases_begin() -> None:
    writers = {
        name_of(path)
        for path in SOURCES
        if path.is_relative_to(PROJECT / "corrections")
        # The status that these write is a delivery's.
        if not path.is_relative_to(PROJECT / "corrections/notifications")
        for call in calls(path)
        for keyword in call.keywords
        if keyword.arg == "status" and isinstance(call.func, ast.Name | ast.Attribute)
        if getattr(call.func, "attr", getattr(call.func, "id", "")) in ("record", "create", "update", "change_case")
    }
    assert writers == {"corrections/domain/moves.py", "corrections/domain/intake.py"}


def test_events_are_made_in_the_timeline_alone() -> None:
    makers = {
        name_of(path)
        for path in SOURCES
        for call in calls(path)
        if ast.unparse(call.func) in ("Event.objects.create", "Event", "Event.objects.bulk_create")
    }
    assert makers == {"corrections/domain/timeline.py"}


def test_a_locked_account_keeps_nobody_from_writing_what_names_it() -> None:
    # On PostgreSQL the plain lock stops every row whose foreign key names the person.
    plain = [
        name_of(path)
        for path in SOURCES
        for call in calls(path)
        if ast.unparse(call.func) == "StaffMember.objects.select_for_update"
        if "no_key=True" not in [ast.unparse(keyword) for keyword in call.keywords]
    ]
    assert plain == []


def test_no_request_talks_to_the_broker() -> None:
    publishers = {
        name_of(path)
        for path in SOURCES
        for call in calls(path)
        if getattr(call.func, "attr", "") in ("delay", "apply_async", "send_task")
    }
    assert {path for path in publishers if not path.startswith("newsroom/config/")} == {
        "corrections/notifications/wake.py"
    }


def test_no_signal_receivers_and_no_overridden_saves() -> None:
    for path in SOURCES:
        text = path.read_text("utf-8")
        assert "django.dispatch" not in text, path
        assert "def save(" not in text, path


def test_nothing_is_imported_inside_a_function() -> None:
    inside = [
        name_of(path)
        for path in SOURCES
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []


def test_files_and_functions_keep_one_purpose() -> None:
    assert [name_of(path) for path in SOURCES if len(path.read_text("utf-8").splitlines()) > 330] == []
    long = [
        f"{name_of(path)}: {node.name}"
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef) and (node.end_lineno or 0) - node.lineno > 60
    ]
    assert long == []


def test_every_happening_has_a_way_back_or_a_stated_reason() -> None:
    assert {happening.value for happening in Happening} == {str(name) for name in WAYS_BACK}


def test_the_domain_never_asks_the_clock() -> None:
    askers = [
        name_of(path)
        for path in (PROJECT / "corrections/domain").glob("*.py")
        if any(ast.unparse(call.func) in ("timezone.now", "datetime.now", "date.today") for call in calls(path))
    ]
    assert askers == []


@pytest.mark.django_db
@pytest.mark.parametrize("table", PROTECTED)
def test_protected_tables_have_their_triggers(table: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = %s ORDER BY name", [table])
        assert [row[0] for row in cursor.fetchall()] == [f"{table}_refuses_delete", f"{table}_refuses_update"]


def test_the_floors_are_kept() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([program, "--no-cache"], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:]
