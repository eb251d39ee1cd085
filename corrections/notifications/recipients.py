"""An audience on one case, as the people it stands for."""

from dataclasses import dataclass, replace

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Q, QuerySet

from corrections.enums import ActorKind, Audience, Happening, Kind
from corrections.models import Case, Decision, Event, Identity, Statement
from corrections.notifications.restraint import believes_to_be_asked
from corrections.rules import (
    COMPLAINT_ROLES,
    DESK_ROLES,
    Actor,
    CaseFacts,
    may_consent,
    may_decide,
    may_see_case,
    may_sign,
    may_work_on,
)
from newsroom.makers import makers_of
from newsroom.models import StaffMember
from newsroom.models.staff import Role

_ADMINISTRATORS: frozenset[str] = frozenset({Role.ADMINISTRATOR})
_REVIEWS = (Happening.REVIEW_ASKED, Happening.JOINED_REVIEW_ASKED)


@dataclass(frozen=True)
class Recipient:
    """A staff member, a reader's identity, somebody asked for a statement, or (none of them) the desk's own mailbox,
    and the language to write in."""

    audience: Audience
    language: str
    staff_member_id: int | None = None
    identity: Identity | None = None
    statement: Statement | None = None


def recipients_of(audience: Audience, event: Event, case: Case) -> list[Recipient]:
    """Everybody whom a letter to this audience goes to. Nobody is told of their own action.

    Readers without a sealed address and staff members without an address get nothing; a case without an
    assignee is the desk's. At most five queries.
    """
    find = {
        Audience.READER: _readers,
        Audience.DESK: _desk,
        Audience.ASSIGNEE: _assignee,
        Audience.FORMER: _former,
        Audience.SIGNERS: _signers,
        Audience.STANDARDS: _standards,
        Audience.MENTIONED: _mentioned,
        Audience.ADMINISTRATORS: _administrators,
        Audience.ASKED: _asked,
        Audience.ASKER: _consented,
    }[audience]
    return find(event, case)


def _readers(event: Event, case: Case) -> list[Recipient]:
    reachable = Identity.objects.filter(case=case).exclude(address_sealed="").select_related("case")
    return [Recipient(Audience.READER, case.language, identity=found) for found in reachable]


def _desk(event: Event, case: Case) -> list[Recipient]:
    return [Recipient(Audience.DESK, settings.LANGUAGE_CODE)]


def _assignee(event: Event, case: Case) -> list[Recipient]:
    """The owner; of a statement also whoever asked for it. The desk, where that is nobody."""
    meant = {member.pk: member for member in (case.assigned_to, _asker(event)) if member is not None}
    reached = [member for member in meant.values() if _is_reached(member) and _sees(member, case)]
    return _others(Audience.ASSIGNEE, reached, event) if reached else _desk(event, case)


def _asker(event: Event) -> StaffMember | None:
    """Who asked for the statement that an event is about."""
    if "statement" not in event.data:
        return None
    return StaffMember.objects.filter(
        pk__in=Statement.objects.filter(pk=event.data["statement"]).values("asked_by")
    ).first()


def _former(event: Event, case: Case) -> list[Recipient]:
    """Whom the event took the case from, if they may still know of it."""
    found = _reached().filter(pk=event.data.get("from"))
    return _others(Audience.FORMER, [member for member in found if _sees(member, case)], event)


def _asked(event: Event, case: Case) -> list[Recipient]:
    """Whoever the statement of an event was asked of, by account or outside, as long as anybody can be written to. That
    it is no longer asked for, only whoever knows of it."""
    found = list(Statement.objects.filter(pk=event.data["statement"]).exclude(staff_member=None, address_sealed=""))
    if event.happening == Happening.STATEMENT_WITHDRAWN:
        found = [statement for statement in found if believes_to_be_asked(statement)]
    return [Recipient(Audience.ASKED, statement.language, statement=statement) for statement in found]


