"""Programs that speak to the interface."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from corrections.domain import api_tokens
from newsroom.models import StaffMember
from tests.corrections.api.description import hold_against_description

Program = Callable[..., Any]


@pytest.fixture
def key_of(db: None) -> Callable[..., str]:
    """A key for a staff member."""

    def make(member: StaffMember, *, may_write: bool = True, days: int = 30) -> str:
        now = timezone.now()
        expires_at = now + timedelta(days=days)
        return api_tokens.issue(member, name="test", may_write=may_write, expires_at=expires_at, now=now)[1]

    return make


@pytest.fixture
def ask(db: None) -> Program:
    """Sends JSON (or nothing) to an address of the interface, and holds the answer against its description."""

    def send(method: str, path: str, body: Any = None, *, key: str = "", **headers: str) -> Any:
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if key:
            given["Authorization"] = f"Bearer {key}"
        arguments = {} if body is None else {"data": body, "content_type": "application/json"}
        answer = getattr(Client(), method)(f"/api/v1/{path}", headers=given, **arguments)
        hold_against_description(method, f"/api/v1/{path}", answer)
        return answer

    return send
