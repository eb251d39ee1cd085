import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.utils import timezone
from pytest_django import Settings

from corrections.domain import identity
from corrections.enums import DeliveryStatus, Happening
from corrections.models import Case, Delivery, ReaderLink
from corrections.notifications import deliver, journal, render
from corrections.notifications.backoff import LAST_ATTEMPT, LAST_POISONOUS_ATTEMPT
from corrections.notifications.deliver import SENT, claim_next, deliver_one, resend, settle
from tests.corrections.notifications.conftest import NOW, Happen, deliver_all

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def fresh_journal(settings: Settings, tmp_path: Path) -> None:
    settings.SENT_JOURNAL_DIR = tmp_path


def delivery(template: str = "received") -> Delivery:
    return Delivery.objects.get(template=template)


def state(template: str = "received") -> tuple[str, int, str]:
    row = delivery(template)
    return row.status, row.attempt, row.fault


def only(template: str) -> None:
    """Leaves one delivery in the outbox."""
    Delivery.objects.exclude(template=template).update(status=DeliveryStatus.SENT)


def lease_ends() -> None:
    Delivery.objects.filter(status=DeliveryStatus.SENDING).update(lease_until=LONG_AGO)


def test_what_is_due_goes_out_once(case: Case, mailoutbox: list[Any]) -> None:
    assert (deliver_all(), deliver_all()) == (2, 0)
    assert [message.to for message in mailoutbox] == [["reader@example.net"], ["desk@example.org"]]
    assert state() == ("sent", 1, "")
    assert delivery().sent_at == NOW


def test_a_delivery_can_be_carried_out_by_its_id_and_only_once(case: Case, mailoutbox: list[Any]) -> None:
    tried = [deliver_one(delivery().pk, timezone.now) for _ in range(3)]
    assert (tried, len(mailoutbox)) == ([True, False, False], 1)


def test_an_unknown_delivery_is_nothing(db: None) -> None:
    assert deliver_one(4711, timezone.now) is False


def test_the_limit_is_kept(case: Case, mailoutbox: list[Any]) -> None:
    assert deliver.deliver_due(1, timezone.now) == 1
    assert len(mailoutbox) == 1


def test_what_waits_is_not_sent_early(case: Case) -> None:
    Delivery.objects.update(next_attempt_at=timezone.now() + timedelta(hours=1))
    assert deliver_all() == 0


def test_what_was_folded_withheld_sent_or_failed_is_left_alone(case: Case) -> None:
    for status in ("folded", "withheld", "sent", "failed"):
        Delivery.objects.update(status=status, next_attempt_at=LONG_AGO, lease_until=LONG_AGO)
        assert (status, deliver_all()) == (status, 0)


def test_a_web_servers_clock_that_jumps_neither_delays_nor_hurries_a_mail(case: Case, happen: Happen) -> None:
    happen(Happening.QUESTION_ASKED, now=NOW + timedelta(days=4000))
    assert deliver_all() == 3


def test_two_senders_never_hold_one_row(case: Case) -> None:
    claims = [claim_next(), claim_next(), claim_next()]
    assert [claim and claim.delivery.template for claim in claims] == ["received", "case_arrived", None]


def test_the_attempt_is_counted_before_the_work(case: Case) -> None:
    claim_next()
    assert state() == ("sending", 1, "")


def test_a_row_whose_sender_died_is_taken_over_when_its_lease_is_over(case: Case) -> None:
    only("received")
    claim_next()
    assert deliver_all() == 0
    lease_ends()
    assert deliver_all() == 1
    assert state() == ("sent", 2, "")


def test_the_former_holder_of_a_row_settles_nothing(case: Case) -> None:
    only("received")
    former = claim_next()
    lease_ends()
    present = claim_next()
    assert former
    assert present
    assert settle(former, SENT, NOW) is False
    assert state() == ("sending", 2, "")
    assert settle(present, SENT, NOW) is True


def test_a_row_that_was_started_anew_is_not_settled_by_an_old_holder(case: Case) -> None:
    only("received")
    former = claim_next()
    Delivery.objects.filter(pk=delivery().pk).update(status="failed")
    resend(delivery().pk, NOW)
    present = claim_next()
    assert former
    assert present
    assert former.attempt == present.attempt == 1
    Delivery.objects.filter(pk=delivery().pk).update(lease_until=present.lease_until + timedelta(seconds=1))
    assert settle(former, SENT, NOW) is False


def test_a_mail_that_is_out_is_not_sent_again_by_who_takes_over(case: Case, mailoutbox: list[Any]) -> None:
    only("received")
    claim = claim_next()
    assert claim
    journal.note_sent(render.message_name(claim.delivery))
    lease_ends()
    deliver_all()
    assert (state(), mailoutbox) == (("sent", 2, ""), [])


