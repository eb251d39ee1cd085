"""The only writer of the desk's settings: a new version for each change, none is ever overwritten."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import IntegrityError, transaction

from corrections import desk_settings
from corrections.desk_settings import DeskSettings
from corrections.domain.access import actor_of, require
from corrections.models import SettingsVersion
from corrections.rules import may_change_settings
from newsroom.models import StaffMember

#: Versions that the page lists.
SHOWN_VERSIONS = 20


class SettingsChanged(Exception):
    """Somebody published other settings meanwhile; nothing was written."""


@dataclass(frozen=True)
class Difference:
    """One setting that differs: its name, what it was and what it becomes."""

    name: str
    before: Any
    after: Any


@dataclass(frozen=True)
class PastVersion:
    """A published version and what it changed in the one before."""

    version: SettingsVersion
    differences: list[Difference]


def differences(before: DeskSettings, after: DeskSettings) -> list[Difference]:
    """What differs between two states, in the order of the page."""
    old, new = before.values(), after.values()
    return [Difference(name, old[name], new[name]) for name in new if old[name] != new[name]]


def publish(values: DeskSettings, *, expected: int, by: StaffMember, now: datetime) -> int:
    """Puts settings into force as version `expected` + 1 and returns that number; equal ones write nothing.

    Raises NotAllowed, and SettingsChanged where `expected` is no longer the version in force.
    """
    require(may_change_settings, actor_of(by))
    before = desk_settings.current()
    if before.number != expected:
        raise SettingsChanged
    if not differences(before, values):
        return expected
    try:
        with transaction.atomic():
            SettingsVersion.objects.create(
                number=expected + 1, values=values.values(), published_at=now, published_by=by
            )
    except IntegrityError:
        raise SettingsChanged from None
    return expected + 1


def history() -> list[PastVersion]:
    """The newest versions with what each changed (one query)."""
    versions = list(SettingsVersion.objects.select_related("published_by")[: SHOWN_VERSIONS + 1])
    states = [desk_settings.of_version(version) for version in versions]
    if len(versions) <= SHOWN_VERSIONS:
        states.append(desk_settings.of_environment())
    pairs = zip(versions, pairwise(states), strict=False)
    return [PastVersion(version, differences(before, after)) for version, (after, before) in pairs]
