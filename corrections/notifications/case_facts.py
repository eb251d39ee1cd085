"""What a letter may say of its case: numbers and days, and what the event holds that it tells of.

What was true at the event is read from it, so that every attempt to send says the same. Nothing here is of the reader's
words.
"""

from datetime import datetime
from typing import Any

from corrections.enums import Happening, Kind, Severity, Status
from corrections.models import Case, Decision, Delivery
from newsroom.dates import long_date
from newsroom.models import StaffMember
from newsroom.text import isolated

_EXTENSIONS = (Happening.DEADLINE_EXTENDED, Happening.LEAD_EXTENDED)


def facts_of(delivery: Delivery, case: Case, decision: Decision | None) -> dict[str, Any]:
    """By the names that the letters' templates use, in words of the active language; empty is what does not apply.

    One query for the reason of an extension, one for who has a case now; none for other letters.
    """
    return {
        **_of_case(case),
        "decision": decision,
        "reasons": decision.reasons_in(delivery.language) if decision else None,
        "step": _undone_step(delivery),
        "statement_by": long_date(delivery.statement.due_at) if delivery.statement else "",
        "review_until": _review_until(delivery),
        "new_owner": _new_owner(delivery),
        **_extension_of(delivery),
    }


def _of_case(case: Case) -> dict[str, Any]:
    # A joined report is decided by the day of the one that answers it.
    answering = case.lead if case.status == Status.DUPLICATE and case.lead else case
    return {
        "number": case.number,
        "kind": Kind(case.kind).label,
        "expected_by": long_date(answering.decision_due_at),
        "answer_by": long_date(case.question_due_at) if case.question_due_at else "",
        "concerns_safety": case.severity == Severity.SAFETY,
    }


def _undone_step(delivery: Delivery) -> str:
    """The step that an undoing took back, in the words of the timeline; nothing for other letters."""
    undone = delivery.event.data.get("of") if delivery.event else None
    return str(Happening(undone).label) if undone else ""


def _review_until(delivery: Delivery) -> str:
    """The last day for a review as it was counted with the decision; empty where none can be asked for."""
    until = delivery.event.data.get("review_until") if delivery.event else None
    return long_date(datetime.fromisoformat(until)) if until else ""


def _new_owner(delivery: Delivery) -> str:
    """Who got the case at the step that the letter tells of, even if it went on since; nothing for other letters."""
    taken_by = delivery.event.data.get("to") if delivery.event and delivery.template == "handed_on" else None
    member = StaffMember.objects.filter(pk=taken_by).first() if taken_by else None
    return isolated(str(member)) if member else ""


def _extension_of(delivery: Delivery) -> dict[str, Any]:
    """The new day and its reason as they were promised, even if another followed before the mail went out."""
    if delivery.event is None or delivery.event.happening not in _EXTENSIONS:
        return {}
    data, message = delivery.event.data, delivery.event.messages.first()
    due = datetime.fromisoformat(data["due"])
    return {
        "expected_by": long_date(due),
        "was_late": datetime.fromisoformat(data["from"]) < delivery.event.happened_at,
        "extension_reason": message.text if message else "",
    }
