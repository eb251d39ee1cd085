"""Many reports of one thing: linked to a lead case, reversibly; nothing is moved."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from corrections.domain.faults import Fault, refuse_if
from corrections.domain.moves import move_by_staff
from corrections.domain.timeline import By, record
from corrections.enums import OPEN_STATUSES, Happening, Kind, Move, Status
from corrections.models import Case, Event
from corrections.rules import Actor


def link_duplicate(case: Case, lead: Case, *, actor: Actor, expected_version: int, now: datetime) -> Event:
    """Joins a case to the lead case that answers it. Raises Refused, NotAllowed, MoveNotAllowed, CaseChanged."""
    refuse_if(_lead_faults(case, lead))
    return move_by_staff(
        case,
        Move.LINK_DUPLICATE,
        actor=actor,
        expected_version=expected_version,
        now=now,
        data={"lead": lead.pk},
        lead=lead,
    )


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


def readers_behind(case: Case) -> int:
    """How many readers' reports one decision answers: the case and what is joined to it."""
    return 1 + Case.objects.filter(lead=case, status=Status.DUPLICATE).count()


def tell_duplicates(case: Case, decision_id: int, *, by: By, now: datetime) -> int:
    """Writes into each joined case that its lead is decided, so that each reader is told; returns how many."""
    duplicates = list(Case.objects.filter(lead=case, status=Status.DUPLICATE))
    for duplicate in duplicates:
        record(
            duplicate,
            Happening.LEAD_DECIDED,
            by=by,
            expected_version=duplicate.version,
            now=now,
            data={"decision": decision_id},
        )
    return len(duplicates)


def lead_faults(case: Case, lead: Case, *, leads: bool) -> list[Fault]:
    """Why a case cannot be joined to this one; `leads` says whether others are joined to the case itself."""
    if (lead.kind == Kind.COMPLAINT) != (case.kind == Kind.COMPLAINT):
        # A decision on the one must not answer the other: complaints have their own office and signatures.
        return [Fault("lead", _("A complaint and a correction are decided apart; join only cases of one kind"))]
    if lead.pk == case.pk or lead.article_id != case.article_id:
        return [Fault("lead", _("Choose another case about the same article"))]
    if lead.status in (Status.DUPLICATE, Status.WITHDRAWN) or leads:
        return [Fault("lead", _("This case cannot lead: it is joined to another, or others are joined to it"))]
    return []


def _lead_faults(case: Case, lead: Case) -> list[Fault]:
    return lead_faults(case, lead, leads=case.duplicates.exists())
