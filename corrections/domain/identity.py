"""Who the reader is: written sealed, shown only by a logged reveal, erased (with the files) on request and on
schedule."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from corrections.domain import evidence
from corrections.domain.access import facts_of, require
from corrections.domain.moves import require_reason
from corrections.domain.sendings import sending_of
from corrections.domain.timeline import CLOCK, READER, By, record, staff, written_since
from corrections.enums import Happening
from corrections.keys import hashed, sealer
from corrections.models import Case, Identity, Message
from corrections.rules import Actor, may_reveal_identity


@dataclass(frozen=True)
class Revealed:
    """A reader's name and address, in the clear, for one person's eyes."""

    name: str
    address: str


def write(case: Case, *, name: str, address: str) -> Identity:
    """Stores name and address sealed, with a keyed hash of the address for the mail limits."""
    seal = sealer().seal
    return Identity.objects.create(
        case=case,
        name_sealed=seal(name) if name else "",
        address_sealed=seal(address) if address else "",
        address_hash=address_hash(address) if address else "",
    )


def address_hash(address: str) -> str:
    """The keyed hash by which an address is known without being read, however its letters are cased."""
    return hashed("address", address.casefold())


def has_address(case: Case, address: str) -> bool:
    """Whether this is the address that the case has already."""
    return Identity.objects.filter(case=case, address_hash=address_hash(address)).exists()


def replace_address(case: Case, address: str) -> Identity:
    """Seals another address, which nobody has confirmed; the name stays. In the caller's transaction."""
    found, _made = Identity.objects.update_or_create(
        case=case,
        defaults={
            "address_sealed": sealer().seal(address),
            "address_hash": address_hash(address),
            "confirmed_at": None,
            "erased_at": None,
        },
    )
    return found


def identity_of(case: Case) -> Identity | None:
    """The case's identity row, where the reader gave a name or an address."""
    return Identity.objects.filter(case=case).first()


def reveal(case: Case, *, reason: str, actor: Actor, expected_version: int, now: datetime) -> Revealed:
    """Shows who the reader is and writes into the timeline that it was shown, and to whom.

    The reason stays with the event as an internal note; the same press again shows and writes no other.
    Raises Refused without a reason, NotAllowed, CaseChanged.
    """
    require(may_reveal_identity, actor, facts_of(case))
    why = require_reason(reason)
    if not written_since(case, Happening.IDENTITY_REVEALED, why, by=staff(actor), seen=expected_version):
        _note_revealed(case, why, actor=actor, expected_version=expected_version, now=now)
    found = identity_of(case)
    return Revealed(_unsealed(found.name_sealed), _unsealed(found.address_sealed)) if found else Revealed("", "")


def _note_revealed(case: Case, why: str, *, actor: Actor, expected_version: int, now: datetime) -> None:
    with transaction.atomic():
        event = record(case, Happening.IDENTITY_REVEALED, by=staff(actor), expected_version=expected_version, now=now)
        Message.objects.create(
            case=case, event=event, purpose="note", text=why, written_at=now, written_by_id=actor.staff_id
        )


def erase(case: Case, *, now: datetime) -> None:
    """The reader has name, address and files erased, from everything that was sent together with the case.

    Mails that are still to be sent can no longer go out. Raises CaseChanged; then nothing was erased.
    """
    with transaction.atomic():
        for sent in [case, *(other for other in sending_of(case) if other != case)]:
            _erase(sent, READER, now)


def erase_by_clock(case: Case, *, now: datetime) -> None:
    """Erases name, address and files whose time is over."""
    _erase(case, CLOCK, now)


def _erase(case: Case, by: By, now: datetime) -> None:
    with transaction.atomic():
        known = Identity.objects.filter(case=case, erased_at=None)
        erased = known.update(name_sealed="", address_sealed="", address_hash="", erased_at=now)
        if evidence.erase(case) or erased:
            record(case, Happening.IDENTITY_ERASED, by=by, expected_version=case.version, now=now)


def _unsealed(sealed: str) -> str:
    return sealer().unseal(sealed) if sealed else ""
