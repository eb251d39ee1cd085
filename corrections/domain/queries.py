"""What the desk's case page shows, read in few queries."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from corrections.domain import notices, places
from corrections.domain.access import actor_of, decided_first, desk_members, own_articles, visible_cases, with_title
from corrections.domain.places import ThenAndNow
from corrections.domain.reviews import reviewed_decision
from corrections.domain.sendings import sending_of
from corrections.enums import OPEN_STATUSES, DeliveryStatus, Kind, Status, WaitingOn
from corrections.models import Case, Clause, Decision, Delivery, Event, Message
from corrections.rules import (
    Actor,
    CaseFacts,
    has_conflict,
    may_change_kind,
    may_move,
    may_reveal_identity,
    may_see_case,
    may_work_on,
)
from corrections.workflow import moves_from
from newsroom.articles import Content
from newsroom.differences import BlockChange
from newsroom.makers import Makers
from newsroom.models import StaffMember

#: Similar reports shown beside a case.
SIMILAR = 10
#: Undelivered mails shown on one page.
SHOWN_FAILURES = 200


@dataclass(frozen=True)
class CasePage:
    """Everything on the desk's page of one case. `case` also carries `title` and `notice_count`."""

    case: Case
    bylines: tuple[str, ...]
    messages: list[Message]
    events: list[Event]
    deliveries: list[Delivery]
    clauses: list[Clause]
    decision: Decision | None
    decision_clauses: list[Clause]
    similar: list[Case]
    assignees: list[StaffMember]
    may: frozenset[str]
    has_conflict: bool
    passage: ThenAndNow | None
    reviewed: Decision | None
    sent_along: list[Case]


def case_page(actor: Actor, case: Case) -> CasePage:
    """The page of one case, as access.fetch_case gave it (nine queries, one more for clauses of each kind
    and two for a passage in a revised article, whatever the number of rows)."""
    makers: Makers = case.makers  # type: ignore[attr-defined]  # set by access.fetch_case
    decision = _decision_of(case)
    proposed_by = decision.decided_by_id if decision and decision.state == Decision.State.PROPOSED else None
    facts = CaseFacts(Kind(case.kind), makers.staff_ids, proposed_by, decided_first(case))
    is_complaint = case.kind == Kind.COMPLAINT
    return CasePage(
        case=case,
        bylines=makers.names,
        messages=list(case.messages.select_related("written_by")),
        events=list(case.events.select_related("staff_member")),
        deliveries=list(Delivery.objects.filter(event__case=case).select_related("staff_member")),
        clauses=list(case.clauses.all()) if is_complaint else [],
        decision=decision,
        decision_clauses=list(decision.clauses.all()) if decision and is_complaint else [],
        similar=_similar(actor, case),
        assignees=[member for member in desk_members() if may_work_on(actor_of(member), facts)],
        may=_may(actor, case, facts),
        has_conflict=has_conflict(actor, facts),
        passage=places.then_and_now(case),
        reviewed=reviewed_decision(case),
        sent_along=[other for other in sending_of(case) if other != case],
    )


def events_after(case: Case, version: int) -> list[Event]:
    """What happened to a case since the version that somebody's page shows."""
    return list(case.events.filter(sequence__gt=version).select_related("staff_member"))


def failed_deliveries(actor: Actor) -> list[Delivery]:
    """Mails that could not be delivered, newest first, of the cases that this person may see (one query).

    Each carries `may_resend`: whether this person may try it again (domain.mails.resend asks the same rule).
    """
    failed = Delivery.objects.filter(
        status=DeliveryStatus.FAILED, event__case__in=Case.objects.filter(visible_cases(actor))
    ).annotate(may_resend=~Exists(own_articles(actor).filter(article=OuterRef("event__case__article"))))
    return list(failed.select_related("event__case__article", "staff_member").order_by("-id")[:SHOWN_FAILURES])


def proposed_differences(decision: Decision) -> list[BlockChange]:
    """What a decision that waits for a signature would change in the article."""
    if not decision.proposed_content:
        return []
    return notices.differences(Content.of(decision.revision), Content(**decision.proposed_content))


def _decision_of(case: Case) -> Decision | None:
    return (
        Decision.objects.filter(case=case, state__in=[Decision.State.PROPOSED, Decision.State.LIVE])
        .select_related("decided_by", "signed_by", "revision", "published_revision", "notice")
        .first()
    )


def _similar(actor: Actor, case: Case) -> list[Case]:
    seen = Case.objects.filter(visible_cases(actor), article_id=case.article_id)
    others = seen.exclude(pk=case.pk).exclude(status=Status.WITHDRAWN)
    return list(with_title(others).order_by("-received_at")[:SIMILAR])


def _may(actor: Actor, case: Case, facts: CaseFacts) -> frozenset[str]:
    """The actions to offer: moves that both the table and the rules allow, and what is not a move."""
    offered = {
        move.value
        for move in moves_from(Status(case.status), WaitingOn(case.waiting_on))
        if may_move(actor, facts, move)
    }
    if may_work_on(actor, facts):
        offered.add("write")
    if may_work_on(actor, facts) and case.status in OPEN_STATUSES:
        offered |= {"assign", "severity"}
    waits_for_signature = case.waiting_on == WaitingOn.SECOND_SIGNATURE
    if may_change_kind(actor, facts) and case.status in OPEN_STATUSES and not waits_for_signature:
        offered.add("kind")
    if may_see_case(actor, facts):
        offered.add("note")
    if may_reveal_identity(actor, facts):
        offered.add("reveal")
    return frozenset(offered)
