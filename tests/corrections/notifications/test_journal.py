from pathlib import Path

import pytest
from pytest_django import Settings

from corrections.notifications import journal


@pytest.fixture
def folder(settings: Settings) -> Path:
    return Path(settings.SENT_JOURNAL_DIR)


def test_a_mail_that_was_not_noted_was_not_sent() -> None:
    assert not journal.was_sent("1.abc")


def test_a_noted_mail_was_sent_until_it_is_forgotten() -> None:
    journal.note_sent("1.abc")
    assert journal.was_sent("1.abc")
    journal.forget("1.abc")
    assert not journal.was_sent("1.abc")


def test_noting_and_forgetting_twice_changes_nothing() -> None:
    journal.note_sent("1.abc")
    journal.note_sent("1.abc")
    journal.forget("1.abc")
    journal.forget("1.abc")
    assert not journal.was_sent("1.abc")


def test_the_line_says_nothing_but_its_name(folder: Path) -> None:
    journal.note_sent("1.abc")
    [line] = folder.iterdir()
    assert (line.name, line.read_bytes(), line.stat().st_mode & 0o777) == ("1.abc", b"", 0o600)


@pytest.mark.parametrize("test", ["one", "another"])
def test_what_one_test_has_sent_is_not_sent_for_another(test: str) -> None:
    assert not journal.was_sent("1.the same name")
    journal.note_sent("1.the same name")
