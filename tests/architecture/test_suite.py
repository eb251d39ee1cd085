"""What the suite itself relies on."""

import os
import subprocess
import sys
from pathlib import Path

GROUP = """
import os, pathlib, pytest
@pytest.mark.xdist_group("together")
@pytest.mark.parametrize("number", range(6))
def test_one_of_a_group(number):
    pathlib.Path(f"{number}.worker").write_text(os.environ["PYTEST_XDIST_WORKER"])
"""


def test_the_tests_of_a_group_run_in_one_process(tmp_path: Path) -> None:
    """Spread over all workers they would pass all the same, and every worker would start its own servers for them."""
    (tmp_path / "test_group.py").write_text(GROUP)
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    outside = {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "DJANGO_"))}
    command = [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-p", "no:cacheprovider"]
    subprocess.run(command, cwd=tmp_path, env=outside, check=True, capture_output=True)
    workers = [written.read_text() for written in tmp_path.glob("*.worker")]
    assert (len(workers), len(set(workers))) == (6, 1)
