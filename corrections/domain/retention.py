"""What is kept no longer: names and addresses after their time, counters after their day, spent links."""

from datetime import datetime, timedelta

from django.conf import settings

from corrections.domain import abuse, identity
from corrections.domain.cases import CaseChanged
from corrections.models import Case, ReaderLink

BATCH = 500


def erase_expired(now: datetime) -> int:
    """Erases the identities of cases closed longer ago than the promised days, old counters and expired links.

    Returns how many identities it erased. Safe to repeat.
    """
    abuse.forget_old_budgets(now)
    ReaderLink.objects.filter(expires_at__lt=now).delete()
    limit = now - timedelta(days=settings.IDENTITY_KEPT_DAYS)
    due = Case.objects.filter(closed_at__lt=limit, identity__isnull=False, identity__erased_at=None)
    return sum(_erase(case, now) for case in due[:BATCH])


def _erase(case: Case, now: datetime) -> bool:
    try:
        identity.erase_by_clock(case, now=now)
    except CaseChanged:
        return False
    return True
