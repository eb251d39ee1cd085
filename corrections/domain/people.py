"""The people around a case, read in one query: who may take it, who is at it, and what the one who asks has begun."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet

from corrections.domain.access import actor_of, desk_staff
from corrections.domain.presence import Here, lasting
from corrections.models import Case, Draft
from corrections.rules import Actor, CaseFacts, may_decide, may_see_case, may_work_on, reviewed_after_signing
from newsroom.models import StaffMember


@dataclass(frozen=True)
class People:
    """Of one case, as one person sees it."""

    assignees: list[StaffMember]
    #: Who can be mentioned in a note: everybody else who may see the case.
    colleagues: list[StaffMember]
    #: Who may decide the case as it stands, and who could still decide a review after a signature by the one who asks.
    deciders: list[StaffMember]
    later_reviewers: list[StaffMember]
    #: Who else looks at it or writes, writers first.
    here: list[Here]
    #: What this person has kept, by form.
    drafts: dict[str, Draft]


def people_at(case: Case, facts: CaseFacts, actor: Actor, now: datetime) -> People:
    """The people around a case (one query)."""
    staff: QuerySet[Any] = desk_staff().annotate(
        here=FilteredRelation("presences", condition=Q(presences__case=case.pk) & lasting(now, "presences__")),
        kept=FilteredRelation("drafts", condition=Q(drafts__case=case.pk, drafts__author=actor.staff_id)),
    )
    rows = list(staff.select_related("here", "kept"))
    members = {row.pk: row for row in rows}.values()
    others = [row for row in members if row.pk != actor.staff_id and may_see_case(actor_of(row), facts)]
    here = [Here(not row.here.is_writing, row.display_name) for row in others if getattr(row, "here", None)]
    kept = [row.kept for row in rows if getattr(row, "kept", None)]
    return People(
        assignees=[row for row in members if may_work_on(actor_of(row), facts)],
        colleagues=others,
        deciders=[row for row in members if may_decide(actor_of(row), facts)],
        later_reviewers=[row for row in members if may_decide(actor_of(row), reviewed_after_signing(actor, facts))],
        here=sorted(here),
        drafts={draft.form: draft for draft in kept},
    )
