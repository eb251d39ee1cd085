"""The only writer of accounts. Every change is noted in StaffChange, append-only; nothing that a person chooses for
comfort alone (the keyboard shortcuts) is."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from newsroom import second_factor, sessions
from newsroom.models import Change, StaffChange, StaffMember


def set_shortcuts(member: StaffMember, *, on: bool) -> None:
    """Switches keyboard shortcuts on or off for a person (one UPDATE)."""
    StaffMember.objects.filter(pk=member.pk).update(keyboard_shortcuts=on)


def note(member: StaffMember, change: Change, *, by: StaffMember | None, now: datetime, **data: Any) -> None:
    """Notes a change of an account; `data` holds ids and coded words."""
    StaffChange.objects.create(member=member, made_by=by, change=change, data=data, made_at=now)


def note_signed_in(member: StaffMember, *, has_factor: bool, roles: frozenset[str], now: datetime) -> None:
    """Begins the days in which somebody whose role needs a second factor has to set one up."""
    if has_factor or member.role not in roles or member.second_factor_due_at is not None:
        return
    member.second_factor_due_at = now + timedelta(days=settings.SECOND_FACTOR_GRACE_DAYS)
    StaffMember.objects.filter(pk=member.pk).update(second_factor_due_at=member.second_factor_due_at)


def change_password(member: StaffMember, password: str, *, now: datetime) -> None:
    """Writes a password that somebody chose, and ends all their sessions; the door opens this one anew."""
    with transaction.atomic():
        member.set_password(password)
        StaffMember.objects.filter(pk=member.pk).update(password=member.password)
        note(member, Change.PASSWORD, by=member, now=now)
        sessions.end_sessions(member)


def add_app(member: StaffMember, secret: str, code: str, *, now: datetime) -> None:
    """Ties an app to somebody. Raises WrongCode."""
    with transaction.atomic():
        second_factor.turn_on_app(member, secret, code)
        note(member, Change.FACTOR_ADDED, by=member, now=now, type="app")


def add_passkey(member: StaffMember, name: str, answer: object, *, now: datetime) -> None:
    """Ties a device to somebody. Raises WrongPasskey."""
    with transaction.atomic():
        second_factor.add_passkey(member, name, answer)
        note(member, Change.FACTOR_ADDED, by=member, now=now, type="passkey")


def remove_app(member: StaffMember, *, now: datetime) -> None:
    """Unties somebody's app."""
    with transaction.atomic():
        if second_factor.remove_app(member):
            note(member, Change.FACTOR_REMOVED, by=member, now=now, type="app")


def remove_passkey(member: StaffMember, pk: int, *, now: datetime) -> None:
    """Unties one of somebody's devices."""
    with transaction.atomic():
        if second_factor.remove_passkey(member, pk):
            note(member, Change.FACTOR_REMOVED, by=member, now=now, type="passkey")


def make_recovery_codes(member: StaffMember, *, now: datetime) -> list[str]:
    """New recovery codes in the place of the earlier ones, to be shown this once."""
    with transaction.atomic():
        note(member, Change.CODES_MADE, by=member, now=now)
        return second_factor.make_recovery_codes(member)


def find_active(pk: int) -> StaffMember | None:
    """Somebody whose account is open."""
    return StaffMember.objects.filter(pk=pk, is_active=True).first()
