"""Statements that the desk asks for: whom, in the editor's own words, until when; asked again, or no longer.

Asking decides nothing and opens nothing: whoever is asked sees one page behind a mailed link (domain.answering), which
holds the article, the passage and the editor's question, never the report.
"""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from corrections.domain import clocks, places
from corrections.domain.access import facts_of, require
from corrections.domain.faults import Fault, length_fault, refuse_if
from corrections.domain.places import ThenAndNow
from corrections.domain.procedures_in_force import procedure_of
from corrections.domain.timeline import record, staff
from corrections.domain.words import LONGEST_NAME, address_faults
from corrections.enums import OPEN_STATUSES, READER_PURPOSES, Happening, Move, Purpose, Status
from corrections.keys import sealer
from corrections.models import Case, Event, Message, Statement
from corrections.notifications import links, restraint
from corrections.procedures import ends_at
from corrections.rules import Actor, may_ask_statement
from corrections.workflow import MoveNotAllowed
from newsroom.articles import Content
from newsroom.models import StaffMember
from newsroom.models.languages import Language
from newsroom.text import clean_line, clean_text, fold, normalise_address

_SEED_BYTES = 16
#: So many words of the reader's in a row are the reader's own wording, by which somebody may be recognised.
BORROWED_WORDS = 6


class State(StrEnum):
    """Where a statement stands."""

    ASKED = "asked"
    LATE = "late"
    GIVEN = "given"
    WITHDRAWN = "withdrawn"


class AlreadyDecided(MoveNotAllowed):
    """A statement is asked for on a case that has been decided."""


class StatementUnknown(Exception):
    """The case has no such statement, or it is not one that can be asked for again or no longer."""


@dataclass(frozen=True)
class Asking:
    """Whom an editor asks, and what: a staff member, or a name and an address outside. `language` is that of the letter
    to somebody outside; a staff member is written to in the own one."""

    question: str
    staff_member: StaffMember | None = None
    name: str = ""
    address: str = ""
    language: str = ""


@dataclass(frozen=True)
class AskingPage:
    """What an editor needs for asking: who can be asked, until when an answer could come, the report to read beside."""

    case: Case
    staff: list[StaffMember]
    due_at: datetime
    passage: ThenAndNow | None
    reports: list[Message]
    #: Keys of those among `staff` who wrote the article; they stand first.
    authors: frozenset[int]


@dataclass(frozen=True)
class Testimony:
    """A statement as the desk sees it; `who` is empty where the name was erased."""

    statement: Statement
    who: str
    state: State

    @property
    def came_late(self) -> bool:
        """Whether it was given after its time."""
        answered = self.statement.answered_at
        return answered is not None and answered > self.statement.due_at


def asking_page(case: Case, *, actor: Actor, now: datetime) -> AskingPage:
    """The page on which somebody is asked (eight queries at most). Raises NotAllowed, MoveNotAllowed."""
    _require_askable(case, actor)
    due_at = ends_at(procedure_of(case).statement, clocks.calendar(), now)
    reports = list(Message.objects.filter(case=case, purpose=Purpose.REPORT))
    bylines = frozenset(case.article.bylines.exclude(staff_member=None).values_list("staff_member", flat=True))
    people = sorted(askable_staff(actor), key=lambda member: member.pk not in bylines)
    return AskingPage(case, people, due_at, places.then_and_now(case), reports, bylines)


def open_statements_of(member: StaffMember) -> list[tuple[Statement, str]]:
    """What is asked of a colleague and not given yet, the most urgent first, each with the article's headline as the
    reader saw it (one query)."""
    awaited = Statement.objects.filter(staff_member=member, answered_at=None, withdrawn_at=None)
    found = awaited.select_related("case__revision").order_by("due_at", "pk")
    return [(statement, statement.case.revision.title) for statement in found]


