"""What a reader sees of the own case: plain words, only what concerns the reader, never a name of the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from corrections.domain import afterwards, evidence, places, relations, reviews
from corrections.domain.places import ThenAndNow
from corrections.domain.reader_events import PUBLIC_HAPPENINGS, each_once, shown_events
from corrections.domain.sendings import sending_of
from corrections.enums import (
    EDITING_REMEDIES,
    OPEN_STATUSES,
    READER_PURPOSES,
    Finding,
    Happening,
    Kind,
    Purpose,
    Remedy,
    Status,
    WaitingOn,
)
from corrections.models import Attachment, Case, Decision, Event, Message, Notice
from newsroom.dates import long_date
from newsroom.queries import title_of

#: Events that promise another day.
MOVES_OF_THE_PROMISE = (Happening.DEADLINE_EXTENDED, Happening.DEADLINE_MOVED, Happening.LEAD_EXTENDED)
_UNDECIDED = (Status.UNCONFIRMED, Status.HELD, *OPEN_STATUSES)
#: Messages that the reader sees: the own ones and those addressed to the reader.
SHOWN_PURPOSES = (*READER_PURPOSES, Purpose.QUESTION, Purpose.TO_READER, Purpose.EXTENSION)


@dataclass(frozen=True)
class Line:
    """One line of the reader's timeline: either a message (reader's or the desk's) or a public event."""

    at: datetime
    text: str | Promise
    from_reader: bool
    purpose: str = ""


@dataclass(frozen=True)
class Step:
    """One of the four stages: received, checking, decision, published. `state` is done, now or next."""

    name: str | Promise
    state: str
    at: datetime | None


@dataclass(frozen=True)
class ReaderPage:
    """Everything on the reader's page of a case."""

    case: Case
    title: str
    stage: str | Promise
    steps: list[Step]
    timeline: list[Line]
    question: Message | None
    decision: Decision | None
    notice: Notice | None
    expected_by: datetime | None
    may_withdraw: bool
    #: Whether the reader asks for the review that runs, and can take that back.
    asks_review: bool
    has_identity: bool
    has_address: bool
    address_is_confirmed: bool
    passage: ThenAndNow | None
    #: The decision of which a review was asked for, and until when one can be.
    reviewed: Decision | None
    review_until: datetime | None
    asks_solved: bool
    #: A complaint that was marked as one about safety or privacy when it was sent.
    is_sensitive: bool
    #: The other cases that were sent together with this one.
    sent_along: list[Case]
    files: list[Attachment]
    takes_files: bool
    #: That the words which the reader wrote last have come, as long as nothing has followed them.
    has_reached: str | Promise


def reader_page(case: Case) -> ReaderPage:
    """The reader's page of a case that opening.fetch_opened gave.

    Six queries; at most three more where a review is open or was asked for, two more for a passage in an article that
    was revised since, one where a step was taken back.
    """
    answering = relations.answering(case)
    live = Decision.objects.filter(case=answering, state=Decision.State.LIVE)
    decision = live.select_related("notice", "case").first()
    notice = getattr(decision, "notice", None)
    events = shown_events(case)
    messages = list(Message.objects.filter(case=case, purpose__in=SHOWN_PURPOSES, taken_back_at=None))
    reviewed = _reviewed(case, answering, events)
    is_reviewed = reviews.runs(answering)
    known = case.identity if hasattr(case, "identity") and case.identity.erased_at is None else None
    is_open = case.status in _UNDECIDED
    timeline = _timeline(case, each_once(events), messages)
    return ReaderPage(
        case=case,
        title=title_of(case.article),
        stage=stage_of(case, decision, notice),
        steps=_steps(case, decision, reviewed, notice, events),
        asks_review=reviews.asks(case, events),
        timeline=timeline,
        has_reached=_reached(messages, timeline),
        question=_open_question(case, messages),
        decision=decision,
        notice=notice,
        expected_by=_expected_by(case),
        may_withdraw=is_open and not is_reviewed,
        passage=places.then_and_now(case),
        reviewed=reviewed,
        is_sensitive=is_sensitive(case),
        asks_solved=afterwards.is_asked(case),
        review_until=reviews.window_ends_at(case, events),
        sent_along=[other for other in sending_of(case) if other != case],
        has_identity=known is not None,
        files=evidence.files_in(events),
        takes_files=evidence.takes_files(case),
        has_address=known is not None and known.address_sealed != "",
        address_is_confirmed=known is not None and known.confirmed_at is not None,
    )


def _reviewed(case: Case, answering: Case, events: Iterable[Event]) -> Decision | None:
    """The decision that is reviewed; whoever was joined later was never told of it."""
    reviewed = reviews.reviewed_decision(answering)
    told = {event.data["decision"] for event in events if event.happening == Happening.LEAD_DECIDED}
    return reviewed if reviewed and (case is answering or reviewed.pk in told) else None


def _expected_by(case: Case) -> datetime | None:
    """When the decision is due that answers this case: of a joined one that of its lead, wherever it was put off to."""
    answering = relations.answering(case)
    return answering.decision_due_at if answering.status in _UNDECIDED else None


def is_sensitive(case: Case) -> bool:
    """Whether a complaint names a clause about safety or privacy (one query for a complaint, else none)."""
    return case.kind == Kind.COMPLAINT and case.clauses.filter(concerns_safety=True).exists()


