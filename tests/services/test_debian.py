import os
import threading
from pathlib import Path

import pytest

from tests.services.debian import PackageNotInstalled, install_packages, one_at_a_time

APT = """#!/bin/sh
echo "$DEBIAN_FRONTEND $*" >> "{log}"
case "$*" in *no-such-package*) echo "Unable to locate package"; exit 100;; esac
"""


@pytest.fixture
def apt_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An apt-get that writes down what it was asked."""
    log = tmp_path / "asked"
    program = tmp_path / "apt-get"
    program.write_text(APT.format(log=log))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return log


def test_the_lists_are_refreshed_once_and_nobody_is_asked_questions(apt_log: Path, tmp_path: Path) -> None:
    stamp = tmp_path / "stamp"
    install_packages(["fonts-noto-core"], stamp)
    install_packages(["chromium"], stamp)
    start = "noninteractive -q -o DPkg::Lock::Timeout=300"
    assert apt_log.read_text().splitlines() == [
        f"{start} update",
        f"{start} install -y --no-install-recommends fonts-noto-core",
        f"{start} install -y --no-install-recommends chromium",
    ]


@pytest.mark.usefixtures("apt_log")
def test_a_package_that_cannot_be_had_is_reported_in_apts_words(tmp_path: Path) -> None:
    with pytest.raises(PackageNotInstalled, match="Unable to locate package"):
        install_packages(["no-such-package"], tmp_path / "stamp")


def test_two_workers_install_one_after_the_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    held = threading.Event()
    order: list[str] = []

    def second() -> None:
        held.wait()
        with one_at_a_time("install"):
            order.append("second")

    waiting = threading.Thread(target=second)
    waiting.start()
    with one_at_a_time("install"):
        held.set()
        waiting.join(0.2)
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]
