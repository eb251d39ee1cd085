"""Everything that runs in a production with several processes, each a real process of its own."""

import os
import secrets
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import httpx
import psycopg

from tests.chaos.traps import FOLDER_VARIABLE
from tests.services.ports import LOOPBACK, free_port
from tests.services.postgres import Postgres, running_postgres
from tests.services.processes import Child, descendants, run, wait_until
from tests.services.smtp import MailSink
from tests.services.valkey import Valkey, running_valkey

PROJECT = Path(__file__).resolve().parent.parent.parent
WEB_PROCESSES = 2
WORKERS = 2
MEMORY = Path("/dev/shm")
LEASE_SECONDS = 5
POLL_SECONDS = 0.5


class Process:
    """One program of ours that is started again whenever it has died, as a service manager does."""

    def __init__(self, command: Sequence[str], log: Path, environment: dict[str, str]) -> None:
        self._command = [sys.executable, *command]
        self._log = log
        self._environment = environment
        self.child = self._start()
        self.deaths = 0

    def tend(self) -> None:
        """Starts it again if it has died."""
        if not self.child.runs:
            self.child.kill()
            self.deaths += 1
            self.child = self._start()

    def kill(self) -> None:
        """`kill -9`, to it and everything below it."""
        self.child.kill()

    def _start(self) -> Child:
        return Child(self._command, self._log, environment=self._environment, directory=PROJECT)


class World:
    """Database, broker, mail server, web processes, workers and beat."""

    def __init__(self, folder: Path, postgres: Postgres, valkey: Valkey, sink: MailSink) -> None:
        self.folder = folder
        self.postgres = postgres
        self.valkey = valkey
        self.sink = sink
        self.port = free_port()
        self.traps = folder / "traps"
        self.traps.mkdir()
        (folder / "data").mkdir()
        self._environment = self._make_environment()
        self.article = int(self._run("-m", "tests.chaos.seed").split()[-1])
        self.web = self._process("web", "-m", "gunicorn", "tests.chaos.web", *self._web_options())
        self.workers = [
            self._process(f"worker{number}", *self._celery("worker"), *self._worker_options(number))
            for number in range(WORKERS)
        ]
        self.beat = self._process("beat", *self._celery("beat"), "--pidfile=", "--schedule", str(folder / "schedule"))
        self._ended = threading.Event()
        self._tending = threading.Thread(target=self._tend, daemon=True)
        self._tending.start()

    @property
    def url(self) -> str:
        return f"http://{LOOPBACK}:{self.port}"

    @property
    def processes(self) -> list[Process]:
        return [self.web, *self.workers, self.beat]

    def wait_until_ready(self) -> None:
        """Returns when the web processes have loaded the application and the workers look at the outbox."""
        for _ in range(10 * WEB_PROCESSES):
            wait_until(self._answers, 60, "the start of the web server")
        wait_until(lambda: len(self._polling()) >= WORKERS, 60, "the start of the workers")

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/api/v1/notices/", timeout=10).status_code < 500
        except httpx.HTTPError:
            return False

    def _polling(self) -> list[tuple[object, ...]]:
        """The workers' connections to the database: they open one when they begin to look."""
        return self.ask("SELECT DISTINCT application_name FROM pg_stat_activity WHERE application_name LIKE 'worker%'")

    def kill_web_process(self, choose: Callable[[list[int]], int]) -> None:
        """`kill -9` to one of the web server's processes; its master starts another."""
        below = descendants(self.web.child.pid) if self.web.child.runs else []
        if below:
            with suppress(ProcessLookupError):
                os.kill(choose(below), signal.SIGKILL)

    def ask(self, question: str) -> list[tuple[object, ...]]:
        """Rows of a query to the database."""
        with psycopg.connect(self.postgres.url, connect_timeout=5) as connection:
            return connection.execute(question.encode()).fetchall()

    def waiting_mails(self) -> int:
        """Deliveries that are still to be sent."""
        [(count,)] = self.ask("SELECT count(*) FROM corrections_delivery WHERE status IN ('pending', 'sending')")
        return int(str(count))

    def end(self) -> None:
        """Kills everything of ours; the servers belong to who started them."""
        self._ended.set()
        self._tending.join()
        for process in self.processes:
            process.kill()

    def _tend(self) -> None:
        while not self._ended.wait(0.1):
            for process in self.processes:
                process.tend()

    def _process(self, name: str, *command: str) -> Process:
        named = {**self._environment, "PGAPPNAME": name}
        return Process(command, self.folder / f"{name}.log", named)

    def _run(self, *command: str) -> str:
        before = dict(os.environ)
        os.environ.update(self._environment)
        try:
            return run([sys.executable, *command])
        finally:
            os.environ.clear()
            os.environ.update(before)

    def _web_options(self) -> list[str]:
        return [
            f"--bind={LOOPBACK}:{self.port}",
            f"--workers={WEB_PROCESSES}",
            "--worker-class=gthread",
            "--threads=4",
            "--log-level=warning",
        ]

    def _celery(self, program: str) -> list[str]:
        return ["-m", "celery", "--app=tests.chaos.worker", program, "--loglevel=warning"]

    def _worker_options(self, number: int) -> list[str]:
        quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
        return [f"--hostname=worker{number}@chaos", *quiet]

    def _make_environment(self) -> dict[str, str]:
        own = {
            "DJANGO_SETTINGS_MODULE": "newsroom.config.settings",
            "SECRET_KEY": secrets.token_urlsafe(48),
            "HASHING_KEY": secrets.token_urlsafe(48),
            "SEALING_SECRETS": secrets.token_urlsafe(48),
            "DATABASE_URL": self.postgres.url,
            "BROKER_URL": self.valkey.url,
            "EMAIL_URL": self.sink.url,
            "DATA_DIR": str(self.folder / "data"),
            "SITE_URL": self.url,
            "TRUSTED_PROXIES": "1",
            "WEB_PROCESSES": str(WEB_PROCESSES),
            "SUBMISSIONS_PER_HOUR": "1000000",
            "DELIVERY_LEASE_SECONDS": str(LEASE_SECONDS),
            "DELIVERY_POLL_SECONDS": str(POLL_SECONDS),
            FOLDER_VARIABLE: str(self.traps),
        }
        return {**os.environ, "PYTHONPATH": os.environ.get("PYTHONPATH", ""), **own}


@contextmanager
def _sink_in_memory() -> Iterator[MailSink]:
    """The mail server with its disk in memory where that can be had: how long a disk takes between keeping a mail and
    answering 250 is no part of what is tried, and every millisecond of it makes a killed sender repeat more."""
    directory = Path(tempfile.mkdtemp(prefix="tashih-mail-", dir=MEMORY if MEMORY.is_dir() else None))
    sink = MailSink(directory)
    try:
        sink.start()
        yield sink
    finally:
        sink.kill()
        shutil.rmtree(directory, ignore_errors=True)


@contextmanager
def running_world() -> Iterator[World]:
    """A world of its own, gone afterwards."""
    with ExitStack() as running:
        folder = Path(tempfile.mkdtemp(prefix="tashih-chaos-"))
        running.callback(shutil.rmtree, folder, ignore_errors=True)
        postgres = running.enter_context(running_postgres())
        valkey = running.enter_context(running_valkey())
        sink = running.enter_context(_sink_in_memory())
        world = World(folder, postgres, valkey, sink)
        running.callback(world.end)
        world.wait_until_ready()
        yield world
