"""Until when the letter of a decision says that a review can be asked for."""

from datetime import datetime
from typing import Any

from corrections.calendar import WorkingCalendar
from corrections.domain import clocks
from corrections.domain.procedures_in_force import procedure_of
from corrections.models import Case
from corrections.procedures import ends_at


def offers_review(case: Case, answered_by: Case) -> bool:
    """Whether the reader of a case, told now of a decision on `answered_by`, has a review still to ask for. In doubt
    not: the page of the case knows it exactly (domain.reviews). No query."""
    asked = (each.review_asked_at or each.review_withdrawn_at for each in (case, answered_by))
    return not any(asked)


def review_data(
    case: Case, answered_by: Case, now: datetime, calendar: WorkingCalendar | None = None
) -> dict[str, Any]:
    """What the event of a decision keeps for its letter: the last moment for a review, if any (two queries where no
    `calendar` is given, and one for the procedure of a case fetched without it)."""
    if not offers_review(case, answered_by):
        return {}
    window = procedure_of(case).appeal_window
    return {"review_until": ends_at(window, calendar or clocks.calendar(), now).isoformat()}
