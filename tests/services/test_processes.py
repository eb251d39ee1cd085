import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.services.processes import Child, ChildFailed, NotInTime, descendants, on_path, run, wait_until

PROJECT = Path(__file__).resolve().parent.parent.parent
SLEEPER = [sys.executable, "-c", "import time; time.sleep(600)"]
PARENT = f"""
import subprocess, time
subprocess.Popen({SLEEPER!r}, start_new_session=True)
time.sleep(600)
"""

POLITE = """
import signal, sys, time
signal.signal(signal.SIGTERM, lambda *_: sys.exit(7))
print("ready", flush=True)
time.sleep(600)
"""


def exists(pid: int) -> bool:
    """Whether a process is there and is more than an entry that nobody has collected."""
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


def state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]


def test_killing_a_child_kills_grandchildren_in_sessions_of_their_own(tmp_path: Path) -> None:
    child = Child([sys.executable, "-c", PARENT], tmp_path / "log")
    grandchild = wait_until(lambda: descendants(child.pid), 10, "the grandchild")[0]
    assert child.kill() == -signal.SIGKILL
    wait_until(lambda: not exists(grandchild), 10, "the grandchild's end")


def test_a_frozen_child_stands_still_until_it_is_thawed(tmp_path: Path) -> None:
    child = Child(SLEEPER, tmp_path / "log")
    child.freeze()
    wait_until(lambda: state(child.pid) == "T", 10, "the stop")
    child.thaw()
    wait_until(lambda: state(child.pid) in "SR", 10, "the continuation")
    assert child.stop() == -signal.SIGTERM


def test_a_frozen_child_that_is_stopped_still_ends_in_its_own_way(tmp_path: Path) -> None:
    child = Child([sys.executable, "-c", POLITE], tmp_path / "log")
    child.wait_until_ready(lambda: "ready" in child.log_end(), 10)
    child.freeze()
    assert child.stop() == 7
    assert not child.runs


def test_a_child_that_ends_before_it_is_ready_is_reported_with_its_log(tmp_path: Path) -> None:
    child = Child([sys.executable, "-c", "raise SystemExit('no such configuration')"], tmp_path / "log")
    with pytest.raises(ChildFailed, match="exit code 1:\nno such configuration"):
        child.wait_until_ready(lambda: False, 10)


def test_a_child_that_never_gets_ready_is_killed(tmp_path: Path) -> None:
    child = Child(SLEEPER, tmp_path / "log")
    with pytest.raises(ChildFailed, match=r"was not ready in 0\.1 s"):
        child.wait_until_ready(lambda: False, 0.1)
    assert child.exit_code == -signal.SIGKILL


def test_children_die_with_a_parent_that_was_killed(tmp_path: Path) -> None:
    """What a killed test worker leaves behind: nothing."""
    program = (
        "import sys, os, signal; from pathlib import Path; from tests.services.processes import Child;"
        "child = Child([sys.executable, '-c', 'import time; time.sleep(600)'], Path(sys.argv[1]));"
        "print(child.pid, flush=True); os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "log")],
        stdout=subprocess.PIPE,
        cwd=PROJECT,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL
    child = int(done.stdout)
    wait_until(lambda: not exists(child), 10, "the child's end")


def test_waiting_gives_the_value_or_names_what_did_not_happen() -> None:
    assert wait_until(lambda: 7, 1, "seven") == 7
    with pytest.raises(NotInTime, match=r"the impossible did not happen within 0\.05 s"):
        wait_until(lambda: False, 0.05, "the impossible")


def test_a_failing_command_is_reported_with_its_output() -> None:
    with pytest.raises(ChildFailed, match="ended with 3:\nbecause"):
        run([sys.executable, "-c", "print('because'); raise SystemExit(3)"])
    with pytest.raises(ChildFailed, match="did not run"):
        run(["/nowhere/program"])


def test_programs_are_found_on_the_path_in_the_order_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("first", "second"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    monkeypatch.setenv("PATH", os.fspath(tmp_path))
    assert on_path("second", "absent", "first") == [tmp_path / "second", tmp_path / "first"]
