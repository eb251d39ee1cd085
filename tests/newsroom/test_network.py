"""Whose word is taken for a client's address: our own proxies' alone."""

import pytest
from django.test import RequestFactory
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from pytest_django import Settings

from newsroom.network import client_address


def address(forwarded: str | None) -> str:
    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    return client_address(RequestFactory(headers=headers).get("/", REMOTE_ADDR="192.0.2.1"))


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, None, "192.0.2.1"),
        (0, "198.51.100.9", "192.0.2.1"),
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "203.0.113.5, 198.51.100.9", "198.51.100.9"),
        (2, "203.0.113.5, 198.51.100.9, 10.0.0.1", "198.51.100.9"),
        (1, None, "192.0.2.1"),
        (2, "198.51.100.9", "192.0.2.1"),
    ],
)
def test_only_the_entry_of_our_outermost_proxy_counts(
    settings: Settings, proxies: int, forwarded: str | None, expected: str
) -> None:
    settings.TRUSTED_PROXIES = proxies
    assert address(forwarded) == expected


@given(forged=st.text(st.characters(codec="ascii", exclude_categories=["Cc"])))
@hypothesis_settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_a_client_forges_its_address_stays_the_same(settings: Settings, forged: str) -> None:
    settings.TRUSTED_PROXIES = 1
    assert address(f"{forged}, 198.51.100.9") == "198.51.100.9"
