"""What is kept no longer: names, addresses and files after their time, counters after their day, spent links."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from corrections import desk_settings
from corrections.domain import abuse, drafts, evidence, following, identity, presence, statement_clock
from corrections.domain.cases import CaseChanged
from corrections.enums import Status
from corrections.models import Attachment, Case, ReaderLink
from corrections.notifications import restraint

BATCH = 500


def erase_expired(now: datetime) -> int:
    """Erases the identities and files of cases that ended longer ago than the promised days, the names of those outside
    who were asked for statements, old counters, expired links, addresses of followers that nobody confirmed, drafts
    that nobody touched for long, and stored files that belong to nobody.

    A joined case ends with its lead, one held as suspicious with its arrival.

    Returns of how many cases it erased something. Safe to repeat.
    """
    abuse.forget_old_budgets(now)
    restraint.forget_addresses(now)
    following.forget_unconfirmed(now)
    drafts.forget(now)
    presence.forget(now)
    evidence.sweep(now)
    ReaderLink.objects.filter(expires_at__lt=now).delete()
    limit = now - timedelta(days=desk_settings.current().identity_kept_days)
    over = (
        Q(closed_at__lt=limit)
        | Q(status=Status.DUPLICATE, lead__closed_at__lt=limit)
        # What nobody has taken up as a report for so long is never going to be one.
        | Q(status=Status.HELD, received_at__lt=limit)
    )
    identified = Q(identity__isnull=False, identity__erased_at=None)
    due = Case.objects.filter(over).filter(identified | Exists(Attachment.objects.filter(case=OuterRef("pk"))))
    statement_clock.erase_names(over, now, BATCH)
    return sum(_erase(case, now) for case in due[:BATCH])


def _erase(case: Case, now: datetime) -> bool:
    try:
        identity.erase_by_clock(case, now=now)
    except CaseChanged:
        return False
    return True
