import socket

from tests.services.ports import LOOPBACK, accepts_connections, free_port


def test_two_free_ports_differ_and_nothing_listens_there() -> None:
    first, second = free_port(), free_port()
    assert first != second
    assert [accepts_connections(first), accepts_connections(second)] == [False, False]


def test_a_listening_port_is_seen() -> None:
    with socket.create_server((LOOPBACK, free_port())) as server:
        assert accepts_connections(server.getsockname()[1])
