"""The second person without whom no record that names its reader leaves the house: one asks, another consents, and the
first makes the pack, once and within SPAN."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from corrections.domain.access import facts_of, require
from corrections.domain.faults import Fault, refuse_if
from corrections.domain.timeline import record, staff
from corrections.enums import Happening
from corrections.models import Case, Event
from corrections.rules import Actor, may_consent

#: How long a request waits for its consent, and a consent for its pack.
SPAN = timedelta(days=7)


@dataclass(frozen=True)
class Consent:
    """The request that stands, and the consent to it, where there are any."""

    asked: Event | None = None
    given: Event | None = None

    def covers(self, actor: Actor, with_notes: bool) -> bool:
        """Whether this person may make the pack now, as it was asked for."""
        is_own = self.asked is not None and self.asked.staff_member_id == actor.staff_id
        return is_own and self.given is not None and (bool(self.asked and self.asked.data["notes"]) or not with_notes)


def consent_in(events: Iterable[Event], now: datetime) -> Consent:
    """What stands among the events of a case; a pack that was made with the identity uses both up."""
    found = Consent()
    for event in sorted(events, key=lambda each: each.sequence):
        if event.happening == Happening.PACK_ASKED:
            found = Consent(event)
        elif event.happening == Happening.PACK_ALLOWED:
            found = Consent(found.asked, event)
        elif event.happening == Happening.PACK_MADE and event.data["identity"]:
            found = Consent()
    newest = found.given or found.asked
    return found if newest and newest.happened_at + SPAN >= now else Consent()


def consent(case: Case, *, actor: Actor, expected_version: int, now: datetime) -> Event:
    """Consents to the request that stands. Raises Refused where none does or it has its consent, NotAllowed (also for
    whoever asked), CaseChanged."""
    standing = consent_in(case.events.all(), now)
    nothing = [Fault("consent", _("Nobody asks for a consent here any more"))]
    refuse_if([] if standing.asked and not standing.given else nothing)
    asked_by = standing.asked.staff_member_id if standing.asked else None
    require(may_consent, actor, facts_of(case), asked_by)
    data = {"asked_by": asked_by}
    return record(case, Happening.PACK_ALLOWED, by=staff(actor), expected_version=expected_version, now=now, data=data)
