"""How long a case is somebody's: a claim on which its owner does nothing lapses, and the case is nobody's again.

A claim begins anew with whatever its owner does on the case, with another owner, and when the case comes back to be
worked on. While it waits for somebody else, or is put aside, the claim does not run.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from corrections import desk_settings
from corrections.domain import clocks
from corrections.enums import Status
from corrections.models import Case, Draft

#: Cases that one run takes back; the next run takes the rest.
BATCH = 500
#: Whoever has kept a draft within this time is at work, although nothing has happened to the case.
AT_WORK = timedelta(days=1)


def renewed(case: Case, staff_id: int | None, changes: dict[str, Any], now: datetime) -> dict[str, Any]:
    """The further field that a change by somebody (or nobody of the desk) writes: until when the claim holds."""
    owner = changes.get("assigned_to_id", case.assigned_to_id)
    status = changes.get("status", case.status)
    if owner is None or status != Status.IN_REVIEW:
        return {"claim_ends_at": None}
    is_new = owner != case.assigned_to_id or status != case.status or "snoozed_until" in changes
    aside_until = changes.get("snoozed_until", case.snoozed_until)
    begins = max(now, aside_until) if aside_until else now
    return {"claim_ends_at": _ends(begins)} if is_new or staff_id == owner else {}


def lapsed(now: datetime) -> list[Case]:
    """Cases whose owner has let the claim lapse."""
    at_work = Draft.objects.filter(case=OuterRef("pk"), author=OuterRef("assigned_to"), kept_at__gt=now - AT_WORK)
    ended = Case.objects.filter(status=Status.IN_REVIEW, assigned_to__isnull=False, claim_ends_at__lt=now)
    return list(ended.exclude(Exists(at_work)).order_by("claim_ends_at", "pk")[:BATCH])


def _ends(now: datetime) -> datetime:
    return clocks.calendar().due_at(now, desk_settings.current().claim_holds_working_days)