def ask(case: Case, asking: Asking, *, actor: Actor, expected_version: int, now: datetime) -> Statement:
    """Asks somebody for a statement; a letter with a link goes out, and the statement's own clock starts.

    Raises Refused, NotAllowed, MoveNotAllowed where the case is no longer open (AlreadyDecided where that is why),
    CaseChanged.
    """
    _require_askable(case, actor)
    clean = _cleaned(asking)
    refuse_if(_faults(case, clean, actor))
    outside = clean.staff_member is None
    seal = sealer().seal
    with transaction.atomic():
        statement = Statement(
            case=case,
            staff_member=clean.staff_member,
            name_sealed=seal(clean.name) if outside else "",
            address_sealed=seal(clean.address) if outside else "",
            language=clean.language if outside or clean.staff_member is None else clean.staff_member.language,
            question=clean.question,
            asked_by_id=actor.staff_id,
            **_new_clock(case, now),
        )
        statement.save()
        _record(case, Happening.STATEMENT_ASKED, statement, actor, expected_version, now)
    return statement


def ask_again(case: Case, statement_id: int, *, actor: Actor, expected_version: int, now: datetime) -> None:
    """Asks for a statement again that has not come or was no longer asked for: a new time, a new link, the same words.

    The link that was mailed before is dead. Raises NotAllowed, StatementUnknown, MoveNotAllowed, CaseChanged.
    """
    _require_askable(case, actor)
    statement = _found(case, statement_id)
    if not _may_be_asked_again(statement):
        raise StatementUnknown
    with transaction.atomic():
        _change(statement, withdrawn_at=None, **_new_clock(case, now))
        restraint.spare(statement)
        _record(case, Happening.STATEMENT_AGAIN, statement, actor, expected_version, now)


def withdraw(case: Case, statement_id: int, *, actor: Actor, expected_version: int, now: datetime) -> None:
    """Asks no longer for a statement that has not come: its link is dead, and whoever was asked by a
    letter that is out is told.

    Raises NotAllowed, StatementUnknown, CaseChanged.
    """
    require(may_ask_statement, actor, facts_of(case))
    statement = _found(case, statement_id)
    if statement.answered_at or statement.withdrawn_at:
        raise StatementUnknown
    with transaction.atomic():
        _change(statement, withdrawn_at=now)
        restraint.spare(statement)
        _record(case, Happening.STATEMENT_WITHDRAWN, statement, actor, expected_version, now)


def statements_in(case: Case, events: Iterable[Event], now: datetime) -> list[Testimony]:
    """The statements of a case whose events were read, the oldest first (one query, and none where none was asked)."""
    if not any(event.happening == Happening.STATEMENT_ASKED for event in events):
        return []
    return statements_of(case, now)


def statements_of(case: Case, now: datetime) -> list[Testimony]:
    """The statements of a case, the oldest first (one query)."""
    found = Statement.objects.filter(case=case).select_related("staff_member", "asked_by").order_by("asked_at", "pk")
    return [Testimony(statement, who_of(statement), state_of(statement, now)) for statement in found]


def askable_staff(actor: Actor) -> list[StaffMember]:
    """Everybody active with an address, authors too, but the asking person; by name (one query)."""
    reachable = StaffMember.objects.filter(is_active=True).exclude(email="").exclude(pk=actor.staff_id)
    return list(reachable.order_by("display_name", "pk"))


def who_of(statement: Statement) -> str:
    """The name of whoever was asked; empty where it was erased."""
    if statement.staff_member:
        return str(statement.staff_member)
    return sealer().unseal(statement.name_sealed) if statement.name_sealed else ""


def state_of(statement: Statement, now: datetime) -> State:
    """Where a statement stands at a moment."""
    if statement.answered_at:
        return State.GIVEN
    if statement.withdrawn_at:
        return State.WITHDRAWN
    return State.LATE if statement.due_at < now else State.ASKED


def _require_askable(case: Case, actor: Actor) -> None:
    require(may_ask_statement, actor, facts_of(case))
    if case.status in (Status.DECIDED, Status.CLOSED):
        raise AlreadyDecided(Move.CLAIM, Status(case.status))
    if case.status not in OPEN_STATUSES:
        raise MoveNotAllowed(Move.CLAIM, Status(case.status))


