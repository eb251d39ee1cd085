"""The desk's settings: the one place that reads them. The environment gives what holds until administrators publish
something; from then on the newest published version holds, and the environment only fills in what it does not know."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, fields
from typing import Any

from django.conf import settings

from corrections.models import SettingsVersion


@dataclass(frozen=True)
class DeskSettings:
    """What a newsroom decides for itself. `number` is the version in force, 0 while the environment alone speaks."""

    safety_watched_at_night: bool
    emergency_numbers: str
    advertising_address: str
    comments_address: str
    legal_address: str
    quick_leave_address: str
    identity_kept_days: int
    evidence_files: int
    evidence_megabytes: int
    undo_seconds: int
    claim_holds_working_days: int
    presence_seconds: int
    digest_hour: int
    second_factor_roles: tuple[str, ...]
    number: int = 0

    def values(self) -> dict[str, Any]:
        """Everything but the number, as a version keeps it."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in self._pairs()}

    def _pairs(self) -> list[tuple[str, Any]]:
        return [(field.name, getattr(self, field.name)) for field in fields(self) if field.name != "number"]


#: The settings of the request that is being answered, once somebody has asked for them.
_kept: ContextVar[list[DeskSettings] | None] = ContextVar("desk settings", default=None)


def current() -> DeskSettings:
    """The settings in force: one query, and within one request one at most."""
    kept = _kept.get()
    if kept is None:
        return _read()
    if not kept:
        kept.append(_read())
    return kept[0]


@contextmanager
def kept_once() -> Iterator[None]:
    """Within it the settings are read once; for the answer to one request."""
    token = _kept.set([])
    try:
        yield
    finally:
        _kept.reset(token)


@contextmanager
def instead(values: DeskSettings) -> Iterator[None]:
    """Within it these settings hold, for a preview; nothing is written."""
    token = _kept.set([values])
    try:
        yield
    finally:
        _kept.reset(token)


def of_environment() -> DeskSettings:
    """What the environment says."""
    return DeskSettings(
        safety_watched_at_night=settings.SAFETY_WATCHED_AT_NIGHT,
        emergency_numbers=settings.EMERGENCY_NUMBERS,
        advertising_address=settings.ADVERTISING_ADDRESS,
        comments_address=settings.COMMENTS_ADDRESS,
        legal_address=settings.LEGAL_ADDRESS,
        quick_leave_address=settings.QUICK_LEAVE_ADDRESS,
        identity_kept_days=settings.IDENTITY_KEPT_DAYS,
        evidence_files=settings.EVIDENCE_FILES,
        evidence_megabytes=settings.EVIDENCE_MEGABYTES,
        undo_seconds=settings.DELIVERY_HOLD_SECONDS,
        claim_holds_working_days=settings.CLAIM_HOLDS_WORKING_DAYS,
        presence_seconds=settings.PRESENCE_SECONDS,
        digest_hour=settings.DIGEST_HOUR,
        second_factor_roles=tuple(sorted(settings.SECOND_FACTOR_ROLES)),
    )


def of_version(version: SettingsVersion) -> DeskSettings:
    """What a version says; what it does not know, because it is older, the environment says."""
    known = of_environment().values()
    values = {**known, **{name: value for name, value in version.values.items() if name in known}}
    values["second_factor_roles"] = tuple(values["second_factor_roles"])
    return DeskSettings(**values, number=version.number)


def _read() -> DeskSettings:
    newest = SettingsVersion.objects.order_by("-number").first()
    return of_version(newest) if newest else of_environment()
