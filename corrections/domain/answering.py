"""The page behind a statement's link: what is asked, and the answer, which may be amended until the decision.

Whoever has the link answers; opening it spends nothing, and nothing else of the case can be reached from it.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from corrections.domain import abuse
from corrections.domain.cases import CaseChanged
from corrections.domain.faults import Fault, length_fault, refuse_if
from corrections.domain.timeline import ASKED, record
from corrections.enums import OPEN_STATUSES, Happening, Status
from corrections.models import Case, Passage, Statement
from corrections.notifications import links, restraint
from newsroom.text import clean_text

#: Code points that a statement may have: six printed pages.
LONGEST_STATEMENT = 12_000
#: Where a case stands while a statement can still be given or amended.
TAKES_STATEMENTS = (*OPEN_STATUSES, Status.HELD)


class LinkDead(Exception):
    """The link is wrong or incomplete, the statement is no longer asked for, the asked person's account is closed, or
    the case has been decided."""


class StatementChanged(Exception):
    """Another answer came through the same link since the page was shown; nothing was written."""


@dataclass(frozen=True)
class Asked:
    """What the page shows: nothing of the report but the words of the article that it is about."""

    statement: Statement
    case: Case
    passage: Passage | None
    is_late: bool


def asked_by_link(token: str, now: datetime) -> Asked:
    """What a link asks (one query); changes nothing. Raises LinkDead."""
    found = (
        Statement.objects.select_related("case__article", "case__revision", "case__passage")
        .filter(token_hash=links.hash_of(token), withdrawn_at=None)
        .exclude(staff_member__is_active=False)
        .first()
    )
    if found is None or not takes_statements(found.case):
        raise LinkDead
    late = found.answered_at is None and found.due_at < now
    return Asked(found, found.case, getattr(found.case, "passage", None), late)


def takes_statements(case: Case) -> bool:
    """Whether a statement can still be given or amended: until the decision."""
    return case.status in TAKES_STATEMENTS


def give(token: str, typed: str, *, seen: int, source: str, now: datetime) -> None:
    """Takes a statement, or another text in its place; the case's owner is told. What stood before is kept.

    `seen` is the version that the page showed. The same text again changes nothing, so a second press is harmless.
    Raises Refused, TooMany, LinkDead, StatementChanged, CaseChanged when the desk changed the case at the same moment
    (the door simply tries again).
    """
    text = clean_text(typed)
    refuse_if([] if text else [Fault("text", _("Write the statement"))])
    refuse_if(length_fault("text", text, LONGEST_STATEMENT))
    abuse.spend(abuse.GIVE_STATEMENT, source, now)
    asked = asked_by_link(token, now)
    if asked.statement.text == text:
        return
    if asked.statement.version != seen:
        raise StatementChanged
    _write(asked, text, now)


def give_as_it_stands(token: str, typed: str, *, seen: int, source: str, now: datetime) -> None:
    """`give`, once more where the desk was faster. Raises what it raises."""
    try:
        give(token, typed, seen=seen, source=source, now=now)
    except CaseChanged:
        give(token, typed, seen=seen, source=source, now=now)


def _write(asked: Asked, text: str, now: datetime) -> None:
    statement = asked.statement
    is_first = statement.answered_at is None
    sent_at = statement.amended_at or statement.answered_at
    before = [] if sent_at is None else [{"sent_at": sent_at.isoformat(), "text": statement.text}]
    moments = {"answered_at": now} if is_first else {"amended_at": now}
    untouched = Statement.objects.filter(
        pk=statement.pk, version=statement.version, token_hash=statement.token_hash, withdrawn_at=None
    )
    with transaction.atomic():
        earlier = [*statement.earlier, *before]
        if not untouched.update(text=text, version=statement.version + 1, earlier=earlier, **moments):
            raise StatementChanged
        restraint.spare(statement)
        record(
            asked.case,
            Happening.STATEMENT_GIVEN if is_first else Happening.STATEMENT_AMENDED,
            by=ASKED,
            expected_version=asked.case.version,
            now=now,
            data={"statement": statement.pk, "late": now > statement.due_at},
        )
