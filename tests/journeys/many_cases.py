"""Run by `manage.py shell` on a newsroom: many cases whose readers can be written to; no letter of their arrival."""

from copy import copy

from django.db import transaction
from django.utils import timezone

from corrections.domain import identity
from corrections.models import Case, Delivery, Event, Identity, ReaderLink
from tests.factories import make_article, make_case

#: So many are sent as readers send them; the others differ from them in number and reader alone, and are written at
#: once (a thousand that were sent one by one took half a minute).
SENT = 20


def main(count: int) -> None:
    now = timezone.now()
    with transaction.atomic():
        sent = [
            make_case(make_article("ar"), now=now, address=_address(number), wants_mail=True) for number in range(SENT)
        ]
        others = Case.objects.bulk_create(_like(sent[number % SENT], number) for number in range(SENT, count))
        Event.objects.bulk_create(_received(case) for case in others)
        for number, case in enumerate(others, start=SENT):
            identity.write(case, name="", address=_address(number))
        Identity.objects.update(confirmed_at=now)
        ReaderLink.objects.all().delete()
        Delivery.objects.all().delete()


def _address(number: int) -> str:
    return f"reader{number}@readers.example.net"


def _like(first: Case, number: int) -> Case:
    case = copy(first)
    case.pk, case.sequence = None, number + 1
    case.receipt_hash = case.submission_hash = f"{number}"
    return case


def _received(case: Case) -> Event:
    return Event(case=case, sequence=1, happening="received", actor_kind="reader", happened_at=case.received_at)
