"""Putting a decision off: as often and as far as the case's procedure allows, with a reason that its reader is told. It
is taken back only before the letter goes out: a day that was promised is never brought forward."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from corrections.domain import clocks, conversation, relations
from corrections.domain.access import facts_of, require
from corrections.domain.faults import Fault, length_fault, refuse_if
from corrections.domain.moves import take_back
from corrections.domain.procedures_in_force import procedure_of
from corrections.domain.timeline import By, record, staff
from corrections.enums import OPEN_STATUSES, ActorKind, Happening, Purpose, WaitingOn
from corrections.models import Case, Event, Message
from corrections.procedures import extended
from corrections.rules import Actor, may_extend
from newsroom.text import clean_text

#: Where the clock starts anew, and the extensions with it.
_NEW_CLOCKS = (Happening.REOPENED, Happening.REVIEW_ASKED, Happening.JOINED_REVIEW_ASKED)


@dataclass(frozen=True)
class _Reasons:
    """The reason in the language of the case that is put off, and in the other one."""

    language: str
    own: str
    translation: str

    def in_language(self, language: str) -> str:
        return self.own if language == self.language else self.translation


def extensions_left(case: Case, events: Sequence[Event]) -> int:
    """How often the decision may still be put off, by what happened on the case so far (oldest first); none while it is
    not open, or waits for its reader, for then no clock runs."""
    if case.status not in OPEN_STATUSES or case.waiting_on == WaitingOn.READER:
        return 0
    undone = {event.data["undone"] for event in events if event.happening == Happening.UNDONE}
    used = 0
    for event in events:
        if event.pk not in undone:
            used = 0 if _starts_anew(event) else used + (event.happening == Happening.DEADLINE_EXTENDED)
    return max(procedure_of(case).extensions - used, 0)


def extend(
    case: Case,
    amount: int,
    reason: str,
    *,
    reason_translation: str = "",
    actor: Actor,
    expected_version: int,
    now: datetime,
) -> Event:
    """Promises a later day, so many units of the procedure's extension after the promised one, or after today where
    that has passed. In one transaction: the case, the event, the letter to the reader, and the reason as a message that
    the reader sees; then the same for each report that is joined to the case, in its reader's language.

    Raises Refused (no reason, or none in the other language of joined readers, no extension left, more than one may
    be), NotAllowed, CaseChanged.
    """
    require(may_extend, actor, facts_of(case))
    reasons = _Reasons(case.language, clean_text(reason), clean_text(reason_translation))
    refuse_if([*_faults(case, amount), *_reason_faults(case, reasons)])
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
        _tell(case, event, reasons)
        for joined in relations.joined_to(case):
            _put_off_along(joined, event, reasons)
    return event


def along_with(event: Event) -> list[Event]:
    """What an extension brought about besides its own event: the news to the readers of joined reports."""
    of_article = Event.objects.filter(case__article=event.case.article_id, happening=Happening.LEAD_EXTENDED)
    return list(of_article.filter(data__lead_event=event.pk).select_related("case"))


def take_back_along(case: Case, event: Event, now: datetime) -> dict[str, Any]:
    """The joined reports are promised again what they were promised before."""
    by = By(ActorKind.STAFF, event.staff_member_id)
    for told in along_with(event):
        conversation.take_back_words(told, now)
        take_back(told.case, told, by=by, expected_version=told.case.version, now=now)
    return {}


def _put_off_along(joined: Case, event: Event, reasons: "_Reasons") -> None:
    """A day that was promised is never brought forward."""
    told = record(
        joined,
        Happening.LEAD_EXTENDED,
        by=By(ActorKind.STAFF, event.staff_member_id),
        expected_version=joined.version,
        now=event.happened_at,
        data={**event.data, "lead_event": event.pk},
        decision_due_at=max(joined.decision_due_at, datetime.fromisoformat(event.data["due"])),
    )
    _tell(joined, told, reasons)


def _tell(case: Case, event: Event, reasons: "_Reasons") -> None:
    Message.objects.create(
        case_id=case.pk,
        event=event,
        purpose=Purpose.EXTENSION,
        text=reasons.in_language(case.language),
        written_at=event.happened_at,
        written_by_id=event.staff_member_id,
    )


def _starts_anew(event: Event) -> bool:
    """Whether a clock began with an event; who joins a review that runs moves none."""
    return event.happening in _NEW_CLOCKS and (event.happening == Happening.REOPENED or "decided_at" in event.before)


def _faults(case: Case, amount: int) -> list[Fault]:
    if not extensions_left(case, list(case.events.order_by("sequence"))):
        return [Fault("amount", _("The procedure allows no extension now"))]
    if not 1 <= amount <= procedure_of(case).extension.amount:
        return [Fault("amount", _("Choose by how much the decision is put off"))]
    return []


def _reason_faults(case: Case, reasons: "_Reasons") -> list[Fault]:
    if not reasons.own:
        return [Fault("reason", _("Give the reason"))]
    if not reasons.translation and relations.other_languages(case):
        return [Fault("reason_translation", _("Joined readers wrote in the other language. Give the reason in it too"))]
    return [*length_fault("reason", reasons.own), *length_fault("reason_translation", reasons.translation)]