def test_the_journal_is_empty_once_everything_is_settled(case: Case, settings: Settings) -> None:
    deliver_all()
    assert list(settings.SENT_JOURNAL_DIR.iterdir()) == []


def test_a_full_disk_under_the_journal_does_not_repeat_the_mail(
    case: Case, settings: Settings, mailoutbox: list[Any]
) -> None:
    only("received")
    blocked = settings.SENT_JOURNAL_DIR / "file"
    blocked.touch()
    settings.SENT_JOURNAL_DIR = blocked
    deliver_all()
    assert (state(), len(mailoutbox)) == (("sent", 1, ""), 1)


def test_settling_is_tried_until_the_database_is_back(
    case: Case, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[Any]
) -> None:
    only("received")
    answers = [OperationalError, OperationalError, None]

    def away_twice(*given: object) -> bool:
        answer = answers.pop(0)
        if answer:
            raise answer
        return settle(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(deliver, "settle", away_twice)
    monkeypatch.setattr(deliver, "SETTLE_EVERY", 0)
    deliver_all()
    assert (answers, state(), len(mailoutbox)) == ([], ("sent", 1, ""), 1)


def test_a_row_that_cannot_be_written_dies_after_five_attempts_and_others_go_on(case: Case) -> None:
    Delivery.objects.filter(template="received").update(template="no_such_letter")
    for _ in range(LAST_POISONOUS_ATTEMPT + 2):
        deliver_all()
        Delivery.objects.filter(status="pending").update(next_attempt_at=LONG_AGO)
    assert state("no_such_letter") == ("failed", LAST_POISONOUS_ATTEMPT, "cannot_be_written")
    assert state("case_arrived") == ("sent", 1, "")


def test_a_row_that_ends_its_senders_dies_after_five_attempts(case: Case) -> None:
    only("received")
    claims = []
    for _ in range(LAST_POISONOUS_ATTEMPT + 2):
        claims.append(claim_next())
        lease_ends()
    assert [claim is not None for claim in claims] == [True] * LAST_POISONOUS_ATTEMPT + [False, False]
    assert state() == ("failed", LAST_POISONOUS_ATTEMPT, "crashed")


def test_a_reader_erased_meanwhile_gets_nothing(case: Case, mailoutbox: list[Any]) -> None:
    identity.erase(case, now=NOW)
    deliver_all()
    assert state() == ("failed", 1, "erased")
    assert len(mailoutbox) == 1


def test_an_address_that_no_key_opens_is_no_mail(case: Case, settings: Settings) -> None:
    settings.SEALING_KEYS = ["A" * 43 + "="]
    deliver_all()
    assert state() == ("pending", 1, "cannot_be_written")


def test_the_fault_never_quotes_what_it_stumbled_over(case: Case, caplog: pytest.LogCaptureFixture) -> None:
    Delivery.objects.filter(template="received").update(template="reader@example.net")
    deliver_all()
    assert "TemplateDoesNotExist" in caplog.text
    assert "reader@example.net" not in caplog.text


def test_a_failed_mail_is_started_anew_by_the_desk(case: Case) -> None:
    Delivery.objects.filter(template="received").update(status="failed", attempt=LAST_ATTEMPT, fault="smtp_550")
    ReaderLink.objects.all().delete()
    assert resend(delivery().pk, NOW) is True
    assert state() == ("pending", 0, "")
    assert ReaderLink.objects.get().expires_at == NOW + timedelta(days=30)
    deliver_all()
    assert state() == ("sent", 1, "")


def test_only_a_failed_mail_is_started_anew(case: Case) -> None:
    deliver_all()
    assert resend(delivery().pk, NOW) is False
    assert state() == ("sent", 1, "")


def test_a_mail_started_anew_for_an_erased_reader_fails_again(case: Case) -> None:
    identity.erase(case, now=NOW)
    deliver_all()
    resend(delivery().pk, NOW)
    deliver_all()
    assert state() == ("failed", 1, "erased")


def test_the_same_row_has_the_same_message_id_at_every_attempt(case: Case, mailoutbox: list[Any]) -> None:
    only("received")
    deliver_all()
    Delivery.objects.filter(template="received").update(status="pending", next_attempt_at=LONG_AGO)
    deliver_all()
    first, second = (message.extra_headers["Message-ID"] for message in mailoutbox)
    assert first == second
    assert re.fullmatch(r"<\d+\.[0-9a-f]{24}@127\.0\.0\.1>", first)
