"""Notes in a session of the staff: sealed, for a while, and for the person alone for whom they were kept."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from corrections.keys import sealer
from corrections.sealing import CannotUnseal
from newsroom.models import StaffMember


def keep(request: HttpRequest, name: str, value: Any, member: StaffMember, *, lasts: timedelta, now: datetime) -> None:
    """Keeps a value (of what JSON has) under a name in the session, instead of what was kept there before."""
    note = {"member": member.pk, "until": (now + lasts).timestamp(), "value": value}
    request.session[name] = sealer().seal(json.dumps(note, ensure_ascii=False))


def read(request: HttpRequest, name: str, member: StaffMember, now: datetime) -> Any:
    """What was kept; None where nothing is, its time is over, or it is somebody else's."""
    sealed = request.session.get(name)
    if sealed is None:
        return None
    try:
        note = json.loads(sealer().unseal(sealed))
    except CannotUnseal:
        return None
    is_due = note["member"] == member.pk and now.timestamp() < note["until"]
    return note["value"] if is_due else None


def forget(request: HttpRequest, name: str) -> None:
    """Forgets what was kept under a name."""
    request.session.pop(name, None)
