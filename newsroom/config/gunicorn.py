"""gunicorn's configuration, for production and for the one process of the demonstration.

    gunicorn -c newsroom/config/gunicorn.py newsroom.config.wsgi

Everything comes from the environment; deploy/README.md lists the variables.
"""

import gc
from pathlib import Path
from typing import Any

from django.conf import settings

from newsroom.config import deployment, embedded
from newsroom.config.environment import read

#: A Unix socket or several addresses instead of HOST and PORT.
bind = read.str("BIND", default="") or f"{read.str('HOST', default='127.0.0.1')}:{read.int('PORT', default=8000)}"

workers = settings.WEB_PROCESSES
worker_class = "gthread"
threads = settings.WEB_THREADS
#: Longer than the longest statement that the database is allowed.
timeout = 30
graceful_timeout = 10
keepalive = 5
max_requests = 0
limit_request_line = 4094
limit_request_fields = 60
#: The workers' sign of life in memory where there is such a place: a slow disk must not look like a hung worker.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - memory, not a temporary folder
control_socket_disable = True

logger_class = "newsroom.config.logs.WebLog"
errorlog = "-"
loglevel = "warning"
#: No line per request unless a file (or - for the console) is named; what it then holds, logs.WebLog decides.
accesslog = read.str("ACCESS_LOG", default="") or None
access_log_format = "%(t)s %(m)s %(U)s %(s)s %(B)s bytes %(M)s ms"


def on_starting(server: Any) -> None:
    """Refuses a wrong deployment, with its reasons, before the first process serves anybody; then loads the application
    once, and every web process begins with it (half the computing of a start, and common memory)."""
    deployment.require_right_deployment()
    # Not by gunicorn's `preload_app`, which loads before anything is refused.
    server.app.wsgi()
    # What stays as long as the process is not looked through for rubbish again and again while somebody waits.
    gc.collect()
    gc.freeze()


def post_worker_init(worker: Any) -> None:
    """Starts worker and clock in this process where the broker lives in its memory."""
    embedded.start(worker)
    if settings.DEMO:
        deployment.say_ready(bind)


def worker_exit(server: Any, worker: Any) -> None:
    """Ends worker and clock with the process that carries them."""
    embedded.stop()
