import pytest
from django.db import IntegrityError, transaction
from pytest_django import DjangoCaptureOnCommitCallbacks

from corrections.domain.timeline import record
from corrections.enums import Audience, Happening
from corrections.models import Case, Delivery, Event
from corrections.notifications.outbox import enqueue
from newsroom.models import StaffMember
from tests.corrections.notifications.conftest import CLOCK, NOW, READER, Happen, by_staff
from tests.factories import make_staff


def letters(event: Event) -> list[tuple[str, str]]:
    return list(event.deliveries.order_by("pk").values_list("audience", "template"))


def test_a_submission_writes_its_letters(case: Case) -> None:
    assert letters(Event.objects.get(case=case)) == [
        (Audience.READER, "received"),
        (Audience.DESK, "case_arrived"),
    ]


def test_an_event_that_is_told_again_tells_nobody_twice(case: Case, happen: Happen) -> None:
    event = happen(Happening.QUESTION_ASKED)
    with pytest.raises(IntegrityError, match=r"UNIQUE|unique"), transaction.atomic():
        enqueue(event, case, NOW)
    assert letters(event) == [(Audience.READER, "question")]


def test_the_letters_go_where_the_transaction_goes(case: Case) -> None:
    before = Delivery.objects.count()
    with transaction.atomic():
        record(case, Happening.QUESTION_ASKED, by=CLOCK, expected_version=1, now=NOW)
        transaction.set_rollback(True)
    assert Delivery.objects.count() == before


def test_joined_readers_get_the_decision_on_their_own_case(case: Case, happen: Happen) -> None:
    assert letters(happen(Happening.LEAD_DECIDED)) == [(Audience.READER, "decision")]


def test_a_reader_who_withdraws_is_not_told_so(case: Case, happen: Happen, editor: StaffMember) -> None:
    case.assigned_to = editor
    assert letters(happen(Happening.WITHDRAWN, READER)) == [(Audience.ASSIGNEE, "withdrawn")]


def test_an_editor_who_claims_a_case_mails_nobody(case: Case, happen: Happen, editor: StaffMember) -> None:
    assert letters(happen(Happening.CLAIMED, by_staff(editor), assigned_to=editor)) == []


def test_the_senders_are_woken_after_the_commit(
    case: Case, happen: Happen, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks() as callbacks:
        happen(Happening.QUESTION_ASKED)
    assert len(callbacks) == 1


def test_folded_letters_wake_nobody(
    case: Case, happen: Happen, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    happen(Happening.MESSAGE_SENT)
    with django_capture_on_commit_callbacks() as callbacks:
        happen(Happening.REOPENED)
    assert callbacks == []


def test_an_owner_who_is_a_standards_editor_gets_one_mail_not_two(case: Case, happen: Happen) -> None:
    owner, other = make_staff("standards_editor"), make_staff("standards_editor")
    case.assigned_to = owner
    event = happen(Happening.DEADLINE_MISSED)
    told = Delivery.objects.filter(event=event, template="deadline_missed").values_list("staff_member", flat=True)
    assert sorted(told) == [owner.pk, other.pk]
