"""Short-lived proofs: a form's token, a mailed link's token, the day's name for a source of requests."""

import base64
import hmac
import ipaddress
import secrets
from dataclasses import dataclass
from datetime import datetime

_RANDOM_BYTES = 16
_TIME_BYTES = 8
_LINK_BYTES = 24
#: Where the address says nothing that could be counted (a Unix socket, rubbish): one source for all of them.
UNKNOWN_SOURCE = "unknown"


@dataclass(frozen=True)
class FormToken:
    """What a form brings back: the key that makes its submission one (128 random bits), and its age."""

    submission_key: str
    age_seconds: int


class FormTokenForged(Exception):
    """We did not issue this token, or not for this form."""


class FormTokenExpired(Exception):
    """The form was open for too long. `form_token` is genuine and still finds a case that it has made."""

    def __init__(self, form_token: FormToken) -> None:
        super().__init__(f"{form_token.age_seconds} s old")
        self.form_token = form_token


class FormTokenTooYoung(Exception):
    """The form came back faster than people write. `form_token` is genuine: suspicious, never lost."""

    def __init__(self, form_token: FormToken) -> None:
        super().__init__(f"{form_token.age_seconds} s old")
        self.form_token = form_token


def issue_form_token(key: bytes, now: datetime, purpose: str) -> str:
    """A new token (97 characters, safe in URLs); it counts only in the form that `purpose` names."""
    seconds = int(now.timestamp()).to_bytes(_TIME_BYTES)
    body = _text(secrets.token_bytes(_RANDOM_BYTES) + seconds)
    return f"{body}.{_signature(key, purpose, body)}"


def read_form_token(
    key: bytes,
    token: str,
    now: datetime,
    purpose: str,
    minimum_age_seconds: int,
    maximum_age_seconds: int,
) -> FormToken:
    """The submission key and the age of a token that came back; both ends of the allowed age are allowed.

    Ages are whole seconds and may be wrong by one; a token from the future (clocks differ) has age zero. The
    same token may come back many times and gives the same submission key each time.

    Raises FormTokenForged, FormTokenExpired, FormTokenTooYoung.
    """
    body, _, signature = token.partition(".")
    if not _equal(signature, _signature(key, purpose, body)):
        raise FormTokenForged
    content = base64.urlsafe_b64decode(body)
    age_seconds = int(now.timestamp()) - int.from_bytes(content[_RANDOM_BYTES:])
    form_token = FormToken(_text(content[:_RANDOM_BYTES]), max(age_seconds, 0))
    if form_token.age_seconds > maximum_age_seconds:
        raise FormTokenExpired(form_token)
    if form_token.age_seconds < minimum_age_seconds:
        raise FormTokenTooYoung(form_token)
    return form_token


def issue_link_token() -> str:
    """A new token for a link or a program: 192 random bits, 32 characters, safe in URLs."""
    return secrets.token_urlsafe(_LINK_BYTES)


def hash_link_token(key: bytes, token: str) -> str:
    """The keyed hash (64 hexadecimal digits) under which a link token is stored and found."""
    return _keyed(key, b"tashih/tokens/link", token).hex()


def source_hash(key_of_day: bytes, address: str) -> str:
    """The day's name (64 hexadecimal digits) for the network from which a request came.

    Nobody leads it back to the address once the key of the day is deleted; until then, whoever has the key
    can try every network. Counts by /24 for IPv4 and by /48 for IPv6, the sizes that one customer commonly
    has or can change within; IPv4 inside IPv6 counts as IPv4. Everything that is no address is one source:
    the door must know the real address, or all its readers share one budget.
    """
    return _keyed(key_of_day, b"tashih/tokens/source", _network_of(address)).hex()


def _network_of(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address.strip())
    except ValueError:
        return UNKNOWN_SOURCE
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is not None:
        parsed = parsed.ipv4_mapped
    prefix = 24 if parsed.version == 4 else 48
    return str(ipaddress.ip_network((parsed.packed, prefix), strict=False))


def _signature(key: bytes, purpose: str, body: str) -> str:
    key_of_form = _keyed(key, b"tashih/tokens/form", purpose)
    return hmac.digest(key_of_form, body.encode(errors="surrogatepass"), "sha256").hex()


def _keyed(key: bytes, use: bytes, value: str) -> bytes:
    # A key of its own for each use: a value of one use can never be passed off as one of another.
    key_of_use = hmac.digest(key, use, "sha256")
    return hmac.digest(key_of_use, value.encode(errors="surrogatepass"), "sha256")


def _equal(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(errors="surrogatepass"), other.encode(errors="surrogatepass"))


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")
