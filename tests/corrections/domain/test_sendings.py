"""Several errors in one sending: one case each, tied together, taken all or not at all."""

from collections.abc import Callable

import pytest

from corrections.domain import identity, intake
from corrections.domain.faults import Refused
from corrections.domain.intake import Receipted, SubmissionDiffers
from corrections.domain.sendings import sending_of
from corrections.enums import Audience
from corrections.models import Case, Delivery, Event, Identity
from newsroom.models import Article
from tests.factories import NOW, make_submission

SOURCE = "192.0.2.7"
FIRST, SECOND, THIRD = "عدد الأسر 1,200.", "الاجتماع يوم الأحد.", "اسم القرية خطأ."


@pytest.fixture
def send(article: Article) -> Callable[..., list[Receipted]]:
    """Sends these texts together; the same texts have the same keys."""

    def together(*texts: str, **shared: str) -> list[Receipted]:
        submissions = [
            make_submission(article, text=text, submission_key=f"{number:0>22}", **shared)
            for number, text in enumerate(texts)
        ]
        return intake.submit_together(submissions, source=SOURCE, now=NOW)

    return together


def test_each_error_becomes_a_case_tied_to_the_first(send: Callable[..., list[Receipted]]) -> None:
    first, second, third = (receipted.case for receipted in send(FIRST, SECOND, THIRD))
    assert (first.sent_with, second.sent_with, third.sent_with) == (None, first, first)
    assert [case.summary for case in (first, second, third)] == [FIRST, SECOND, THIRD]
    for case in (first, second, third):
        assert sending_of(case) == [first, second, third]


def test_a_case_sent_alone_is_its_own_sending(send: Callable[..., list[Receipted]]) -> None:
    (alone,) = send(FIRST)
    assert sending_of(alone.case) == [alone.case]


def test_the_same_sending_again_makes_no_case_and_gives_the_same_receipts(
    send: Callable[..., list[Receipted]],
) -> None:
    sent, again = send(FIRST, SECOND), send(FIRST, SECOND)
    assert [(each.case, each.receipt) for each in again] == [(each.case, each.receipt) for each in sent]
    assert ([each.is_new for each in again], Case.objects.count()) == ([False, False], 2)


def test_an_error_added_to_what_was_sent_makes_one_case_more(send: Callable[..., list[Receipted]]) -> None:
    (first,) = send(FIRST)
    _again, second = send(FIRST, SECOND)
    assert (second.case.sent_with, Case.objects.count()) == (first.case, 2)


def test_one_faulty_error_stops_the_whole_sending(send: Callable[..., list[Receipted]]) -> None:
    with pytest.raises(Refused):
        send(FIRST, " ", THIRD)
    assert (Case.objects.count(), Event.objects.count()) == (0, 0)


def test_one_error_sent_before_with_other_words_stops_the_whole_sending(
    send: Callable[..., list[Receipted]],
) -> None:
    send(FIRST)
    with pytest.raises(SubmissionDiffers):
        send(SECOND, THIRD)
    assert Case.objects.count() == 1


def test_one_letter_to_the_reader_answers_one_sending(send: Callable[..., list[Receipted]]) -> None:
    first = send(FIRST, SECOND, THIRD, wants_mail=True, address="reader@example.org")[0].case
    to_reader = Delivery.objects.filter(audience=Audience.READER)
    assert [delivery.case for delivery in to_reader.select_related("event__case")] == [first]


def test_erasing_the_reader_erases_them_from_the_whole_sending(send: Callable[..., list[Receipted]]) -> None:
    sent = send(FIRST, SECOND, wants_mail=True, address="reader@example.org")
    identity.erase(sent[1].case, now=NOW)
    assert [found.erased_at for found in Identity.objects.all()] == [NOW, NOW]
