"""The commands of deploy/systemd as real processes, over real servers."""

import os
import signal
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psycopg
import pytest

from tests.deploy.files import INSTALLED_AT, PROJECT, set_variables, unit_commands
from tests.services.ports import accepts_connections, free_port
from tests.services.postgres import Postgres, running_postgres
from tests.services.processes import Child, ChildFailed, run, wait_until
from tests.services.smtp import MailSink, running_mail_sink
from tests.services.valkey import Valkey, running_valkey

pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("deploy")]

ENVIRONMENT = str(Path(sys.executable).parent)
HOST = "corrections.example.org"


@pytest.fixture(scope="module")
def postgres() -> Iterator[Postgres]:
    with running_postgres() as server:
        yield server


@pytest.fixture(scope="module")
def valkey() -> Iterator[Valkey]:
    with running_valkey() as server:
        yield server


@pytest.fixture(scope="module")
def mail() -> Iterator[MailSink]:
    with running_mail_sink() as sink:
        yield sink


@pytest.fixture
def variables(postgres: Postgres, valkey: Valkey, mail: MailSink, tmp_path: Path) -> dict[str, str]:
    """The example, filled in as deploy/README.md says."""
    return {
        "PATH": os.environ["PATH"],
        **set_variables(),
        "SECRET_KEY": "one long text that nobody has ever written down before",
        "HASHING_KEY": "another long text that nobody has written before",
        "SEALING_SECRETS": "a third long text that nobody has written before",
        "DATABASE_URL": postgres.url,
        "BROKER_URL": valkey.url,
        "EMAIL_URL": mail.url,
        "DATA_DIR": str(tmp_path),
        "STATIC_ROOT": str(tmp_path / "static"),
        "PORT": str(free_port()),
    }


def installed(command: list[str]) -> list[str]:
    """A command of a unit, with this environment's programs."""
    return [part.replace(f"{INSTALLED_AT}/.venv/bin", ENVIRONMENT) for part in command]


def migrate(variables: dict[str, str]) -> None:
    run([sys.executable, "manage.py", "compile_catalogues"], environment=variables, directory=PROJECT)
    for command in unit_commands("migrate"):
        run(installed(command), environment=variables, directory=PROJECT)


def started(unit: str, variables: dict[str, str], folder: Path) -> Child:
    [command] = unit_commands(unit)
    return Child(installed(command), folder / f"{unit}.log", environment=variables, directory=PROJECT)


def ends_in_its_own_way(child: Child) -> bool:
    """Whether a process has taken SIGTERM into its own hands (proc(5), SigCgt); while it loads it dies of it."""
    status = Path(f"/proc/{child.pid}/status").read_text()
    caught = int(status.partition("SigCgt:")[2].split()[0], 16)
    return bool(caught >> (signal.SIGTERM - 1) & 1)


def status_of(path: str, port: str, **headers: str) -> int:
    """The status of a page as the proxy asks for it."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", headers={"Host": HOST, **headers})
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_the_units_commands_run_and_stop_as_they_are_written(variables: dict[str, str], tmp_path: Path) -> None:
    migrate(variables)
    children = {unit: started(unit, variables, tmp_path) for unit in ("web", "worker", "beat")}
    try:
        children["web"].wait_until_ready(lambda: accepts_connections(int(variables["PORT"])), 30)
        through_the_proxy = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
        assert status_of("/healthz", variables["PORT"], **through_the_proxy) == 200
        assert status_of("/ar/", variables["PORT"], **through_the_proxy) == 200
        # The web answers before Celery has loaded.
        for unit in ("worker", "beat"):
            wait_until(partial(ends_in_its_own_way, children[unit]), 30, f"the start of the {unit}")
            assert children[unit].runs, children[unit].log_end()
    finally:
        codes = {unit: child.stop() for unit, child in children.items()}
    assert codes == {"web": 0, "worker": 0, "beat": 0}


def test_a_site_set_up_by_the_example_passes_every_check_for_deployment(variables: dict[str, str]) -> None:
    (Path(variables["DATA_DIR"]) / "static").mkdir()
    said = run(
        [sys.executable, "manage.py", "check", "--deploy", "--database", "default", "--fail-level", "WARNING"],
        environment=variables,
        directory=PROJECT,
    )
    assert said.strip().endswith("System check identified no issues (1 silenced).")


def test_a_log_line_about_a_request_holds_neither_address_nor_token(variables: dict[str, str], tmp_path: Path) -> None:
    migrate(variables)
    web = started("web", {**variables, "ACCESS_LOG": "-", "WEB_PROCESSES": "1"}, tmp_path)
    token = "Zm9yIHRoZSB0ZXN0cyBhbG9uZSwgbm90IGEgdG9rZW4"
    try:
        web.wait_until_ready(lambda: accepts_connections(int(variables["PORT"])), 30)
        headers = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "192.0.2.7"}
        status_of(f"/ar/open/{token}/?words=secret", variables["PORT"], **headers)
    finally:
        web.stop()
    log = web.log.read_text()
    assert " GET /ar/open/…/ " in log
    assert not [word for word in (token, "secret", "192.0.2.7", "127.0.0.1") if word in log]


@pytest.mark.parametrize("unit", ["web", "worker"])
@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"DEBUG": "true"}, "DEBUG is on and the site is public."),
        ({"SECRET_KEY": ""}, "SECRET_KEY is not set."),
        ({"BROKER_URL": "memory://localhost/"}, "BROKER_URL is in the memory of one process."),
        ({"DATABASE_URL": "sqlite:////tmp/x.sqlite3", "WEB_HOSTS": "2"}, "SQLite is a file"),
        ({"DEMO_NEWSROOM": "on-this-computer-only"}, "The demonstration does not run beside ALLOWED_HOSTS, BROKER_URL"),
    ],
)
def test_a_wrong_deployment_is_refused_with_the_reason(
    variables: dict[str, str], tmp_path: Path, unit: str, wrong: dict[str, str], reason: str
) -> None:
    child = started(unit, {**variables, **wrong}, tmp_path)
    with pytest.raises(ChildFailed, match="exit code 1"):
        child.wait_until_ready(lambda: accepts_connections(int(variables["PORT"])), 30)
    assert "Tashih does not start:" in child.log_end()
    assert reason in child.log_end()


def test_a_database_in_the_c_locale_is_refused(postgres: Postgres, variables: dict[str, str], tmp_path: Path) -> None:
    with psycopg.connect(postgres.url_of("postgres"), autocommit=True) as connection:
        connection.execute("CREATE DATABASE plain TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
    child = started("web", {**variables, "DATABASE_URL": postgres.url_of("plain")}, tmp_path)
    with pytest.raises(ChildFailed):
        child.wait_until_ready(lambda: accepts_connections(int(variables["PORT"])), 30)
    assert "The database's C locale or encoding knows no Arabic letters." in child.log_end()


def test_a_database_that_is_away_for_a_moment_keeps_nobody_from_starting(
    variables: dict[str, str], tmp_path: Path
) -> None:
    away = {**variables, "DATABASE_URL": f"postgres://tashih:x@127.0.0.1:{free_port()}/tashih"}
    run([sys.executable, "manage.py", "collectstatic", "--no-input"], environment=away, directory=PROJECT)
    web = started("web", away, tmp_path)
    try:
        web.wait_until_ready(lambda: accepts_connections(int(variables["PORT"])), 30)
        assert status_of("/healthz", variables["PORT"], **{"X-Forwarded-Proto": "https"}) == 503
    finally:
        web.stop()
