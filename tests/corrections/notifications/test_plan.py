import pytest

from corrections.enums import Audience, Happening, Kind, Severity, Status
from corrections.models import Case
from corrections.notifications.plan import CONFIRMING_LETTERS, PLAN, letters_for

pytestmark = pytest.mark.django_db


def letters(case: Case, happening: Happening = Happening.RECEIVED) -> list[tuple[Audience, str]]:
    return [(letter.audience, letter.template) for letter in letters_for(happening, case)]


def test_a_correction_is_acknowledged_and_announced_to_the_desk(case: Case) -> None:
    assert letters(case) == [(Audience.READER, "received"), (Audience.DESK, "case_arrived")]


def test_a_complaint_is_acknowledged_as_a_complaint(case: Case) -> None:
    case.kind = Kind.COMPLAINT
    assert letters(case) == [(Audience.READER, "complaint_received"), (Audience.DESK, "case_arrived")]


def test_a_complaint_about_safety_goes_to_the_standards_editors_too(case: Case) -> None:
    case.kind, case.severity = Kind.COMPLAINT, Severity.SAFETY
    assert letters(case)[-1] == (Audience.STANDARDS, "case_arrived")


def test_a_held_case_does_not_mail_the_desk(case: Case) -> None:
    case.status = Status.HELD
    assert letters(case) == [(Audience.READER, "received")]


def test_closing_tells_nobody_and_a_note_only_whom_it_mentions(case: Case) -> None:
    quiet = [Happening.CLOSED, Happening.CLAIMED, Happening.IDENTITY_REVEALED]
    assert [letters(case, happening) for happening in quiet] == [[], [], []]
    assert letters(case, Happening.NOTE_ADDED) == [(Audience.MENTIONED, "mentioned")]


def test_only_letters_to_readers_are_news() -> None:
    news = [letter for letters in PLAN.values() for letter in letters if letter.is_news]
    assert {letter.audience for letter in news} == {Audience.READER}


def test_what_a_reader_must_be_told_is_never_news() -> None:
    # The letter that confirms a follower's address hangs on no event.
    mandatory = {*CONFIRMING_LETTERS, "question", "decision"} - {"confirm_following"}
    told = [letter for letters in PLAN.values() for letter in letters if letter.template in mandatory]
    assert {letter.template for letter in told} == mandatory
    assert not any(letter.is_news for letter in told)
