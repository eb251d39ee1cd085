"""What goes wrong, one thing after the other, until the readers have finished."""

import random
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.chaos import traps
from tests.chaos.world import World
from tests.services.processes import wait_until

#: Seconds without a fault between two faults.
QUIET = (0.2, 1.0)
#: Seconds that the database is away, or that a trap is given to be stepped into.
AWAY = (0.5, 2.0)
#: Seconds that the broker is away or frozen; also longer than the patience that the broker's client has.
SILENT = (2.0, 7.0)
#: Seconds without anything wrong, before the broker falls silent.
PEACE = 3.0
#: Seconds after which a killed process of ours is at work again, on a busy computer.
STARTED_AGAIN_IN = 4.0


@dataclass
class Faults:
    """Does harm in a thread of its own, and remembers what and when."""

    world: World
    done: Counter[str] = field(default_factory=Counter)
    #: When nothing was wrong, and when the broker alone did not answer (monotonic seconds).
    peaceful: list[tuple[float, float]] = field(default_factory=list)
    broker_silent: list[tuple[float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._ended = threading.Event()
        self._failure: BaseException | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        """Begins to do harm."""
        self._thread.start()

    def stop(self) -> None:
        """Ends after the fault that is going on, with everything running again. Raises what a fault raised."""
        self._ended.set()
        self._thread.join()
        if self._failure:
            raise self._failure

    def _run(self) -> None:
        # Each kind once in a shuffled round, so that a short run has them all too.
        try:
            while not self._ended.is_set():
                for fault in random.sample(self._kinds(), len(self._kinds())):
                    if not self._ended.wait(random.uniform(*QUIET)):
                        fault()
                        self.done[fault.__name__] += 1
        except BaseException as failure:
            self._failure = failure

    def _kinds(self) -> list[Callable[[], None]]:
        return [
            self.worker_killed,
            self.worker_killed_between_commit_and_sending,
            self.worker_killed_between_sending_and_settling,
            self.worker_killed_after_settling,
            self.web_process_killed,
            self.web_process_killed_after_commit,
            self.beat_killed,
            self.broker_killed,
            self.broker_frozen,
            self.broker_flushed,
            self.database_crashed,
        ]

    def worker_killed(self) -> None:
        random.choice(self.world.workers).kill()

    def worker_killed_between_commit_and_sending(self) -> None:
        self._trap(traps.BEFORE_SENDING)

    def worker_killed_between_sending_and_settling(self) -> None:
        # Every worker, so that more of these mails would come twice than may by chance.
        for _ in self.world.workers:
            self._trap(traps.BEFORE_SETTLING)

    def worker_killed_after_settling(self) -> None:
        self._trap(traps.AFTER_SETTLING)

    def web_process_killed(self) -> None:
        self.world.kill_web_process(random.choice)
        time.sleep(STARTED_AGAIN_IN)

    def web_process_killed_after_commit(self) -> None:
        self._trap(traps.BEFORE_ANSWERING)
        time.sleep(STARTED_AGAIN_IN)

    def beat_killed(self) -> None:
        self.world.beat.kill()

    def broker_killed(self) -> None:
        self._peace()
        self.world.valkey.kill()
        self._broker_is_silent()
        self.world.valkey.start()

    def broker_frozen(self) -> None:
        self._peace()
        self.world.valkey.freeze()
        self._broker_is_silent()
        self.world.valkey.thaw()

    def broker_flushed(self) -> None:
        self.world.valkey.flush()

    def database_crashed(self) -> None:
        self.world.postgres.abandon()
        time.sleep(random.uniform(*AWAY))
        self.world.postgres.start()
        wait_until(self.world.postgres.answers, 30, "the return of the database")
        time.sleep(random.uniform(*AWAY))

    def _trap(self, name: str) -> None:
        traps.set_trap(self.world.traps, name)
        time.sleep(random.uniform(*AWAY))

    def _peace(self) -> None:
        """Lets everything start that was killed before, and looks how fast the house is when nothing is wrong."""
        time.sleep(STARTED_AGAIN_IN)
        since = time.monotonic()
        time.sleep(PEACE)
        self.peaceful.append((since, time.monotonic()))

    def _broker_is_silent(self) -> None:
        since = time.monotonic()
        time.sleep(random.uniform(*SILENT))
        self.broker_silent.append((since, time.monotonic()))
