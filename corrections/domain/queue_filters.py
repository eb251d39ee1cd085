"""Which cases a list shows: views, filters, search."""

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Q, QuerySet

from corrections.domain.access import visible_cases
from corrections.enums import OPEN_STATUSES, Status, WaitingOn
from corrections.models import Case
from corrections.rules import Actor
from newsroom.models import Article
from newsroom.queries import latest
from newsroom.search import alike, matching
from newsroom.text import fold, fold_digits

#: Articles that a search shows above the cases.
SHOWN_ARTICLES = 5
#: Articles whose cases a search finds by the headline, and cases that it finds by likeness alone.
MOST_ARTICLES = 500
MOST_ALIKE = 200
VIEWS = ("open", "overdue", "today", "unassigned", "mine", "waiting", "signature", "held", "decided", "all")


@dataclass(frozen=True)
class QueueFilters:
    """What the editor chose; empty strings choose nothing."""

    view: str = "open"
    kind: str = ""
    section: str = ""
    language: str = ""
    severity: str = ""
    words: str = ""


def chosen_cases(actor: Actor, filters: QueueFilters, now: datetime) -> QuerySet[Case]:
    """What this person sees in a view, narrowed by the filters; without an order."""
    cases = Case.objects.filter(visible_cases(actor)).filter(view(filters.view, actor, now))
    exact = {
        "kind": filters.kind,
        "article__section__slug": filters.section,
        "language": filters.language,
        "severity": filters.severity,
    }
    cases = cases.filter(**{name: value for name, value in exact.items() if value})
    return cases.filter(_search(filters.words)) if filters.words.strip() else cases


def end_of_today(now: datetime) -> datetime:
    """Midnight at the end of the site's day."""
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    return datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)


def view(name: str, actor: Actor, now: datetime) -> Q:
    """The condition of a view; of the open cases for a name that is none."""
    is_open = Q(status__in=OPEN_STATUSES)
    runs = is_open & ~Q(waiting_on=WaitingOn.READER)
    views = {
        "open": is_open,
        "overdue": runs & Q(decision_due_at__lt=now),
        "today": runs & Q(decision_due_at__gte=now, decision_due_at__lt=end_of_today(now)),
        "unassigned": Q(status=Status.NEW, assigned_to=None),
        "mine": is_open & Q(assigned_to=actor.staff_id),
        "waiting": Q(waiting_on=WaitingOn.READER),
        "signature": Q(waiting_on=WaitingOn.SECOND_SIGNATURE),
        "held": Q(status=Status.HELD),
        "decided": Q(status__in=[Status.DECIDED, Status.CLOSED]),
        "all": Q(),
    }
    return views.get(name, is_open)


def _search(words: str) -> Q:
    """A number finds its case; every word must occur in the report, or every one in its article's headline of now."""
    number = re.fullmatch(r"\s*(\d{4})\s*/\s*(\d{1,9})\s*", fold_digits(words))
    if number:
        return Q(year=int(number[1]), sequence=int(number[2]))
    # The articles are looked up before: joined by OR they would keep PostgreSQL from both indexes (18 ms against 291 ms
    # among 100,000 cases).
    articles = list(Article.objects.filter(matching(words, "search_text")).values_list("pk", flat=True)[:MOST_ARTICLES])
    found = matching(words, "search_text") | Q(article__in=articles)
    if Case.objects.filter(found).exists():
        return found
    return Q(pk__in=Case.objects.filter(alike(words, "search_text")).order_by().values("pk")[:MOST_ALIKE])


def found_articles(words: str) -> list[Article]:
    """The newest articles in whose headline or standfirst every word occurs, or else something much like it; each with
    `headline` (two queries at most)."""
    if not fold(words):
        return []
    return _newest(matching(words, "search_text")) or _newest(alike(words, "search_text"))


def _newest(condition: Q) -> list[Article]:
    found = Article.objects.filter(condition).annotate(headline=latest("title"))
    return list(found.order_by("-published_at", "-pk")[:SHOWN_ARTICLES])
