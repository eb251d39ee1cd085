"""Which cases a list shows: views, filters, search."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from corrections.domain import clocks, mentions
from corrections.domain.access import visible_cases
from corrections.domain.faults import Fault
from corrections.enums import OPEN_STATUSES, Status, WaitingOn
from corrections.models import Case
from corrections.rules import Actor
from newsroom.dates import read_day
from newsroom.days import beginning_of, day_of
from newsroom.keys import among
from newsroom.models import Article
from newsroom.queries import latest
from newsroom.search import alike, matching
from newsroom.text import fold, fold_digits

#: Articles that a search shows above the cases.
SHOWN_ARTICLES = 5
#: Articles whose cases a search finds by the headline, and cases that it finds by likeness alone.
MOST_ARTICLES = 500
MOST_ALIKE = 200
#: Cases that a search names by their keys, so that its words are compared once for the page, its length and its ends;
#: of more it says only that there are more. (What is too short for the index is compared with every report.)
MOST_NAMED = 2000
VIEWS = (
    "open",
    "overdue",
    "today",
    "unassigned",
    "mine",
    "mentions",
    "waiting",
    "signature",
    "reviews",
    "snoozed",
    "held",
    "decided",
    "all",
)
#: Filters that are a day as somebody wrote it.
DAYS = ("from_day", "to_day")
_MOST_DIGITS = 18
_NOTHING = Q(pk__in=())
_NUMBER = re.compile(r"\s*(\d{4})\s*/\s*(\d{1,9})\s*", re.ASCII)
#: A number as somebody types it: 2026/0022, 2026/22, 0022, 22.
_SHORT_NUMBER = re.compile(r"\s*(?:(\d{4})\s*/\s*)?(\d{1,9})\s*", re.ASCII)
#: Open, and its clock runs.
_RUNS = Q(status__in=OPEN_STATUSES) & ~Q(waiting_on=WaitingOn.READER)


@dataclass(frozen=True)
class QueueFilters:
    """What the editor chose; empty strings choose nothing."""

    view: str = "open"
    kind: str = ""
    section: str = ""
    language: str = ""
    severity: str = ""
    owner: str = ""
    status: str = ""
    due: str = ""
    channel: str = ""
    snoozed: str = ""
    from_day: str = ""
    to_day: str = ""
    #: The number of a case: the open reports that say nearly the same, itself among them.
    alike: str = ""
    words: str = ""


def chosen_cases(
    actor: Actor, filters: QueueFilters, now: datetime, articles: Sequence[int] | None = None
) -> QuerySet[Case]:
    """What this person sees in a view, narrowed by the filters; without an order. A searched number finds its cases
    wherever they are. `articles` is what `articles_with(filters.words)` gave, for whoever has asked already."""
    narrowed = condition(filters, actor, now, week_ends_at([filters], now))
    seen = Case.objects.filter(visible_cases(actor))
    number = numbered(filters.words)
    if number is not None and seen.filter(number).exists():
        return seen.filter(number)
    cases = seen.filter(narrowed)
    return cases.filter(_search(filters.words, seen, articles)) if filters.words.strip() else cases


def numbered(words: str) -> Q | None:
    """The cases of a number as it is typed, in any digits: 2026/0022, 2026/22, or 22 of any year; None for what is no
    number. Whoever searches a number means the case, in whichever view it is."""
    read = _SHORT_NUMBER.fullmatch(fold_digits(words))
    if read is None or int(read[2]) == 0:
        return None
    return Q(year=int(read[1]), sequence=int(read[2])) if read[1] else Q(sequence=int(read[2]))


def only_case_numbered(actor: Actor, words: str) -> Case | None:
    """The one case that a searched number can mean to this person (a query where the words are a number)."""
    number = numbered(words)
    found = [] if number is None else list(Case.objects.filter(visible_cases(actor), number)[:2])
    return found[0] if len(found) == 1 else None


def articles_with(words: str) -> list[int]:
    """The keys of the newest articles in which every word occurs (one query); none where nothing is searched."""
    if not words.strip():
        return []
    return list(Article.objects.filter(matching(words, "search_text")).values_list("pk", flat=True)[:MOST_ARTICLES])


def week_ends_at(asked: Iterable[QueueFilters], now: datetime) -> datetime:
    """When the site's working week ends, if any of the filters asks for it (then one query); else any moment."""
    if all(filters.due != "week" for filters in asked):
        return now
    return beginning_of(clocks.week_started_on(now) + timedelta(days=7))


def condition(filters: QueueFilters, actor: Actor, now: datetime, week_ends: datetime) -> Q:
    """View and filters as one condition, without the search and without asking who may see what."""
    exact = {
        "kind": filters.kind,
        "article__section__slug": filters.section,
        "language": filters.language,
        "severity": filters.severity,
        "waiting_on" if filters.status in WaitingOn.values else "status": filters.status,
        "channel": filters.channel,
    }
    chosen = view(filters.view, actor, now) & Q(**{name: value for name, value in exact.items() if value})
    coded = (
        ("" if is_colleague(filters.owner) else filters.owner, _owners(actor)),
        (filters.due, {**_dues(now), "week": _due_between(now, week_ends)}),
        (filters.snoozed, {"yes": _is_aside(now), "no": ~_is_aside(now)}),
    )
    chosen &= Q(assigned_to=int(filters.owner)) if is_colleague(filters.owner) else Q()
    for value, conditions in coded:
        chosen &= conditions.get(value, _NOTHING) if value else Q()
    return chosen & _arrived(filters) & (_alike(filters.alike, actor) if filters.alike else Q())


