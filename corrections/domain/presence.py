"""Who is at a case just now. It expires by itself, so that a browser that died is gone as one that was closed.

It is no change of a case: it writes no event, raises no version, and nothing rests on it.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.db.models import Q, QuerySet, Subquery

from corrections import desk_settings
from corrections.domain.access import visible_cases
from corrections.models import Case, Presence
from corrections.rules import Actor
from newsroom.listed import listed


class Here(NamedTuple):
    """Somebody at a case; in this order writers come first."""

    looks_on: bool
    name: str

    @property
    def is_writing(self) -> bool:
        return not self.looks_on


def be_here(case: Case, *, is_writing: bool, actor: Actor, now: datetime) -> None:
    """Notes that somebody is at a case, which access.fetch_case gave (one statement)."""
    here = Presence(case_id=case.pk, staff_member_id=actor.staff_id, is_writing=is_writing, seen_at=now)
    Presence.objects.bulk_create(
        [here],
        update_conflicts=True,
        unique_fields=["case", "staff_member"],
        update_fields=["is_writing", "seen_at"],
    )


def leave(case: Case, *, actor: Actor) -> None:
    """Somebody goes away from a case."""
    Presence.objects.filter(case=case, staff_member=actor.staff_id).delete()


def lasting(now: datetime, prefix: str = "") -> Q:
    """The condition of a presence that still holds."""
    return Q(**{f"{prefix}seen_at__gt": now - timedelta(seconds=desk_settings.current().presence_seconds)})


def others_listed(actor: Actor, now: datetime) -> Subquery:
    """What `read_others` needs, to annotate cases with that this person may see: who else is there comes with them."""
    return listed(_others(actor, now), "case", "pk", "is_writing", "staff_member__display_name")


def read_others(case: Any) -> list[Here]:
    """Who else is at a case that was annotated with `others_listed` under its own name; writers first."""
    return sorted(Here(not is_writing, name) for is_writing, name in case.others_listed or ())


def others_at(cases: Iterable[int], actor: Actor, now: datetime) -> dict[int, list[Here]]:
    """Who else is at which of these cases, of those that this person may see (one query); writers first."""
    seen = Case.objects.filter(visible_cases(actor), pk__in=list(cases)).annotate(
        others_listed=others_listed(actor, now)
    )
    here = {case.pk: read_others(case) for case in seen.only("pk")}
    return {key: there for key, there in here.items() if there}


def _others(actor: Actor, now: datetime) -> QuerySet[Presence]:
    return Presence.objects.filter(lasting(now), staff_member__is_active=True).exclude(staff_member=actor.staff_id)


def forget(now: datetime) -> None:
    """Deletes what holds no longer."""
    Presence.objects.exclude(lasting(now)).delete()
