"""People of the newsroom, as far as cases are concerned: who invites them by mail, and what becomes of their cases when
their work changes. The accounts themselves are written by newsroom.staff."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from corrections.domain import api_tokens
from corrections.domain.access import actor_of, facts_of, require
from corrections.domain.timeline import record, staff
from corrections.enums import OPEN_STATUSES, DeliveryStatus, Happening, Status
from corrections.models import Case, Delivery
from corrections.notifications import outbox
from corrections.notifications.links import staff_token
from corrections.rules import Actor, may_manage_staff, may_work_on
from newsroom import second_factor
from newsroom import staff as accounts
from newsroom.models import Change, StaffChange, StaffMember
from newsroom.staff import Account

INVITATION = "invitation"
#: How long a mailed link sets a password.
LINK_LIVES = timedelta(days=3)
#: Changes of one account that its page shows.
SHOWN_CHANGES = 50
#: Cases on which somebody still has to work.
_UNFINISHED = (*OPEN_STATUSES, Status.HELD)


class NoSuchMember(Exception):
    """There is no such account."""


class InvitationGone(Exception):
    """The link is unknown, was used, or is too old."""


@dataclass(frozen=True)
class Listed:
    """Somebody in the list of the staff. `invited` is how the mail with the link fared, while it is waited for."""

    member: StaffMember
    has_factor: bool
    invited: DeliveryStatus | None


def everybody(actor: Actor) -> list[Listed]:
    """Everybody with an account, open ones first (three queries). Raises NotAllowed."""
    require(may_manage_staff, actor)
    members = list(StaffMember.objects.order_by("-is_active", "display_name", "pk"))
    with_factor = second_factor.members_with_factor()
    mails = Delivery.objects.filter(template=INVITATION).order_by("pk").values_list("staff_member", "status")
    status = {pk: DeliveryStatus(each) for pk, each in mails}
    return [
        Listed(member, member.pk in with_factor, None if member.has_usable_password() else status.get(member.pk))
        for member in members
    ]


def member(actor: Actor, pk: int) -> StaffMember:
    """One account. Raises NotAllowed, NoSuchMember."""
    require(may_manage_staff, actor)
    found = StaffMember.objects.filter(pk=pk).first()
    if found is None:
        raise NoSuchMember
    return found


def changes_of(member: StaffMember) -> QuerySet[StaffChange]:
    """What was changed about an account, newest first."""
    return StaffChange.objects.filter(member=member).select_related("made_by")[:SHOWN_CHANGES]


def invite(username: str, account: Account, *, by: StaffMember, now: datetime) -> StaffMember:
    """Makes an account and mails its owner a link that sets the password. Raises NotAllowed, NameTaken."""
    require(may_manage_staff, actor_of(by))
    with transaction.atomic():
        invited = accounts.make(username, account, password=None, by=by, now=now)
        outbox.enqueue_to_member(invited, INVITATION, now)
    return invited


def send_link(member: StaffMember, *, by: StaffMember, now: datetime) -> None:
    """Takes somebody's password away and mails a new link: the second factor stays. Raises NotAllowed."""
    require(may_manage_staff, actor_of(by))
    with transaction.atomic():
        accounts.await_password(member, by=by, now=now)
        api_tokens.revoke_all(member, by=by, now=now)
        outbox.enqueue_to_member(member, INVITATION, now)


def change(member: StaffMember, account: Account, *, seen: int, by: StaffMember, now: datetime) -> None:
    """Changes an account; open cases that its owner may no longer work on go back to nobody. Another address or role
    ends the link of somebody who has not joined yet; a new one is mailed.

    Raises NotAllowed, AccountChanged where `seen` is not its newest change, OwnRole, LastAdministrator.
    """
    require(may_manage_staff, actor_of(by))
    with transaction.atomic():
        made = accounts.change(member, account, seen=seen, by=by, now=now)
        if {Change.ROLE, Change.SECTIONS} & set(made):
            _take_back_cases(member, by=by, now=now)
        if Change.ROLE in made:
            api_tokens.revoke_all(member, by=by, now=now)
        _invite_anew(member, now)


