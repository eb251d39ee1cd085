import importlib.util
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tests.services import postgres, postgres_programs
from tests.services.postgres import Postgres, PostgresMissing, running_postgres
from tests.services.postgres_programs import server_programs, version

pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("postgres launcher")]


@pytest.fixture(scope="module")
def server() -> Iterator[Postgres]:
    with running_postgres() as running:
        yield running


def answer(server: Postgres, question: str) -> object:
    with psycopg.connect(server.url, autocommit=True) as connection:
        row = connection.execute(question.encode()).fetchone()
    return row and row[0]


def test_the_database_is_unicode_and_knows_arabic_letters(server: Postgres) -> None:
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute("CREATE EXTENSION pg_trgm")
        row = connection.execute("SELECT show_trgm('تصحيح')").fetchone()
    assert row is not None
    assert len(row[0]) == 6
    assert answer(server, "SHOW server_encoding") == "UTF8"
    question = "SELECT datctype FROM pg_database WHERE datname = current_database()"
    assert answer(server, question) in postgres.LOCALES


def test_a_copy_of_the_database_begins_with_what_it_holds_and_goes_its_own_way(server: Postgres) -> None:
    def asked(url: str, *questions: str) -> object:
        with psycopg.connect(url) as connection:
            return [connection.execute(question.encode()).fetchone() for question in questions]

    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE SEQUENCE copied MINVALUE 2")
    first, second = server.copy_database(), server.copy_database()
    assert asked(first, "SELECT nextval('copied')", "SELECT nextval('copied')") == [(2,), (3,)]
    assert [asked(url, "SELECT nextval('copied')") for url in (second, server.url)] == [[(2,)], [(2,)]]


def test_what_was_committed_survives_a_kill(server: Postgres) -> None:
    with psycopg.connect(server.url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 'تصحيح' AS word")
    server.kill()
    assert not server.answers()
    server.start()
    assert answer(server, "SELECT word FROM kept") == "تصحيح"


def test_a_frozen_server_answers_nobody_until_it_is_thawed(server: Postgres) -> None:
    server.freeze()
    assert not server.answers()
    server.thaw()
    assert server.answers()


def test_a_stranger_without_the_password_is_refused(server: Postgres) -> None:
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(host="127.0.0.1", port=server.port, user="tashih", password="guess", dbname="tashih")


def test_nothing_of_a_cluster_stays() -> None:
    with running_postgres() as running:
        directory = running.directory
        assert directory.exists()
    assert not running.answers()
    assert not directory.exists()


def test_the_wheel_serves_where_the_system_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres_programs, "system_programs", lambda account: iter(()))
    with running_postgres() as running:
        assert str(answer(running, "SHOW server_version")).startswith("18.")


def test_programs_that_the_servers_account_cannot_reach_are_copied(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(postgres_programs, "system_programs", lambda account: iter(()))
    answers = iter([None, 18])
    monkeypatch.setattr(postgres_programs, "version", lambda folder, account: next(answers))
    programs = server_programs(None, tmp_path)
    assert programs.is_relative_to(tmp_path)
    assert version(programs, None) == 18


def test_a_missing_server_is_named_with_the_way_to_get_one(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(postgres_programs, "system_programs", lambda account: iter(()))
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(PostgresMissing, match="apt-get install postgresql"):
        server_programs(None, tmp_path)


def test_a_folder_without_a_server_has_no_version(tmp_path: Path) -> None:
    for name in ("initdb", "postgres"):
        (tmp_path / name).write_text("#!/bin/sh\necho another program 15\n")
        (tmp_path / name).chmod(0o755)
    assert version(tmp_path, None) is None
