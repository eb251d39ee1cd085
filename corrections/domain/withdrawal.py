"""The reader takes a report back."""

from datetime import datetime

from django.db import transaction

from corrections.domain import relations
from corrections.domain.moves import move
from corrections.domain.timeline import READER
from corrections.enums import Move
from corrections.models import Case, Decision, Event


def withdraw(case: Case, *, now: datetime) -> Event:
    """Ends the case; a decision that still waits for its signature is superseded with it, and where other reports are
    joined to it, the oldest of them leads the others.

    Raises MoveNotAllowed, CaseChanged.
    """
    with transaction.atomic():
        event = move(case, Move.WITHDRAW, by=READER, expected_version=case.version, now=now, closed_at=now)
        proposed = Decision.objects.filter(case=case, state=Decision.State.PROPOSED)
        proposed.update(state=Decision.State.SUPERSEDED)
        relations.hand_on(case, now=now)
    return event
