"""Looks for due deliveries from within the worker, so that mails go out while the broker is away or frozen.

The threads of this step share nothing with Celery's consumer but the process: they start before it first tries
to connect, and go on while it cannot.
"""

import logging
import threading
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
#: Seconds that a stopping worker waits for the mail it has just begun.
LONGEST_STOP = 10.0


class Poller:
    """Threads that carry out what is due every DELIVERY_POLL_SECONDS, until stopped."""

    def __init__(self) -> None:
        self._stop = threading.Event()
        self._threads = [
            threading.Thread(target=self._run, name=f"outbox-poller-{number}", daemon=True) for number in range(THREADS)
        ]

    def start(self) -> None:
        """Starts the threads."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Lets the threads finish the mails they have begun, but waits no longer than LONGEST_STOP seconds."""
        self._stop.set()
        for thread in self._threads:
            if thread.is_alive():
                thread.join(LONGEST_STOP / len(self._threads))

    def _run(self) -> None:
        while not self._stop.wait(settings.DELIVERY_POLL_SECONDS):
            self._empty_outbox()
        connections.close_all()

    def _empty_outbox(self) -> None:
        try:
            # Before and after, as for a request: a connection that the server has closed is opened anew.
            close_old_connections()
            spread_due(timezone.now)
            while not self._stop.is_set() and deliver_due(1, timezone.now):
                continue
        except Exception as error:
            # The database is away, or anything else: this thread is the last to give up.
            logger.warning("the outbox could not be looked at: %s", type(error).__name__)
        finally:
            close_old_connections()


class OutboxPolling(bootsteps.StartStopStep):
    """The polling as a part of Celery's worker (added in newsroom.config.celery)."""

    requires = ("celery.worker.components:Pool",)

    def __init__(self, worker: Any, **options: Any) -> None:
        super().__init__(worker, **options)
        self._poller = Poller()

    def start(self, worker: Any) -> None:
        self._poller.start()

    def stop(self, worker: Any) -> None:
        self._poller.stop()

    def terminate(self, worker: Any) -> None:
        self._poller.stop()
