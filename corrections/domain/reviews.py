"""A review of a decision: asked for once by the reader, and never decided by whoever decided first."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from corrections.domain import abuse, clocks
from corrections.domain.faults import Fault, length_fault, refuse_if
from corrections.domain.moves import move
from corrections.domain.procedures_in_force import procedure_of
from corrections.domain.timeline import READER
from corrections.enums import Move, Purpose, Status
from corrections.models import Case, Decision, Event, Message
from corrections.procedures import ends_at
from newsroom.text import clean_text

SUPERSEDED = Decision.State.SUPERSEDED


class ReviewNotOpen(Exception):
    """The window has ended, a review was asked for before, or there is no decision."""


def window_ends_at(case: Case) -> datetime | None:
    """Until when a review of this case's decision can be asked for; None where it cannot, or no longer (2 queries)."""
    if case.status not in (Status.DECIDED, Status.CLOSED) or case.review_asked_at or case.decided_at is None:
        return None
    return ends_at(procedure_of(case).appeal_window, clocks.calendar(), case.decided_at)


def ask(case: Case, reason: str, *, source: str, now: datetime) -> Event:
    """Takes a decided case up again because its reader asks for a review, giving reasons.

    In one transaction: the case goes back into review without an owner and with a new clock, its decision no longer
    holds (what was published stays), the reasons become a message, letters go out.
    Raises Refused, ReviewNotOpen, TooMany, CaseChanged; then nothing is written.
    """
    clean = clean_text(reason)
    refuse_if([] if clean else [Fault("reason", _("Say why the decision should be looked at again"))])
    refuse_if(length_fault("reason", clean))
    ends = window_ends_at(case)
    if ends is None or ends < now:
        raise ReviewNotOpen
    abuse.spend(abuse.READER_WRITE, source, now)
    with transaction.atomic():
        event = move(
            case,
            Move.ASK_REVIEW,
            by=READER,
            expected_version=case.version,
            now=now,
            review_asked_at=now,
            decided_at=None,
            closed_at=None,
            assigned_to_id=None,
            decision_due_at=clocks.due_again(case, procedure_of(case).review, now),
        )
        Decision.objects.filter(case=case, state=Decision.State.LIVE).update(state=SUPERSEDED)
        Message.objects.create(case_id=case.pk, event=event, purpose=Purpose.REVIEW, text=clean, written_at=now)
    return event


def before_review(case: Case, taken: Iterable[Decision]) -> list[Decision]:
    """Those of a case's decisions that a review was asked of; none where it was not."""
    asked_at = case.review_asked_at
    return [each for each in taken if asked_at and each.state == SUPERSEDED and each.decided_at <= asked_at]


def reviewed_decision(case: Case) -> Decision | None:
    """The decision that a review was asked of: it stays readable beside the one that follows (one query at most)."""
    if case.review_asked_at is None:
        return None
    taken = Decision.objects.filter(case=case, state=SUPERSEDED).select_related("notice", "case")
    return next(iter(before_review(case, taken)), None)
