import io
import logging
from datetime import timedelta
from types import SimpleNamespace

import pytest
from gunicorn.config import Config

from newsroom.config.logs import WebLog, WithoutReaders, safe_path

TOKEN = "Zm9yIHRoZSB0ZXN0cyBhbG9uZSwgbm90IGEgdG9rZW4"


@pytest.mark.parametrize(
    ("path", "safe"),
    [
        ("/ar/1048/", "/ar/1048/"),
        (f"/ar/open/{TOKEN}/", "/ar/open/…/"),
        (f"/ar/open/{TOKEN}", "/ar/open/…"),
        ("/ar/desk/?words=%D8%A3%D8%A8%D9%88", "/ar/desk/"),
        (f"Not Found: /ar/open/{TOKEN}/", "Not Found: /ar/open/…/"),
        ("why? nobody knows", "why nobody knows"),
    ],
)
def test_paths_in_lines_keep_neither_queries_nor_tokens(path: str, safe: str) -> None:
    assert safe_path(path) == safe


def test_a_line_loses_the_readers_address() -> None:
    record = logging.makeLogRecord({"msg": "Invalid request from ip=192.0.2.7: %s", "args": ("bad line",)})
    assert WithoutReaders().filter(record)
    assert record.getMessage() == "Invalid request from ip=… bad line"


def test_an_access_line_holds_nothing_of_the_reader() -> None:
    log = WebLog(Config())
    environ = {
        "REQUEST_METHOD": "GET",
        "RAW_URI": f"/ar/open/{TOKEN}/?words=secret",
        "PATH_INFO": f"/ar/open/{TOKEN}/",
        "QUERY_STRING": "words=secret",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "192.0.2.7",
        "HTTP_USER_AGENT": "a browser",
    }
    response = SimpleNamespace(status="200 OK", sent=9, headers=[("Set-Cookie", "session=secret")])
    atoms = log.atoms(response, [("COOKIE", "session=secret")], environ, timedelta(milliseconds=3))
    assert {**atoms, "t": ""} == {"t": "", "m": "GET", "U": "/ar/open/…/", "s": "200", "B": 9, "M": 3}


def test_what_gunicorn_says_of_a_broken_request_is_filtered() -> None:
    log = WebLog(Config())
    said = io.StringIO()
    log.error_log.handlers = [logging.StreamHandler(said)]
    log.warning("Error handling request %s %s", "GET", f"/ar/open/{TOKEN}/?words=secret")
    assert said.getvalue() == "Error handling request GET /ar/open/…/\n"
