"""The only writer of events. Every event is tied to a version of its case and asks the outbox whom to tell."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from corrections.domain.cases import change_case, values_before, version_to_write
from corrections.domain.claims import renewed
from corrections.domain.waking import woken_by
from corrections.enums import ActorKind, Happening
from corrections.models import Case, Event
from corrections.notifications import outbox
from corrections.rules import Actor


@dataclass(frozen=True)
class By:
    """Who causes an event: a staff member, the reader, somebody asked for a statement, or the clock."""

    kind: ActorKind
    staff_id: int | None = None


READER = By(ActorKind.READER)
ASKED = By(ActorKind.ASKED)
CLOCK = By(ActorKind.CLOCK)


def staff(actor: Actor) -> By:
    """An event caused by somebody on the desk."""
    return By(ActorKind.STAFF, actor.staff_id)


def record(
    case: Case,
    happening: Happening,
    *,
    by: By,
    expected_version: int,
    now: datetime,
    data: dict[str, Any] | None = None,
    **changes: Any,
) -> Event:
    """Changes a case and appends the event that says so, in one transaction.

    In order: guarded UPDATE of the case (raises its version), INSERT of the event (its sequence is the new
    version), INSERT of the deliveries that the event calls for; after the commit the senders are woken. A case that was
    put aside comes back with the change (domain.waking); what its owner does makes the claim hold anew (domain.claims).
    `expected_version` is what whoever acts has seen; what happened since and does not concern the action is no
    obstacle. `data` holds ids and coded words only; what the changed fields held before is kept with the event.
    Raises CaseChanged.
    """
    with transaction.atomic():
        read_at = version_to_write(case, happening, seen=expected_version)
        changes = {**woken_by(case, by.staff_id, changes), **changes}
        before = values_before(case, changes)
        claim = renewed(case, by.staff_id, changes, now)
        version = change_case(case, expected_version=read_at, **claim, **changes)
        return append(case, happening, by=by, sequence=version, now=now, data=data, before=before)


def written_since(case: Case, happening: Happening, text: str, *, by: By, seen: int) -> Event | None:
    """The event with which somebody has written these very words since the version that they saw: a form that was sent
    twice. (No query where nothing happened since.)"""
    if seen >= case.version:
        return None
    mine = Event.objects.filter(case=case, sequence__gt=seen, happening=happening, staff_member_id=by.staff_id)
    return mine.filter(messages__text=text, messages__taken_back_at=None).first()


def append(
    case: Case,
    happening: Happening,
    *,
    by: By,
    sequence: int,
    now: datetime,
    data: dict[str, Any] | None = None,
    before: dict[str, Any] | None = None,
) -> Event:
    """Appends an event to a case whose version the caller has just written (intake writes version 1)."""
    event = Event.objects.create(
        case=case,
        sequence=sequence,
        happening=happening,
        actor_kind=by.kind,
        staff_member_id=by.staff_id,
        happened_at=now,
        data=data or {},
        before=before or {},
    )
    outbox.enqueue(event, case, now)
    return event
