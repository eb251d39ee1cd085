"""Words between the desk and the reader, and notes for the desk alone."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from corrections.domain import abuse, mentions, replies
from corrections.domain.access import facts_of, require
from corrections.domain.faults import refuse_if, text_faults
from corrections.domain.moves import move, move_by_staff
from corrections.domain.timeline import READER, record, staff, written_since
from corrections.enums import Happening, Move, Purpose, WaitingOn
from corrections.keys import hashed
from corrections.models import Case, Event, Message
from corrections.rules import Actor, may_see_case, may_work_on
from newsroom.text import clean_text


def ask_reader(case: Case, text: str, *, actor: Actor, expected_version: int, now: datetime) -> Event:
    """Asks the reader a question: the case waits, the clock stops, a letter goes out.

    Raises Refused, NotAllowed, MoveNotAllowed, CaseChanged.
    """
    clean = _checked(text, Purpose.QUESTION)
    with transaction.atomic():
        event = move_by_staff(
            case,
            Move.ASK_READER,
            actor=actor,
            expected_version=expected_version,
            now=now,
            assigned_to_id=case.assigned_to_id or actor.staff_id,
            **_first_reply(case, now),
        )
        _write(event, Purpose.QUESTION, clean, now, actor.staff_id)
    return event


def write_to_reader(case: Case, text: str, *, actor: Actor, expected_version: int, now: datetime) -> Event:
    """Tells the reader something without asking. Raises Refused, NotAllowed, CaseChanged."""
    require(may_work_on, actor, facts_of(case))
    clean = _checked(text, Purpose.TO_READER)
    with transaction.atomic():
        event = record(
            case,
            Happening.MESSAGE_SENT,
            by=staff(actor),
            expected_version=expected_version,
            now=now,
            **_first_reply(case, now),
        )
        _write(event, Purpose.TO_READER, clean, now, actor.staff_id)
    return event


def add_note(
    case: Case,
    text: str,
    mentioned: Iterable[str] = (),
    *,
    actor: Actor,
    expected_version: int,
    now: datetime,
) -> Event:
    """Adds an internal note, which no reader ever sees. Who is mentioned in it (@username) or by name besides is told.
    The same note again on the same version changes nothing: notes are no obstacle to each other, so nothing else would
    stop a form that is sent twice.

    Raises Refused, also where somebody mentioned may not see the case; NotAllowed, CaseChanged.
    """
    facts = facts_of(case)
    require(may_see_case, actor, facts)
    clean = _checked(text, Purpose.NOTE)
    members = mentions.mentioned(clean, mentioned, facts)
    data = {"mentioned": [member.pk for member in members]} if members else {}
    earlier = written_since(case, Happening.NOTE_ADDED, clean, by=staff(actor), seen=expected_version)
    if earlier and earlier.data == data:
        return earlier
    with transaction.atomic():
        event = record(
            case, Happening.NOTE_ADDED, by=staff(actor), expected_version=expected_version, now=now, data=data
        )
        _write(event, Purpose.NOTE, clean, now, actor.staff_id)
        mentions.write(event, members)
    return event


def take_back_words(event: Event, now: datetime) -> None:
    """The words that came with a step are shown to nobody any more; that there were some stays. In the caller's
    transaction."""
    Message.objects.filter(event=event, taken_back_at=None).update(taken_back_at=now)


def reader_writes(case: Case, text: str, *, submission_key: str, source: str, now: datetime) -> Event:
    """The reader answers the open question (the clock goes on) or adds something.

    The same `submission_key` writes once: a second press returns the first event. Raises Refused, TooMany,
    CaseChanged when the desk changed the case at the same moment (the door simply tries again).
    """
    is_answer = case.waiting_on == WaitingOn.READER
    purpose = Purpose.ANSWER if is_answer else Purpose.ADDED
    clean = _checked(text, purpose)
    key = hashed("reader writes", submission_key)
    earlier = Event.objects.filter(case=case, data__key=key).first()
    if earlier:
        return earlier
    abuse.spend(abuse.READER_WRITE, source, now)
    with transaction.atomic():
        event = _reader_event(case, is_answer, key, now)
        _write(event, purpose, clean, now, None)
    return event


def _reader_event(case: Case, is_answer: bool, key: str, now: datetime) -> Event:
    if is_answer:
        return move(case, Move.ANSWER, by=READER, expected_version=case.version, now=now, data={"key": key})
    return record(
        case,
        Happening.READER_ADDED,
        by=READER,
        expected_version=case.version,
        now=now,
        data={"key": key},
    )


def _checked(text: str, purpose: Purpose) -> str:
    clean = clean_text(text)
    refuse_if([*text_faults("text", clean, purpose), *replies.unfinished_faults("text", clean, purpose)])
    return clean


def _first_reply(case: Case, now: datetime) -> dict[str, Any]:
    return {} if case.first_reply_at else {"first_reply_at": now}


def _write(event: Event, purpose: Purpose, text: str, now: datetime, staff_id: int | None) -> None:
    Message.objects.create(
        case_id=event.case_id, event=event, purpose=purpose, text=text, written_at=now, written_by_id=staff_id
    )
