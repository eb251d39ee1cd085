"""What the desk's case page shows, read in few queries."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef

from corrections.domain import evidence, notices, places, replies, testimony
from corrections.domain.access import own_articles, visible_cases
from corrections.domain.case_history import CaseHistory, history_of
from corrections.domain.code import NamedClause, clauses_listed, read_clauses
from corrections.domain.consents import Consent, consent_in
from corrections.domain.extensions import extensions_left
from corrections.domain.mails import mails_of_cases
from corrections.domain.people import People, people_at
from corrections.domain.places import ThenAndNow
from corrections.domain.procedures_in_force import standards_decide
from corrections.domain.reviews import before_review, joined_words
from corrections.domain.similar import Flood, Similar, others_beside
from corrections.domain.testimony import Testimony
from corrections.enums import OPEN_STATUSES, DeliveryStatus, Happening, Kind, Move, Purpose, Status, WaitingOn
from corrections.models import Attachment, Case, Decision, Delivery, Event, Message, ReplyTemplate
from corrections.rules import (
    Actor,
    CaseFacts,
    has_conflict,
    may_change_kind,
    may_consent,
    may_extend,
    may_hand_over,
    may_move,
    may_reveal_identity,
    may_see_case,
    may_work_on,
    why_not_decide,
)
from corrections.workflow import moves_from
from newsroom.articles import Content
from newsroom.differences import BlockChange
from newsroom.makers import Makers

#: Without one of these a case has no decision.
_DECIDING = frozenset({Happening.DECISION_PROPOSED, Happening.DECIDED})
#: Undelivered mails shown on one page.
SHOWN_FAILURES = 200


@dataclass(frozen=True)
class CasePage:
    """Everything on the desk's page of one case. `case` also carries `title` and `notice_count`."""

    case: Case
    history: CaseHistory
    bylines: tuple[str, ...]
    messages: list[Message]
    events: list[Event]
    deliveries: list[Delivery]
    clauses: list[NamedClause]
    decision: Decision | None
    decision_clauses: list[NamedClause]
    similar: list[Similar]
    #: The reports that say nearly the same; None where there is no other report at all.
    flood: Flood | None
    #: How many reports are joined to the case.
    joined: int
    people: People
    may: frozenset[str]
    facts: CaseFacts
    has_conflict: bool
    passage: ThenAndNow | None
    reviewed: Decision | None
    #: Why readers of joined reports ask for the review, each message with its case.
    joined_words: list[Message]
    #: Which rule keeps this person from deciding (rules.why_not_decide).
    why_not_decide: str
    sent_along: list[Case]
    files: list[Attachment]
    #: How often the decision may still be put off.
    extensions: int
    #: Who held a case that is held, and why; None where the way in held it.
    held: Event | None
    templates: list[ReplyTemplate]
    statements: list[Testimony]
    #: Who asked for a hand-over that names the reader, and who consented.
    consent: Consent

    @property
    def sought_words(self) -> list[str]:
        """What the reader wrote of what would put it right."""
        return _sought_words(self.messages)


@dataclass(frozen=True)
class Report:
    """What the reader sent: words, evidence, clauses, and the passage then and now."""

    messages: list[Message]
    files: list[Attachment]
    clauses: list[NamedClause]
    passage: ThenAndNow | None

    @property
    def sought_words(self) -> list[str]:
        """What the reader wrote of what would put it right."""
        return _sought_words(self.messages)


def report_of(case: Case) -> Report:
    """The report of a case, for a page on which somebody decides on it.

    One query, and one more for a passage in a revised article.
    """
    history = history_of(case)
    return Report(
        messages=history.messages,
        files=evidence.files_in(history.events),
        clauses=read_clauses(case) if case.kind == Kind.COMPLAINT else [],
        passage=places.then_and_now(case),
    )


