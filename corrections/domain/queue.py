"""The desk's list: a page of a view in the order of work, the neighbours of a place in it, and what has arrived."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from corrections.domain.access import visible_cases, with_title
from corrections.domain.mails import mails_of_cases
from corrections.domain.presence import others_listed
from corrections.domain.queue_filters import (
    MOST_NAMED,
    VIEWS,
    QueueFilters,
    articles_with,
    chosen_cases,
    condition,
    counted_in,
    found_articles,
    view,
    week_ends_at,
)
from corrections.domain.queue_order import Place, after, before, in_order, place_of
from corrections.domain.similar import number_alike, number_joined
from corrections.enums import OPEN_STATUSES, DeliveryStatus
from corrections.models import Case
from corrections.rules import Actor
from newsroom.listed import counted
from newsroom.models import Article, StaffMember

PAGE_SIZE = 25


@dataclass(frozen=True)
class QueuePage:
    """One page of the list with what stands around it. `earlier` and `later` are the places that lead to the pages
    before and behind it, where there are any."""

    rows: list[Case]
    counts: dict[str, int]
    #: Of the saved views, in their order; None for one that searches words and is not the view shown, for it would cost
    #: a search on every page, and for one that finds more than is counted.
    saved_counts: list[int | None]
    total: int
    #: Whether `total` is all of them: what a search finds is counted up to MOST_NAMED.
    is_all: bool
    filters: QueueFilters
    earlier: Place | None
    later: Place | None
    #: What the search finds besides cases.
    articles: list[Article]


def queue(
    actor: Actor,
    filters: QueueFilters,
    *,
    now: datetime,
    behind: Place | None = None,
    ahead_of: Place | None = None,
    saved: Sequence[QueueFilters] = (),
) -> QueuePage:
    """The cases of a view in the order of work, and the number of cases in every view, the `saved` ones too (five
    queries, and three more for a search).

    The page begins `behind` a place, or ends `ahead_of` one; else it is the first. Each row carries `title` (headline
    of the latest revision), `similar` (other open cases about the same article), `alike_number` (open cases that say
    nearly the same), `joined_number` (what it leads) and `has_failed_mail`, and what presence.read_others reads,
    besides the case with its article, section and assignee.
    """
    articles = articles_with(filters.words)
    chosen = chosen_cases(actor, filters, now, articles)
    counts, saved_counts = _counts(actor, saved, now)
    # What the rail counts already is not counted again.
    is_whole_view = filters == QueueFilters(view=filters.view) and filters.view in VIEWS
    total, is_all = (counts[filters.view], True) if is_whole_view else _total(chosen, filters)
    rows, more_on_that_side = _rows(actor, chosen, others_listed(actor, now), behind, ahead_of)
    backwards = ahead_of is not None and behind is None
    opposite = _has_more(chosen, rows, backwards, is_first_page=behind is None and ahead_of is None)
    has_earlier, has_later = (more_on_that_side, opposite) if backwards else (opposite, more_on_that_side)
    return QueuePage(
        rows,
        counts,
        [total if each == filters and is_all else count for each, count in zip(saved, saved_counts, strict=True)],
        total,
        is_all,
        filters,
        earlier=place_of(rows[0]) if rows and has_earlier else None,
        later=place_of(rows[-1]) if rows and has_later else None,
        articles=found_articles(filters.words, articles),
    )


def next_case(actor: Actor, filters: QueueFilters, place: Place, *, now: datetime) -> Case | None:
    """The case that stands behind a place in a view, whether or not the place's own case is still in it; never that
    case again, which one's own step may have moved further back."""
    return after(chosen_cases(actor, filters, now).exclude(pk=place.pk), place).first()


def previous_case(actor: Actor, filters: QueueFilters, place: Place, *, now: datetime) -> Case | None:
    """The case that stands before a place in a view."""
    return before(chosen_cases(actor, filters, now).exclude(pk=place.pk), place).first()


