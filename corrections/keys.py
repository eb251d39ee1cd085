"""The secrets of this installation, as the desk uses them. The only place that reads them from the settings."""

from functools import lru_cache

from django.conf import settings

from corrections.sealing import Sealer, keyed_hash


def hashing_key() -> bytes:
    """Key of every keyed hash."""
    return bytes(settings.HASHING_KEY)


def hashed(label: str, value: str) -> str:
    """Keyed hash (hexadecimal) of a value; `label` keeps the uses of the key apart."""
    return keyed_hash(hashing_key(), label, value)


def sealer() -> Sealer:
    """Seals and unseals what must not lie readable in the database."""
    return _sealer(tuple(settings.SEALING_KEYS))


@lru_cache(maxsize=4)
def _sealer(keys: tuple[str, ...]) -> Sealer:
    return Sealer(keys)
