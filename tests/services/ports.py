"""Free ports on this computer."""

import fcntl
import os
import random
import socket
import tempfile
from pathlib import Path
from typing import TextIO

LOOPBACK = "127.0.0.1"
#: Below the range from which Linux gives ports to outgoing connections, which could take ours meanwhile.
RANGE = range(20_000, 32_000)

_claims: list[TextIO] = []


class NoFreePort(Exception):
    """Every port that was tried is taken."""


def free_port() -> int:
    """A TCP port on the loopback address that nothing listens on.

    It stays claimed until this process ends, so that no other test worker of this user is given it meanwhile,
    also while our server on it is down. Raises NoFreePort after 200 tries.
    """
    for port in random.SystemRandom().sample(RANGE, 200):
        if _claim(port):
            return port
    raise NoFreePort("200 ports were tried and all are taken: end some servers on this computer.")


def accepts_connections(port: int) -> bool:
    """Whether something listens on this loopback port and takes a connection within one second."""
    try:
        with socket.create_connection((LOOPBACK, port), timeout=1):
            return True
    except OSError:
        return False


def _claim(port: int) -> bool:
    folder = Path(tempfile.gettempdir()) / f"tashih-ports-{os.geteuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    claim = (folder / str(port)).open("w")
    try:
        fcntl.flock(claim, fcntl.LOCK_EX | fcntl.LOCK_NB)
        with socket.socket() as probe:
            probe.bind((LOOPBACK, port))
    except OSError:
        claim.close()
        return False
    _claims.append(claim)
    return True
