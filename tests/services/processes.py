"""Real child processes: started in a session of their own, killed, frozen and always reaped."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tests.services import reaper

Result = TypeVar("Result")


class NotInTime(Exception):
    """Something that was waited for did not happen in the time given."""


class ChildFailed(Exception):
    """A child process ended before it was ready, or ended with an error."""


@dataclass(frozen=True)
class Account:
    """A user of the operating system, by its numbers."""

    user: int
    group: int


def wait_until(predicate: Callable[[], Result], seconds: float, what: str, *, every: float = 0.02) -> Result:
    """The first true value of `predicate`, asked every `every` seconds. Raises NotInTime, naming `what`."""
    end = time.monotonic() + seconds
    while not (value := predicate()):
        if time.monotonic() > end:
            raise NotInTime(f"{what} did not happen within {seconds:g} s")
        time.sleep(every)
    return value


class Child:
    """One process and everything below it, started at once; its output goes to the end of the file `log`.

    It is killed when the tests end, however they end.
    """

    def __init__(
        self,
        command: Sequence[str | Path],
        log: Path,
        *,
        environment: Mapping[str, str] | None = None,
        account: Account | None = None,
        directory: Path | None = None,
    ) -> None:
        self.name = Path(command[0]).name
        self.log = log
        self._killed = False
        with log.open("ab") as output:
            self._process = subprocess.Popen(
                [str(part) for part in command],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=None if environment is None else dict(environment),
                cwd=directory,
                start_new_session=True,
                user=account.user if account else None,
                group=account.group if account else None,
                extra_groups=[] if account else None,
            )
        reaper.watch(self.pid)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; the negative number of the signal that ended it."""
        return self._process.poll()

    @property
    def runs(self) -> bool:
        return self.exit_code is None

    def wait_until_ready(self, ready: Callable[[], bool], seconds: float) -> None:
        """Return when `ready` is true; if it ends or takes longer, kill it and raise ChildFailed."""
        with suppress(NotInTime):
            wait_until(lambda: not self.runs or ready(), seconds, f"the start of {self.name}")
            if self.runs:
                return
        code = self.kill()
        raise ChildFailed(f"{self.name} was not ready in {seconds:g} s, exit code {code}:\n{self.log_end()}")

    def log_end(self, characters: int = 3000) -> str:
        return self.log.read_text(errors="replace")[-characters:]

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the process alone."""
        if self.runs:
            self._process.send_signal(number)

    def stop(self, seconds: float = 15, *, with_signal: signal.Signals = signal.SIGTERM) -> int:
        """Ask it to end, thaw it, wait, kill what remains after `seconds`; returns the exit code."""
        if self.runs:
            self._process.send_signal(with_signal)
            self.thaw()
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(seconds)
        return self.kill()

    def kill(self) -> int:
        """SIGKILL to it and everything below it, and wait; returns the exit code it ended with."""
        if not self._killed:
            self._killed = True
            family = [self.pid, *descendants(self.pid)] if self.runs else []
            # The group too: when its leader is dead already, the others have no parent to be found by.
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)
            _signal_all(family, signal.SIGKILL)
            reaper.forget(self.pid)
        return self._process.wait(15)

    def freeze(self) -> None:
        """SIGSTOP to it and everything below it: connections stay open, nothing answers."""
        _signal_all([self.pid, *descendants(self.pid)], signal.SIGSTOP)

    def thaw(self) -> None:
        """SIGCONT to it and everything below it."""
        _signal_all([self.pid, *descendants(self.pid)], signal.SIGCONT)


def descendants(pid: int) -> list[int]:
    """Process ids of everything started by `pid`, directly or not, also in sessions of their own."""
    children: dict[int, list[int]] = {}
    for child, parent in _parents():
        children.setdefault(parent, []).append(child)
    found: list[int] = []
    waiting = [pid]
    while waiting:
        below = children.get(waiting.pop(), [])
        found += below
        waiting += below
    return found


def run(
    command: Sequence[str | Path],
    *,
    account: Account | None = None,
    environment: Mapping[str, str] | None = None,
    directory: Path | None = None,
    seconds: float = 120,
) -> str:
    """Run a command to its end and return what it printed. Raises ChildFailed with its output if it fails."""
    text = [str(part) for part in command]
    try:
        done = subprocess.run(
            text,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            timeout=seconds,
            check=False,
            cwd="/" if account else directory,
            env=environment,
            user=account.user if account else None,
            group=account.group if account else None,
            extra_groups=[] if account else None,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ChildFailed(f"{text[0]} did not run: {error}") from error
    if done.returncode:
        raise ChildFailed(f"{' '.join(text)} ended with {done.returncode}:\n{done.stdout[-3000:]}")
    return done.stdout


def on_path(*names: str) -> list[Path]:
    """The programs of these names that PATH finds, in the order asked for."""
    return [Path(found) for name in names if (found := shutil.which(name))]


def _signal_all(pids: Sequence[int], number: signal.Signals) -> None:
    for pid in pids:
        with suppress(ProcessLookupError):
            os.kill(pid, number)


def _parents() -> list[tuple[int, int]]:
    """(process, its parent) of every process; from /proc, or from ps where there is none."""
    if not Path("/proc/self/stat").exists():
        lines = run(["ps", "-axo", "pid=,ppid="]).splitlines()
        return [(int(pid), int(parent)) for pid, parent in (line.split() for line in lines)]
    pairs = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            # The name in parentheses may hold spaces and parentheses; what follows the last one is plain.
            pairs.append((int(stat.parent.name), int(stat.read_text().rpartition(")")[2].split()[1])))
    return pairs
