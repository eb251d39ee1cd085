"""The demonstration: a small newsroom with everything in it, on this computer alone."""

import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, NoReturn

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from newsroom.catalogues import compile_catalogues

LOOPBACK = "127.0.0.1"
DEFAULT_PORT = "8000"
#: Below lie the ports that only the administrator of a computer may open.
PORTS = range(1024, 65536)
#: Exit code of a program that Ctrl-C has ended.
INTERRUPTED = 130


class Command(BaseCommand):
    """Prepares the demonstration newsroom and becomes its web server.

    In order: compiles the catalogues that changed, makes DATA_DIR, has another process migrate and fill the
    database (`demo_newsroom`, which also prints the addresses), then replaces this process by gunicorn on
    127.0.0.1. The system checks, which refuse the demonstration beside anything of a real site, run in both.
    """

    help = "Start the demonstration newsroom on this computer (PORT and DATA_DIR in the environment)."
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> NoReturn:
        port = _free_port(os.environ.get("PORT") or DEFAULT_PORT)
        environment = {
            # A real site's own address stays, so that the system checks see it and refuse.
            "SITE_URL": f"http://{LOOPBACK}:{port}",
            **os.environ,
            "HOST": LOOPBACK,
            "PORT": str(port),
            "DATA_DIR": str(settings.DATA_DIR),
            "DEMO_NEWSROOM": "on-this-computer-only",
            "PYTHONUNBUFFERED": "1",
        }
        try:
            compile_catalogues(Path(directory) for directory in settings.LOCALE_PATHS)
            _make_data_directory()
            _run_to_its_end(environment, "demo_newsroom")
        except KeyboardInterrupt:
            sys.exit(INTERRUPTED)
        server = ["-m", "gunicorn", "-c", "newsroom/config/gunicorn.py", "newsroom.config.wsgi"]
        os.chdir(settings.BASE_DIR)
        os.execve(sys.executable, [sys.executable, *server], environment)  # noqa: S606 - our own interpreter


def _free_port(text: str) -> int:
    """The port, if nothing listens on it yet. Raises CommandError with what to do."""
    if not (text.isascii() and text.isdigit() and int(text) in PORTS):
        raise CommandError(f"PORT has to be a number from {PORTS.start} to {PORTS.stop - 1}, not {text!r}.")
    with socket.socket() as probe:
        # As gunicorn does: connections of a server that has just ended do not count.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, int(text)))
        except OSError:
            raise CommandError(
                f"Port {text} is taken by another program: end that one, or choose another port (PORT=8123 make run)."
            ) from None
    return int(text)


def _make_data_directory() -> None:
    try:
        Path(settings.DATA_DIR).mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise CommandError(f"DATA_DIR cannot be made: {settings.DATA_DIR} ({error.strerror}).") from None


def _run_to_its_end(environment: dict[str, str], *arguments: str) -> None:
    """Runs a command in a process of its own, so that none of its threads and connections live on in the server."""
    command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), *arguments]
    done = subprocess.run(command, env=environment, check=False)  # noqa: S603 - our own interpreter
    if done.returncode:
        sys.exit(done.returncode)
