"""Many reports of one thing: linked to a lead case, reversibly; nothing is moved."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from corrections.domain import clocks
from corrections.domain.access import facts_of
from corrections.domain.faults import Fault, refuse_if
from corrections.domain.moves import move, move_by_staff
from corrections.domain.procedures_in_force import procedure_of
from corrections.domain.review_window import review_data
from corrections.domain.timeline import CLOCK, By, record, staff
from corrections.enums import OPEN_STATUSES, Happening, Kind, Move, Status
from corrections.models import Case, Decision, Event
from corrections.rules import Actor, CaseFacts, may_decide

_CANNOT_LEAD = {
    Status.DUPLICATE: _("That case cannot lead: it is joined to another itself"),
    Status.WITHDRAWN: _("That case cannot lead: its reader took it back"),
}


def link_duplicate(case: Case, lead: Case, *, actor: Actor, expected_version: int, now: datetime) -> Event:
    """Joins a case to the lead case that answers it; where the lead is decided, its decision answers at once, so that
    whoever joins must be allowed to give that answer.

    Locks both cases, so that a decision on the lead comes either before, or tells this reader too.
    Raises Refused, NotAllowed, MoveNotAllowed, CaseChanged.
    """
    with transaction.atomic():
        lead = _locked(case, lead)
        decided = answer_of(lead)
        refuse_if(_lead_faults(case, lead) or answer_faults(case, facts_of(case), decided, actor=actor))
        event = move_by_staff(
            case,
            Move.LINK_DUPLICATE,
            actor=actor,
            expected_version=expected_version,
            now=now,
            data={"lead": lead.pk},
            lead=lead,
        )
        if decided:
            _tell(case, decided.pk, by=staff(actor), now=now, review=review_data(case, lead, now))
    return event


def unlink_duplicate(case: Case, *, actor: Actor, expected_version: int, now: datetime) -> Event:
    """Separates a case from its lead again; it goes on being checked."""
    return move_by_staff(
        case,
        Move.UNLINK_DUPLICATE,
        actor=actor,
        expected_version=expected_version,
        now=now,
        data={"lead": case.lead_id},
        lead=None,
    )


def may_join(case: Case, lead: Case) -> bool:
    """Whether the lead case could still answer this one."""
    return not _lead_faults(case, lead) and lead.status in OPEN_STATUSES


def answer_of(lead: Case) -> Decision | None:
    """The decision with which a case answers at once whatever is joined to it (one query)."""
    return Decision.objects.filter(case=lead, state=Decision.State.LIVE).first()


def answer_faults(case: Case, facts: CaseFacts, decided: Decision | None, *, actor: Actor) -> list[Fault]:
    """Why this person may not give a case the answer of a lead that is decided: to join it then is to decide it. Asks
    nothing of the database where the case was fetched with its procedure."""
    if decided is None:
        return []
    if not may_decide(actor, facts):
        return [Fault("lead", _("The leading case is decided: only who may decide on this report joins it to that"))]
    if procedure_of(case).needs_second_signature(decided.finding, decided.remedy):
        return [
            Fault(
                "lead",
                _(
                    "The decision on the leading case needs a second signature, and joining would give it to this "
                    "reader without one. Decide on this report itself"
                ),
            )
        ]
    return []


def keeps_kind(case: Case, *kinds: str) -> bool:
    """Whether the reports that are joined to a case keep it from passing between these kinds: one decision must not
    answer complaints and corrections together."""
    return Kind.COMPLAINT in kinds and case.duplicates.exists()


def answering(case: Case) -> Case:
    """The case whose decision answers a reader: of a joined report the leading one, else the case itself."""
    return case.lead if case.status == Status.DUPLICATE and case.lead else case


def readers_behind(case: Case) -> int:
    """How many readers' reports one decision answers: the case and what is joined to it."""
    return 1 + Case.objects.filter(lead=case, status=Status.DUPLICATE).count()


def tell_duplicates(
    case: Case, decision_id: int, *, by: By, now: datetime, alone: Collection[int] | None = None
) -> int:
    """Writes into each joined case (those of the keys `alone`, where they are given) that its lead is decided, so that
    each reader is told; returns how many."""
    joined = joined_to(case) if alone is None else joined_to(case).filter(pk__in=alone)
    duplicates = list(joined.select_related("procedure_version"))
    calendar = clocks.calendar() if duplicates else None
    for duplicate in duplicates:
        _tell(duplicate, decision_id, by=by, now=now, review=review_data(duplicate, case, now, calendar))
    return len(duplicates)


