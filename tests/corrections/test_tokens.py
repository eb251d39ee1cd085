from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corrections.tokens import (
    FormToken,
    FormTokenExpired,
    FormTokenForged,
    FormTokenTooYoung,
    hash_link_token,
    issue_form_token,
    issue_link_token,
    read_form_token,
    source_hash,
)

KEY = b"the key of the tests, long enough"
NOW = datetime(2025, 2, 17, 13, 5, tzinfo=UTC)
PURPOSE = "correction/1048"
KEY_OF_DAY = b"one day"


def read_after(token: str, seconds: int, key: bytes = KEY, purpose: str = PURPOSE) -> FormToken:
    return read_form_token(key, token, NOW + timedelta(seconds=seconds), purpose, 3, 86_400)


def test_the_same_token_always_brings_the_same_submission_key() -> None:
    token = issue_form_token(KEY, NOW, PURPOSE)
    first, second = read_after(token, 60), read_after(token, 600)
    assert (first.age_seconds, second.age_seconds) == (60, 600)
    assert first.submission_key == second.submission_key
    assert len(first.submission_key) == 22


def test_two_forms_have_different_submission_keys() -> None:
    keys = {read_after(issue_form_token(KEY, NOW, PURPOSE), 60).submission_key for _ in range(100)}
    assert len(keys) == 100


def test_a_token_is_safe_in_a_page_and_a_link() -> None:
    token = issue_form_token(KEY, NOW, PURPOSE)
    assert len(token) == 97
    assert set(token) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.")


@pytest.mark.parametrize("seconds", [3, 86_400])
def test_both_ends_of_the_allowed_age_are_allowed(seconds: int) -> None:
    assert read_after(issue_form_token(KEY, NOW, PURPOSE), seconds).age_seconds == seconds


@pytest.mark.parametrize(("seconds", "age_seconds"), [(0, 0), (2, 2), (-3600, 0)])
def test_a_form_that_comes_back_too_fast_still_says_its_submission_key(seconds: int, age_seconds: int) -> None:
    token = issue_form_token(KEY, NOW, PURPOSE)
    with pytest.raises(FormTokenTooYoung) as raised:
        read_after(token, seconds)
    assert raised.value.form_token == FormToken(read_after(token, 60).submission_key, age_seconds)


def test_a_form_that_was_open_for_too_long_still_says_its_submission_key() -> None:
    token = issue_form_token(KEY, NOW, PURPOSE)
    with pytest.raises(FormTokenExpired) as raised:
        read_after(token, 86_401)
    assert raised.value.form_token == FormToken(read_after(token, 60).submission_key, 86_401)


def test_a_token_counts_in_its_own_form_only() -> None:
    with pytest.raises(FormTokenForged):
        read_after(issue_form_token(KEY, NOW, PURPOSE), 60, purpose="complaint/1048")


def test_a_token_of_another_key_is_forged() -> None:
    with pytest.raises(FormTokenForged):
        read_after(issue_form_token(b"another key", NOW, PURPOSE), 60)


def test_a_token_changed_in_any_place_is_forged() -> None:
    token = issue_form_token(KEY, NOW, PURPOSE)
    for place, character in enumerate(token):
        other = "A" if character != "A" else "B"
        with pytest.raises(FormTokenForged):
            read_after(token[:place] + other + token[place + 1 :], 60)


@given(st.text(st.characters(exclude_categories=[])))
@example("\ud800.\ud800")
@example(".")
def test_whatever_else_comes_back_is_forged(token: str) -> None:
    with pytest.raises(FormTokenForged):
        read_after(token, 60)


def test_link_tokens_have_192_random_bits_and_do_not_repeat() -> None:
    tokens = {issue_link_token() for _ in range(100)}
    assert len(tokens) == 100
    assert {len(token) for token in tokens} == {32}


def test_a_link_token_is_stored_as_a_keyed_hash() -> None:
    stored = hash_link_token(KEY, "a token")
    assert len(bytes.fromhex(stored)) == 32
    assert stored == hash_link_token(KEY, "a token")
    assert len({stored, hash_link_token(KEY, "another token"), hash_link_token(b"another key", "a token")}) == 3


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("203.0.113.7", "203.0.113.250"),
        ("203.0.113.7", " 203.0.113.7 "),
        ("203.0.113.7", "::ffff:203.0.113.9"),
        ("2001:db8:1:2::3", "2001:db8:1:ffff::1"),
        ("2001:db8:1::", "2001:0DB8:0001:0000:0000:0000:0000:0001"),
        ("fe80::1%eth0", "fe80::2"),
        ("", "unix:"),
        ("203.0.113.7:443", "rubbish\ud800"),
        ("203.0.113.7, 198.51.100.1", "203.0.113"),
    ],
)
def test_one_network_is_one_source(one: str, other: str) -> None:
    assert source_hash(KEY_OF_DAY, one) == source_hash(KEY_OF_DAY, other)


def test_different_networks_and_different_days_are_different_sources() -> None:
    addresses = [
        "203.0.113.7",
        "203.0.112.7",
        "2001:db8:1::1",
        "2001:db8:2::1",
        "::1",
        "::ffff:198.51.100.1",
        "",
    ]
    hashes = {source_hash(KEY_OF_DAY, address) for address in addresses}
    next_day = {source_hash(b"the next day", address) for address in addresses}
    assert len(hashes) == len(addresses)
    assert hashes & next_day == set()


@given(st.text(st.characters(exclude_categories=[])))
def test_whatever_the_address_is_it_gets_a_hash(address: str) -> None:
    assert len(bytes.fromhex(source_hash(KEY_OF_DAY, address))) == 32


@given(st.ip_addresses(v=4))
def test_an_address_inside_ipv6_counts_as_itself(address: object) -> None:
    assert source_hash(KEY_OF_DAY, f"::ffff:{address}") == source_hash(KEY_OF_DAY, str(address))
