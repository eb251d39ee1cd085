import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytest_django import Settings

from newsroom.config import embedded
from newsroom.config.embedded import SeveralProcesses, refuse_several_processes

#: What gunicorn does around its life: start, serve, stop.
ONE_WEB_PROCESS = """
import threading
import django
django.setup()
from newsroom.config import embedded
embedded.start(None)
embedded.start(None)
print("started", sorted(thread.name for thread in threading.enumerate() if thread.daemon))
for word in range(50):
    embedded.app.send_task("newsroom.prove_worker", args=[str(word)])
embedded.stop()
embedded.stop()
print("stopped", [thread.name for thread in threading.enumerate() if "mbedded" in thread.name])
"""

IN_MEMORY = "memory://localhost/"


def run_process(directory: Path, script: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **os.environ,
        "DATA_DIR": str(directory),
        "BROKER_URL": IN_MEMORY,
        "WEB_PROCESSES": "1",
    }
    return subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_several_web_processes_are_refused_a_broker_in_memory(settings: Settings) -> None:
    settings.CELERY_BROKER_URL, settings.WEB_PROCESSES = IN_MEMORY, 2
    with pytest.raises(SeveralProcesses, match="Set WEB_PROCESSES=1, or BROKER_URL"):
        refuse_several_processes()


def test_several_web_processes_are_fine_with_a_broker_of_their_own(settings: Settings) -> None:
    settings.CELERY_BROKER_URL, settings.WEB_PROCESSES = "redis://localhost/0", 2
    refuse_several_processes()


def test_nothing_starts_in_the_web_process_with_a_broker_of_its_own(settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "redis://localhost/0"
    embedded.start(None)
    assert embedded._embedded is None


def test_worker_and_beat_start_once_prove_themselves_and_stop(tmp_path: Path) -> None:
    done = run_process(tmp_path, ONE_WEB_PROCESS)
    started, stopped = done.stdout.splitlines()
    assert (done.returncode, done.stderr) == (0, "")
    assert started.count("embedded-worker") == started.count("embedded-beat") == 1
    assert started.count("outbox-poller") == 2
    assert stopped == "stopped []"


def test_a_worker_that_does_no_work_ends_the_start(tmp_path: Path) -> None:
    deaf = ONE_WEB_PROCESS.replace(
        "embedded.start(None)",
        "embedded.PROVEN_WITHIN = 0.5; embedded.prove_worker.run = print\nembedded.start(None)",
        1,
    )
    done = run_process(tmp_path, deaf)
    assert done.returncode == 1
    assert "WorkerDoesNotWork: The worker inside the web process did no work within 0.5 s." in done.stderr
