"""The whole record of a case, to be read in the house or handed to an outside body (a press council, an ombudsman).

Without the reader's name and address, unless somebody gives a reason and a second person consents (domain.consents):
then it is a reveal like any other, with its event. Without internal notes, unless they are asked for. What was taken
back was never said, and stays out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from corrections.domain import consents, evidence, identity, notices, testimony
from corrections.domain.access import facts_of, require
from corrections.domain.case_history import history_of
from corrections.domain.clock_record import ClockLine, clock_record
from corrections.domain.faults import Fault, refuse_if
from corrections.domain.identity import Revealed
from corrections.domain.moves import require_reason
from corrections.domain.reviews import joined_words
from corrections.domain.testimony import State, Testimony
from corrections.domain.timeline import record, staff
from corrections.enums import Happening, Purpose
from corrections.models import Attachment, Case, Decision, Message
from corrections.rules import Actor, may_hand_over
from newsroom.articles import Content
from newsroom.differences import BlockChange
from newsroom.makers import Makers
from newsroom.models import Revision

#: Revisions read from the database at once.
CHUNK = 20
_STATES = (Decision.State.LIVE, Decision.State.SUPERSEDED)


@dataclass(frozen=True)
class CaseRecord:
    """Everything about a case that may leave the house. Each decision carries its clauses and, where one was
    published, `notice`."""

    case: Case
    bylines: tuple[str, ...]
    messages: list[Message]
    statements: list[Testimony]
    decisions: list[Decision]
    files: list[Attachment]
    clock: list[ClockLine]
    #: Why the readers of joined reports ask for a review, each with its case.
    joined_words: list[Message]
    revealed: Revealed | None = None

    @property
    def under_review(self) -> Decision | None:
        """The decision that a review was asked of, until another is made."""
        waits = self.case.review_asked_at and all(each.state != Decision.State.LIVE for each in self.decisions)
        return max(self.decisions, key=lambda each: each.pk, default=None) if waits else None


def case_record(case: Case, *, actor: Actor, now: datetime, with_notes: bool = False) -> CaseRecord:
    """The record of a case that access.fetch_case gave (six queries at most). Raises NotAllowed."""
    require(may_hand_over, actor, facts_of(case))
    return _record_of(case, now, with_notes, None)


def make(
    case: Case,
    *,
    with_notes: bool,
    with_identity: bool,
    reason: str,
    actor: Actor,
    expected_version: int,
    now: datetime,
) -> CaseRecord | None:
    """Notes that the record is handed over, and gives it; with the reader's identity it is revealed and logged first.

    Where the identity is wanted and no second person has consented to that yet, the request for a consent is noted with
    its reason instead, and nothing is given.
    Raises NotAllowed, Refused where the identity is wanted without a reason or the request waits for its consent,
    CaseChanged; then nothing is written.
    """
    require(may_hand_over, actor, facts_of(case))
    if with_identity and not consents.consent_in(case.events.all(), now).covers(actor, with_notes):
        _ask(case, with_notes, require_reason(reason), actor, expected_version, now)
        return None
    with transaction.atomic():
        data = {"notes": with_notes, "identity": with_identity}
        made = record(case, Happening.PACK_MADE, by=staff(actor), expected_version=expected_version, now=now, data=data)
        revealed = None
        if with_identity:
            revealed = identity.reveal(case, reason=reason, actor=actor, expected_version=made.sequence, now=now)
    return _record_of(case, now, with_notes, revealed)


def _ask(case: Case, with_notes: bool, why: str, actor: Actor, expected_version: int, now: datetime) -> None:
    standing = consents.consent_in(case.events.all(), now)
    waits = standing.asked is not None and not standing.given and standing.asked.staff_member_id == actor.staff_id
    refuse_if([Fault("identity", _("The request waits for the consent of a second person"))] if waits else [])
    with transaction.atomic():
        event = record(
            case,
            Happening.PACK_ASKED,
            by=staff(actor),
            expected_version=expected_version,
            now=now,
            data={"notes": with_notes},
        )
        Message.objects.create(
            case=case, event=event, purpose=Purpose.NOTE, text=why, written_at=now, written_by_id=actor.staff_id
        )


def revisions_with_changes(case: Case) -> Iterator[tuple[Revision, list[BlockChange]]]:
    """Every revision of the article in its order, each with what it changed in the one before; few are in memory."""
    before: Content | None = None
    for revision in Revision.objects.filter(article=case.article_id).order_by("number").iterator(CHUNK):
        content = Content.of(revision)
        yield revision, notices.differences(before, content) if before else []
        before = content


def photo_of(revision: Revision) -> bytes | None:
    """The picture of a revision, where it has one that is still stored."""
    name = revision.photo.file.name if revision.photo else None
    if not name or not default_storage.exists(name):
        return None
    with default_storage.open(name) as file:
        content: bytes = file.read()
        return content


def _record_of(case: Case, now: datetime, with_notes: bool, revealed: Revealed | None) -> CaseRecord:
    makers: Makers = case.makers  # type: ignore[attr-defined]  # set by access.fetch_case
    history = history_of(case)
    kept = [each for each in history.messages if each.taken_back_at is None]
    asked = testimony.statements_in(case, history.events, now)
    decisions = Decision.objects.filter(case=case, state__in=_STATES).order_by("pk")
    return CaseRecord(
        case=case,
        bylines=makers.names,
        messages=[each for each in kept if with_notes or each.purpose != Purpose.NOTE],
        statements=[each for each in asked if each.state != State.WITHDRAWN],
        decisions=list(
            decisions.select_related("decided_by", "signed_by", "revision", "notice").prefetch_related("clauses")
        ),
        files=evidence.files_in(history.events),
        clock=clock_record(case, history.events, kept),
        joined_words=joined_words(case, history.events),
        revealed=revealed,
    )
