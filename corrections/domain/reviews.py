"""A review of a decision: asked for once by each reader whom the decision answers, taken back by whoever asked, and
never decided by whoever decided first.

Readers whose reports are joined to another ask at their own case, where their words stay; the review is the leading
case's, whose decision answers them all.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from corrections.domain import abuse, clocks
from corrections.domain.cases import lock_case, values_again
from corrections.domain.faults import Fault, length_fault, refuse_if
from corrections.domain.moves import move
from corrections.domain.procedures_in_force import procedure_of
from corrections.domain.relations import answering
from corrections.domain.timeline import READER, record
from corrections.enums import OPEN_STATUSES, Happening, Move, Purpose, Status
from corrections.models import Case, Decision, Event, Message
from corrections.procedures import ends_at
from newsroom.text import clean_text

SUPERSEDED = Decision.State.SUPERSEDED
#: What begins a review on the case that is reviewed, or joins one that runs.
_BEGINNINGS = (Happening.REVIEW_ASKED, Happening.JOINED_REVIEW_ASKED)
_OWN_STEPS = (Happening.REVIEW_ASKED, Happening.REVIEW_WITHDRAWN)


class ReviewNotOpen(Exception):
    """The window has ended, a review was asked for before, or there is no decision."""


class NotAsking(Exception):
    """No review runs, or this reader asks for none."""


def runs(case: Case) -> bool:
    """Whether a decision of this case is being reviewed, and the review is not decided (one query at most)."""
    if case.review_asked_at is None or case.status not in (Status.HELD, *OPEN_STATUSES):
        return False
    return not Decision.objects.filter(case=case, state=SUPERSEDED, decided_at__gt=case.review_asked_at).exists()


def window_ends_at(case: Case, events: Sequence[Event] | None = None) -> datetime | None:
    """Until when a review of the decision that answers this case can be asked for, counted from when its reader was
    told of it; None where it cannot, or no longer (six queries at most). `events` are the case's, where they are known.
    """
    known = list(case.events.all()) if events is None else events
    if _has_asked(known):
        return None
    told_at = _told_at(case, known)
    return ends_at(procedure_of(case).appeal_window, clocks.calendar(), told_at) if told_at else None


def ask(case: Case, reason: str, *, source: str, now: datetime) -> Event:
    """Takes a decided case up again because a reader whom its decision answers asks for a review, giving reasons.

    In one transaction: the case that answers goes back into review without an owner and with a new clock, its decision
    no longer holds (what was published stays), the reasons become a message of the reader's own case, letters go out.
    Where a review runs already, the reasons join it. Raises Refused, ReviewNotOpen, TooMany, CaseChanged; then nothing
    is written.
    """
    clean = clean_text(reason)
    refuse_if([] if clean else [Fault("reason", _("Say why the decision should be looked at again"))])
    refuse_if(length_fault("reason", clean))
    ends = window_ends_at(case)
    if ends is None or ends < now:
        raise ReviewNotOpen
    abuse.spend(abuse.READER_WRITE, source, now)
    with transaction.atomic():
        event = _ask(case, now)
        Message.objects.create(case_id=case.pk, event=event, purpose=Purpose.REVIEW, text=clean, written_at=now)
    return event


def asks(case: Case, events: Iterable[Event]) -> bool:
    """Whether the reader of a case asks for the review that runs; `events` are the case's."""
    own = [event for event in events if event.happening in _OWN_STEPS]
    last = max(own, key=lambda event: event.sequence, default=None)
    if last is None or last.happening != Happening.REVIEW_ASKED:
        return False
    reviewed = answering(case)
    return reviewed.review_asked_at is not None and last.happened_at >= reviewed.review_asked_at and runs(reviewed)


def take_back(case: Case, *, now: datetime) -> Event:
    """The reader takes the own request back. Where nobody else asks for the review, it ends: the first decision holds
    again as it was made, and one that waits for its signature decided nothing.

    In one transaction, under the lock of the case that is reviewed. Raises NotAsking, CaseChanged.
    """
    reviewed = answering(case)
    with transaction.atomic():
        lock_case(reviewed, expected_version=reviewed.version)
        if not asks(case, case.events.all()):
            raise NotAsking
        goes_on = bool(askers(reviewed) - {case.pk})
        if case is reviewed and not goes_on:
            return _end(case, Move.WITHDRAW_REVIEW, now)
        event = record(case, Happening.REVIEW_WITHDRAWN, by=READER, expected_version=case.version, now=now)
        if not goes_on:
            _end(reviewed, Move.END_JOINED_REVIEW, now, {"joined": case.pk})
    return event


