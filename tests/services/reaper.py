"""A small process that outlives us by a moment and kills our children if we die without cleaning up.

`atexit` does not run when a test worker is killed or leaves with `os._exit`; servers would then run for ever.
The reaper reads process ids from its standard input and kills their groups when that pipe closes, which the
kernel does whatever ends us.
"""

import atexit
import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from threading import Lock

_lock = Lock()
_started: list[subprocess.Popen[bytes]] = []


def watch(pid: int) -> None:
    """Kill the process group `pid` when this process ends, however it ends. Starts the reaper if need be."""
    _tell(f"+{pid}\n")


def forget(pid: int) -> None:
    """Leave the process group `pid` alone: it is gone, and its number may be given to somebody else."""
    _tell(f"-{pid}\n")


def _tell(line: str) -> None:
    with _lock:
        pipe = (_started or [_start()])[0].stdin
        assert pipe is not None
        pipe.write(line.encode())
        pipe.flush()


def _start() -> subprocess.Popen[bytes]:
    # Its own session: Ctrl-C at the terminal must not end the reaper before us.
    process = subprocess.Popen([sys.executable, str(Path(__file__))], stdin=subprocess.PIPE, start_new_session=True)
    _started.append(process)
    atexit.register(_close, process)
    return process


def _close(process: subprocess.Popen[bytes]) -> None:
    with suppress(BrokenPipeError):
        process.communicate(timeout=10)


def _reap(lines: Iterable[str]) -> None:
    watched: set[int] = set()
    for line in lines:
        pid = int(line[1:])
        if line[0] == "+":
            watched.add(pid)
        else:
            watched.discard(pid)
    for pid in watched:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(pid, signal.SIGKILL)


if __name__ == "__main__":
    _reap(sys.stdin)
