import importlib.util
from collections.abc import Iterator

import pytest
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import AuthenticationError
from redis.retry import Retry

from tests.services import valkey
from tests.services.ports import LOOPBACK
from tests.services.valkey import Valkey, ValkeyMissing, running_valkey, server_program

pytestmark = pytest.mark.xdist_group("valkey launcher")


@pytest.fixture(scope="module")
def server() -> Iterator[Valkey]:
    with running_valkey() as running:
        yield running


@pytest.mark.parametrize("end", ["kill", "stop"])
def test_data_survive_the_servers_end(server: Valkey, end: str) -> None:
    with server.client() as client:
        client.rpush("words", "تصحيح", end)
    getattr(server, end)()
    assert not server.answers()
    server.start()
    with server.client() as client:
        assert client.lrange("words", 0, -1) == ["تصحيح", end]
    server.flush()


def test_a_frozen_server_answers_nobody_until_it_is_thawed(server: Valkey) -> None:
    server.freeze()
    assert not server.answers()
    server.thaw()
    assert server.answers()


def test_a_flush_empties_it(server: Valkey) -> None:
    with server.client() as client:
        client.set("word", "تصحيح")
        server.flush()
        assert client.dbsize() == 0


def test_a_stranger_without_the_password_is_refused(server: Valkey) -> None:
    with (
        Redis(host=LOOPBACK, port=server.port, retry=Retry(NoBackoff(), 0)) as stranger,
        pytest.raises(AuthenticationError),
    ):
        stranger.ping()


def test_nothing_of_a_server_stays() -> None:
    with running_valkey() as running:
        assert running.answers()
    assert not running.answers()
    assert not running.directory.exists()


def test_the_wheel_serves_where_the_system_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(valkey, "on_path", lambda *names: [])
    with running_valkey() as running, running.client() as client:
        assert client.info("server")["server_name"] == "valkey"


def test_a_missing_server_is_named_with_the_way_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(valkey, "on_path", lambda *names: [])
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(ValkeyMissing, match="apt-get install redis-server"):
        server_program()