def arrived_since(actor: Actor, filters: QueueFilters, moment: datetime, *, now: datetime) -> int:
    """How many cases of a view were received since a moment (one query)."""
    return chosen_cases(actor, filters, now).filter(received_at__gt=moment).count()


def _total(chosen: QuerySet[Case], filters: QueueFilters) -> tuple[int, bool]:
    """How many cases there are, and whether these are all."""
    if not filters.words.strip():
        return chosen.count(), True
    # In no order: any so many say that there are more.
    found = chosen.order_by()[: MOST_NAMED + 1].count()
    return min(found, MOST_NAMED), found <= MOST_NAMED


def _counts(actor: Actor, saved: Sequence[QueueFilters], now: datetime) -> tuple[dict[str, int], list[int | None]]:
    """How many cases this person sees in every view, and in every saved one (one query for all of them)."""
    asked = {number: each for number, each in enumerate([*map(QueueFilters, VIEWS), *saved]) if not each.words.strip()}
    week_ends = week_ends_at(asked.values(), now)
    lists: dict[str, dict[int, Q]] = {}
    for number, each in asked.items():
        lists.setdefault(counted_in(each.view), {})[number] = condition(each, actor, now, week_ends)
    found = _counted(actor, lists, now)
    counts = {name: found[number] for number, name in enumerate(VIEWS)}
    return counts, [found.get(len(VIEWS) + number) for number in range(len(saved))]


def _counted(actor: Actor, lists: dict[str, dict[int, Q]], now: datetime) -> dict[int, int]:
    """How many cases of each list meet which of its conditions; every list is read once."""
    told = {
        name: counted(Case.objects.filter(visible_cases(actor), view(name, actor, now)), conditions.values())
        for name, conditions in lists.items()
    }
    # Of one row, which is there in any case.
    row: Any = StaffMember.objects.filter(pk=actor.staff_id).values(**told).get()
    found: dict[int, int] = {}
    for name, conditions in lists.items():
        found |= dict(zip(conditions, row[name] or [0] * len(conditions), strict=True))
    return found


def _rows(
    actor: Actor, chosen: QuerySet[Case], others: Subquery, behind: Place | None, ahead_of: Place | None
) -> tuple[list[Case], bool]:
    """The rows of the page in the order of work, and whether there are more in the direction of reading."""
    if behind:
        ordered = after(chosen, behind)
    elif ahead_of:
        ordered = before(chosen, ahead_of)
    else:
        ordered = in_order(chosen)
    # The keys first, from the index alone: what a row shows besides is read for one page, not for the whole view.
    keys = list(ordered.values_list("pk", flat=True)[: PAGE_SIZE + 1])
    rows = list(_with_row_facts(actor, in_order(Case.objects.filter(pk__in=keys[:PAGE_SIZE])), others))
    return rows, len(keys) > PAGE_SIZE


def _has_more(chosen: QuerySet[Case], rows: list[Case], backwards: bool, *, is_first_page: bool) -> bool:
    """Whether there is anything on the side from which the page was come to."""
    if not rows or is_first_page:
        return False
    there = after(chosen, place_of(rows[-1])) if backwards else before(chosen, place_of(rows[0]))
    return there.exists()


def _with_row_facts(actor: Actor, cases: QuerySet[Case], here: Subquery) -> QuerySet[Case]:
    others = (
        Case.objects.filter(visible_cases(actor), article_id=OuterRef("article_id"), status__in=OPEN_STATUSES)
        .exclude(pk=OuterRef("pk"))
        .order_by()
        .values("article_id")
        .annotate(number_of=Count("pk"))
        .values("number_of")
    )
    failed = mails_of_cases().filter(event__case=OuterRef("pk"), status=DeliveryStatus.FAILED)
    return (
        with_title(cases)
        .annotate(
            similar=Coalesce(Subquery(others, output_field=IntegerField()), 0),
            has_failed_mail=Exists(failed),
            others_listed=here,
            alike_number=number_alike(actor),
            joined_number=number_joined(),
        )
        .select_related("article__section", "assigned_to")
    )
