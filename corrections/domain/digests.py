"""What the clock tells subscribers of saved views: what is new to them in the view, and nothing where nothing is.

Nobody is told twice, whatever dies: what is told of is a row that is unique per subscription and case, its letter one
that is unique per subscription and period, and both are written in one transaction with the delivery.
"""

from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from corrections import desk_settings
from corrections.calendar import WorkingCalendar
from corrections.domain import clocks
from corrections.domain.access import actor_of
from corrections.domain.queue_filters import chosen_cases
from corrections.domain.queue_order import in_order
from corrections.domain.saved_views import filters_of
from corrections.models import Case, Digest, Subscription, ToldCase
from corrections.notifications import outbox
from corrections.rules import may_work_on_desk
from newsroom.days import beginning_of, day_of

#: New cases that one letter counts, and those that it names.
MOST_COUNTED = 500
MOST_NAMED = 25


def tell_subscribers(now: datetime) -> int:
    """Writes the letters that are due; returns how many. Safe to repeat, to miss and to run twice at once."""
    running = Subscription.objects.filter(ended_at=None, view__removed_at=None, staff_member__is_active=True)
    subscriptions = list(running.exclude(staff_member__email="").select_related("view", "staff_member").order_by("pk"))
    if not subscriptions:
        return 0
    calendar, week = clocks.calendar(), clocks.week_started_on(now)
    hour = desk_settings.current().digest_hour
    return sum(_tell(each, period_due(each, calendar, week, hour, now), now) for each in subscriptions)


def period_due(subscription: Subscription, calendar: WorkingCalendar, week: date, hour: int, now: datetime) -> str:
    """The day or week whose letter may be written now; empty while there is none, and for mails about each case.

    Letters are written from `hour` on, by the site's clock. Daily ones come on working days; weekly ones on the first
    working day of the site's week, or later in it where nothing could run on that day.
    """
    today = day_of(now)
    is_time = calendar.is_working_day(today) and now >= _written_at(today, hour)
    if subscription.rhythm == Subscription.Rhythm.EACH or not is_time:
        return ""
    first = today if subscription.rhythm == Subscription.Rhythm.DAILY else week
    begun_before = subscription.since < _written_at(first, hour)
    period = f"{subscription.rhythm} {first:%Y-%m-%d}"
    return period if begun_before and period != subscription.last_period else ""


def _tell(subscription: Subscription, period: str, now: datetime) -> bool:
    is_due = bool(period) or subscription.rhythm == Subscription.Rhythm.EACH
    if not is_due or not may_work_on_desk(actor_of(subscription.staff_member)):
        return False
    total, new = _what_is_new(subscription, now)
    try:
        with transaction.atomic():
            return _write(subscription, period, total, new, now)
    except IntegrityError:
        # Somebody else has just told of one of these cases; what is left is found the next time.
        return False


def _what_is_new(subscription: Subscription, now: datetime) -> tuple[int, list[Case]]:
    """How many cases the subscriber sees in the view, and those of which they have not been told, in the order of
    work."""
    cases = chosen_cases(actor_of(subscription.staff_member), filters_of(subscription.view), now)
    told = ToldCase.objects.filter(subscription=subscription, case=OuterRef("pk"))
    new = cases.filter(~Exists(told), pk__gt=subscription.begins_after)
    return cases.count(), list(in_order(new)[:MOST_COUNTED])


def _write(subscription: Subscription, period: str, total: int, new: list[Case], now: datetime) -> bool:
    if period and not _take(subscription, period):
        return False
    if not new:
        return False
    digest = Digest.objects.create(
        subscription=subscription,
        period=period or f"case {min(case.pk for case in new)}",
        written_at=now,
        new=len(new),
        total=total,
        cases=[[case.year, case.sequence, case.kind] for case in new[:MOST_NAMED]],
    )
    ToldCase.objects.bulk_create(ToldCase(subscription=subscription, case=case, digest=digest) for case in new)
    outbox.enqueue_digest(digest, now)
    return True


def _take(subscription: Subscription, period: str) -> bool:
    """Notes that a period was looked at; False where somebody else has done so, or the mails have ended."""
    untouched = Subscription.objects.filter(pk=subscription.pk, last_period=subscription.last_period, ended_at=None)
    return bool(untouched.update(last_period=period))


def _written_at(day: date, hour: int) -> datetime:
    return beginning_of(day) + timedelta(hours=hour)
