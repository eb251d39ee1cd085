"""The only writer of accounts. Every change is noted in StaffChange, append-only; nothing that a person chooses for
comfort alone (the keyboard shortcuts) is."""

from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction

from newsroom import guesses, second_factor, sessions
from newsroom.models import Change, StaffChange, StaffMember
from newsroom.models.staff import Role

#: What of an account administrators choose, and the form of an account shows.
_CHOSEN = (Change.ROLE, Change.LANGUAGE, Change.SECTIONS, Change.DETAILS)


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
        guesses.forgive(guesses.by_strangers(member.get_username()))


def add_app(member: StaffMember, secret: str, code: str, *, session: str | None, now: datetime) -> None:
    """Ties an app to somebody, and ends all their sessions but one. Raises WrongCode."""
    with transaction.atomic():
        second_factor.turn_on_app(member, secret, code)
        note(member, Change.FACTOR_ADDED, by=member, now=now, type="app")
        sessions.end_sessions(member, except_key=session)


def add_passkey(member: StaffMember, name: str, answer: object, *, session: str | None, now: datetime) -> None:
    """Ties a device to somebody, and ends all their sessions but one. Raises WrongPasskey."""
    with transaction.atomic():
        second_factor.add_passkey(member, name, answer)
        note(member, Change.FACTOR_ADDED, by=member, now=now, type="passkey")
        sessions.end_sessions(member, except_key=session)


def remove_app(member: StaffMember, *, session: str | None, now: datetime) -> None:
    """Unties somebody's app, and ends all their sessions but one."""
    with transaction.atomic():
        if second_factor.remove_app(member):
            note(member, Change.FACTOR_REMOVED, by=member, now=now, type="app")
            sessions.end_sessions(member, except_key=session)


def remove_passkey(member: StaffMember, pk: int, *, session: str | None, now: datetime) -> None:
    """Unties one of somebody's devices, and ends all their sessions but one."""
    with transaction.atomic():
        if second_factor.remove_passkey(member, pk):
            note(member, Change.FACTOR_REMOVED, by=member, now=now, type="passkey")
            sessions.end_sessions(member, except_key=session)


def make_recovery_codes(member: StaffMember, *, now: datetime) -> list[str]:
    """New recovery codes in the place of the earlier ones, to be shown this once."""
    with transaction.atomic():
        note(member, Change.CODES_MADE, by=member, now=now)
        return second_factor.make_recovery_codes(member)


def find_active(pk: int) -> StaffMember | None:
    """Somebody whose account is open."""
    return StaffMember.objects.filter(pk=pk, is_active=True).first()


@dataclass(frozen=True)
class Account:
    """What administrators choose for somebody."""

    display_name: str
    email: str
    role: str
    language: str
    section_ids: tuple[int, ...] = ()


class NameTaken(Exception):
    """There is already an account with this user name."""


class OwnRole(Exception):
    """Nobody takes a role from themselves, or closes their own account."""


class AccountChanged(Exception):
    """Somebody else changed the account since it was looked at; nothing was written."""


class LastAdministrator(Exception):
    """Without this person nobody could administrate any more."""


def make(
    username: str, account: Account, *, password: str | None, by: StaffMember | None, now: datetime
) -> StaffMember:
    """A new account; without a password it waits for the link that invites. Raises NameTaken."""
    with transaction.atomic():
        if StaffMember.objects.filter(username__iexact=username).exists():
            raise NameTaken
        member = StaffMember(username=username, is_staff=account.role == Role.ADMINISTRATOR, **asdict(account))
        member.section_ids = list(account.section_ids)
        member.set_password(password)
        member.save()
        note(member, Change.MADE if password else Change.INVITED, by=by, now=now, role=account.role)
    return member


def newest_change(member: StaffMember) -> int:
    """The key of the newest change of what administrators choose for somebody; 0 where nothing was changed."""
    changes = StaffChange.objects.filter(member=member, change__in=_CHOSEN).order_by("-pk")
    return changes.values_list("pk", flat=True).first() or 0


