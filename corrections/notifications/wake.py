"""Tells the workers, through the broker, that there is something to do: a favour, never a need.

The thread of a request only leaves ids behind and sets a flag. One daemon thread per process (and one more for jobs)
speaks to the broker; a broker that is frozen blocks that thread for some seconds and nobody else. What is not said or
not heard is found by the polling of corrections.notifications.poll.
"""

import logging
import os
import threading
from collections import deque
from collections.abc import Callable, Sequence

from celery import current_app

logger = logging.getLogger(__name__)

#: Ids kept while the broker does not listen; older ones are left to the polling.
KEPT = 500
#: More than this many waiting ids are said in one word: sweep.
SAID_ONE_BY_ONE = 20
#: Seconds of silence after the broker did not listen.
PAUSE = 1.0


class Waker:
    """The ids that are to be said, and the thread that says them."""

    def __init__(self, tell: Callable[[Sequence[int]], None] | None = None) -> None:
        self._tell = tell
        self._ids: deque[int] = deque(maxlen=KEPT)
        self._something = threading.Event()
        self._starting = threading.Lock()
        self._thread: threading.Thread | None = None

    def wake(self, ids: Sequence[int]) -> None:
        """Leaves ids for the thread, which is started by the first call. Does not block."""
        self._ids.extend(ids)
        self._something.set()
        if self._thread is None and self._starting.acquire(blocking=False):
            try:
                self._start()
            finally:
                self._starting.release()

    def _start(self) -> None:
        # Asked again under the lock: another request may have started it between the question and the lock.
        if self._thread is None:
            thread = threading.Thread(target=self._run, name="outbox-waker", daemon=True)
            thread.start()
            self._thread = thread

    def _run(self) -> None:
        while True:
            self._something.wait()
            self._something.clear()
            try:
                (self._tell or say)(self._taken())
            except Exception as error:
                # Whatever a broker can do: the rows are safe, and polling finds them.
                logger.warning("the broker was not told of new work: %s", type(error).__name__)
                threading.Event().wait(PAUSE)

    def _taken(self) -> list[int]:
        return [self._ids.popleft() for _ in range(len(self._ids))]


def say(ids: Sequence[int]) -> None:
    """Publishes the wake-ups: one task per delivery, or one sweep for many. Blocks; raises what the broker does."""
    if len(ids) > SAID_ONE_BY_ONE:
        current_app.send_task("corrections.sweep_outbox", ignore_result=True)
        return
    for delivery_id in ids:
        current_app.send_task("corrections.deliver", args=[delivery_id], ignore_result=True)


def say_job(ids: Sequence[int]) -> None:
    """Publishes that there are jobs to carry out, in one word for all. Blocks; raises what the broker does."""
    current_app.send_task("corrections.carry_out_jobs", ignore_result=True)


_waker = Waker()
_job_waker = Waker(say_job)


def wake(ids: Sequence[int]) -> None:
    """Has the workers woken for these deliveries, soon and perhaps. Never blocks and never raises."""
    try:
        _waker.wake(ids)
    except Exception as error:
        # No more threads or no more memory: the request that has just committed must still be answered.
        logger.warning("the waker did not start: %s", type(error).__name__)


def wake_for_job(job_id: int) -> None:
    """Has a worker woken for a job, soon and perhaps. Never blocks and never raises."""
    try:
        _job_waker.wake([job_id])
    except Exception as error:
        logger.warning("the waker did not start: %s", type(error).__name__)


def _forget_parents_thread() -> None:
    global _waker, _job_waker
    _waker, _job_waker = Waker(), Waker(say_job)


os.register_at_fork(after_in_child=_forget_parents_thread)