def stage_of(case: Case, decision: Decision | None, notice: Notice | None) -> str | Promise:
    """Where the case stands, in the reader's words: they follow the outcome, not the desk's state."""
    if decision is not None:
        return _outcome(case, decision, notice)
    if case.status == Status.WITHDRAWN:
        return _("Withdrawn")
    if case.status == Status.DUPLICATE:
        is_reviewed = relations.answering(case).review_asked_at is not None
        return _("Decision under review") if is_reviewed else _("Joined to a similar report")
    return _stage_of_review(case) if case.review_asked_at else _stage_of_checking(case)


def _stage_of_checking(case: Case) -> str | Promise:
    if case.waiting_on == WaitingOn.READER:
        return _("Waiting for your answer")
    if case.waiting_on == WaitingOn.SECOND_SIGNATURE:
        return _("Final review")
    return _("Being checked") if case.status == Status.IN_REVIEW else _("Received")


def _stage_of_review(case: Case) -> str | Promise:
    if case.waiting_on == WaitingOn.READER:
        return _("Decision under review: waiting for your answer")
    if case.waiting_on == WaitingOn.SECOND_SIGNATURE:
        return _("Decision under review: the last check")
    return _("Decision under review")


def _outcome(case: Case, decision: Decision, notice: Notice | None) -> str | Promise:
    if case.kind == Kind.COMPLAINT and decision.finding in _COMPLAINT_OUTCOMES:
        return _COMPLAINT_OUTCOMES[Finding(decision.finding)]
    if notice is not None:
        return _("Notice published") if decision.remedy != Remedy.CORRECTION else _("Correction published")
    if decision.remedy in EDITING_REMEDIES:
        return _("The text has been changed")
    return _("No change (reasons given)")


_COMPLAINT_OUTCOMES: dict[Finding, str | Promise] = {
    Finding.UPHELD: _("The complaint is upheld"),
    Finding.PARTLY_UPHELD: _("The complaint is partly upheld"),
    Finding.NOT_UPHELD: _("The complaint is not upheld"),
    Finding.RESOLVED: _("Resolved by agreement"),
    Finding.INADMISSIBLE: _("The complaint cannot be taken up"),
    Finding.NO_FINDING: _("No finding was possible"),
}


_REACHED: dict[str, str | Promise] = {
    Purpose.ANSWER: _("Your answer has reached the desk."),
    Purpose.ADDED: _("What you added has reached the desk."),
}


def _reached(messages: list[Message], timeline: list[Line]) -> str | Promise:
    if not messages or timeline[0].at > messages[-1].written_at:
        return ""
    return _REACHED.get(messages[-1].purpose, "")


def _timeline(case: Case, events: list[Event], messages: list[Message]) -> list[Line]:
    spoken = [
        Line(message.written_at, _text_of(message), message.purpose in READER_PURPOSES, message.purpose)
        for message in messages
    ]
    happened = [Line(event.happened_at, _words_of(case, event), False) for event in events]
    return sorted([*spoken, *happened], key=lambda line: line.at, reverse=True)


def _text_of(message: Message) -> str | Promise:
    if message.purpose != Purpose.EXTENSION:
        return message.text
    return _("Why the decision is put off: %(reason)s") % {"reason": message.text}


def _words_of(case: Case, event: Event) -> str | Promise:
    """What happened; of a promise that moved also to which day."""
    if event.happening == Happening.CLAIMED and case.kind == Kind.COMPLAINT:
        return _("The complaint is being looked at.")
    words = PUBLIC_HAPPENINGS[event.happening]
    if event.happening not in MOVES_OF_THE_PROMISE:
        return words
    day = long_date(datetime.fromisoformat(event.data["due"]))
    return _("%(what)s Decision expected by the end of %(day)s.") % {"what": words, "day": day}


def _open_question(case: Case, messages: list[Message]) -> Message | None:
    if case.waiting_on != WaitingOn.READER:
        return None
    questions = [message for message in messages if message.purpose == Purpose.QUESTION]
    return questions[-1] if questions else None


def _steps(
    case: Case, decision: Decision | None, reviewed: Decision | None, notice: Notice | None, events: list[Event]
) -> list[Step]:
    """Four steps of which at most one is now; the last is left out once a case has ended without a notice. Where a
    review was asked for, the first decision and the review are steps of their own."""
    decided = case.decided_at or (decision.decided_at if decision else None)
    over = decided is not None or case.status in (Status.WITHDRAWN, Status.CLOSED)
    taken_up = reviewed is not None or case.status in (Status.IN_REVIEW, Status.WAITING)
    published = notice or getattr(reviewed, "notice", None)
    if reviewed is not None:
        since = relations.answering(case).review_asked_at
        review = Step(pgettext_lazy("stage", "Review"), "done" if over else "now", decided or since)
        middle = [Step(_("First decision"), "done", reviewed.decided_at), review]
    else:
        middle = [
            _checking(events, over=over, taken_up=taken_up),
            Step(_("Decision"), "done" if decided else "next", decided or _expected_by(case)),
        ]
    steps = [Step(_("Received"), "done" if over or taken_up else "now", case.received_at), *middle]
    if published:
        steps.append(Step(pgettext_lazy("stage", "Published"), "done", published.published_at))
    elif not over:
        steps.append(Step(pgettext_lazy("stage", "Published"), "next", None))
    return steps


def _checking(events: list[Event], *, over: bool, taken_up: bool) -> Step:
    started = [event.happened_at for event in events if event.happening == Happening.CLAIMED]
    at = started[0] if started and (over or taken_up) else None
    return Step(_("Checking"), "done" if over else "now" if taken_up else "next", at)
