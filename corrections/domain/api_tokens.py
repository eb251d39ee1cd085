"""Keys with which programs work on the desk in a staff member's name."""

from datetime import datetime

from django.db import transaction

from corrections.keys import hashed
from corrections.models import ApiToken
from corrections.tokens import issue_link_token
from newsroom import staff as accounts
from newsroom.models import Change, StaffMember

_LABEL = "api token"


def issue(
    member: StaffMember, *, name: str, may_write: bool, expires_at: datetime, now: datetime
) -> tuple[ApiToken, str]:
    """A new key and its row; the key itself is shown this once and stored only as a keyed hash."""
    token = issue_link_token()
    row = ApiToken.objects.create(
        staff_member=member,
        name=name,
        prefix=token[:6],
        token_hash=hashed(_LABEL, token),
        may_write=may_write,
        created_at=now,
        expires_at=expires_at,
    )
    return row, token


def authenticate(token: str, now: datetime) -> ApiToken | None:
    """The row of a key that is genuine, not revoked, not expired and whose owner is active; one query."""
    return (
        ApiToken.objects.select_related("staff_member")
        .filter(
            token_hash=hashed(_LABEL, token),
            revoked_at=None,
            expires_at__gt=now,
            staff_member__is_active=True,
        )
        .first()
    )


def revoke(row: ApiToken, now: datetime) -> None:
    """Ends a key at once."""
    ApiToken.objects.filter(pk=row.pk, revoked_at=None).update(revoked_at=now)


def revoke_all(member: StaffMember, *, by: StaffMember, now: datetime) -> None:
    """Ends all keys of somebody at once, and notes it where there were any: what ends all sessions ends them too."""
    with transaction.atomic():
        count = ApiToken.objects.filter(staff_member=member, revoked_at=None).update(revoked_at=now)
        if count:
            accounts.note(member, Change.KEYS_REVOKED, by=by, now=now, count=count)
