"""A whole newsroom of real processes: web, worker and clock over a database, a broker and a mail server."""

import atexit
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.services.ports import accepts_connections, free_port
from tests.services.postgres import Postgres, running_postgres
from tests.services.processes import Child, run
from tests.services.smtp import MailSink, running_mail_sink
from tests.services.valkey import Valkey, running_valkey

PROJECT = Path(__file__).resolve().parent.parent.parent
DESK_ADDRESS = "desk@example.org"
SECRETS = {
    "SECRET_KEY": "a secret of the journeys alone, long enough to be one, really",
    "HASHING_KEY": "a hashing key of the journeys alone, long enough to be one",
    "SEALING_SECRETS": "a sealing secret of the journeys alone and long enough to be one",
}


class Newsroom:
    """The processes of one installation. Without a broker the one web process carries worker and clock too."""

    def __init__(
        self,
        directory: Path,
        mail: MailSink,
        valkey: Valkey | None,
        variables: dict[str, str],
    ) -> None:
        self.directory, self.mail, self.valkey = directory, mail, valkey
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = self._environment() | variables
        self.web: Child | None = None
        self.worker: Child | None = None
        self.clock: Child | None = None

    def manage(self, *arguments: str) -> str:
        """Runs a management command and returns what it printed. Raises ChildFailed."""
        return run([sys.executable, "manage.py", *arguments], environment=self.environment, directory=PROJECT)

    def start(self) -> None:
        """Starts what runs in production over a database of its own, and returns when the pages answer."""
        if self.valkey:
            self.environment["DATABASE_URL"] = _server_with_tables().copy_database()
        else:
            shutil.copytree(_folder_with_tables(), self.environment["DATA_DIR"], dirs_exist_ok=True)
        self.start_web()
        if self.valkey:
            self.start_worker()
            self.start_clock()

    def start_web(self) -> None:
        self.web = self._child("gunicorn", "-c", "newsroom/config/gunicorn.py", "newsroom.config.wsgi")
        self.web.wait_until_ready(lambda: accepts_connections(self.port), 30)

    def start_worker(self) -> None:
        self.worker = self._child("celery", "-A", "newsroom.config", "worker", "--loglevel", "WARNING")

    def start_clock(self) -> None:
        self.clock = self._child("celery", "-A", "newsroom.config", "beat", "--loglevel", "WARNING")

    def stop(self) -> None:
        """Ends every process, the clock first."""
        for child in (self.clock, self.worker, self.web):
            if child and child.runs:
                child.kill()

    def _child(self, program: str, *arguments: str) -> Child:
        command: list[str | Path] = [Path(sys.executable).parent / program, *arguments]
        return Child(
            command, self.directory / f"{program}-{arguments[-1]}.log", environment=self.environment, directory=PROJECT
        )

    def _environment(self) -> dict[str, str]:
        return _shared() | {
            "DATA_DIR": str(self.directory / "data"),
            "SITE_URL": self.url,
            "PORT": str(self.port),
            "EMAIL_URL": self.mail.url,
            "DESK_ADDRESS": DESK_ADDRESS,
            "SUBMISSIONS_PER_HOUR": "1000000",
            "DELIVERY_LEASE_SECONDS": "5",
            "DELIVERY_POLL_SECONDS": "0.5",
            "DELIVERY_HOLD_SECONDS": "1",
            **({"BROKER_URL": self.valkey.url, "WEB_PROCESSES": "2"} if self.valkey else {}),
        }


def _shared() -> dict[str, str]:
    ours = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return ours | SECRETS


@cache
def _server_with_tables() -> Postgres:
    """A server that runs as long as this process. Its database has been migrated, which takes longer than a journey,
    and each newsroom gets a copy."""
    stack = ExitStack()
    atexit.register(stack.close)
    server = stack.enter_context(running_postgres())
    with TemporaryDirectory(prefix="tashih-tables-") as folder:
        _migrate(DATA_DIR=folder, DATABASE_URL=server.url)
    return server


@cache
def _folder_with_tables() -> Path:
    """A data directory whose SQLite file has been migrated, for as long as this process runs."""
    folder = TemporaryDirectory(prefix="tashih-tables-")
    atexit.register(folder.cleanup)
    _migrate(DATA_DIR=folder.name)
    return Path(folder.name)


def _migrate(**variables: str) -> None:
    for command in (["compile_catalogues"], ["migrate", "--no-input", "-v0"]):
        run([sys.executable, "manage.py", *command], environment=_shared() | variables, directory=PROJECT)


@contextmanager
def running_newsroom(*, with_servers: bool, **variables: str) -> Iterator[Newsroom]:
    """A started newsroom: over SQLite in one process, or over PostgreSQL and Valkey with a worker and a clock."""
    with ExitStack() as stack:
        directory = Path(stack.enter_context(TemporaryDirectory(prefix="tashih-newsroom-")))
        (directory / "data").mkdir()
        mail = stack.enter_context(running_mail_sink())
        valkey = stack.enter_context(running_valkey()) if with_servers else None
        newsroom = Newsroom(directory, mail, valkey, variables)
        stack.callback(newsroom.stop)
        newsroom.start()
        yield newsroom
