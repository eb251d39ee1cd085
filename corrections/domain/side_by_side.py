"""Two questions to the database at the same time, about the same moment."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

from django.conf import settings
from django.db import close_old_connections, connection, transaction

First = TypeVar("First")
Second = TypeVar("Second")

#: Its threads begin with the first question and keep their connections, as those of the web server do.
_BESIDE = ThreadPoolExecutor(settings.WEB_THREADS, thread_name_prefix="beside")


def both(first: Callable[[], First], second: Callable[[], Second]) -> tuple[First, Second]:
    """What two functions answer that only read, and know neither language nor request.

    On PostgreSQL the second asks over a connection of its own meanwhile, and both see the database as it stood at one
    moment, whatever is written between their questions. Inside a transaction, which another connection does not see,
    and on SQLite it asks afterwards.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return first(), second()
    with _standing_still():
        answer = _BESIDE.submit(_ask, second, _snapshot())
        return first(), answer.result()


@contextmanager
def _standing_still(snapshot: str = "") -> Iterator[None]:
    """A transaction that only reads what was there when it began, or of what another one sees (PostgreSQL, SET
    TRANSACTION SNAPSHOT)."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            if snapshot:
                cursor.execute("SET TRANSACTION SNAPSHOT %s", [snapshot])
        yield


def _snapshot() -> str:
    """The name of what the running transaction sees, for others while it lasts."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_export_snapshot()")
        return str(cursor.fetchone()[0])


def _ask(question: Callable[[], Second], snapshot: str) -> Second:
    close_old_connections()
    try:
        with _standing_still(snapshot):
            return question()
    finally:
        close_old_connections()
