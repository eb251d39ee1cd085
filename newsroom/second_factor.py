"""The second factor of the staff: codes of an app, passkeys, recovery codes. Nearly the only place that touches
django-allauth, whose parts are used without its pages: doors, limits and words are ours."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote, urlencode

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as one_time
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import get_language

from newsroom.models import StaffMember
from newsroom.text import clean_line, fold_digits

#: What a session says of somebody who came in with a second factor, or has set one up since.
PROVED = "second_factor"
_PASSKEY_AT = "passkey_at"
#: How long a sign-in by a passkey stands for a code where the account is changed.
PASSKEY_COUNTS = timedelta(minutes=10)
LONGEST_NAME = 60
_TYPE = Authenticator.Type


class WrongCode(Exception):
    """The code is none of this person's, or was used before."""


class WrongPasskey(Exception):
    """The answer of the device proves nothing."""


@dataclass(frozen=True)
class Passkey:
    """A device that somebody signs in with."""

    pk: int
    name: str
    added_at: datetime
    used_at: datetime | None


@dataclass(frozen=True)
class Factors:
    """What somebody has set up. `codes_left` counts the recovery codes that were not used."""

    has_app: bool
    passkeys: tuple[Passkey, ...]
    codes_left: int

    @property
    def is_set_up(self) -> bool:
        return self.has_app or bool(self.passkeys)

    @property
    def count(self) -> int:
        return self.has_app + len(self.passkeys)


def factors_of(member: StaffMember) -> Factors:
    """What somebody has set up (one query)."""
    rows = list(Authenticator.objects.filter(user=member).order_by("pk"))
    codes = next((row.wrap() for row in rows if row.type == _TYPE.RECOVERY_CODES), None)
    passkeys = tuple(
        Passkey(row.pk, row.wrap().name, row.created_at, row.last_used_at) for row in rows if row.type == _TYPE.WEBAUTHN
    )
    has_app = any(row.type == _TYPE.TOTP for row in rows)
    return Factors(has_app, passkeys, len(codes.get_unused_codes()) if codes else 0)


def members_with_factor() -> set[int]:
    """The keys of everybody who has an app or a passkey (one query)."""
    return set(Authenticator.objects.exclude(type=_TYPE.RECOVERY_CODES).values_list("user_id", flat=True))


def has_second_factor(member: StaffMember) -> bool:
    """Whether somebody signs in with more than a password (one query)."""
    return bool(Authenticator.objects.filter(user=member).exclude(type=_TYPE.RECOVERY_CODES).exists())


def with_factor(members: QuerySet[StaffMember]) -> QuerySet[StaffMember]:
    """The members, each with `has_factor`: whether they sign in with more than a password."""
    factors = Authenticator.objects.exclude(type=_TYPE.RECOVERY_CODES)
    return members.annotate(has_factor=Exists(factors.filter(user=OuterRef("pk"))))


def is_missing(request: HttpRequest, member: StaffMember) -> bool:
    """Whether somebody has a second factor that this session has not proved, for it is from before. `member` was read
    by `with_factor`."""
    return bool(getattr(member, "has_factor", False)) and not request.session.get(PROVED, False)


def is_overdue(member: StaffMember, *, proved: bool, now: datetime) -> bool:
    """Whether somebody has let the days go by in which to set a second factor up; whether the role still needs one is
    another question."""
    due = member.second_factor_due_at
    return not proved and due is not None and due <= now


def new_secret() -> str:
    """A secret for an app, not yet anybody's."""
    return str(one_time.generate_totp_secret())


def app_address(member: StaffMember, secret: str) -> str:
    """What the picture for the app holds."""
    site = settings.SITE_NAMES[get_language() or settings.LANGUAGE_CODE]
    label = quote(f"{site}:{member.get_username()}")
    return f"otpauth://totp/{label}?{urlencode({'secret': secret, 'issuer': site}, quote_via=quote)}"


def turn_on_app(member: StaffMember, secret: str, typed: str) -> None:
    """Ties an app to somebody once it shows the right code. Raises WrongCode."""
    counter = _counter(secret, _digits(typed))
    if counter is None:
        raise WrongCode
    Authenticator.objects.filter(user=member, type=_TYPE.TOTP).delete()
    row = one_time.TOTP.activate(member, secret).instance
    _keep_counter(row, counter)


