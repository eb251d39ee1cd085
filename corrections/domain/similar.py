"""Reports that say nearly the same or mean the same words: grouped as they come in, and found beside a case."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from django.db.models import Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from corrections.domain import places
from corrections.domain.access import visible_cases, with_title
from corrections.enums import OPEN_STATUSES, Kind, Part, Purpose, Status
from corrections.likeness import Wording, first_alike, nearly_the_same, wording
from corrections.models import Case, Message, Passage
from corrections.passages import overlap
from corrections.rules import Actor
from corrections.work_choices import Resemblance
from newsroom.edits import Edit
from newsroom.models import Revision

#: Earlier reports on the same article that a new one is compared with.
COMPARED = 200
#: Similar reports shown beside a case, cases of one sending, and how many are looked at to choose from.
SHOWN = 10
MOST_TOGETHER = 10
LOOKED_AT = 60
#: So many reports that say nearly the same, so close to one another, are a campaign.
CAMPAIGN = 5
CAMPAIGN_HOURS = 3
#: What has not been taken up elsewhere, and so can be joined to another case.
JOINABLE = (Status.NEW, Status.IN_REVIEW)


class Grouping(NamedTuple):
    """The digest of a report's words, and the first report that says nearly the same, if there is one."""

    digest: str
    first: Case | None


@dataclass(frozen=True)
class Similar:
    """Another report with why it stands here; `step` is what one press does: gather, join, separate, or nothing."""

    case: Case
    reasons: tuple[Resemblance, ...]
    step: str


@dataclass(frozen=True)
class Flood:
    """The reports that say nearly the same as a case: open ones, those that can be joined to it, those around it in
    time and from how many networks they came."""

    open: int
    to_join: int
    around: int
    networks: int

    @property
    def is_campaign(self) -> bool:
        return self.around >= CAMPAIGN and self.networks > 1


@dataclass(frozen=True)
class Others:
    """What stands beside a case: cases of its own sending, similar reports, the flood it belongs to, what it leads."""

    sent_along: list[Case]
    similar: list[Similar]
    flood: Flood | None
    joined: int


def grouping_of(text: str, article_id: int, kind: str) -> Grouping:
    """Which earlier report of the same sort a new one repeats: the same words about whatever article, or nearly the
    same about this one (two queries at most)."""
    words = wording(text)
    if not words.words:
        return Grouping("", None)
    firsts = Case.objects.filter(_same_sort(kind), alike_to=None)
    same = firsts.filter(wording=words.digest).order_by("pk").first()
    if same:
        return Grouping(words.digest, same)
    known = {case.pk: case for case in _with_words(firsts.filter(article_id=article_id)).order_by("-pk")[:COMPARED]}
    found = first_alike(words, ((pk, words_of(case)) for pk, case in known.items()))
    return Grouping(words.digest, known[found] if found else None)


def in_group(case: Case) -> Q:
    """The condition of the reports that say nearly the same as a case, itself among them."""
    first = case.alike_to_id or case.pk
    return Q(alike_to=first) | Q(pk=first)


def number_alike(actor: Actor) -> Any:
    """For a list: how many other open reports that this person may see say nearly the same as the row's."""
    first = Coalesce(OuterRef("alike_to"), OuterRef("pk"))
    same = Case.objects.filter(visible_cases(actor), status__in=OPEN_STATUSES).exclude(pk=OuterRef("pk"))
    return Coalesce(_number(same.filter(alike_to=first)), 0) + Coalesce(_number(same.filter(pk=first)), 0)


def number_joined() -> Any:
    """For a list: how many reports are joined to the row's case."""
    return Coalesce(_number(Case.objects.filter(lead=OuterRef("pk"), status=Status.DUPLICATE)), 0)


def joinable(actor: Actor, case: Case) -> QuerySet[Case]:
    """The reports that say nearly the same and can be joined to a case at once, the oldest first."""
    free = ~Exists(Case.objects.filter(lead=OuterRef("pk")))
    found = Case.objects.filter(visible_cases(actor), in_group(case), _same_sort(case.kind), free)
    free_to_join = found.filter(article_id=case.article_id, status__in=JOINABLE, review_asked_at=None)
    free_to_join = free_to_join.filter(was_complaint=case.was_complaint)
    return free_to_join.exclude(pk=case.pk).order_by("pk")


def joined_to(actor: Actor, case: Case) -> QuerySet[Case]:
    """The reports that are joined to a case."""
    return Case.objects.filter(visible_cases(actor), lead=case, status=Status.DUPLICATE)


def others_beside(actor: Actor, case: Case) -> Others:
    """What was sent together with a case, and the other reports most like it (one query; one more where the article was
    revised between the passages that are compared)."""
    found = list(_beside(actor, case)[: MOST_TOGETHER + LOOKED_AT])
    together = sorted((other for other in found if other.is_tied), key=lambda other: other.pk)
    rest = [other for other in found if not other.is_tied]
    meant = _meaning_the_same_words(case, rest)
    said = words_of(case)
    similar = [Similar(other, _reasons(case, other, said, meant), _step(case, other)) for other in rest]
    # The likest first; sorting keeps the newest first among equals.
    similar.sort(key=lambda each: (each.step != "separate", -len(each.reasons)))
    first: Any = found[0] if found else None
    flood = Flood(first.flood_open, first.flood_to_join, first.flood_around, first.flood_networks) if first else None
    return Others(together[:MOST_TOGETHER], similar[:SHOWN], flood, first.flood_joined if first else 0)


