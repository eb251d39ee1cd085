"""The clock of a case from its events: what was promised, when it stood, what was put off, what was kept. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from corrections.domain.cases import values_again
from corrections.enums import Happening, Purpose
from corrections.models import Case, Event, Message

MET, MISSED = "met", "missed"
_ALWAYS = frozenset(
    {
        Happening.RECEIVED,
        Happening.FIRST_REPLY_MISSED,
        Happening.DEADLINE_MISSED,
        Happening.DEADLINE_EXTENDED,
        Happening.DEADLINE_MOVED,
        Happening.DECIDED,
        Happening.REVIEW_ASKED,
        Happening.REVIEW_WITHDRAWN,
        Happening.JOINED_REVIEW_ASKED,
        Happening.JOINED_REVIEW_ENDED,
        Happening.LEAD_EXTENDED,
        Happening.REOPENED,
        Happening.WITHDRAWN,
        Happening.CLOSED,
    }
)
_FIELDS = ("decision_due_at", "paused_at", "first_reply_at")


@dataclass(frozen=True)
class ClockLine:
    """One event that bears upon the clock, and how the clock stands after it. `first_reply` and `decision` are met,
    missed or empty; `reason` is what the reader was told when the decision was put off."""

    at: datetime
    happening: str
    reply_by: datetime
    decide_by: datetime
    runs: bool
    first_reply: str = ""
    decision: str = ""
    reason: str = ""

    @property
    def label(self) -> str:
        """What happened, in words."""
        return str(Happening(self.happening).label)


def clock_record(case: Case, events: Sequence[Event], messages: Sequence[Message]) -> list[ClockLine]:
    """The lines of a case's clock, oldest first. Each event keeps what the fields held before it, so the case is
    followed back from how it stands now."""
    reasons = {each.event_id: each.text for each in messages if each.purpose == Purpose.EXTENSION}
    state: dict[str, Any] = {name: getattr(case, name) for name in (*_FIELDS, "acknowledge_due_at")}
    lines = []
    for event in sorted(events, key=lambda each: each.sequence, reverse=True):
        before = {**state, **{name: value for name, value in values_again(event.before).items() if name in state}}
        if event.happening in _ALWAYS or before != state:
            lines.append(_line(event, before, state, reasons.get(event.pk, "")))
        state = before
    return lines[::-1]


def _line(event: Event, before: dict[str, Any], after: dict[str, Any], reason: str) -> ClockLine:
    replied = before["first_reply_at"] is None and after["first_reply_at"] is not None
    decided = event.happening == Happening.DECIDED
    return ClockLine(
        at=event.happened_at,
        happening=event.happening,
        reply_by=after["acknowledge_due_at"],
        decide_by=after["decision_due_at"],
        runs=after["paused_at"] is None,
        first_reply=_kept(event.happened_at, after["acknowledge_due_at"]) if replied else "",
        decision=_kept(event.happened_at, before["decision_due_at"]) if decided else "",
        reason=reason,
    )


def _kept(at: datetime, due: datetime) -> str:
    return MET if at <= due else MISSED
