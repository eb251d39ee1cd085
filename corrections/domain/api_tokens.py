"""Keys with which programs work on the desk in a staff member's name."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from corrections import desk_settings
from corrections.domain.access import actor_of, require
from corrections.domain.faults import Fault, refuse_if
from corrections.keys import hashed
from corrections.models import ApiToken
from corrections.rules import may_work_on_desk
from corrections.tokens import issue_link_token
from newsroom import second_factor
from newsroom import staff as accounts
from newsroom.models import Change, StaffMember
from newsroom.text import clean_line

#: Days that a key may live; whoever makes one chooses.
LIFETIMES = (30, 90, 365)
#: Keys that somebody may have at once, and ended ones that are still listed.
MOST_KEYS, SHOWN_ENDED = 20, 20
#: How exactly the last use is known.
_USE_IS_NOTED_EVERY = timedelta(hours=1)
_LABEL = "api token"


class NoSuchKey(Exception):
    """There is no such key of this person, or it has ended already."""


def issue(
    member: StaffMember, *, name: str, may_write: bool, expires_at: datetime, now: datetime
) -> tuple[ApiToken, str]:
    """A new key and its row, noted with the account; the key itself is shown this once and stored only as a keyed
    hash."""
    token = issue_link_token()
    with transaction.atomic():
        row = ApiToken.objects.create(
            staff_member=member,
            name=name,
            prefix=token[:6],
            token_hash=hashed(_LABEL, token),
            may_write=may_write,
            created_at=now,
            expires_at=expires_at,
        )
        accounts.note(member, Change.KEY_MADE, by=member, now=now, key=row.pk)
    return row, token


def make(member: StaffMember, *, name: str, may_write: bool, days: int, now: datetime) -> tuple[ApiToken, str]:
    """A key that somebody makes for themselves, as `issue` does. Raises NotAllowed, and Refused for a name that is
    none, another lifetime or too many keys."""
    require(may_work_on_desk, actor_of(member))
    has_too_many = running(member, now).count() >= MOST_KEYS
    faults = [
        *([] if clean_line(name) else [Fault("name", _("Say what the key is for"))]),
        *([] if days in LIFETIMES else [Fault("days", _("Choose how long the key lives"))]),
        *([Fault("name", _("You have twenty keys already: revoke one first"))] if has_too_many else []),
    ]
    refuse_if(faults)
    expires_at = now + timedelta(days=days)
    return issue(member, name=clean_line(name), may_write=may_write, expires_at=expires_at, now=now)


def running(member: StaffMember, now: datetime) -> QuerySet[ApiToken]:
    """Somebody's keys that open something, newest first."""
    return ApiToken.objects.filter(staff_member=member, revoked_at=None, expires_at__gt=now).order_by("-pk")


def ended(member: StaffMember, now: datetime) -> QuerySet[ApiToken]:
    """The newest of somebody's keys that open nothing any more."""
    is_over = ~Q(revoked_at=None) | Q(expires_at__lte=now)
    return ApiToken.objects.filter(is_over, staff_member=member).order_by("-pk")[:SHOWN_ENDED]


def authenticate(token: str, now: datetime) -> ApiToken | None:
    """The row of a key that is genuine, not revoked, not expired and whose owner is active; one query, and once an hour
    another that notes the use."""
    row = (
        ApiToken.objects.select_related("staff_member")
        .filter(
            token_hash=hashed(_LABEL, token),
            revoked_at=None,
            expires_at__gt=now,
            staff_member__is_active=True,
        )
        .first()
    )
    if row and (row.used_at is None or row.used_at <= now - _USE_IS_NOTED_EVERY):
        ApiToken.objects.filter(pk=row.pk).update(used_at=now)
    return row


def may_use(owner: StaffMember, now: datetime) -> bool:
    """Whether a key of this person opens the desk: never more than the person's own sign-in would now."""
    if not may_work_on_desk(actor_of(owner)):
        return False
    if owner.second_factor_due_at is None or owner.role not in desk_settings.current().second_factor_roles:
        return True
    return not second_factor.is_overdue(owner, proved=second_factor.has_second_factor(owner), now=now)


def revoke(row: ApiToken, *, by: StaffMember, now: datetime) -> bool:
    """Ends a key at once, and notes it with its owner's account; says whether it had not ended before."""
    with transaction.atomic():
        is_revoked = bool(ApiToken.objects.filter(pk=row.pk, revoked_at=None).update(revoked_at=now))
        if is_revoked:
            accounts.note(row.staff_member, Change.KEYS_REVOKED, by=by, now=now, count=1, key=row.pk)
    return is_revoked


def key_of(member: StaffMember, pk: int, now: datetime) -> ApiToken:
    """One of somebody's keys that still opens something. Raises NoSuchKey."""
    found = running(member, now).select_related("staff_member").filter(pk=pk).first()
    if found is None:
        raise NoSuchKey
    return found


def revoke_all(member: StaffMember, *, by: StaffMember, now: datetime) -> None:
    """Ends all keys of somebody at once, and notes it where there were any: what ends all sessions ends them too."""
    with transaction.atomic():
        count = ApiToken.objects.filter(staff_member=member, revoked_at=None).update(revoked_at=now)
        if count:
            accounts.note(member, Change.KEYS_REVOKED, by=by, now=now, count=count)