def _may_be_asked_again(statement: Statement) -> bool:
    reachable = statement.staff_member_id is not None or statement.address_sealed != ""
    return statement.answered_at is None and reachable


def _new_clock(case: Case, now: datetime) -> dict[str, Any]:
    """A new time and a new link; the statement's clock never stops, whatever the case waits for."""
    seed = secrets.token_hex(_SEED_BYTES)
    due_at = ends_at(procedure_of(case).statement, clocks.calendar(), now)
    return {"seed": seed, "token_hash": links.hash_of(links.statement_token(seed)), "asked_at": now, "due_at": due_at}


def _cleaned(asking: Asking) -> Asking:
    return Asking(
        question=clean_text(asking.question),
        staff_member=asking.staff_member,
        name=clean_line(asking.name),
        address=normalise_address(asking.address),
        language=asking.language,
    )


def _faults(case: Case, asking: Asking, actor: Actor) -> list[Fault]:
    return [*_person_faults(asking, actor), *_question_faults(case, asking.question)]


def _person_faults(asking: Asking, actor: Actor) -> list[Fault]:
    outside = bool(asking.name or asking.address)
    member = asking.staff_member
    if member is None and not outside:
        return [Fault("staff_member", _("Choose a colleague, or give the name and address of somebody outside"))]
    if member is not None:
        if outside:
            return [Fault("name", _("One person at a time: a colleague, or somebody outside"))]
        unreachable = not (member.is_active and member.email) or member.pk == actor.staff_id
        return [Fault("staff_member", _("Choose a colleague who can be written to"))] if unreachable else []
    faults = [] if asking.name else [Fault("name", _("Write the name"))]
    faults += length_fault("name", asking.name, LONGEST_NAME)
    faults += address_faults(asking.address) if asking.address else [Fault("address", _("Write the e-mail address"))]
    return faults if asking.language in Language else [*faults, Fault("language", _("Choose the language"))]


def _question_faults(case: Case, question: str) -> list[Fault]:
    if not question:
        return [Fault("question", _("Write what is asked"))]
    borrowed = _borrowed(case, question)
    if borrowed:
        message = _("These are words of the report: “%(words)s”. Put it in words of your own")
        return [Fault("question", message % {"words": borrowed})]
    return length_fault("question", question)


def _borrowed(case: Case, question: str) -> str:
    """The first run of words in a question that the reader wrote and the article did not; empty where there is none."""
    reports = Message.objects.filter(case=case, purpose__in=READER_PURPOSES).values_list("text", flat=True)
    proposed = case.passage.proposed if hasattr(case, "passage") else ""
    written = {run for text in (*reports, proposed) for run in _runs(text)}
    content = Content.of(case.revision).words()
    published = {run for texts in content.values() for run in _runs(" ".join(texts))}
    return next((run for run in _runs(question) if run in written - published), "")


def _runs(text: str) -> list[str]:
    words: Sequence[str] = fold(text).split()
    return [" ".join(words[start : start + BORROWED_WORDS]) for start in range(len(words) - BORROWED_WORDS + 1)]


def _found(case: Case, statement_id: int) -> Statement:
    found = Statement.objects.filter(case=case, pk=statement_id).first()
    if found is None:
        raise StatementUnknown
    return found


def _change(statement: Statement, **changes: Any) -> None:
    """One guarded UPDATE: an answer that came at the same moment wins. Raises StatementUnknown."""
    untouched = Statement.objects.filter(pk=statement.pk, version=statement.version)
    if not untouched.update(**changes):
        raise StatementUnknown


def _record(
    case: Case, happening: Happening, statement: Statement, actor: Actor, expected_version: int, now: datetime
) -> None:
    record(
        case,
        happening,
        by=staff(actor),
        expected_version=expected_version,
        now=now,
        data={"statement": statement.pk},
    )