def check_code(member: StaffMember, typed: str) -> None:
    """Accepts a code of the app, or a recovery code, once. Raises WrongCode."""
    digits = _digits(typed)
    with transaction.atomic():
        rows = {row.type: row for row in Authenticator.objects.select_for_update().filter(user=member)}
        app, codes = rows.get(_TYPE.TOTP), rows.get(_TYPE.RECOVERY_CODES)
        if app is not None and _takes_app_code(app, digits):
            app.record_usage()
            return
        if codes is not None and digits and RecoveryCodes(codes).validate_code(digits):
            return
    raise WrongCode


def make_recovery_codes(member: StaffMember) -> list[str]:
    """New recovery codes in the place of all earlier ones, to be shown this once."""
    Authenticator.objects.filter(user=member, type=_TYPE.RECOVERY_CODES).delete()
    return list(RecoveryCodes.activate(member).generate_codes())


def begin_passkey(member: StaffMember) -> dict[str, Any]:
    """What the browser needs to make a passkey; the challenge waits in the session."""
    return dict(webauthn.begin_registration(member, passwordless=False))


def add_passkey(member: StaffMember, name: str, answer: object) -> None:
    """Ties a device to somebody. Raises WrongPasskey."""
    if not isinstance(answer, dict):
        raise WrongPasskey
    try:
        webauthn.parse_registration_response(answer)
        webauthn.complete_registration(answer)
    except (ValidationError, ValueError, TypeError, KeyError) as error:
        raise WrongPasskey from error
    webauthn.WebAuthn.add(member, clean_line(name)[:LONGEST_NAME], answer)


def begin_check(member: StaffMember) -> dict[str, Any] | None:
    """What the browser needs to prove a passkey; None for somebody without any. The challenge waits in the session."""
    if not Authenticator.objects.filter(user=member, type=_TYPE.WEBAUTHN).exists():
        return None
    return dict(webauthn.begin_authentication(member))


def check_passkey(member: StaffMember, answer: object) -> None:
    """Accepts the proof of one of somebody's devices, once. Raises WrongPasskey."""
    if not isinstance(answer, dict):
        raise WrongPasskey
    try:
        webauthn.parse_authentication_response(answer)
        webauthn.complete_authentication(member, answer).record_usage()
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise WrongPasskey from error


def remove_app(member: StaffMember) -> bool:
    """Unties the app; says whether there was one."""
    return _remove(member, type=_TYPE.TOTP)


def remove_passkey(member: StaffMember, pk: int) -> bool:
    """Unties one device; says whether it was one of this person's."""
    return _remove(member, type=_TYPE.WEBAUTHN, pk=pk)


def remove_all(member: StaffMember) -> bool:
    """Unties everything, recovery codes too; says whether there was anything."""
    return bool(Authenticator.objects.filter(user=member).delete()[0])


def note_proved(request: HttpRequest, *, has_factor: bool = True) -> None:
    """Notes in the session whether its owner has a second factor. (Whoever signs in again goes on in the session of
    before.)"""
    request.session[PROVED] = has_factor


def note_passkey(request: HttpRequest, now: datetime) -> None:
    """Notes in the session that a device has just proved itself."""
    request.session[_PASSKEY_AT] = now.timestamp()


def has_just_used_passkey(request: HttpRequest, now: datetime) -> bool:
    """Whether the session was opened with a passkey a moment ago (PASSKEY_COUNTS)."""
    return now.timestamp() - float(request.session.get(_PASSKEY_AT, 0)) < PASSKEY_COUNTS.total_seconds()


def _remove(member: StaffMember, **which: Any) -> bool:
    removed = bool(Authenticator.objects.filter(user=member, **which).delete()[0])
    if removed and not has_second_factor(member):
        # Recovery codes open nothing by themselves.
        Authenticator.objects.filter(user=member).delete()
    return removed


def _takes_app_code(row: Authenticator, digits: str) -> bool:
    """Whether it is a code of the app and later than every one before: a code that was looked over somebody's shoulder
    is worth nothing. The row is locked."""
    counter = _counter(decrypt(row.data["secret"]), digits)
    if counter is None or counter <= row.data.get("last_counter", 0):
        return False
    _keep_counter(row, counter)
    return True


def _keep_counter(row: Authenticator, counter: int) -> None:
    row.data["last_counter"] = counter
    row.save(update_fields=["data"])


def _counter(secret: str, digits: str) -> int | None:
    """The step of time whose code it is; None for none of now."""
    for counter in one_time.yield_hotp_counters_from_time():
        if one_time.compare_user_code(actual=digits, expected=one_time.format_hotp_value(_value(secret, counter))):
            return int(counter)
    return None


def _value(secret: str, counter: int) -> int:
    return int(one_time.hotp_value(secret, counter))


def _digits(typed: str) -> str:
    return re.sub(r"[^0-9]", "", fold_digits(typed))[:20]
