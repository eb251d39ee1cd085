from pathlib import Path

import pytest
from django.core.checks import CheckMessage, run_checks
from pytest_django import Settings

from newsroom.config import checks, environment

GOOD_SECRETS = {
    "SECRET_KEY": "one long text that nobody has ever written before",
    "HASHING_KEY": "another long text that nobody has written before",
    "SEALING_SECRETS": "a third long text that nobody has written before,and a fourth one that is as long as the third",
}


def ids_of(messages: list[CheckMessage]) -> list[str | None]:
    return [message.id for message in messages]


@pytest.fixture
def public_site(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A real site as it should be."""
    settings.SITE_URL, settings.SECURE = "https://news.example.org", True
    settings.ALLOWED_HOSTS = ["news.example.org"]
    settings.TRUSTED_PROXIES = 1
    settings.STATIC_ROOT = "/srv/static"
    for name, value in {**GOOD_SECRETS, "EMAIL_URL": "smtp://mail", "DESK_ADDRESS": "desk@news.example.org"}.items():
        monkeypatch.setenv(name, value)
    return settings


def test_a_public_site_as_it_should_be_is_not_refused(public_site: Settings) -> None:
    assert [check(None) for check in checks.EVERYWHERE] == [[] for _ in checks.EVERYWHERE]


def test_a_site_for_this_computer_alone_needs_neither_https_nor_mail(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    assert [check(None) for check in checks.EVERYWHERE] == [[] for _ in checks.EVERYWHERE]


def test_every_check_is_known_to_django(settings: Settings) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    assert "tashih.E004" in ids_of(run_checks())


@pytest.mark.parametrize("name", checks.SECRETS)
@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "is not set"),
        ("django-insecure-abcdefghijklmnopqrstuvwxyz0123456789", "is still the text of an example"),
        ("change-me-change-me-0123456789-abcdefghijkl", "is still the text of an example"),
        ("abcdefghij0123456789", "is too short or too plain (at least 32 characters)"),
        ("ab" * 40, "is too short or too plain (at least 32 characters)"),
    ],
)
def test_a_missing_default_or_short_secret_is_refused(
    public_site: Settings, monkeypatch: pytest.MonkeyPatch, name: str, text: str, reason: str
) -> None:
    monkeypatch.setenv(name, text)
    assert [message.msg for message in checks.check_secrets(None)] == [f"{name} {reason}."]


def test_each_of_several_sealing_secrets_is_looked_at(public_site: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEALING_SECRETS", f"{GOOD_SECRETS['SECRET_KEY']},short")
    assert ids_of(checks.check_secrets(None)) == ["tashih.E001"]


def test_one_secret_for_two_purposes_is_refused(public_site: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HASHING_KEY", GOOD_SECRETS["SECRET_KEY"])
    assert ids_of(checks.check_secrets(None)) == ["tashih.E002"]


def test_debug_on_a_public_site_is_refused(public_site: Settings) -> None:
    public_site.DEBUG = True
    assert ids_of(checks.check_debug(None)) == ["tashih.E003"]


def test_debug_on_this_computer_alone_is_allowed(settings: Settings) -> None:
    settings.DEBUG, settings.ALLOWED_HOSTS = True, ["localhost"]
    assert checks.check_debug(None) == []


def test_every_host_at_once_is_refused(public_site: Settings) -> None:
    public_site.ALLOWED_HOSTS = ["news.example.org", "*"]
    assert ids_of(checks.check_hosts(None)) == ["tashih.E004"]


@pytest.mark.parametrize(
    ("hosts", "ids"),
    [
        (["other.example.org"], ["tashih.E005"]),
        ([], ["tashih.E005"]),
        ([".example.org"], []),
        ([".news.example.org"], []),
        ([".ws.example.org"], ["tashih.E005"]),
        (["NEWS.example.org"], []),
    ],
)
def test_the_sites_own_name_has_to_be_allowed(public_site: Settings, hosts: list[str], ids: list[str]) -> None:
    public_site.ALLOWED_HOSTS = hosts
    assert ids_of(checks.check_hosts(None)) == ids


def test_a_public_site_without_https_is_refused(public_site: Settings) -> None:
    public_site.SITE_URL, public_site.SECURE = "http://news.example.org", False
    assert ids_of(checks.check_address(None)) == ["tashih.E006"]


def test_https_without_a_trusted_proxy_is_refused(public_site: Settings) -> None:
    public_site.TRUSTED_PROXIES = 0
    assert ids_of(checks.check_address(None)) == ["tashih.E007"]


@pytest.mark.parametrize("name", ["EMAIL_URL", "DESK_ADDRESS"])
def test_a_public_site_without_mail_is_refused(
    public_site: Settings, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.delenv(name)
    [message] = checks.check_mail(None)
    assert (message.id, message.msg.partition(" ")[0]) == ("tashih.E008", name)


@pytest.mark.parametrize(("processes", "hosts"), [(2, 1), (1, 2)])
def test_a_broker_in_memory_is_refused_for_several_processes(settings: Settings, processes: int, hosts: int) -> None:
    settings.CELERY_BROKER_URL = "memory://localhost/"
    settings.WEB_PROCESSES, settings.WEB_HOSTS = processes, hosts
    assert "tashih.E009" in ids_of(checks.check_processes(None))


def test_sqlite_is_refused_for_several_hosts(settings: Settings) -> None:
    settings.CELERY_BROKER_URL, settings.WEB_HOSTS = "redis://broker/0", 2
    assert ids_of(checks.check_processes(None)) == ["tashih.E010"]


@pytest.mark.parametrize("name", checks.OF_A_REAL_DEPLOYMENT)
def test_the_demonstration_is_refused_beside_anything_of_a_real_site(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    for other in checks.OF_A_REAL_DEPLOYMENT:
        monkeypatch.delenv(other, raising=False)
    settings.DEMO, settings.ALLOWED_HOSTS = True, ["127.0.0.1"]
    assert checks.check_demonstration(None) == []
    monkeypatch.setenv(name, "anything")
    [message] = checks.check_demonstration(None)
    assert (message.id, message.msg) == ("tashih.E011", f"The demonstration does not run beside {name}.")


def test_the_demonstration_is_refused_with_a_public_address_or_a_broker(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    for other in checks.OF_A_REAL_DEPLOYMENT:
        monkeypatch.delenv(other, raising=False)
    monkeypatch.setenv("HOST", "0.0.0.0")
    settings.DEMO, settings.ALLOWED_HOSTS = True, ["127.0.0.1"]
    settings.SITE_URL, settings.CELERY_BROKER_URL = "http://news.example.org", "redis://broker/0"
    [message] = checks.check_demonstration(None)
    assert message.msg == "The demonstration does not run beside BROKER_URL, HOST, SITE_URL."


def test_a_data_directory_that_is_absent_is_refused(settings: Settings, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path / "absent"
    assert ids_of(checks.check_data_directory(None)) == ["tashih.E012"]


def test_a_public_site_without_collected_files_is_warned(public_site: Settings) -> None:
    public_site.STATIC_ROOT = None
    assert ids_of(checks.check_static_files(None)) == ["tashih.W001"]


def test_outside_the_demonstration_no_secret_is_ever_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HASHING_KEY", raising=False)
    assert environment.secret("HASHING_KEY") == ""
