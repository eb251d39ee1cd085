from datetime import timedelta

import pytest

from corrections.domain import confirmations, following, identity
from corrections.enums import Audience, DeliveryStatus, Happening
from corrections.models import Case, Delivery, Follower, ReaderLink
from newsroom.models import Article
from tests.corrections.notifications.conftest import NOW, Happen, deliver_all
from tests.factories import make_case


def letters_to_reader(case: Case) -> list[tuple[str, str]]:
    rows = Delivery.objects.filter(event__case=case, audience=Audience.READER)
    return list(rows.order_by("pk").values_list("template", "status"))


def sees(case: Case, minutes: int) -> None:
    Case.objects.filter(pk=case.pk).update(reader_seen_at=NOW + timedelta(minutes=minutes))


def receipts(article: Article, *minutes: int, address: str = "often@example.net") -> list[str]:
    for minute in minutes:
        make_case(article, now=NOW + timedelta(minutes=minute), wants_mail=True, address=address)
    rows = Delivery.objects.filter(audience=Audience.READER).order_by("pk")
    return [row.status for row in rows]


def test_a_second_news_mail_is_folded_while_the_first_is_on_its_way(case: Case, happen: Happen) -> None:
    happen(Happening.MESSAGE_SENT)
    happen(Happening.KIND_CHANGED)
    assert letters_to_reader(case)[1:] == [("message", "pending"), ("kind_changed", "folded")]


def test_a_second_news_mail_is_folded_while_the_first_is_unread(case: Case, happen: Happen) -> None:
    sees(case, minutes=-5)
    happen(Happening.MESSAGE_SENT)
    deliver_all()
    happen(Happening.REOPENED)
    assert letters_to_reader(case)[1:] == [("message", "sent"), ("reopened", "folded")]


def test_news_is_mailed_again_once_the_reader_has_looked(case: Case, happen: Happen) -> None:
    happen(Happening.MESSAGE_SENT)
    deliver_all()
    sees(case, minutes=5)
    happen(Happening.REOPENED)
    assert letters_to_reader(case)[2] == ("reopened", "pending")


def test_news_is_mailed_again_when_the_unread_mails_link_has_run_out(case: Case, happen: Happen) -> None:
    happen(Happening.MESSAGE_SENT)
    deliver_all()
    happen(Happening.REOPENED, now=NOW + timedelta(days=31))
    assert letters_to_reader(case)[2] == ("reopened", "pending")


def test_a_failed_news_mail_folds_nothing(case: Case, happen: Happen) -> None:
    happen(Happening.MESSAGE_SENT)
    Delivery.objects.filter(template="message").update(status=DeliveryStatus.FAILED)
    happen(Happening.REOPENED)
    assert letters_to_reader(case)[2] == ("reopened", "pending")


def test_questions_are_never_folded(case: Case, happen: Happen) -> None:
    happen(Happening.MESSAGE_SENT)
    happen(Happening.QUESTION_ASKED)
    happen(Happening.QUESTION_ASKED)
    assert letters_to_reader(case)[2:] == [("question", "pending"), ("question", "pending")]


def test_news_of_another_case_folds_nothing(case: Case, happen: Happen, article: Article) -> None:
    make_case(article, wants_mail=True, address="other@example.net")
    happen(Happening.MESSAGE_SENT)
    assert letters_to_reader(case)[1] == ("message", "pending")


def test_an_address_gets_one_receipt_letter_in_an_hour(article: Article) -> None:
    assert receipts(article, 0, 30, 61) == ["pending", "withheld", "pending"]


def test_an_address_gets_three_receipt_letters_in_a_day(article: Article) -> None:
    hours = [0, 2, 4, 6, 25]
    assert receipts(article, *(60 * hour for hour in hours)) == [
        "pending",
        "pending",
        "pending",
        "withheld",
        "pending",
    ]


def test_many_submissions_with_one_address_make_one_mail(article: Article) -> None:
    statuses = receipts(article, *[0] * 30)
    assert (statuses.count("pending"), statuses.count("withheld")) == (1, 29)


def test_one_address_leaves_others_their_letters(article: Article) -> None:
    receipts(article, 0, 1)
    assert receipts(article, 2, address="other@example.net")[-1] == "pending"


def test_letter_case_does_not_make_another_address(article: Article) -> None:
    receipts(article, 0)
    assert receipts(article, 1, address="OFTEN@example.net")[-1] == "withheld"


@pytest.mark.parametrize("address", ["often+1@example.net", "OFTEN+a+b@Example.net"])
def test_a_tag_does_not_make_another_address_of_one(article: Article, address: str) -> None:
    receipts(article, 0)
    assert receipts(article, 1, address=address)[-1] == "withheld"


def test_a_tag_does_not_make_another_address_to_follow_with(article: Article) -> None:
    for number in range(3):
        following.ask(article, f"often+{number}@example.net", language="ar", source=f"192.0.{number}.1", now=NOW)
    assert (Follower.objects.count(), Delivery.objects.filter(audience="follower").count()) == (3, 1)


def test_an_address_with_a_tag_is_another_address_to_whoever_changes_it(article: Article) -> None:
    case = make_case(article, wants_mail=True, address="often@example.net")
    confirmations.change_address(case, "often+desk@example.net", source="192.0.2.1", now=NOW)
    assert identity.has_address(case, "often+desk@example.net")
    assert not identity.has_address(case, "often@example.net")


def test_what_is_not_sent_has_no_link(case: Case, happen: Happen) -> None:
    happen(Happening.MESSAGE_SENT)
    happen(Happening.REOPENED)
    templates = ReaderLink.objects.order_by("pk").values_list("delivery__template", flat=True)
    assert list(templates) == ["received", "message"]
