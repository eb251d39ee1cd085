"""What an action on many cases would do, before anything is written: to how many, which not and why, which letters."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from django.conf import settings
from django.db.models import Exists, F, OuterRef, QuerySet

from corrections.domain.access import own_articles
from corrections.domain.bulk_actions import Instruction, happenings_of, obstacle_to
from corrections.domain.bulk_selection import Seen, pack
from corrections.domain.procedures_in_force import standards_decide
from corrections.enums import Audience, DeliveryStatus, Kind, Status
from corrections.job_enums import BulkAction, Obstacle
from corrections.models import Case, Delivery
from corrections.notifications.plan import Letter, letters_for
from corrections.notifications.restraint import unread_news
from corrections.rules import Actor, CaseFacts
from newsroom.models import StaffMember

#: Numbers of cases named under one obstacle; the rest are counted.
NAMED = 100
_CHUNK = 2000


class LetterCount(NamedTuple):
    """One kind of letter: which, to whom, in which language, and whether it goes out (a value of DeliveryStatus)."""

    template: str
    audience: str
    language: str
    status: str


@dataclass
class Group:
    """Cases that one obstacle leaves out, or that are one person's: how many, and the numbers of the first of them."""

    count: int = 0
    numbers: list[tuple[int, int]] = field(default_factory=list)

    def add(self, case: Case) -> None:
        """Counts one more case."""
        self.count += 1
        if len(self.numbers) < NAMED:
            self.numbers.append((case.year, case.sequence))


@dataclass
class Preview:
    """`selection` holds the cases on which it would be done, at the versions that were seen."""

    instruction: Instruction
    total: int = 0
    able: int = 0
    left_out: dict[Obstacle, Group] = field(default_factory=dict)
    #: The cases on which it would be done by their owner; None for those that are nobody's.
    owners: dict[StaffMember | None, Group] = field(default_factory=dict)
    #: How many of them are a colleague's.
    of_others: int = 0
    letters: Counter[LetterCount] = field(default_factory=Counter)
    selection: str = ""


def preview(instruction: Instruction, chosen: Iterable[QuerySet[Case]], *, actor: Actor, now: datetime) -> Preview:
    """Goes through the chosen cases once, in bounded memory; asks as many questions for 3 cases as for 300.

    Every rule and every state is asked through the predicates that the action itself asks when it is done.
    """
    shown = Preview(instruction)
    worked_on = _worked_on(actor, instruction)
    seen: list[Seen] = []
    for cases in chosen:
        for case in _with_facts(cases, instruction, now).iterator(chunk_size=_CHUNK):
            shown.total += 1
            obstacle = obstacle_to(actor, case, _facts_of(case, worked_on), instruction)
            if obstacle:
                shown.left_out.setdefault(obstacle, Group()).add(case)
            else:
                seen.append((case.pk, case.version))
                shown.owners.setdefault(case.assigned_to, Group()).add(case)
                shown.of_others += case.assigned_to_id not in (None, actor.staff_id)
                shown.letters.update(_letters(case, actor, instruction))
    shown.able, shown.selection = len(seen), pack(seen)
    return shown


def _worked_on(actor: Actor, instruction: Instruction) -> dict[int, frozenset[int]]:
    """The articles that those who take part wrote or edited; nobody else's matter to the rules that are asked."""
    people = [actor, *([Actor(instruction.assignee.pk, "")] if instruction.assignee else [])]
    return {each.staff_id: frozenset(own_articles(each).values_list("pk", flat=True)) for each in people}


def _facts_of(case: Case, worked_on: dict[int, frozenset[int]]) -> CaseFacts:
    makers = frozenset(person for person, articles in worked_on.items() if case.article_id in articles)
    section: int = case.section  # type: ignore[attr-defined]  # annotated
    return CaseFacts(Kind(case.kind), makers, section=section, senior_decides=standards_decide(case))


def _with_facts(cases: QuerySet[Case], instruction: Instruction, now: datetime) -> QuerySet[Case]:
    """The cases by key, with what the obstacles and the letters ask of each and nothing else."""
    asked = cases.annotate(
        section=F("article__section"),
        address=F("identity__address_sealed"),
        confirmed_at=F("identity__confirmed_at"),
        has_unread=Exists(Delivery.objects.filter(unread_news(now), identity__case=OuterRef("pk"))),
    )
    if instruction.action == BulkAction.JOIN:
        asked = asked.annotate(leads=Exists(Case.objects.filter(lead=OuterRef("pk"), status=Status.DUPLICATE)))
    columns = ("year", "sequence", "version", "kind", "status", "waiting_on", "severity", "language", "snoozed_until")
    keys = ("article_id", "assigned_to_id", "sent_with_id", "lead_id", "lead__decided_at")
    joining = ("review_asked_at", "was_complaint", "procedure_version_id", "procedure_version__data")
    owner = ("assigned_to__display_name", "assigned_to__email", "assigned_to__language", "assigned_to__is_active")
    asked = asked.select_related("lead", "procedure_version", "assigned_to")
    return asked.only(*columns, *keys, *joining, *owner).order_by("pk")


def _letters(case: Case, actor: Actor, instruction: Instruction) -> list[LetterCount]:
    found = []
    if instruction.action == BulkAction.JOIN:
        case.lead = instruction.lead  # as it will be when the letters are written; nothing is saved
    happenings = happenings_of(case, actor, instruction)
    for letter in (each for happening in happenings for each in letters_for(happening, case)):
        if letter.audience == Audience.READER:
            found += _to_reader(letter, case)
        elif letter.audience == Audience.ASSIGNEE:
            found += _to_assignee(letter, actor, instruction)
        elif letter.audience == Audience.FORMER:
            found += _to_former(letter, case, actor)
    return found


def _to_reader(letter: Letter, case: Case) -> list[LetterCount]:
    """As corrections.notifications decides it when the letter is written."""
    if not case.address:  # type: ignore[attr-defined]  # annotated
        return []
    status = DeliveryStatus.PENDING
    if case.confirmed_at is None:  # type: ignore[attr-defined]
        status = DeliveryStatus.UNCONFIRMED
    elif letter.is_news and case.has_unread:  # type: ignore[attr-defined]
        status = DeliveryStatus.FOLDED
    return [LetterCount(letter.template, letter.audience, case.language, status)]


def _to_former(letter: Letter, case: Case, actor: Actor) -> list[LetterCount]:
    member = case.assigned_to
    if member is None or member.pk == actor.staff_id or not member.email or not member.is_active:
        return []
    return [LetterCount(letter.template, letter.audience, member.language, DeliveryStatus.PENDING)]


def _to_assignee(letter: Letter, actor: Actor, instruction: Instruction) -> list[LetterCount]:
    member = instruction.assignee
    if member is None or member.pk == actor.staff_id:
        return []
    if not member.email:
        return [LetterCount(letter.template, Audience.DESK, settings.LANGUAGE_CODE, DeliveryStatus.PENDING)]
    return [LetterCount(letter.template, letter.audience, member.language, DeliveryStatus.PENDING)]
