"""How a reader comes back to a case: by receipt, or by a link in a mail that only a button spends."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from corrections.domain import abuse, confirmations
from corrections.keys import hashing_key
from corrections.models import Case, ReaderLink
from corrections.receipts import hash_receipt, read_receipt
from corrections.tokens import hash_link_token


class ReceiptUnknown(Exception):
    """No case has this receipt. A wrong, an expired and a never-issued one look the same."""


class LinkUnknown(Exception):
    """The link is wrong, spent or expired; the receipt still opens the case."""


def open_with_receipt(typed: str, *, source: str, now: datetime) -> Case:
    """The case of a receipt as a person types it; marks that the reader has seen the news.

    What cannot be a receipt costs no try; everything else spends the source's allowance before it is looked up.
    Raises TooMany, ReceiptNotDigits, ReceiptIncomplete, ReceiptMistyped, ReceiptUnknown.
    """
    case = find_case(typed, allowance=abuse.OPEN_CASE, source=source, now=now)
    mark_seen(case, now)
    return case


def find_case(typed: str, *, allowance: abuse.Allowance, source: str, now: datetime) -> Case:
    """The case of a receipt, without marking anything (a program may ask often). Raises what open_with_receipt does."""
    receipt = read_receipt(typed)
    abuse.spend(allowance, source, now)
    case = Case.objects.filter(receipt_hash=hash_receipt(hashing_key(), receipt)).first()
    if case is None:
        raise ReceiptUnknown
    return case


def linked_case(token: str, now: datetime) -> Case | None:
    """The case that a link would open, with its article; changes nothing (mail scanners open every link)."""
    link = _good_links(token, now).select_related("delivery__event__case__article").first()
    return link.delivery.case if link else None


def open_with_link(token: str, *, source: str, now: datetime) -> Case:
    """Spends a link and gives its case, and with it confirms the address that the link was mailed to.

    Of two presses at once one wins. Raises TooMany, LinkUnknown, CaseChanged.
    """
    abuse.spend(abuse.OPEN_CASE, source, now)
    link = _good_links(token, now).select_related("delivery__event__case").first()
    with transaction.atomic():
        if link is None or not _good_links(token, now).update(spent_at=now):
            raise LinkUnknown
        case = link.delivery.case
        confirmations.confirm(case, now)
        mark_seen(case, now)
    return case


def mark_seen(case: Case, now: datetime) -> None:
    """Notes that the reader has looked, so that the next news may be mailed again."""
    Case.objects.filter(pk=case.pk).update(reader_seen_at=now)


def fetch_opened(case_id: int) -> Case | None:
    """A case that the reader has opened, with what its page shows (one query)."""
    shown = ("article", "revision", "assigned_to", "lead", "identity", "passage", "procedure_version")
    return Case.objects.select_related(*shown).filter(pk=case_id).first()


def _good_links(token: str, now: datetime) -> QuerySet[ReaderLink]:
    return ReaderLink.objects.filter(
        token_hash=hash_link_token(hashing_key(), token), spent_at=None, expires_at__gt=now
    )