def joined_to(case: Case) -> QuerySet[Case]:
    """The reports that are joined to a case, the oldest first."""
    return Case.objects.filter(lead=case, status=Status.DUPLICATE).order_by("received_at", "pk")


def hand_on(case: Case, *, now: datetime) -> Case | None:
    """Lets the oldest report that is joined to a case lead the others from now on, because its own reader took it back:
    no report may be left without anybody who answers it. Returns the new lead. In the caller's transaction."""
    joined = list(joined_to(case))
    if not joined:
        return None
    first, *others = joined
    data = {"lead": case.pk}
    move(first, Move.UNLINK_DUPLICATE, by=CLOCK, expected_version=first.version, now=now, data=data, lead=None)
    for other in others:
        record(
            other,
            Happening.LEAD_CHANGED,
            by=CLOCK,
            expected_version=other.version,
            now=now,
            data={"lead": first.pk},
            lead=first,
        )
    return first


def joined_apart(case: Case) -> list[Case]:
    """The joined reports that ask something more of whoever decides: in another language, or with words that their
    readers proposed; with passage and revision (without its text). One query, asked once for a case that was fetched.
    """
    known: list[Case] | None = getattr(case, "joined_apart", None)
    if known is None:
        asks_more = ~Q(language=case.language) | Q(passage__isnull=False) & ~Q(passage__proposed="")
        joined = Case.objects.filter(asks_more, lead=case, status=Status.DUPLICATE).order_by("pk")
        known = list(joined.select_related("passage", "revision").defer("revision__body"))
        case.joined_apart = known  # type: ignore[attr-defined]  # no column
    return known


def other_languages(case: Case) -> list[str]:
    """In which other languages readers wrote whom a decision on this case answers (one query)."""
    return sorted({each.language for each in joined_apart(case)} - {case.language})


def _tell(duplicate: Case, decision_id: int, *, by: By, now: datetime, review: dict[str, Any]) -> Event:
    return record(
        duplicate,
        Happening.LEAD_DECIDED,
        by=by,
        expected_version=duplicate.version,
        now=now,
        data={"decision": decision_id, **review},
    )


def lead_faults(case: Case, lead: Case, *, leads: bool) -> list[Fault]:
    """Why a case cannot be joined to this one; `leads` says whether others are joined to the case itself. Asks nothing
    of the database where both were fetched with their procedures."""
    obstacles = (
        # A decision on the one must not answer the other: complaints have their own office and signatures.
        (
            (lead.kind == Kind.COMPLAINT) != (case.kind == Kind.COMPLAINT),
            _("A complaint and a correction are decided apart; join only cases of one kind"),
        ),
        # The page of each names the other, and one of them is hidden from those who worked on the article.
        (
            lead.was_complaint != case.was_complaint,
            _("One of the two was once a complaint, which the article’s authors do not see: decide apart"),
        ),
        (lead.pk == case.pk or lead.article_id != case.article_id, _("Choose another case about the same article")),
        # Joined, it would have the answer of a case that whoever decided first may have decided as well.
        (
            case.review_asked_at is not None,
            _("A review of this case was asked for: it is decided by itself and joined to no other"),
        ),
        (leads, _("Other reports are joined to this case. Separate them before joining it to another")),
        (lead.status in _CANNOT_LEAD, _CANNOT_LEAD.get(Status(lead.status), "")),
        (
            _decides_by_looser_rules(lead, case),
            _(
                "This report came in under stricter rules of who decides and who signs than the leading case. Join "
                "the other one to it, or decide them apart"
            ),
        ),
    )
    return [Fault("lead", words) for stands, words in obstacles if stands][:1]


def _decides_by_looser_rules(lead: Case, case: Case) -> bool:
    """Of a lead that is decided `answer_faults` asks, who knows the decision."""
    is_decided = lead.status in (Status.DECIDED, Status.CLOSED)
    return not is_decided and not procedure_of(lead).asks_no_less_than(procedure_of(case))


def _locked(case: Case, lead: Case) -> Case:
    """Locks both in the order of their keys, so that no two of these wait for each other; the lead as it is now."""
    both = Case.objects.select_for_update(of=("self",)).select_related("procedure_version")
    both = both.filter(pk__in=[case.pk, lead.pk])
    return {each.pk: each for each in both.order_by("pk")}[lead.pk]


def _lead_faults(case: Case, lead: Case) -> list[Fault]:
    return lead_faults(case, lead, leads=case.duplicates.exists())
