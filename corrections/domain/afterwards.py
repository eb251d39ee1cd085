"""After the decision: the reader says once whether it put right what the report was about."""

from datetime import datetime

from corrections.domain.timeline import READER, record
from corrections.enums import Happening, Solved, Status
from corrections.models import Case, Event


class NotAsked(Exception):
    """There is no decision yet, the question was answered before, or this is no answer to it."""


def is_asked(case: Case) -> bool:
    """Whether the reader can say now whether it was solved."""
    return case.status in (Status.DECIDED, Status.CLOSED) and not case.solved


def say_solved(case: Case, answer: str, *, now: datetime) -> Event:
    """Keeps the answer (a value of Solved) with the case and in its timeline. Raises NotAsked, CaseChanged."""
    if not is_asked(case) or answer not in (Solved.YES, Solved.PARTLY, Solved.NO):
        raise NotAsked
    return record(
        case,
        Happening.SOLVED_SAID,
        by=READER,
        expected_version=case.version,
        now=now,
        data={"solved": answer},
        solved=answer,
    )
