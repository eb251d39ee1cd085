"""Taking back one's own step: every happening either has a way back or a stated reason why not.

A step is taken back by its inverse: the fields of the case get what they held before it (kept with its event), its
words are shown no more, its letters are recalled, and an event of its own says so. Nothing is deleted.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corrections import desk_settings
from corrections.domain import conversation, extensions, relations, undone_decisions
from corrections.domain.access import actor_of, facts_of, require
from corrections.domain.cases import lock_case
from corrections.domain.moves import take_back
from corrections.domain.timeline import staff
from corrections.enums import ActorKind, DeliveryStatus, Happening
from corrections.models import Case, Delivery, Event
from corrections.notifications import outbox
from corrections.rules import Actor, CaseFacts, may_change_kind, may_see_case, may_undo, may_work_on
from newsroom.models import StaffMember

#: Work beyond the fields of the case; returns the fields that are not simply what they were before.
Inverse = Callable[[Case, Event, datetime], dict[str, Any]]


class CannotUndo(Exception):
    """The step cannot be taken back (any more); `reason` is the sentence that says why."""

    def __init__(self, reason: "str | Promise") -> None:
        super().__init__("the step cannot be taken back")
        self.reason = reason


@dataclass(frozen=True)
class Undoing:
    """Whether a step can be taken back: an empty `reason` says that it can. `until` is until when at least; `is_sent`
    says that its letters go out then."""

    reason: "str | Promise" = ""
    until: datetime | None = None
    is_sent: bool = False


@dataclass(frozen=True)
class WayBack:
    """How a kind of step is taken back."""

    inverse: Inverse | None = None
    #: Where a step can be taken back only before its letters go out: why not afterwards.
    once_told: "str | Promise" = ""
    #: What the step brought about besides its own event, with letters of its own.
    along: Callable[[Event], list[Event]] | None = None
    allowed: Callable[[Actor, CaseFacts], bool] = may_work_on
    #: Later happenings that build on it although they change none of the same fields.
    built_upon_by: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Trail:
    """The events of a case in their order, and its letters: what an undoing is judged by."""

    events: list[Event]
    letters: list[Delivery] = field(default_factory=list)

    def undone(self) -> frozenset[int]:
        """The ids of the events that were taken back."""
        return frozenset(each.data["undone"] for each in self.events if each.happening == Happening.UNDONE)

    def after(self, event: Event) -> list[Event]:
        """What happened after an event and still stands."""
        gone = self.undone()
        later = [each for each in self.events if each.sequence > event.sequence and each.pk not in gone]
        return [each for each in later if each.happening != Happening.UNDONE]


_READERS_STEP = _("The reader did this; the desk cannot take it back.")
_CLOCKS_STEP = _("The clock did this; nobody can take it back.")
_ALREADY = _("This step has been taken back already.")
_ASKEDS_STEP = _("Whoever was asked did this; the desk cannot take it back.")
_ASK_NO_LONGER = _("The letter is on its way: ask for it no longer instead.")
_NOTHING = _("This step left nothing that could be put back.")
_BUILT_UPON = _("What happened later builds on this step. Take that back first.")
_BUILT_UPON_FOR_GOOD = _("What happened later builds on this step and cannot be taken back.")
_TOLD = _("The time for that is over: what the reader has been told stays told. Write another message.")
_DECISION_TOLD = _("The time for that is over: the decision has been told. Reopen the case to decide anew.")
_NOT_YOURS = _("This is taken back by the standards editors’ office.")

_TALK = frozenset({Happening.QUESTION_ASKED, Happening.MESSAGE_SENT})
_MOVES_OF_A_KIND = frozenset(
    {Happening.LINKED, Happening.DECISION_PROPOSED, Happening.DECIDED, Happening.QUESTION_ASKED, Happening.LEAD_DECIDED}
)


def _clauses_again(case: Case, event: Event, now: datetime) -> dict[str, Any]:
    """The case names the clauses that it named before; a promised time is never shortened, and what was a complaint for
    a while stays hidden from whoever worked on the article."""
    if relations.keeps_kind(case, case.kind, event.data["from"]):
        raise CannotUndo(_("Other reports are joined to this case. Separate them first"))
    case.clauses.set(event.data["clauses"])
    return {"decision_due_at": case.decision_due_at, "was_complaint": case.was_complaint}


def _former_owner_again(case: Case, event: Event, now: datetime) -> dict[str, Any]:
    """The case is its former owner's again; nobody's, where that person may no longer work on it."""
    former = StaffMember.objects.filter(pk=event.before.get("assigned_to_id")).first()
    may_have_it = former is None or may_work_on(actor_of(former), facts_of(case))
    return {} if may_have_it else {"assigned_to_id": None}


def _joined_again(case: Case, event: Event, now: datetime) -> dict[str, Any]:
    """Joined to the lead that it was separated from, if that can still answer it."""
    lead = Case.objects.filter(pk=event.data["lead"]).first()
    if lead is None or not relations.may_join(case, lead):
        raise CannotUndo(_("The leading case can no longer answer this one."))
    return {}


#: Every happening has its way back, or the reason why it has none.
WAYS_BACK: Mapping[str, "WayBack | str | Promise"] = MappingProxyType(
    {
        Happening.RECEIVED: _("A case that has arrived stays."),
        Happening.HELD: WayBack(),
        Happening.RELEASED: WayBack(),
        Happening.CONFIRMED: _READERS_STEP,
        Happening.CLAIMED: WayBack(),
        Happening.ASSIGNED: WayBack(_former_owner_again),
        Happening.CLAIM_LAPSED: _CLOCKS_STEP,
        Happening.UNASSIGNED: _("The owner no longer works on this case. Assign it to somebody else."),
        Happening.SEVERITY_SET: WayBack(),
        Happening.KIND_CHANGED: WayBack(
            # Out of a complaint leads only the office, by this way too.
            _clauses_again,
            allowed=may_change_kind,
            built_upon_by=_MOVES_OF_A_KIND,
        ),
        Happening.NOTE_ADDED: WayBack(allowed=may_see_case),
        Happening.QUESTION_ASKED: WayBack(once_told=_TOLD, built_upon_by=_TALK),
        Happening.MESSAGE_SENT: WayBack(once_told=_TOLD, built_upon_by=_TALK),
        Happening.READER_ANSWERED: _READERS_STEP,
        Happening.READER_ADDED: _READERS_STEP,
        Happening.FILE_ADDED: _READERS_STEP,
        Happening.FILE_REMOVED: _READERS_STEP,
        Happening.RESUMED: WayBack(),
        Happening.DECISION_PROPOSED: WayBack(undone_decisions.take_back_proposal),
        Happening.SIGNATURE_REFUSED: WayBack(undone_decisions.propose_again),
        Happening.DECIDED: WayBack(
            undone_decisions.take_back_decision,
            once_told=_DECISION_TOLD,
            along=undone_decisions.along_with,
            built_upon_by=_TALK,
        ),
        Happening.NOTICE_PUBLISHED: _("The notice goes with its decision: take that back."),
        Happening.CLOSED: WayBack(),
        Happening.REOPENED: WayBack(undone_decisions.put_in_force_again),
        Happening.WITHDRAWN: _READERS_STEP,
        Happening.LINKED: WayBack(built_upon_by=frozenset({Happening.LEAD_DECIDED})),
        Happening.UNLINKED: WayBack(_joined_again),
        Happening.SNOOZED: WayBack(),
        Happening.WOKEN: WayBack(),
        Happening.LEAD_DECIDED: _("This goes with the decision on the leading case: take that back there."),
        Happening.LEAD_CHANGED: _CLOCKS_STEP,
        Happening.LEAD_EXTENDED: _("This goes with the leading case: take that back there."),
        Happening.REVIEW_ASKED: _READERS_STEP,
        Happening.REVIEW_WITHDRAWN: _READERS_STEP,
        Happening.JOINED_REVIEW_ASKED: _READERS_STEP,
        Happening.JOINED_REVIEW_ENDED: _READERS_STEP,
        Happening.SOLVED_SAID: _READERS_STEP,
        Happening.IDENTITY_REVEALED: _("What was read cannot be unread."),
        Happening.ADDRESS_CHANGED: _READERS_STEP,
        Happening.CONFIRMATION_ASKED: _READERS_STEP,
        Happening.ADDRESS_CONFIRMED: _READERS_STEP,
        Happening.IDENTITY_ERASED: _("What was erased cannot be brought back."),
        Happening.FIRST_REPLY_MISSED: _CLOCKS_STEP,
        Happening.DEADLINE_NEAR: _CLOCKS_STEP,
        Happening.DEADLINE_MISSED: _CLOCKS_STEP,
        Happening.DEADLINE_ESCALATED: _CLOCKS_STEP,
        Happening.DEADLINE_MOVED: _CLOCKS_STEP,
        #: A day that the reader has been told is never brought forward.
        Happening.DEADLINE_EXTENDED: WayBack(extensions.take_back_along, once_told=_TOLD, along=extensions.along_with),
        Happening.STATEMENT_ASKED: _ASK_NO_LONGER,
        Happening.STATEMENT_AGAIN: _ASK_NO_LONGER,
        Happening.STATEMENT_WITHDRAWN: _("Ask for it again instead."),
        Happening.STATEMENT_GIVEN: _ASKEDS_STEP,
        Happening.STATEMENT_AMENDED: _ASKEDS_STEP,
        Happening.STATEMENT_NEAR: _CLOCKS_STEP,
        Happening.STATEMENT_LATE: _CLOCKS_STEP,
        Happening.STATEMENT_ERASED: _CLOCKS_STEP,
        Happening.PACK_MADE: _("What has been handed over cannot be fetched back."),
        Happening.PACK_ASKED: _("It ends by itself after seven days."),
        Happening.PACK_ALLOWED: _("It ends by itself after seven days."),
        Happening.UNDONE: _("Take the step once more instead."),
    }
)
_NOBODYS = {
    ActorKind.READER.value: _READERS_STEP,
    ActorKind.CLOCK.value: _CLOCKS_STEP,
    ActorKind.ASKED.value: _ASKEDS_STEP,
}


def trail_of(case: Case) -> Trail:
    """What an undoing is judged by (two queries); a page that has both already makes its own Trail."""
    events = list(Event.objects.filter(case=case).order_by("sequence"))
    return Trail(events, list(Delivery.objects.filter(event__case=case)))


def undoing(event: Event, case: Case, *, now: datetime, trail: Trail | None = None) -> Undoing:
    """Whether a step can be taken back by whoever took it, or the stated reason why not."""
    way = WAYS_BACK[event.happening]
    if not isinstance(way, WayBack):
        return Undoing(way)
    if event.actor_kind in _NOBODYS:
        return Undoing(_NOBODYS[event.actor_kind])
    known = trail or trail_of(case)
    if event.pk in known.undone():
        return Undoing(_ALREADY)
    building = [later for later in known.after(event) if _builds_on(later, event, way)]
    if building:
        return Undoing(_BUILT_UPON_FOR_GOOD if any(_is_for_good(later) for later in building) else _BUILT_UPON)
    if not event.before and way.allowed is not may_see_case and not way.once_told:
        return Undoing(_NOTHING)
    return _within_the_wait(event, way, known, now) if way.once_told else Undoing()


def undoing_by(actor: Actor, facts: CaseFacts, event: Event, case: Case, *, now: datetime, trail: Trail) -> Undoing:
    """The same for one person, whom the rules may have left less than when the step was taken."""
    way, found = WAYS_BACK[event.happening], undoing(event, case, now=now, trail=trail)
    is_refused = isinstance(way, WayBack) and not way.allowed(actor, facts)
    return Undoing(_NOT_YOURS) if is_refused and not found.reason else found


def undo(case: Case, event: Event, *, actor: Actor, expected_version: int, now: datetime) -> Event:
    """Takes one step of a case back, in one transaction: its inverse, its words, its letters, an event that names it.

    Letters that have not gone out are recalled; whoever got one that has, gets another that says so.
    Raises NotAllowed for a step of somebody else, CannotUndo, CaseChanged, articles.ArticleChanged; then nothing is
    written.
    """
    facts = facts_of(case)
    require(may_undo, actor, facts, event.staff_member_id)
    with transaction.atomic():
        lock_case(case, expected_version=expected_version)
        answer = undoing(event, case, now=now)
        way = WAYS_BACK[event.happening]
        if answer.reason or not isinstance(way, WayBack):
            raise CannotUndo(answer.reason)
        require(way.allowed, actor, facts)
        gone = _recalled(event, way, now)
        changes = way.inverse(case, event, now) if way.inverse else {}
        conversation.take_back_words(event, now)
        undone = take_back(case, event, by=staff(actor), expected_version=expected_version, now=now, **changes)
        outbox.tell_of_undoing(undone, gone, now)
    return undone


def undo_step(case: Case, place: int, *, actor: Actor, expected_version: int, now: datetime) -> Event:
    """The same for the step at a place of the timeline. Raises what `undo` does, CannotUndo where there is none."""
    event = Event.objects.filter(case=case, sequence=place).first()
    if event is None:
        raise CannotUndo(_("There is no such step."))
    return undo(case, event, actor=actor, expected_version=expected_version, now=now)


def _recalled(event: Event, way: WayBack, now: datetime) -> list[Delivery]:
    """Calls the letters of a step back, and returns those that are out. Raises CannotUndo where none may be."""
    steps = [event, *(way.along(event) if way.along else [])]
    gone = outbox.recall([step.pk for step in steps], now)
    announced = event.data.get("decision") if way.along else None
    nobody_told = not gone and (announced is None or outbox.recall_announcement(announced, now))
    if way.once_told and not nobody_told:
        raise CannotUndo(way.once_told)
    return gone


def _is_for_good(event: Event) -> bool:
    """Whether nobody can take a step back, whoever asks and whenever."""
    return event.actor_kind in _NOBODYS or not isinstance(WAYS_BACK[event.happening], WayBack)


def _builds_on(later: Event, event: Event, way: WayBack) -> bool:
    return bool(later.before.keys() & event.before.keys()) or later.happening in way.built_upon_by


def _within_the_wait(event: Event, way: WayBack, trail: Trail, now: datetime) -> Undoing:
    """Where a letter waits, until it goes out; where there is none, as long as one would have waited."""
    letters = [each for each in trail.letters if each.event_id == event.pk and each.status in outbox.ON_ITS_WAY]
    if any(each.status != DeliveryStatus.PENDING or each.attempt for each in letters):
        return Undoing(way.once_told)
    if letters:
        return Undoing(until=min(each.next_attempt_at for each in letters), is_sent=True)
    ends = event.happened_at + timedelta(seconds=desk_settings.current().undo_seconds)
    return Undoing(until=ends) if now <= ends else Undoing(way.once_told)
