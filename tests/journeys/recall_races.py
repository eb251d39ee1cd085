"""Run by `manage.py shell` on a newsroom whose senders run: letters of the desk and their taking back fall due at the
same moments. Prints JSON: each letter's Message-ID, its status in the end, and whether the taking back succeeded."""

import json
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

from django.db import connections
from django.utils import timezone

from corrections.domain import conversation
from corrections.domain.undo import CannotUndo, undo
from corrections.enums import DeliveryStatus
from corrections.models import Case, Delivery, Event
from corrections.notifications.deliver import deliver_one
from corrections.notifications.render import message_name
from newsroom.models import StaffMember
from tests.factories import as_actor, make_article, make_case, make_staff

#: Seconds within which a letter falls due and is taken back; the two are drawn apart.
SPAN = 0.04
UNDECIDED = (DeliveryStatus.PENDING, DeliveryStatus.SENDING)


def main(races: int) -> None:
    editor, article = make_staff("editor"), make_article("ar")
    letters = []
    for number in range(races):
        case = make_case(article, wants_mail=True, address=f"reader{number}@readers.example.net")
        Delivery.objects.filter(event__case=case).update(status=DeliveryStatus.SENT)
        letters.append(_race(case, editor))
    taken_back = dict(letters)
    _wait_until_settled(list(taken_back))
    found = Delivery.objects.filter(pk__in=taken_back).order_by("pk")
    print(json.dumps([[message_name(each), each.status, taken_back[each.pk], _is_undone(each)] for each in found]))


def _race(case: Case, editor: StaffMember) -> tuple[int, bool]:
    """One letter, two senders of our own beside those of the newsroom, and whoever takes it back, each on a connection
    of its own."""
    guard: dict[str, Any] = {"actor": as_actor(editor), "now": timezone.now()}
    step = conversation.write_to_reader(case, "نراجع الرقم.", expected_version=case.version, **guard)
    letter = Delivery.objects.get(event=step)
    together = threading.Barrier(3)

    def send() -> bool:
        together.wait()
        time.sleep(random.uniform(0, SPAN))
        try:
            return deliver_one(letter.pk, timezone.now)
        finally:
            connections.close_all()

    def take_back() -> bool:
        together.wait()
        time.sleep(random.uniform(0, SPAN))
        try:
            undo(case, step, expected_version=case.version, **guard)
        except CannotUndo:
            return False
        finally:
            connections.close_all()
        return True

    Delivery.objects.filter(pk=letter.pk).update(next_attempt_at=timezone.now() - timedelta(minutes=1))
    with ThreadPoolExecutor(3) as threads:
        threads.submit(send)
        threads.submit(send)
        return letter.pk, threads.submit(take_back).result()


def _is_undone(letter: Delivery) -> bool:
    return Event.objects.filter(case=letter.case, happening="undone", data__undone=letter.event_id).exists()


def _wait_until_settled(keys: list[int]) -> None:
    ends = time.monotonic() + 60
    while Delivery.objects.filter(pk__in=keys, status__in=UNDECIDED).exists() and time.monotonic() < ends:
        time.sleep(0.2)
