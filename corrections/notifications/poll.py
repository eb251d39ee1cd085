"""Looks for due work from within the worker, so that mails go out while the broker is away or frozen.

The threads of this step share nothing with Celery's consumer but the process: they start before it first tries
to connect, and go on while it cannot.
"""

import logging
import threading
from collections.abc import Callable
from typing import Any

from celery import bootsteps
from django.conf import settings
from django.db import close_old_connections, connections
from django.utils import timezone

from corrections.notifications.announcements import spread_due
from corrections.notifications.deliver import deliver_due

logger = logging.getLogger(__name__)

#: One more than one, so that a mail server that hangs on one mail does not stop the others.
THREADS = 2
#: Seconds that a stopping worker waits for what it has just begun.
LONGEST_STOP = 10.0

#: Answers whether the worker is being stopped, between two pieces of work.
Stopping = Callable[[], bool]


class Poller:
    """Threads that carry out what is due every DELIVERY_POLL_SECONDS, until stopped."""

    def __init__(self, work: Callable[[Stopping], None], name: str, threads: int) -> None:
        self._work = work
        self._name = name
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, name=f"{name}-poller-{number}", daemon=True) for number in range(threads)
        ]

    def start(self) -> None:
        """Starts the threads."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Lets the threads finish what they have begun, but waits no longer than LONGEST_STOP seconds."""
        self._stop.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(LONGEST_STOP / len(self._threads))

    def _run(self) -> None:
        while not self._stop.wait(settings.DELIVERY_POLL_SECONDS):
            self._look()
        connections.close_all()

    def _look(self) -> None:
        try:
            # Before and after, as for a request: a connection that the server has closed is opened anew.
            close_old_connections()
            self._work(self._stop.is_set)
        except Exception as error:
            # The database is away, or anything else: this thread is the last to give up.
            logger.warning("the %s could not be looked at: %s", self._name, type(error).__name__)
        finally:
            close_old_connections()


class Polling(bootsteps.StartStopStep):
    """A poller as a part of Celery's worker."""

    requires = ("celery.worker.components:Pool",)

    def __init__(self, worker: Any, **options: Any) -> None:
        super().__init__(worker, **options)
        self._poller = self.poller()

    def poller(self) -> Poller:
        """The poller that this step starts and stops."""
        raise NotImplementedError

    def start(self, worker: Any) -> None:
        self._poller.start()

    def stop(self, worker: Any) -> None:
        self._poller.stop()

    def terminate(self, worker: Any) -> None:
        self._poller.stop()


class OutboxPolling(Polling):
    """The polling of the outbox (added in newsroom.config.celery)."""

    def poller(self) -> Poller:
        return Poller(empty_outbox, "outbox", THREADS)


def empty_outbox(stopping: Stopping) -> None:
    """Writes what followers of articles are to be told, and carries out every delivery that is due."""
    spread_due(timezone.now)
    while not stopping() and deliver_due(1, timezone.now):
        continue
