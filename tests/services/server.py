"""What every private server has: a folder, a free port of the loopback address, a process that is killed and frozen."""

import signal
from abc import ABC, abstractmethod
from pathlib import Path

from tests.services.ports import free_port
from tests.services.processes import Child


class Server(ABC):
    """One server in a folder of its own, on the same port however often it starts. Its data stay until the folder
    goes."""

    #: The signal of an orderly end.
    ends_by = signal.SIGTERM

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.port = free_port()
        self._server: Child | None = None

    @property
    def log(self) -> Path:
        return self.directory / "server.log"

    @abstractmethod
    def _launch(self) -> Child:
        """The process, as soon as it is begun."""

    @abstractmethod
    def answers(self) -> bool:
        """Whether it does its work."""

    def start(self) -> None:
        """Start it with the data it has; returns when it answers. Raises ChildFailed with the end of its log."""
        self._server = self._launch()
        self._server.wait_until_ready(self.answers, 30)

    def stop(self, *, with_signal: signal.Signals | None = None) -> None:
        """An orderly end: everything is written, the server is gone on return."""
        if self._server:
            self._server.stop(with_signal=with_signal or self.ends_by)

    def kill(self) -> None:
        """`kill -9` to it and everything below it."""
        if self._server:
            self._server.kill()

    def restart(self) -> None:
        """Stop it in order and start it again."""
        self.stop()
        self.start()

    def freeze(self) -> None:
        """SIGSTOP: connections stay open, nothing answers. `thaw` ends it."""
        if self._server:
            self._server.freeze()

    def thaw(self) -> None:
        if self._server:
            self._server.thaw()
