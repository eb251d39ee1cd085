import base64

import pytest
from cryptography.fernet import Fernet
from hypothesis import example, given
from hypothesis import strategies as st

from corrections.sealing import CannotUnseal, Sealer, keyed_hash

OLD_KEY = base64.urlsafe_b64encode(b"o" * 32).decode()
NEW_KEY = base64.urlsafe_b64encode(b"n" * 32).decode()
ADDRESS = "reader@example.org"
any_text = st.text(st.characters(exclude_categories=[]))


@given(any_text)
@example("\ud800 a lone surrogate")
def test_what_was_sealed_opens_as_it_was(text: str) -> None:
    assert Sealer([NEW_KEY]).unseal(Sealer([NEW_KEY]).seal(text)) == text


def test_the_sealed_text_shows_neither_the_words_nor_that_two_are_equal() -> None:
    sealer = Sealer([NEW_KEY])
    one, other = sealer.seal(ADDRESS), sealer.seal(ADDRESS)
    assert one != other
    assert ADDRESS.encode() not in base64.urlsafe_b64decode(one)


def test_the_sealed_text_does_not_say_when_it_was_sealed() -> None:
    assert Fernet(NEW_KEY).extract_timestamp(Sealer([NEW_KEY]).seal(ADDRESS)) == 0


def test_the_first_key_seals_and_every_key_opens() -> None:
    sealed = Sealer([OLD_KEY]).seal(ADDRESS)
    assert Sealer([NEW_KEY, OLD_KEY]).unseal(sealed) == ADDRESS
    assert Sealer([NEW_KEY]).unseal(Sealer([NEW_KEY, OLD_KEY]).seal(ADDRESS)) == ADDRESS


def test_after_the_rotation_the_old_key_can_go() -> None:
    rotated = Sealer([NEW_KEY, OLD_KEY]).rotate(Sealer([OLD_KEY]).seal(ADDRESS))
    assert Sealer([NEW_KEY]).unseal(rotated) == ADDRESS
    with pytest.raises(CannotUnseal):
        Sealer([OLD_KEY]).unseal(rotated)


def test_a_foreign_key_opens_and_rotates_nothing() -> None:
    sealed = Sealer([OLD_KEY]).seal(ADDRESS)
    with pytest.raises(CannotUnseal):
        Sealer([NEW_KEY]).unseal(sealed)
    with pytest.raises(CannotUnseal):
        Sealer([NEW_KEY]).rotate(sealed)


def test_a_changed_byte_is_noticed_wherever_it_stands() -> None:
    sealed = base64.urlsafe_b64decode(Sealer([NEW_KEY]).seal(ADDRESS))
    for place in range(len(sealed)):
        changed = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(CannotUnseal):
            Sealer([NEW_KEY]).unseal(base64.urlsafe_b64encode(changed).decode())


@given(any_text)
@example("\ud800")
def test_whatever_else_lies_there_cannot_be_unsealed(rubbish: str) -> None:
    with pytest.raises(CannotUnseal):
        Sealer([NEW_KEY]).unseal(rubbish)


@pytest.mark.parametrize("keys", [[], ["too short"], [NEW_KEY, ""]])
def test_without_a_proper_key_there_is_no_sealer(keys: list[str]) -> None:
    with pytest.raises(ValueError, match="Fernet"):
        Sealer(keys)


def test_equal_values_of_different_uses_have_different_hashes() -> None:
    hashes = {
        keyed_hash(b"key", "address", ADDRESS),
        keyed_hash(b"key", "submission", ADDRESS),
        keyed_hash(b"another key", "address", ADDRESS),
        keyed_hash(b"key", "address" + ADDRESS, ""),
        keyed_hash(b"key", "", "address" + ADDRESS),
    }
    assert len(hashes) == 5
    assert keyed_hash(b"key", "address", ADDRESS) in hashes


@given(any_text, any_text)
@example("\ud800", "\udfff")
@example("\ud800", "?")
def test_values_have_the_same_hash_only_if_they_are_the_same(one: str, other: str) -> None:
    assert (keyed_hash(b"key", "use", one) == keyed_hash(b"key", "use", other)) == (one == other)


def test_a_hash_is_64_hexadecimal_digits() -> None:
    assert len(bytes.fromhex(keyed_hash(b"key", "address", ADDRESS))) == 32