def case_page(actor: Actor, case: Case, now: datetime) -> CasePage:
    """The page of one case, as access.fetch_case gave it.

    Three queries, and one more each for what is not on every page: decisions, statements, reply templates, a passage in
    a revised article, why joined readers ask for a review. Whatever the number of rows.
    """
    makers: Makers = case.makers  # type: ignore[attr-defined]  # set by access.fetch_case
    history = history_of(case)
    taken = _decisions_of(case) if _was_decided(history) else []
    decision = next((each for each in taken if each.state != Decision.State.SUPERSEDED), None)
    reviewed = before_review(case, taken)
    proposed_by = decision.decided_by_id if decision and decision.state == Decision.State.PROPOSED else None
    first = frozenset(person for each in reviewed for person in (each.decided_by_id, each.signed_by_id) if person)
    section, for_the_office = case.article.section_id, standards_decide(case)
    facts = CaseFacts(
        Kind(case.kind), makers.staff_ids, proposed_by, first, section, for_the_office, case.was_complaint
    )
    beside = others_beside(actor, case)
    may = _may(actor, case, facts)
    extensions = extensions_left(case, history.events)
    if extensions and may_extend(actor, facts):
        may |= {"extend"}
    consent = consent_in(history.events, now)
    if consent.asked and not consent.given and may_consent(actor, facts, consent.asked.staff_member_id):
        may |= {"consent"}
    return CasePage(
        case=case,
        history=history,
        bylines=makers.names,
        messages=history.messages,
        events=history.events,
        files=evidence.files_in(history.events),
        consent=consent,
        statements=testimony.statements_in(case, history.events, now),
        deliveries=history.deliveries,
        clauses=read_clauses(case) if case.kind == Kind.COMPLAINT else [],
        decision=decision,
        decision_clauses=read_clauses(decision) if decision else [],
        similar=beside.similar,
        flood=beside.flood,
        joined=beside.joined,
        people=people_at(case, facts, actor, now),
        templates=replies.templates_for(case) if "write" in may else [],
        may=may,
        facts=facts,
        has_conflict=has_conflict(actor, facts),
        passage=places.then_and_now(case),
        reviewed=reviewed[0] if reviewed else None,
        joined_words=joined_words(case, history.events),
        why_not_decide=why_not_decide(actor, facts),
        sent_along=beside.sent_along,
        extensions=extensions,
        held=next((event for event in reversed(history.events) if event.happening == Happening.HELD), None),
    )


def failed_deliveries(actor: Actor) -> list[Delivery]:
    """Mails that could not be delivered, newest first, of the cases that this person may see (one query).

    Each carries `may_resend`: whether this person may try it again (domain.mails.resend asks the same rule).
    """
    failed = (
        mails_of_cases()
        .filter(status=DeliveryStatus.FAILED, event__case__in=Case.objects.filter(visible_cases(actor)))
        .annotate(may_resend=~Exists(own_articles(actor).filter(pk=OuterRef("event__case__article"))))
    )
    return list(failed.select_related("event__case__article", "staff_member").order_by("-id")[:SHOWN_FAILURES])


def proposed_differences(decision: Decision) -> list[BlockChange]:
    """What a decision that waits for a signature would change in the article."""
    if not decision.proposed_content:
        return []
    return notices.differences(Content.of(decision.revision), Content(**decision.proposed_content))


def _decisions_of(case: Case) -> list[Decision]:
    """The decisions that hold, wait for a signature or held before, newest first."""
    states = [Decision.State.PROPOSED, Decision.State.LIVE, Decision.State.SUPERSEDED]
    found = Decision.objects.filter(case=case, state__in=states).annotate(
        clauses_listed=clauses_listed(Decision, "decision")
    )
    return list(found.select_related("decided_by", "signed_by", "revision", "published_revision", "notice"))


def _sought_words(messages: list[Message]) -> list[str]:
    return [message.text for message in messages if message.purpose == Purpose.REMEDY_SOUGHT]


def _was_decided(history: CaseHistory) -> bool:
    return any(event.happening in _DECIDING for event in history.events)


def _may(actor: Actor, case: Case, facts: CaseFacts) -> frozenset[str]:
    """The actions to offer: moves that both the table and the rules allow, and what is not a move."""
    offered = {
        move.value
        for move in moves_from(Status(case.status), WaitingOn(case.waiting_on))
        if may_move(actor, facts, move) and (move != Move.LINK_DUPLICATE or case.review_asked_at is None)
    }
    if may_work_on(actor, facts):
        offered.add("write")
    if may_work_on(actor, facts) and case.status in OPEN_STATUSES:
        offered |= {"assign", "severity", "snooze", "statements"}
    if may_work_on(actor, facts) and case.snoozed_until:
        offered.add("wake")
    waits_for_signature = case.waiting_on == WaitingOn.SECOND_SIGNATURE
    if may_change_kind(actor, facts) and case.status in OPEN_STATUSES and not waits_for_signature:
        offered.add("kind")
    if may_see_case(actor, facts):
        offered.add("note")
    leads = case.status not in (Status.DUPLICATE, Status.WITHDRAWN)
    more = {
        "gather": leads and may_move(actor, facts, Move.LINK_DUPLICATE),
        "reveal": may_reveal_identity(actor, facts),
        "hand_over": may_hand_over(actor, facts),
    }
    offered |= {name for name, allowed in more.items() if allowed}
    return frozenset(offered)