def change(member: StaffMember, account: Account, *, seen: int, by: StaffMember, now: datetime) -> list[Change]:
    """Writes what differs, each noted by itself; returns what did. `seen` is the `newest_change` that its author knows.

    Raises AccountChanged, OwnRole, LastAdministrator.
    """
    with transaction.atomic():
        stored = StaffMember.objects.select_for_update(no_key=True).get(pk=member.pk)
        if newest_change(stored) != seen:
            raise AccountChanged
        if account.role != stored.role:
            _require_other(stored, by)
            _require_another_administrator(stored)
        changes = _differences(stored, account)
        StaffMember.objects.filter(pk=member.pk).update(
            **{**asdict(account), "section_ids": list(account.section_ids)},
            is_staff=account.role == Role.ADMINISTRATOR,
        )
        for what, data in changes.items():
            note(stored, what, by=by, now=now, **data)
        if Change.ROLE in changes:
            # What the other role may see is asked for anew, with the second factor that it may need.
            sessions.end_sessions(stored)
    return list(changes)


def deactivate(member: StaffMember, *, by: StaffMember, now: datetime) -> bool:
    """Closes an account and ends its sessions at once; says whether it was open. Raises OwnRole, LastAdministrator."""
    with transaction.atomic():
        _require_other(member, by)
        _require_another_administrator(member)
        closed = StaffMember.objects.filter(pk=member.pk, is_active=True).update(is_active=False)
        if closed:
            note(member, Change.DEACTIVATED, by=by, now=now)
        sessions.end_sessions(member)
    return bool(closed)


def activate(member: StaffMember, *, by: StaffMember, now: datetime) -> None:
    """Opens a closed account again."""
    with transaction.atomic():
        if StaffMember.objects.filter(pk=member.pk, is_active=False).update(is_active=True):
            note(member, Change.ACTIVATED, by=by, now=now)


def reset_factors(member: StaffMember, *, by: StaffMember, now: datetime) -> None:
    """Unties every second factor of somebody who lost theirs, ends their sessions, and lets the days in which a new one
    is set up begin at the next sign-in."""
    with transaction.atomic():
        if second_factor.remove_all(member):
            note(member, Change.FACTORS_RESET, by=by, now=now)
        StaffMember.objects.filter(pk=member.pk).update(second_factor_due_at=None)
        sessions.end_sessions(member)


def await_password(member: StaffMember, *, by: StaffMember, now: datetime) -> None:
    """Takes the password away, ends the sessions, and notes that a new link was asked for."""
    with transaction.atomic():
        member.set_unusable_password()
        StaffMember.objects.filter(pk=member.pk).update(password=member.password)
        note(member, Change.INVITED_AGAIN, by=by, now=now)
        sessions.end_sessions(member)


def set_password(member: StaffMember, password: str, *, by: StaffMember | None, change: Change, now: datetime) -> None:
    """Writes a password, notes how that came about, and ends all sessions."""
    with transaction.atomic():
        member.set_password(password)
        StaffMember.objects.filter(pk=member.pk).update(password=member.password)
        note(member, change, by=by, now=now)
        sessions.end_sessions(member)
        guesses.forgive(guesses.by_strangers(member.get_username()))


def _differences(stored: StaffMember, account: Account) -> dict[Change, dict[str, Any]]:
    found: dict[Change, dict[str, Any]] = {}
    if account.role != stored.role:
        found[Change.ROLE] = {"from": stored.role, "to": account.role}
    if account.language != stored.language:
        found[Change.LANGUAGE] = {"to": account.language}
    if list(account.section_ids) != stored.section_ids:
        found[Change.SECTIONS] = {"to": list(account.section_ids)}
    if (account.display_name, account.email) != (stored.display_name, stored.email):
        found[Change.DETAILS] = {}
    return found


def _require_other(member: StaffMember, by: StaffMember) -> None:
    if member.pk == by.pk:
        raise OwnRole


def _require_another_administrator(member: StaffMember) -> None:
    """Under a lock: two administrators who close each other's account at once must not both succeed."""
    administrators = StaffMember.objects.select_for_update(no_key=True).filter(role=Role.ADMINISTRATOR, is_active=True)
    if {each.pk for each in administrators} == {member.pk}:
        raise LastAdministrator