def deactivate(member: StaffMember, *, by: StaffMember, now: datetime) -> None:
    """Closes an account; its owner's open cases go back to nobody. Raises NotAllowed, OwnRole, LastAdministrator."""
    require(may_manage_staff, actor_of(by))
    with transaction.atomic():
        if accounts.deactivate(member, by=by, now=now):
            _take_back_cases(member, by=by, now=now)
        api_tokens.revoke_all(member, by=by, now=now)


def activate(member: StaffMember, *, by: StaffMember, now: datetime) -> None:
    """Opens a closed account again. Raises NotAllowed."""
    require(may_manage_staff, actor_of(by))
    accounts.activate(member, by=by, now=now)


def reset_factors(member: StaffMember, *, by: StaffMember, now: datetime) -> None:
    """Unties the second factor of somebody who lost it. Raises NotAllowed, OwnRole: one's own is for another."""
    require(may_manage_staff, actor_of(by))
    if member.pk == by.pk:
        raise accounts.OwnRole
    with transaction.atomic():
        accounts.reset_factors(member, by=by, now=now)
        api_tokens.revoke_all(member, by=by, now=now)


def change_password(member: StaffMember, password: str, *, now: datetime) -> None:
    """Writes a password that somebody chose; all their sessions and keys end."""
    with transaction.atomic():
        accounts.change_password(member, password, now=now)
        api_tokens.revoke_all(member, by=member, now=now)


def invited(number: int, token: str, now: datetime) -> StaffMember:
    """Whose link this is (one query). Raises InvitationGone."""
    mail = Delivery.objects.filter(pk=number, template=INVITATION).select_related("staff_member").first()
    if mail is None or mail.staff_member is None or not _is_good(mail, mail.staff_member, token, now):
        raise InvitationGone
    return mail.staff_member


def join(number: int, token: str, password: str, now: datetime) -> None:
    """Sets the password that somebody chose by their link, which opens nothing afterwards. Raises InvitationGone."""
    with transaction.atomic():
        found = invited(number, token, now)
        # The lock makes two presses of one button one.
        locked = StaffMember.objects.select_for_update(no_key=True).get(pk=found.pk)
        if locked.password != found.password:
            raise InvitationGone
        accounts.set_password(locked, password, by=locked, change=Change.JOINED, now=now)


def _invite_anew(member: StaffMember, now: datetime) -> None:
    """Mails a new link where the one that is out has just ended. `member` is the account as it was."""
    stored = StaffMember.objects.get(pk=member.pk)
    is_waited_for = stored.is_active and not stored.has_usable_password()
    if is_waited_for and (stored.email, stored.role) != (member.email, member.role):
        outbox.enqueue_to_member(stored, INVITATION, now)


def _is_good(mail: Delivery, member: StaffMember, token: str, now: datetime) -> bool:
    is_waited_for = member.is_active and not member.has_usable_password()
    return is_waited_for and now < mail.written_at + LINK_LIVES and _is_same(staff_token(mail, member), token)


def _is_same(one: str, other: str) -> bool:
    return hmac.compare_digest(one.encode(), other.encode())


def _take_back_cases(member: StaffMember, *, by: StaffMember, now: datetime) -> None:
    """Gives the open and the held cases of somebody who may no longer work on them to nobody. Locked first: what a
    colleague does on one of them at this moment comes before or after, and keeps no account from being changed."""
    then = actor_of(StaffMember.objects.get(pk=member.pk))
    theirs = Case.objects.filter(assigned_to=member, status__in=_UNFINISHED).select_related("article", "identity")
    for case in theirs.order_by("pk").select_for_update(of=("self",), no_key=True):
        if not may_work_on(then, facts_of(case)):
            record(
                case,
                Happening.UNASSIGNED,
                by=staff(actor_of(by)),
                expected_version=case.version,
                now=now,
                data={"from": member.pk},
                assigned_to_id=None,
            )