def words_of(case: Case) -> Wording:
    """The words of a case that `_with_words` fetched."""
    passage = getattr(case, "passage", None)
    return wording(f"{getattr(case, 'report', '') or ''}\n{passage.proposed if passage else ''}")


def _beside(actor: Actor, case: Case) -> QuerySet[Any]:
    first = case.sent_with_id or case.pk
    together = Q(pk=first) | Q(sent_with=first)
    seen = Case.objects.filter(visible_cases(actor), Q(article_id=case.article_id) | in_group(case)).exclude(pk=case.pk)
    listed = with_title(_with_words(seen.filter(together | ~Q(status=Status.WITHDRAWN))))
    flood = Case.objects.filter(visible_cases(actor), in_group(case))
    span = timedelta(hours=CAMPAIGN_HOURS)
    around = flood.filter(received_at__gte=case.received_at - span, received_at__lte=case.received_at + span)
    return listed.annotate(
        is_tied=Exists(Case.objects.filter(together, pk=OuterRef("pk"))),
        is_alike=Exists(Case.objects.filter(in_group(case), pk=OuterRef("pk"))),
        leads=Exists(Case.objects.filter(lead=OuterRef("pk"), status=Status.DUPLICATE)),
        seen_number=F("revision__number"),
        flood_open=Coalesce(_number(flood.filter(status__in=OPEN_STATUSES)), 0),
        flood_to_join=Coalesce(_number(joinable(actor, case)), 0),
        flood_around=Coalesce(_number(around), 0),
        flood_networks=Coalesce(_number(around.exclude(suspicion__has_key="same_network")), 0),
        flood_joined=Coalesce(_number(Case.objects.filter(lead=case, status=Status.DUPLICATE)), 0),
    ).order_by("-is_tied", "-is_alike", "-received_at", "-pk")


def _with_words(cases: QuerySet[Case]) -> QuerySet[Case]:
    report = Message.objects.filter(case=OuterRef("pk"), purpose=Purpose.REPORT).order_by("pk")
    return cases.select_related("passage").annotate(report=Subquery(report.values("text")[:1]))


def _number(cases: QuerySet[Case]) -> Subquery:
    counted = cases.order_by().annotate(_all=Value(1)).values("_all").annotate(_number=Count("pk")).values("_number")
    return Subquery(counted, output_field=IntegerField())


def _same_sort(kind: str) -> Q:
    """Complaints are grouped and joined with complaints alone (relations)."""
    is_complaint = Q(kind=Kind.COMPLAINT)
    return is_complaint if kind == Kind.COMPLAINT else ~is_complaint


def _reasons(case: Case, other: Any, said: Wording, meant: set[int]) -> tuple[Resemblance, ...]:
    is_same_text = other.is_alike or nearly_the_same(said, words_of(other))
    reasons = {
        Resemblance.TEXT: is_same_text and other.article_id == case.article_id,
        Resemblance.ELSEWHERE: is_same_text and other.article_id != case.article_id,
        Resemblance.PASSAGE: other.pk in meant,
    }
    return tuple(reason for reason, holds in reasons.items() if holds)


def _step(case: Case, other: Any) -> str:
    """What one press can do with another report; the domain asks the rules again."""
    if other.lead_id == case.pk:
        return "separate"
    are_complaints = (case.kind == Kind.COMPLAINT, case.was_complaint)
    of_one_sort = (other.kind == Kind.COMPLAINT, other.was_complaint) == are_complaints
    if other.article_id != case.article_id or not of_one_sort or case.status in (Status.DUPLICATE, Status.WITHDRAWN):
        return ""
    if other.leads and _can_be_joined(case):
        return "join"
    return "gather" if _can_be_joined(other) and not other.leads else ""


def _can_be_joined(case: Case) -> bool:
    return case.status in JOINABLE and case.review_asked_at is None


def _meaning_the_same_words(case: Case, others: Sequence[Any]) -> set[int]:
    """The keys of those whose passage shares words with the case's, both carried to one revision of the article."""
    own: Passage | None = getattr(case, "passage", None)
    if own is None:
        return set()
    meant = [
        other
        for other in others
        if other.article_id == case.article_id and getattr(other, "passage", None) and other.passage.part == own.part
    ]
    numbers = {case.revision.number, *(other.seen_number for other in meant)}
    later = _edits_since(case.article_id, min(numbers), own.part) if len(numbers) > 1 else {}
    place = _carried(own, case.revision.number, later)
    return {other.pk for other in meant if _shares(own, place, _carried(other.passage, other.seen_number, later))}


def _edits_since(article_id: int, number: int, part: str) -> dict[int, list[Edit]]:
    rows = Revision.objects.filter(article=article_id, number__gt=number).order_by("number")
    return {number: places.edits_in(edits, part) for number, edits in rows.values_list("number", "edits")}


def _carried(passage: Passage, seen: int, later: dict[int, list[Edit]]) -> tuple[int, int]:
    return places.carried_through(passage, [edits for number, edits in later.items() if number > seen])


def _shares(own: Passage, place: tuple[int, int], other: tuple[int, int]) -> bool:
    return own.part == Part.PHOTO or overlap(place, other)
