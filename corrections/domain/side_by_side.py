"""Two questions to the database at the same time."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.conf import settings
from django.db import close_old_connections, connection

First = TypeVar("First")
Second = TypeVar("Second")

#: Its threads begin with the first question and keep their connections, as those of the web server do.
_BESIDE = ThreadPoolExecutor(settings.WEB_THREADS, thread_name_prefix="beside")


def both(first: Callable[[], First], second: Callable[[], Second]) -> tuple[First, Second]:
    """What two functions answer that only read, and know neither language nor request.

    On PostgreSQL the second asks over a connection of its own meanwhile. Inside a transaction, which another connection
    does not see, and on SQLite it asks afterwards.
    """
    if connection.vendor != "postgresql" or connection.in_atomic_block:
        return first(), second()
    answer = _BESIDE.submit(_ask, second)
    return first(), answer.result()


def _ask(question: Callable[[], Second]) -> Second:
    close_old_connections()
    try:
        return question()
    finally:
        close_old_connections()
