"""A reader's address: confirmed by the link mailed to it, corrected, and never mailed to on a stranger's word."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from corrections.domain import abuse, identity
from corrections.domain.faults import refuse_if
from corrections.domain.sendings import sending_of
from corrections.domain.timeline import READER, record
from corrections.domain.words import address_faults
from corrections.enums import Happening
from corrections.models import Case, CaseCounter, Identity, ReaderLink
from corrections.notifications import restraint
from newsroom.text import normalise_address


class AskedTooOften(Exception):
    """This address was sent a confirming letter within the hour, or too many in a day."""


def confirm(case: Case, now: datetime) -> None:
    """Confirms the address of a case, and the same address of what was sent with it; once, and with an event.

    Called with the case that a mailed link has just opened. Raises CaseChanged.
    """
    found = identity.identity_of(case)
    if found is None or found.confirmed_at or not found.address_sealed:
        return
    with transaction.atomic():
        Identity.objects.filter(
            case__in=sending_of(case), address_hash=found.address_hash, confirmed_at=None, erased_at=None
        ).update(confirmed_at=now)
        record(case, Happening.ADDRESS_CONFIRMED, by=READER, expected_version=case.version, now=now)


def ask_again(case: Case, *, source: str, now: datetime) -> None:
    """Sends the confirming letter once more. Raises AskedTooOften, TooMany, CaseChanged; then nothing is written."""
    found = identity.identity_of(case)
    if found is None or found.confirmed_at or not found.address_sealed:
        return
    abuse.spend(abuse.READER_WRITE, source, now)
    with transaction.atomic():
        one_after_the_other(now)
        if restraint.got_too_many(restraint.limit_hash(found.address_sealed), now):
            raise AskedTooOften
        record(case, Happening.CONFIRMATION_ASKED, by=READER, expected_version=case.version, now=now)


def change_address(case: Case, typed: str, *, source: str, now: datetime) -> None:
    """Puts another address in the place of the one that was given, for everything that was sent together.

    In one transaction: the sealed address is replaced and no longer confirmed, letters that still wait are kept from
    going out, the links mailed to the old address end, and the confirming letter to the new one is written (withheld
    where that address got too many). The same address again changes nothing.
    Raises Refused, TooMany, CaseChanged.
    """
    address = normalise_address(typed)
    refuse_if(address_faults(address))
    if identity.has_address(case, address):
        return
    abuse.spend(abuse.READER_WRITE, source, now)
    with transaction.atomic():
        one_after_the_other(now)
        for sent in sending_of(case):
            changed = identity.replace_address(sent, address)
            restraint.keep_from_going_out(changed)
            ReaderLink.objects.filter(delivery__identity=changed, expires_at__gt=now).update(expires_at=now)
        record(case, Happening.ADDRESS_CHANGED, by=READER, expected_version=case.version, now=now)


def one_after_the_other(now: datetime) -> None:
    """Takes the lock under which confirming letters are counted: that of the case numbers (see domain.intake)."""
    year = timezone.localdate(now).year
    CaseCounter.objects.get_or_create(year=year)
    CaseCounter.objects.select_for_update().get(year=year)
