"""Packages of Debian and its relatives, for what the browser tests cannot bring along themselves."""

import fcntl
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

LIST_AGE_SECONDS = 3600


class PackageNotInstalled(Exception):
    """apt-get could not install a package."""


@contextmanager
def one_at_a_time(name: str) -> Iterator[Path]:
    """Hold a lock that all test workers of this user share; yields a file that only the holder touches."""
    path = Path(tempfile.gettempdir()) / f"tashih-{name}-{os.geteuid()}"
    with path.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield path.with_suffix(".stamp")


def may_install() -> bool:
    """Whether this is root on a system with apt-get."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install_packages(names: Sequence[str], stamp: Path) -> None:
    """Install packages with apt-get; refreshes its lists first unless `stamp` was touched within the hour.

    Call inside `one_at_a_time`. Raises PackageNotInstalled with the end of apt's output.
    """
    if not stamp.exists() or time.time() - stamp.stat().st_mtime > LIST_AGE_SECONDS:
        _apt(["update"])
        stamp.touch()
    _apt(["install", "-y", "--no-install-recommends", *names])


def _apt(arguments: Sequence[str]) -> None:
    done = subprocess.run(
        ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=300", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
    )
    if done.returncode:
        raise PackageNotInstalled(f"apt-get {' '.join(arguments)} failed:\n{done.stdout[-2000:]}")
