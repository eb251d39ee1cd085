"""What this computer has handed over to the mail server and not yet settled in the database.

SMTP has no transactions: between the server's "250" and our UPDATE the process can die or the database be away.
One small file, on disk before the UPDATE is tried, tells whoever takes the row over that the mail is out. What
remains is the moment between the 250 and the file; a death there repeats the mail with the same Message-ID.
The file is named by the Message-ID, which differs between databases where a delivery's number does not.
"""

import os
from contextlib import suppress
from pathlib import Path

from django.conf import settings


def note_sent(name: str) -> None:
    """Writes the line and waits until file and folder are on disk. Raises OSError."""
    directory = _directory()
    directory.mkdir(parents=True, exist_ok=True)
    file = os.open(directory / name, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.fsync(file)
    finally:
        os.close(file)
    _sync(directory)


def was_sent(name: str) -> bool:
    """Whether this computer has handed that mail over."""
    return (_directory() / name).exists()


def forget(name: str) -> None:
    """Removes the line once the database says the same. One that stays behind costs nothing: its name never returns."""
    with suppress(OSError):
        (_directory() / name).unlink()


def _directory() -> Path:
    return Path(settings.SENT_JOURNAL_DIR)


def _sync(directory: Path) -> None:
    folder = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
