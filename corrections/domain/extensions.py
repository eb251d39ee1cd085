"""Putting a decision off: as often and as far as the case's procedure allows, with a reason that its reader is told. It
is taken back only before the letter goes out: a day that was promised is never brought forward."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from corrections.domain import clocks
from corrections.domain.access import facts_of, require
from corrections.domain.faults import Fault, length_fault, refuse_if
from corrections.domain.procedures_in_force import procedure_of
from corrections.domain.timeline import record, staff
from corrections.enums import OPEN_STATUSES, Happening, Purpose, WaitingOn
from corrections.models import Case, Event, Message
from corrections.procedures import extended
from corrections.rules import Actor, may_extend
from newsroom.text import clean_text

#: Where the clock starts anew, and the extensions with it.
_NEW_CLOCKS = (Happening.REOPENED, Happening.REVIEW_ASKED)


def extensions_left(case: Case, events: Sequence[Event]) -> int:
    """How often the decision may still be put off, by what happened on the case so far (oldest first); none while it is
    not open, or waits for its reader, for then no clock runs."""
    if case.status not in OPEN_STATUSES or case.waiting_on == WaitingOn.READER:
        return 0
    undone = {event.data["undone"] for event in events if event.happening == Happening.UNDONE}
    used = 0
    for event in events:
        if event.pk not in undone:
            used = 0 if event.happening in _NEW_CLOCKS else used + (event.happening == Happening.DEADLINE_EXTENDED)
    return max(procedure_of(case).extensions - used, 0)


def extend(case: Case, amount: int, reason: str, *, actor: Actor, expected_version: int, now: datetime) -> Event:
    """Promises a later day, so many units of the procedure's extension after the promised one, or after today where
    that has passed. In one transaction: the case, the event, the letter to the reader, and the reason as a message that
    the reader sees.

    Raises Refused (no reason, no extension left, more than one may be), NotAllowed, CaseChanged.
    """
    require(may_extend, actor, facts_of(case))
    clean = clean_text(reason)
    refuse_if([*_faults(case, amount), *_reason_faults(clean)])
    site, clock = clocks.calendar(), replace(procedure_of(case).extension, amount=amount)
    due = extended(clock, site, site.later_of(case.decision_due_at, now))
    data = {"from": case.decision_due_at.isoformat(), "due": due.isoformat(), "amount": amount, "unit": clock.unit}
    with transaction.atomic():
        event = record(
            case,
            Happening.DEADLINE_EXTENDED,
            by=staff(actor),
            expected_version=expected_version,
            now=now,
            data=data,
            decision_due_at=due,
        )
        Message.objects.create(
            case_id=case.pk,
            event=event,
            purpose=Purpose.EXTENSION,
            text=clean,
            written_at=now,
            written_by_id=actor.staff_id,
        )
    return event


def _faults(case: Case, amount: int) -> list[Fault]:
    if not extensions_left(case, list(case.events.order_by("sequence"))):
        return [Fault("amount", _("The procedure allows no extension now"))]
    if not 1 <= amount <= procedure_of(case).extension.amount:
        return [Fault("amount", _("Choose by how much the decision is put off"))]
    return []


def _reason_faults(reason: str) -> list[Fault]:
    return length_fault("reason", reason) if reason else [Fault("reason", _("Give the reason"))]
