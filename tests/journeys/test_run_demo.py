"""`manage.py run_demo` as a real process, from an empty folder to Ctrl-C and back."""

import os
import re
import signal
import sqlite3
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.ports import free_port
from tests.services.processes import Child, descendants, wait_until

PROJECT = Path(__file__).resolve().parent.parent.parent

pytestmark = pytest.mark.xdist_group("run_demo")


class Demonstration:
    """One folder of data and the processes started over it, one after the other."""

    def __init__(self, folder: Path, **variables: str) -> None:
        self.port = free_port()
        self.data = folder / "data"
        self._folder, self._variables, self._starts = folder, variables, 0
        self.child: Child | None = None

    def start(self) -> Child:
        """Starts it without waiting; what it prints goes into a log of its own."""
        self._starts += 1
        environment = {
            **{name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ},
            "PORT": str(self.port),
            "DATA_DIR": str(self.data),
            **self._variables,
        }
        command = [sys.executable, "manage.py", "run_demo"]
        log = self._folder / f"start-{self._starts}.log"
        self.child = Child(command, log, environment=environment, directory=PROJECT)
        return self.child

    def run(self) -> Child:
        """Starts it and returns when the pages answer."""
        child = self.start()
        child.wait_until_ready(lambda: self.answers("/ar/"), 60)
        return child

    def interrupt(self) -> int:
        """What Ctrl-C in a terminal does: the signal to all of its processes. Returns the exit code."""
        assert self.child is not None
        os.killpg(self.child.pid, signal.SIGINT)
        wait_until(lambda: self.child and not self.child.runs, 20, "the end after Ctrl-C")
        return self.child.kill()

    def page(self, path: str, **headers: str) -> str:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}", headers=headers)
        with urllib.request.urlopen(request, timeout=10) as response:
            text: str = response.read().decode()
        return text

    def size(self, path: str) -> int:
        """Bytes of what is no page."""
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=10) as response:
            return len(response.read())

    def answers(self, path: str) -> bool:
        try:
            return bool(self.page(path))
        except OSError:
            return False

    def counts(self) -> dict[str, int]:
        """How many rows there are of what a restart must keep."""
        with sqlite3.connect(self.data / "tashih.sqlite3") as connection:
            tables = ("newsroom_article", "newsroom_staffmember", "corrections_case", "corrections_delivery")
            return {table: connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}


@pytest.fixture
def demonstration(tmp_path: Path) -> Iterator[Demonstration]:
    started = Demonstration(tmp_path)
    yield started
    if started.child:
        started.child.kill()


def test_from_an_empty_folder_to_ctrl_c_and_back(demonstration: Demonstration) -> None:
    child = demonstration.run()
    assert "عودة ضخ المياه إلى عين الزيتون" in demonstration.page("/ar/")
    assert "Water pumping resumes" in demonstration.page("/en/")
    photo = re.search(r"/media/photos/[0-9a-f]{64}\.jpg", demonstration.page("/ar/1/"))
    assert photo is not None
    assert demonstration.size(photo[0]) > 5000
    wait_until(lambda: demonstration.page("/mailbox/").count("/mailbox/0") >= 40, 60, "the arrival of the mails")

    [worker] = descendants(child.pid)
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: descendants(child.pid) not in ([], [worker]), 20, "a new web process")
    wait_until(lambda: demonstration.answers("/ar/"), 20, "the page after the death of its process")

    counts = demonstration.counts()
    assert demonstration.interrupt() == 0
    assert "Traceback" not in child.log.read_text()

    again = demonstration.run()
    assert demonstration.counts() == counts
    assert "Filling the demonstration newsroom" not in again.log.read_text()
    assert demonstration.interrupt() == 0


def test_what_is_printed_opens_and_the_mailbox_stays_hidden_behind_a_proxy(demonstration: Demonstration) -> None:
    child = demonstration.run()
    printed = child.log.read_text()
    for address in re.findall(rf"http://127\.0\.0\.1:{demonstration.port}(/\S*)", printed):
        assert demonstration.answers(address), address
    assert len(re.findall(r"(?:\d{4}.){5}\d{4}", printed)) == 2
    for username in ("layla", "nour", "rami", "salma", "karam"):
        assert f"  {username} " in printed

    with pytest.raises(urllib.error.HTTPError, match="404"):
        demonstration.page("/mailbox/", **{"X-Forwarded-For": "127.0.0.1"})


def test_a_start_that_is_killed_half_way_is_made_good_by_the_next(demonstration: Demonstration) -> None:
    child = demonstration.start()
    wait_until(lambda: "Filling" in child.log.read_text(), 30, "the filling of the database")
    child.kill()
    demonstration.run()
    assert demonstration.counts()["newsroom_article"] == 13
    assert demonstration.counts()["corrections_case"] == 21


def test_a_taken_port_is_said_in_one_sentence(demonstration: Demonstration) -> None:
    demonstration.run()
    first = demonstration.child
    second = demonstration.start()
    wait_until(lambda: not second.runs, 30, "the refusal")
    said = f"CommandError: Port {demonstration.port} is taken by another program: "
    assert second.log.read_text() == f"{said}end that one, or choose another port (PORT=8123 make run).\n"
    assert second.exit_code == 1
    assert first is not None
    assert first.runs
    first.kill()


@pytest.mark.parametrize("port", ["80", "eight", "٨٠٠٠"])
def test_a_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    child = Demonstration(tmp_path, PORT=port).start()
    wait_until(lambda: not child.runs, 30, "the refusal")
    assert "CommandError: PORT has to be a number from 1024 to 65535" in child.log.read_text()
    assert child.exit_code == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("DATABASE_URL", "postgres://somebody@db.example.org/news"),
        ("EMAIL_URL", "smtp://mail.example.org"),
        ("SITE_URL", "https://news.example.org"),
    ],
)
def test_beside_anything_of_a_real_site_it_refuses_and_makes_no_database(tmp_path: Path, name: str, value: str) -> None:
    refused = Demonstration(tmp_path, **{name: value})
    child = refused.start()
    wait_until(lambda: not child.runs, 30, "the refusal")
    assert "The demonstration does not run beside " in child.log.read_text()
    assert name in child.log.read_text()
    assert child.exit_code == 1
    assert not (refused.data / "tashih.sqlite3").exists()
