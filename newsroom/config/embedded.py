"""Worker and beat inside the one web process, for the broker that lives in that process's memory.

gunicorn calls `start` in each web process once it has loaded the application. What has to survive lies in the
database: if the process dies, the next one finds it in the outbox.
"""

import secrets
import threading
from typing import Any

from celery import Celery
from celery.beat import Service
from celery.worker import WorkController
from celery.worker import state as worker_state
from django.conf import settings

from newsroom.config.celery import app
from newsroom.config.environment import memory_broker

#: Seconds in which the worker has to show that it carries tasks out.
PROVEN_WITHIN = 20.0
#: Seconds for the tasks that run to end when the process is told to stop.
STOPPED_WITHIN = 15.0
#: Messages that get the worker out of its sleep: one for each time that it waits before it ends, and one to spare.
NUDGES = 3

_heard: dict[str, threading.Event] = {}


class SeveralProcesses(Exception):
    """The broker in memory joins nothing but the threads of one process."""


class WorkerDoesNotWork(Exception):
    """The worker took no task, or took one and did not carry it out."""


@app.task(name="newsroom.prove_worker")
def prove_worker(word: str) -> None:
    """Says that tasks are carried out in this process (the start-up's own test)."""
    event = _heard.get(word)
    if event:
        event.set()


def is_wanted() -> bool:
    """Whether the broker lives in the memory of the web process, so that the worker has to live there too."""
    return memory_broker(settings.CELERY_BROKER_URL)


def refuse_several_processes() -> None:
    """Raises SeveralProcesses, with the way out, when the set-up has more web processes than a broker in memory
    can join."""
    if is_wanted() and settings.WEB_PROCESSES > 1:
        raise SeveralProcesses(
            f"WEB_PROCESSES is {settings.WEB_PROCESSES} and BROKER_URL is in memory, which only one process can "
            "share. Set WEB_PROCESSES=1, or BROKER_URL to a Redis or Valkey server and start a worker."
        )


class EmbeddedWorker:
    """A Celery worker and its beat in daemon threads of this process."""

    def __init__(self, application: Celery) -> None:
        # Outside Celery's own program the application has to be made the default by hand: without it tasks
        # are received and never carried out, and nothing says so.
        application.set_default()
        application.set_current()
        self._worker = WorkController(
            app=application,
            hostname="embedded@web",
            pool=settings.CELERY_WORKER_POOL,
            concurrency=settings.CELERY_WORKER_CONCURRENCY,
            without_gossip=True,
            without_mingle=True,
            without_heartbeat=True,
        )
        # It sleeps for no longer than this many seconds, so that it can be stopped.
        self._beat = Service(application, max_interval=0.5)  # type: ignore[arg-type]  # fractions work; the stubs say int
        self._threads = [
            threading.Thread(target=self._worker.start, name="embedded-worker", daemon=True),
            threading.Thread(target=self._beat.start, name="embedded-beat", daemon=True),
        ]

    def start(self) -> None:
        """Starts both and waits until a task has been carried out. Raises WorkerDoesNotWork."""
        for thread in self._threads:
            thread.start()
        _require_proof()

    def stop(self) -> None:
        """Ends both; tasks that run are waited for up to STOPPED_WITHIN seconds. Tasks that wait are forgotten,
        as every wake-up may be."""
        self._beat.stop()
        # What Celery's own signal handlers write; its types know only the first value.
        worker_state.should_stop = 0  # type: ignore[assignment]  # the comment above
        # Celery's loop sleeps up to two seconds for a message, and once more after it has seen the line above.
        for _nudge in range(NUDGES):
            prove_worker.delay("")
        for thread in self._threads:
            thread.join(STOPPED_WITHIN)
        worker_state.should_stop = None


_embedded: EmbeddedWorker | None = None


def start(gunicorn_worker: Any) -> None:
    """For gunicorn's post_worker_init: starts worker and beat in this web process if the broker is in its memory.

    Does nothing with any other broker. Returns once a task was carried out (mostly within a second).
    Raises SeveralProcesses and WorkerDoesNotWork, which end the web server with their reason.
    """
    global _embedded  # noqa: PLW0603 - one per process, like the broker that it listens to
    refuse_several_processes()
    if is_wanted() and _embedded is None:
        _embedded = EmbeddedWorker(app)
        _embedded.start()


def stop() -> None:
    """For gunicorn's worker_exit: ends worker and beat. Does nothing where none was started."""
    global _embedded  # noqa: PLW0603 - the same one as above
    if _embedded is not None:
        _embedded.stop()
        _embedded = None


def _require_proof() -> None:
    word = secrets.token_hex(8)
    carried_out = _heard[word] = threading.Event()
    prove_worker.delay(word)
    if not carried_out.wait(PROVEN_WITHIN):
        raise WorkerDoesNotWork(f"The worker inside the web process did no work within {PROVEN_WITHIN:g} s.")
    del _heard[word]
