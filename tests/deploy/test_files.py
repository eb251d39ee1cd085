import re
import stat

import pytest
from django.conf import settings
from django.core.management import get_commands

from newsroom.config import checks
from tests.deploy.files import (
    DEPLOY,
    INSTALLED_AT,
    PROJECT,
    compose,
    documented_variables,
    unit_commands,
    unit_lines,
)

UNITS = ("migrate", "web", "worker", "beat")
#: Read by compose and Caddy, not by Tashih.
OF_CONTAINERS = {"POSTGRES_PASSWORD", "SITE_HOST"}
_READ = re.compile(r"""(?:read\.\w+|environment\.secret)\(\s*["']([A-Z_]+)["']""")


def variables_read() -> set[str]:
    sources = [path for folder in ("newsroom", "corrections") for path in (PROJECT / folder).rglob("*.py")]
    return {name for path in sources for name in _READ.findall(path.read_text())}


def test_the_example_lists_every_variable_that_is_read_and_no_other() -> None:
    assert set(documented_variables()) - OF_CONTAINERS == variables_read()


def test_the_example_holds_no_secret_and_a_copy_of_it_does_not_start_a_site() -> None:
    assert {name: documented_variables()[name] for name in checks.SECRETS} == dict.fromkeys(checks.SECRETS, "")


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_starts_programs_of_the_environment_in_the_projects_folder(unit: str) -> None:
    assert unit_lines(unit, "WorkingDirectory") == [INSTALLED_AT]
    assert unit_lines(unit, "User") == ["tashih"]
    for program, *_arguments in unit_commands(unit):
        assert program.startswith(f"{INSTALLED_AT}/.venv/bin/")


def test_units_and_containers_start_the_same_commands() -> None:
    services = compose()["services"]
    assert {unit: services[unit]["command"] for unit in UNITS} == {unit: unit_commands(unit)[0] for unit in UNITS}


def test_the_image_serves_the_pages_by_default_and_runs_without_rights() -> None:
    lines = (DEPLOY / "Containerfile").read_text().splitlines()
    [command] = [line.removeprefix("CMD ") for line in lines if line.startswith("CMD ")]
    assert command == str(unit_commands("web")[0]).replace("'", '"')
    assert "USER tashih" in lines
    assert any("--require-hashes -r requirements.txt" in line for line in lines)


def test_what_the_image_copies_exists_and_is_let_through() -> None:
    copied = re.findall(r"^COPY (?!--from)(\S+) ", (DEPLOY / "Containerfile").read_text(), re.MULTILINE)
    let_through = (PROJECT / ".dockerignore").read_text().splitlines()
    assert [name for name in copied if not (PROJECT / name).exists() or f"!{name}" not in let_through] == []


def test_compose_sets_only_variables_that_tashih_reads() -> None:
    assert set(compose()["services"]["web"]["environment"]) <= variables_read()


def test_compose_waits_for_the_servers_and_for_the_migration() -> None:
    services = compose()["services"]
    assert services["migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}
    for service in ("web", "worker", "beat"):
        assert services[service]["depends_on"]["migrate"] == {"condition": "service_completed_successfully"}


def test_only_the_proxy_is_reachable_from_elsewhere() -> None:
    assert [name for name, service in compose()["services"].items() if "ports" in service] == ["caddy"]


def test_no_unit_can_gain_rights_or_write_outside_its_folder() -> None:
    for unit in UNITS:
        assert unit_lines(unit, "NoNewPrivileges") == ["yes"]
        assert unit_lines(unit, "ProtectSystem") == ["strict"]
        assert unit_lines(unit, "StateDirectory") == ["tashih"]
        assert unit_lines(unit, "CapabilityBoundingSet") == [""]


def test_every_file_and_management_command_that_the_instructions_name_exists() -> None:
    text = (DEPLOY / "README.md").read_text()
    files = re.findall(r"deploy/([\w./-]+\w)", text)
    assert [name for name in files if name != "tashih.env" and not list(DEPLOY.glob(name.rstrip("-") + "*"))] == []
    commands = re.findall(r"manage\.py (?:\\\n\s*)?(\w+)", text)
    assert len(commands) >= 4
    assert [name for name in commands if name not in get_commands()] == []


def test_every_variable_that_the_instructions_name_is_one_of_ours() -> None:
    named = re.findall(r"\b([A-Z]+_[A-Z_]+)\b", (DEPLOY / "README.md").read_text())
    assert set(named) - set(documented_variables()) == set()


def test_the_proxy_keeps_no_log_and_forwards_one_address() -> None:
    text = (DEPLOY / "Caddyfile").read_text()
    assert "exclude http.log.error http.handlers.reverse_proxy" in text
    assert text.count("\n\tlog ") == 1
    assert "header_up X-Forwarded-For {remote_host}" in text
    assert documented_variables()["TRUSTED_PROXIES"] == "1"


def test_the_proxy_takes_the_whole_body_before_the_application_sees_any_of_it() -> None:
    text = (DEPLOY / "Caddyfile").read_text()
    [proxied] = re.findall(r"\n\treverse_proxy [^\n]*\{\n(.*?)\n\t\}\n", text, re.DOTALL)
    [buffer] = re.findall(r"^\t\trequest_buffers (\d+)MB$", proxied, re.MULTILINE)
    [words] = re.findall(r"request_body @words \{.*?max_size (\d+)MB", text, re.DOTALL)
    assert (buffer, words) == ("10", "10")
    assert int(buffer) * 1024 * 1024 >= settings.DATA_UPLOAD_MAX_MEMORY_SIZE


@pytest.mark.parametrize("limit", ["read_header 10s", "read_body 60s", "idle 2m"])
def test_the_proxy_waits_for_nobody_for_ever(limit: str) -> None:
    [servers] = re.findall(r"\n\tservers \{\n(.*?)\n\t\}\n", (DEPLOY / "Caddyfile").read_text(), re.DOTALL)
    assert f"\t\t\t{limit}\n" in servers


def test_the_application_server_listens_to_the_proxy_alone() -> None:
    # Its threads wait for slow bodies; whoever reaches it without the proxy can hold every one of them.
    assert documented_variables()["HOST"] in ("", "127.0.0.1")
    assert "ports" not in compose()["services"]["web"]


def test_the_example_is_not_a_program() -> None:
    assert not (DEPLOY / "tashih.env.example").stat().st_mode & stat.S_IXUSR