def is_colleague(owner: str) -> bool:
    """Whether an owner is one person by key, not a word for several."""
    return owner.isascii() and owner.isdecimal() and len(owner) < _MOST_DIGITS


def faults_in(filters: QueueFilters) -> list[Fault]:
    """Days that are none; what they should narrow is shown whole."""
    written = ((name, getattr(filters, name)) for name in DAYS)
    return [
        Fault(name, _("Write a day, such as 28/11/2026")) for name, day in written if day.strip() and not read_day(day)
    ]


def end_of_today(now: datetime) -> datetime:
    """Midnight at the end of the site's day."""
    return beginning_of(day_of(now) + timedelta(days=1))


def view(name: str, actor: Actor, now: datetime) -> Q:
    """The condition of a view; of the open cases for a name that is none.

    What is put aside stands in a view of its own and in no other of open cases, except what is overdue or due today:
    nothing hides a promise that is running out.
    """
    is_open = Q(status__in=OPEN_STATUSES)
    awake = is_open & ~_is_aside(now)
    if name == "mentions":
        return mentions.unanswered(actor)
    views = {
        "every_open": is_open,
        "open": awake,
        "overdue": _dues(now)["overdue"],
        "today": _dues(now)["today"],
        "unassigned": awake & Q(status__in=[Status.NEW, Status.IN_REVIEW], assigned_to=None),
        "mine": awake & Q(assigned_to=actor.staff_id),
        "waiting": awake & Q(waiting_on=WaitingOn.READER),
        "signature": awake & Q(waiting_on=WaitingOn.SECOND_SIGNATURE),
        "reviews": awake & Q(review_asked_at__isnull=False),
        "snoozed": is_open & _is_aside(now),
        "held": Q(status=Status.HELD),
        "decided": Q(status__in=[Status.DECIDED, Status.CLOSED]),
        "all": Q(),
    }
    return views.get(name, awake)


def counted_in(name: str) -> str:
    """The view that is read to count what stands in a view: itself, or one that holds it. Open cases are few among
    many, and have an index of their own."""
    wider = dict.fromkeys(("held", "decided", "all"), "all") | {"mentions": "mentions"}
    return wider.get(name, "every_open")


def _is_aside(now: datetime) -> Q:
    return Q(snoozed_until__gt=now)


def _owners(actor: Actor) -> dict[str, Q]:
    nobody = Q(assigned_to=None)
    return {"me": Q(assigned_to=actor.staff_id), "nobody": nobody, "somebody": ~nobody}


def _dues(now: datetime) -> dict[str, Q]:
    return {"overdue": _RUNS & Q(decision_due_at__lt=now), "today": _due_between(now, end_of_today(now))}


def _due_between(now: datetime, end: datetime) -> Q:
    return _RUNS & Q(decision_due_at__gte=now, decision_due_at__lt=end)


def _arrived(filters: QueueFilters) -> Q:
    """Between two days, both of them included, in whichever order they were given."""
    first, last = read_day(filters.from_day), read_day(filters.to_day)
    if first and last:
        first, last = sorted((first, last))
    arrived = Q(received_at__gte=beginning_of(first)) if first else Q()
    return arrived & Q(received_at__lt=beginning_of(last + timedelta(days=1))) if last else arrived


def _alike(number: str, actor: Actor) -> Q:
    """Nothing for what is no number of a case that the person may see, so that no list shows what was not meant."""
    read = _NUMBER.fullmatch(fold_digits(number))
    if read is None:
        return _NOTHING
    named = Case.objects.filter(visible_cases(actor), year=int(read[1]), sequence=int(read[2]))
    first = named.order_by().values_list(Coalesce("alike_to", "pk"))
    return Q(status__in=OPEN_STATUSES) & (Q(alike_to__in=first) | Q(pk__in=first))


def _search(words: str, seen: QuerySet[Case], articles: Sequence[int] | None) -> Q:
    """Every word must occur in the report, or every one in its article's headline of now.

    Of `seen`, the cases of the person: what others hold must not decide how is searched, which would tell of it.
    """
    # The articles are looked up before: joined by OR they would keep PostgreSQL from both indexes (18 ms against 291 ms
    # among 100,000 cases).
    by_headline = articles_with(words) if articles is None else articles
    found = matching(words, "search_text") | Q(article__in=by_headline)
    keys = list(seen.filter(found).order_by().values_list("pk", flat=True)[: MOST_NAMED + 1])
    if len(keys) > MOST_NAMED:
        return found
    if keys:
        return among(keys)
    return Q(pk__in=seen.filter(alike(words, "search_text")).order_by().values("pk")[:MOST_ALIKE])


def found_articles(words: str, articles: Sequence[int]) -> list[Article]:
    """The newest of `articles`, which `articles_with(words)` gave, or else of those in which something much like every
    word occurs; each with `headline` (one query)."""
    if not fold(words):
        return []
    return _newest(Q(pk__in=articles) if articles else alike(words, "search_text"))


def _newest(condition: Q) -> list[Article]:
    found = Article.objects.filter(condition).annotate(headline=latest("title"))
    return list(found.order_by("-published_at", "-pk")[:SHOWN_ARTICLES])
