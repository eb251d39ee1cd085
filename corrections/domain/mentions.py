"""@username in an internal note: who is meant, who may be, and which mentions are not answered yet."""

import re
from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from corrections.domain.access import actor_of, desk_members
from corrections.domain.faults import Fault, refuse_if
from corrections.models import Event, Mention, Message
from corrections.rules import Actor, CaseFacts, may_see_case
from newsroom.models import StaffMember

#: Not in the middle of an address; what ends a sentence does not belong to the name.
_MENTION = re.compile(r"(?<![A-Za-z0-9_.%+\-@])@([\w.+\-]*\w)")


def apart(text: str) -> list[tuple[bool, str]]:
    """The pieces of a note in their order, and whether each is a name with its @."""
    pieces: list[tuple[bool, str]] = []
    end = 0
    for found in _MENTION.finditer(text):
        pieces += [(False, text[end : found.start()]), (True, found[0])]
        end = found.end()
    return [*pieces, (False, text[end:])]


def colleagues(members: Iterable[StaffMember], facts: CaseFacts) -> list[StaffMember]:
    """Those of the desk who may see a case."""
    return [member for member in members if may_see_case(actor_of(member), facts)]


def names_in(text: str) -> list[str]:
    """The names that follow an @ in a note, each once, in their order."""
    return list(dict.fromkeys(_MENTION.findall(text)))


def mentioned(text: str, chosen: Iterable[str], facts: CaseFacts) -> list[StaffMember]:
    """Whom a note means: the names in it and those chosen from the list (one query where there are any).

    Raises Refused for a name of nobody who may see the case; who has no account and who may not see it are told apart
    by nothing.
    """
    names = list(dict.fromkeys([*names_in(text), *chosen]))
    if not names:
        return []
    by_name = {member.username.casefold(): member for member in colleagues(desk_members(), facts)}
    refuse_if([_stranger(name) for name in names if name.casefold() not in by_name])
    return list({by_name[name.casefold()].pk: by_name[name.casefold()] for name in names}.values())


def write(event: Event, members: Iterable[StaffMember]) -> None:
    """Keeps whom the note of an event means, in the caller's transaction."""
    Mention.objects.bulk_create(Mention(case_id=event.case_id, event=event, staff_member=member) for member in members)


def unanswered(actor: Actor) -> Q:
    """The condition of the cases in which somebody was mentioned and has done nothing since."""
    done_since = Event.objects.filter(
        case=OuterRef("case"), staff_member=actor.staff_id, sequence__gt=OuterRef("event__sequence")
    )
    withdrawn = Message.objects.filter(event=OuterRef("event"), taken_back_at__isnull=False)
    waiting = Mention.objects.filter(~Exists(done_since), ~Exists(withdrawn), staff_member=actor.staff_id)
    return Q(pk__in=waiting.values("case"))


def _stranger(name: str) -> Fault:
    return Fault(
        "text",
        _("@%(name)s is nobody who may see this case. Choose a colleague from the list, or write the name without @")
        % {"name": name},
    )
