"""What a watcher is told."""

from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from newsroom.config import health


@pytest.mark.django_db
def test_a_house_with_its_database_is_well(client: Client) -> None:
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"database": "ok"})


def test_a_house_without_its_database_is_not(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    class Away:
        def cursor(self) -> Any:
            raise DatabaseError("host=10.0.0.7 refused")

    monkeypatch.setattr(health, "connection", Away())
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"database": "away"})
