"""A whole newsroom of real processes: web, worker and clock over a database, a broker and a mail server."""

import os
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.services.ports import accepts_connections, free_port
from tests.services.postgres import Postgres, running_postgres
from tests.services.processes import Child, run
from tests.services.smtp import MailSink, running_mail_sink
from tests.services.valkey import Valkey, running_valkey

PROJECT = Path(__file__).resolve().parent.parent.parent
DESK_ADDRESS = "desk@example.org"


class Newsroom:
    """The processes of one installation. Without a broker the one web process carries worker and clock too."""

    def __init__(
        self,
        directory: Path,
        mail: MailSink,
        servers: tuple[Postgres, Valkey] | None,
        variables: dict[str, str],
    ) -> None:
        self.directory, self.mail = directory, mail
        self.postgres: Postgres | None = servers[0] if servers else None
        self.valkey: Valkey | None = servers[1] if servers else None
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
        """Migrates, then starts what runs in production, and returns when the pages answer."""
        self.manage("compile_catalogues")
        self.manage("migrate", "--no-input", "-v0")
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
        shared = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
        return shared | {
            "SECRET_KEY": "a secret of the journeys alone, long enough to be one, really",
            "HASHING_KEY": "a hashing key of the journeys alone, long enough to be one",
            "SEALING_SECRETS": "a sealing secret of the journeys alone and long enough to be one",
            "DATA_DIR": str(self.directory / "data"),
            "SITE_URL": self.url,
            "PORT": str(self.port),
            "EMAIL_URL": self.mail.url,
            "DESK_ADDRESS": DESK_ADDRESS,
            "SUBMISSIONS_PER_HOUR": "1000000",
            "DELIVERY_LEASE_SECONDS": "5",
            "DELIVERY_POLL_SECONDS": "0.5",
            "DELIVERY_HOLD_SECONDS": "1",
            **({"DATABASE_URL": self.postgres.url, "WEB_PROCESSES": "2"} if self.postgres else {}),
            **({"BROKER_URL": self.valkey.url} if self.valkey else {}),
        }


@contextmanager
def running_newsroom(*, with_servers: bool, **variables: str) -> Iterator[Newsroom]:
    """A started newsroom: over SQLite in one process, or over PostgreSQL and Valkey with a worker and a clock."""
    with ExitStack() as stack:
        directory = Path(stack.enter_context(TemporaryDirectory(prefix="tashih-newsroom-")))
        (directory / "data").mkdir()
        mail = stack.enter_context(running_mail_sink())
        servers = (
            (stack.enter_context(running_postgres()), stack.enter_context(running_valkey())) if with_servers else None
        )
        newsroom = Newsroom(directory, mail, servers, variables)
        stack.callback(newsroom.stop)
        newsroom.start()
        yield newsroom