def askers(reviewed: Case) -> set[int]:
    """The keys of the cases, itself and those joined to it, whose readers ask for the review of a case (one query)."""
    if reviewed.review_asked_at is None:
        return set()
    own = Q(case=reviewed) | Q(case__lead=reviewed, case__status=Status.DUPLICATE)
    said = Event.objects.filter(own, happening__in=_OWN_STEPS, happened_at__gte=reviewed.review_asked_at)
    last = dict(said.order_by("case", "sequence").values_list("case", "happening"))
    return {key for key, happening in last.items() if happening == Happening.REVIEW_ASKED}


def told_alone(case: Case, decision: Decision) -> set[int] | None:
    """Who alone among the joined is told of a decision: those who asked for the review that it ends, where it decides
    as before; None where it is told to all (two queries at most)."""
    if case.review_asked_at is None:
        return None
    before = Decision.objects.filter(case=case, state=SUPERSEDED).exclude(pk=decision.pk).order_by("-pk").first()
    is_as_before = before and (before.finding, before.remedy) == (decision.finding, decision.remedy)
    return askers(case) if is_as_before else None


def joined_words(case: Case, events: Iterable[Event]) -> list[Message]:
    """Why readers of joined reports ask for the review of a case, each with its case (a query where any does)."""
    if all(event.happening != Happening.JOINED_REVIEW_ASKED for event in events):
        return []
    joined = Message.objects.filter(case__lead=case, case__status=Status.DUPLICATE, purpose=Purpose.REVIEW)
    return list(joined.filter(taken_back_at=None).select_related("case").order_by("written_at", "pk"))


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


def _has_asked(events: Iterable[Event]) -> bool:
    """Whether the reader has asked before; what is separated again gets a decision, and a review, of its own."""
    steps = (event for event in events if event.happening in (Happening.REVIEW_ASKED, Happening.UNLINKED))
    last = max(steps, key=lambda event: event.sequence, default=None)
    return last is not None and last.happening == Happening.REVIEW_ASKED


def _told_at(case: Case, events: Iterable[Event]) -> datetime | None:
    """When the reader was told of the decision that is, or can be, reviewed; None where none is."""
    reviewed = answering(case)
    is_decided = reviewed.status in (Status.DECIDED, Status.CLOSED) and reviewed.review_asked_at is None
    if not is_decided and not runs(reviewed):
        return None
    if case is reviewed:
        return case.decided_at or getattr(reviewed_decision(case), "decided_at", None)
    held = Decision.objects.filter(case=reviewed, state__in=[Decision.State.LIVE, SUPERSEDED])
    decisions = set(held.values_list("pk", flat=True))
    told = [event for event in events if event.happening == Happening.LEAD_DECIDED]
    return max((event.happened_at for event in told if event.data["decision"] in decisions), default=None)


def _ask(case: Case, now: datetime) -> Event:
    reviewed, is_running = answering(case), runs(answering(case))
    if case is reviewed and not is_running:
        return _begin(case, Move.ASK_REVIEW, now, {})
    if case is not reviewed:
        joined = {"joined": case.pk}
        if is_running:
            _record(reviewed, Happening.JOINED_REVIEW_ASKED, now, joined)
        else:
            _begin(reviewed, Move.ASK_JOINED_REVIEW, now, joined)
    return _record(case, Happening.REVIEW_ASKED, now, {})


def _record(case: Case, happening: Happening, now: datetime, data: dict[str, Any]) -> Event:
    return record(case, happening, by=READER, expected_version=case.version, now=now, data=data)


def _begin(case: Case, step: Move, now: datetime, data: dict[str, Any]) -> Event:
    event = move(
        case,
        step,
        by=READER,
        expected_version=case.version,
        now=now,
        data=data,
        review_asked_at=now,
        decided_at=None,
        closed_at=None,
        assigned_to_id=None,
        decision_due_at=clocks.due_again(case, procedure_of(case).review, now),
    )
    Decision.objects.filter(case=case, state=Decision.State.LIVE).update(state=SUPERSEDED)
    return event


def _end(case: Case, step: Move, now: datetime, data: dict[str, Any] | None = None) -> Event:
    """The decision holds again, with the days that were promised and kept when it was made."""
    first, asked_at = reviewed_decision(case), case.review_asked_at
    if first is None or asked_at is None:
        raise NotAsking
    begun = case.events.filter(happening__in=_BEGINNINGS, happened_at=asked_at).earliest("sequence")
    held = values_again(begun.before)
    Decision.objects.filter(case=case, state=Decision.State.PROPOSED).update(
        state=Decision.State.TAKEN_BACK, taken_back_at=now
    )
    Decision.objects.filter(pk=first.pk).update(state=Decision.State.LIVE)
    return move(
        case,
        step,
        by=READER,
        expected_version=case.version,
        now=now,
        data=data,
        review_asked_at=None,
        review_withdrawn_at=now,
        decided_at=held.get("decided_at") or first.signed_at or first.decided_at,
        decision_due_at=held.get("decision_due_at", case.decision_due_at),
    )
