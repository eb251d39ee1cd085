"""A private PostgreSQL cluster in a temporary folder, on a free port of the loopback address."""

import os
import secrets
import shutil
import signal
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.services.ports import LOOPBACK
from tests.services.postgres_programs import PostgresMissing, postgres_account, server_programs
from tests.services.processes import Account, Child, ChildFailed, run
from tests.services.server import Server

NAME = "tashih"
#: UTF-8 and a character table that knows Arabic letters: under the plain C locale pg_trgm finds none.
LOCALES = ("C.UTF-8", "C.utf8", "en_US.UTF-8", "en_US.utf8")
#: Process kills lose nothing that the operating system has; only a power cut would, so fsync is left out.
OPTIONS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "fsync": "off",
    "full_page_writes": "off",
    "timezone": "UTC",
}

__all__ = ["Postgres", "PostgresMissing", "running_postgres"]


class Postgres(Server):
    """One cluster and its server. `url` is the DATABASE_URL of an empty database owned by the user in it."""

    #: A fast shutdown: sessions are ended at once.
    ends_by = signal.SIGINT

    def __init__(self, directory: Path, programs: Path, account: Account | None) -> None:
        super().__init__(directory)
        self._programs = programs
        self._account = account
        self._password = secrets.token_hex(16)

    def create(self) -> None:
        """Make the cluster, start its server, make an empty database and see that trigrams of Arabic work."""
        self._make_cluster()
        self.start()
        with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {NAME}".encode())
        self._require_arabic_trigrams()

    @property
    def url(self) -> str:
        return self.url_of(NAME)

    def url_of(self, database: str) -> str:
        return f"postgres://{NAME}:{self._password}@{LOOPBACK}:{self.port}/{database}"

    def copy_database(self) -> str:
        """The DATABASE_URL of a new database with what the one of `url` holds, to which nobody may be connected."""
        name = f"{NAME}_{secrets.token_hex(4)}"
        with psycopg.connect(self.url_of("postgres"), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE {NAME}".encode())
        return self.url_of(name)

    def _launch(self) -> Child:
        options = [f"--{name}={value}" for name, value in OPTIONS.items()]
        return Child(
            [self._programs / "postgres", "-D", self.directory / "data", f"--port={self.port}", *options],
            self.log,
            account=self._account,
            directory=self.directory,
            environment=_environment(),
        )

    def abandon(self) -> None:
        """An immediate shutdown: nothing is written any more, and the server collects its own processes."""
        self.stop(with_signal=signal.SIGQUIT)

    def answers(self) -> bool:
        """Whether a new session gets an answer within two seconds."""
        try:
            with psycopg.connect(self.url_of("postgres"), connect_timeout=2) as connection:
                return connection.execute("SELECT 1").fetchone() == (1,)
        except psycopg.OperationalError:
            return False

    def _make_cluster(self) -> None:
        password = self.directory / "password"
        password.touch(mode=0o600)
        password.write_text(self._password)
        _give(password, self._account)
        try:
            for locale in LOCALES[:-1]:
                try:
                    return self._initdb(locale, password)
                except ChildFailed:
                    shutil.rmtree(self.directory / "data", ignore_errors=True)
            self._initdb(LOCALES[-1], password)
        finally:
            password.unlink()

    def _initdb(self, locale: str, password: Path) -> None:
        run(
            [
                self._programs / "initdb",
                *("--pgdata", self.directory / "data"),
                *("--username", NAME),
                *("--pwfile", password),
                *("--auth", "scram-sha-256"),
                *("--encoding", "UTF8"),
                *("--locale", locale),
                *("--lc-messages", "C"),
                "--no-sync",
            ],
            account=self._account,
        )

    def _require_arabic_trigrams(self) -> None:
        with psycopg.connect(self.url_of("template1"), autocommit=True) as connection:
            connection.execute("CREATE EXTENSION pg_trgm")
            row = connection.execute("SELECT show_trgm('تصحيح')").fetchone()
            connection.execute("DROP EXTENSION pg_trgm")
        if row is None or not row[0]:
            raise PostgresMissing(
                "This PostgreSQL finds no trigrams in Arabic text: give the system a UTF-8 locale "
                "(Debian: C.UTF-8 comes with libc-bin)."
            )


@contextmanager
def running_postgres() -> Iterator[Postgres]:
    """A fresh cluster with its server, both gone afterwards.

    Never a server that runs already. If we are root it runs as the user `postgres`, or as nobody if there is
    none. Raises PostgresMissing with the sentence that says how to get a server.
    """
    account = postgres_account()
    directory = Path(tempfile.mkdtemp(prefix="tashih-postgres-"))
    try:
        _give(directory, account)
        server = Postgres(directory, server_programs(account, directory), account)
        try:
            server.create()
            yield server
        finally:
            server.abandon()
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def _give(path: Path, account: Account | None) -> None:
    if account is not None:
        os.chown(path, account.user, account.group)


def _environment() -> Mapping[str, str]:
    """Ours without PostgreSQL's own variables, which would lead the server elsewhere."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")}
