"""The reader takes a report back."""

from datetime import datetime

from django.db import transaction

from corrections.domain import relations, reviews
from corrections.domain.moves import move
from corrections.domain.timeline import READER
from corrections.enums import Move, Status
from corrections.models import Case, Decision, Event
from corrections.workflow import MoveNotAllowed


def withdraw(case: Case, *, now: datetime) -> Event:
    """Ends the case; a decision that still waits for its signature is superseded with it, and where other reports are
    joined to it, the oldest of them leads the others. While a decision is reviewed, only the review is taken back
    (reviews.take_back).

    Raises MoveNotAllowed, CaseChanged.
    """
    if reviews.runs(case):
        raise MoveNotAllowed(Move.WITHDRAW, Status(case.status))
    with transaction.atomic():
        event = move(case, Move.WITHDRAW, by=READER, expected_version=case.version, now=now, closed_at=now)
        proposed = Decision.objects.filter(case=case, state=Decision.State.PROPOSED)
        proposed.update(state=Decision.State.SUPERSEDED)
        relations.hand_on(case, now=now)
    return event