def _signers(event: Event, case: Case) -> list[Recipient]:
    """Who may sign a decision, or consent to a hand-over that names the reader."""
    facts, members = replace(_facts(case), proposed_by=event.staff_member_id), _staff_with_roles(DESK_ROLES)
    if event.happening == Happening.PACK_ASKED:
        able = [each for each in members if may_consent(_as_actor(each), facts, event.staff_member_id)]
    else:
        able = [each for each in members if may_sign(_as_actor(each), facts)]
    return _others(Audience.SIGNERS, able, event)


def _consented(event: Event, case: Case) -> list[Recipient]:
    """Who asked for the consent that was given, if they may still know of the case."""
    found = _reached().filter(pk=event.data["asked_by"])
    return _others(Audience.ASKER, [member for member in found if _sees(member, case)], event)


def _standards(event: Event, case: Case) -> list[Recipient]:
    """Who may decide the case; where no standards editor may, the administrators stand in."""
    facts = _facts(case)
    able = [member for member in _staff_with_roles(COMPLAINT_ROLES) if may_decide(_as_actor(member), facts)]
    found = [member for member in able if member.role == Role.STANDARDS_EDITOR] or able
    return _others(Audience.STANDARDS, found, event)


def _administrators(event: Event, case: Case) -> list[Recipient]:
    """Those who may work on the case; of a review only where nobody on the desk may decide it, for then somebody has to
    be given the right to."""
    facts = _facts(case)
    if event.happening in _REVIEWS:
        return _without_decider(event, case, facts)
    found = [member for member in _staff_with_roles(_ADMINISTRATORS) if may_work_on(_as_actor(member), facts)]
    return _others(Audience.ADMINISTRATORS, found, event)


def _without_decider(event: Event, case: Case, facts: CaseFacts) -> list[Recipient]:
    desk = _staff_with_roles(DESK_ROLES)
    if any(may_decide(_as_actor(member), facts) for member in desk):
        return []
    seeing = [each for each in desk if each.role in _ADMINISTRATORS and may_see_case(_as_actor(each), facts)]
    return _others(Audience.ADMINISTRATORS, seeing, event) or _desk(event, case)


def _sees(member: StaffMember, case: Case) -> bool:
    """A case can become another one while it is somebody's: a complaint about an article that they have worked on."""
    return may_see_case(_as_actor(member), _facts(case))


def _facts(case: Case) -> CaseFacts:
    makers, first = makers_of(case.article_id).staff_ids, Decision.decided_first(case)
    section, was_complaint = case.article.section_id, case.was_complaint
    return CaseFacts(Kind(case.kind), makers, decided_first=first, section=section, was_complaint=was_complaint)


def _as_actor(member: StaffMember) -> Actor:
    return Actor(member.pk, member.role, frozenset(member.section_ids))


def _mentioned(event: Event, case: Case) -> list[Recipient]:
    meant = event.data.get("mentioned")
    if not meant:
        return []
    members = _reached().filter(pk__in=meant).order_by("pk")
    return _others(Audience.MENTIONED, list(members), event)


def _others(audience: Audience, members: list[StaffMember], event: Event) -> list[Recipient]:
    own = event.staff_member_id if event.actor_kind == ActorKind.STAFF else None
    return [Recipient(audience, member.language, member.pk) for member in members if member.pk != own]


def _staff_with_roles(roles: frozenset[str]) -> list[StaffMember]:
    return list(_reached().filter(role__in=roles).order_by("pk"))


def _reached() -> QuerySet[StaffMember]:
    """Whom letters about cases reach: whoever has an open account and an address, and has joined. An address that
    nobody has proved by joining may be somebody else's."""
    return StaffMember.objects.filter(is_active=True).exclude(
        Q(email="") | Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    )


def _is_reached(member: StaffMember) -> bool:
    return bool(member.is_active and member.email and member.has_usable_password())
