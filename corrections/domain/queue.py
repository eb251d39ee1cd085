"""The desk's list: due first, safety on top, with views, filters and search."""

import re
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Case as Choice
from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from corrections.domain.access import visible_cases, with_title
from corrections.domain.mails import mails_of_cases
from corrections.enums import OPEN_STATUSES, DeliveryStatus, Severity, Status, WaitingOn
from corrections.models import Case
from corrections.rules import Actor
from newsroom.text import fold, fold_digits, without_prefix

PAGE_SIZE = 25
VIEWS = ("open", "overdue", "today", "unassigned", "mine", "waiting", "signature", "held", "decided", "all")
#: Pages beyond this are never asked for by a person; the database would count its way there.
LAST_PAGE = 10_000


@dataclass(frozen=True)
class QueueFilters:
    """What the editor chose; empty strings choose nothing."""

    view: str = "open"
    kind: str = ""
    section: str = ""
    language: str = ""
    severity: str = ""
    words: str = ""


@dataclass(frozen=True)
class QueuePage:
    """One page of the list with what stands around it."""

    rows: list[Case]
    counts: dict[str, int]
    total: int
    page: int
    pages: int
    filters: QueueFilters = field(default_factory=QueueFilters)


def queue(actor: Actor, filters: QueueFilters, *, page: int, now: datetime) -> QueuePage:
    """The cases of a view in the order of work, and the number of cases in every view (three queries).

    Each row carries `title` (headline of the latest revision), `similar` (other open cases about the same
    article) and `has_failed_mail` besides the case with its article, section and assignee.
    """
    visible = Case.objects.filter(visible_cases(actor))
    counts = visible.aggregate(**{name: Count("pk", filter=_view(name, actor, now)) for name in VIEWS})
    chosen = _filtered(visible.filter(_view(filters.view, actor, now)), filters)
    total = chosen.count()
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(max(page, 1), pages, LAST_PAGE)
    start = (page - 1) * PAGE_SIZE
    rows = list(_ordered(_with_row_facts(chosen))[start : start + PAGE_SIZE])
    return QueuePage(rows, counts, total, page, pages, filters)


def end_of_today(now: datetime) -> datetime:
    """Midnight at the end of the site's day."""
    local = now.astimezone(ZoneInfo(settings.TIME_ZONE))
    return datetime.combine(local.date() + timedelta(days=1), time(), local.tzinfo)


def _with_row_facts(cases: QuerySet[Case]) -> QuerySet[Case]:
    others = (
        Case.objects.filter(article_id=OuterRef("article_id"), status__in=OPEN_STATUSES)
        .exclude(pk=OuterRef("pk"))
        .order_by()
        .values("article_id")
        .annotate(number_of=Count("pk"))
        .values("number_of")
    )
    failed = mails_of_cases().filter(event__case=OuterRef("pk"), status=DeliveryStatus.FAILED)
    return (
        with_title(cases)
        .annotate(similar=Coalesce(Subquery(others, output_field=IntegerField()), 0), has_failed_mail=Exists(failed))
        .select_related("article__section", "assigned_to")
    )


def _ordered(cases: QuerySet[Case]) -> QuerySet[Case]:
    safety_first = Choice(
        When(severity=Severity.SAFETY, status__in=OPEN_STATUSES, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    return cases.order_by(safety_first, "decision_due_at", "pk")


def _view(name: str, actor: Actor, now: datetime) -> Q:
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


def _filtered(cases: QuerySet[Case], filters: QueueFilters) -> QuerySet[Case]:
    exact = {
        "kind": filters.kind,
        "article__section__slug": filters.section,
        "language": filters.language,
        "severity": filters.severity,
    }
    cases = cases.filter(**{name: value for name, value in exact.items() if value})
    return cases.filter(_search(filters.words)) if filters.words.strip() else cases


def _search(words: str) -> Q:
    """A number finds its case; words are folded, each must occur, with or without one prefix."""
    number = re.fullmatch(r"\s*(\d{4})\s*/\s*(\d{1,9})\s*", fold_digits(words))
    if number:
        return Q(year=int(number[1]), sequence=int(number[2]))
    found = Q()
    for word in fold(words).split()[:8]:
        found &= Q(search_text__contains=word) | Q(search_text__contains=without_prefix(word))
    return found
