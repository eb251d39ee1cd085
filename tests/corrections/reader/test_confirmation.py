"""After sending: the receipt once, for this browser alone, and nothing said that is not so."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from corrections.domain import mails
from corrections.models import Case, Delivery
from newsroom.models import Article
from newsroom.privacy import PRIVATE_HEADERS
from tests.corrections.reader.pages import fill_correction, press, receipt_in

MORNING = datetime(2025, 2, 17, 9, 0, tzinfo=UTC)
MAIL_SENTENCE = (
    "A mail with the report number goes to your e-mail address, without the text of your message, unless one went "
    "there within the last hour. It can be sent later from the follow-up page."
)


@pytest.fixture(autouse=True)
def on_a_monday() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def path(english_article: Article) -> str:
    return f"/en/{english_article.pk}/correction/"


def sentences_on_mails(page: str) -> list[str]:
    """The paragraphs that speak of a mail."""
    return [words for words in re.findall(r"<p[^>]*>([^<]*)</p>", page) if "mail" in words]


def send(reader: Client, path: str, **answers: str) -> str:
    return reader.post(path, fill_correction(reader, path, **answers), follow=True).content.decode()


def test_a_reload_shows_the_same_receipt(reader: Client, path: str) -> None:
    first = receipt_in(send(reader, path))
    again = reader.get("/en/received/")
    assert receipt_in(again.content.decode()) == first
    assert {name: again[name] for name in PRIVATE_HEADERS} == PRIVATE_HEADERS


def test_the_groups_of_the_receipt_are_joined_by_no_break_spaces(reader: Client, path: str) -> None:
    page = send(reader, path)
    groups = receipt_in(page)
    assert "&nbsp;<wbr>".join(f"<span>{group}</span>" for group in groups) in page


def test_the_receipt_lies_in_the_session_sealed_alone(reader: Client, path: str) -> None:
    receipt = receipt_in(send(reader, path))
    kept = str(Session.objects.get().get_decoded())
    assert [form for form in ("".join(receipt), " ".join(receipt), "\u00a0".join(receipt)) if form in kept] == []


def test_after_an_hour_the_page_leads_to_where_the_receipt_is_typed(
    reader: Client, path: str, on_a_monday: time_machine.Traveller
) -> None:
    send(reader, path)
    on_a_monday.shift(timedelta(minutes=59))
    assert reader.get("/en/received/").status_code == 200
    on_a_monday.shift(timedelta(minutes=2))
    answer = reader.get("/en/received/")
    assert (answer.status_code, answer["Location"]) == (302, "/en/case/")


def test_the_hour_is_not_made_longer_by_what_else_the_browser_does(
    reader: Client, path: str, on_a_monday: time_machine.Traveller
) -> None:
    send(reader, path)
    on_a_monday.shift(timedelta(minutes=50))
    session = reader.session
    session["something"] = "else"
    session.save()
    on_a_monday.shift(timedelta(minutes=20))
    assert reader.get("/en/received/")["Location"] == "/en/case/"


def test_another_browser_sees_nothing(reader: Client, stranger: Client, path: str) -> None:
    send(reader, path)
    assert stranger.get("/en/received/")["Location"] == "/en/case/"


def test_the_page_says_by_which_day_the_decision_comes(reader: Client, path: str) -> None:
    assert "Decision expected by the end of <strong>Monday 24 February 2025</strong>." in send(reader, path)


def test_a_mail_is_spoken_of_only_where_one_goes_out(reader: Client, path: str) -> None:
    assert MAIL_SENTENCE not in send(reader, path)
    assert MAIL_SENTENCE in send(reader, path, reply="mail", address="reader@example.org")


def test_the_page_does_not_tell_whether_an_address_got_a_mail_just_before(
    reader: Client, stranger: Client, path: str
) -> None:
    answers = {"reply": "mail", "address": "reader@example.org"}
    send(reader, path, **answers)
    pages = [send(stranger, path, **answers), stranger.get("/en/my-case/").content.decode()]
    assert list(Delivery.objects.filter(audience="reader").values_list("status", flat=True)) == ["pending", "withheld"]
    unknown = Client()
    others = [send(unknown, path, **{**answers, "address": "other@example.org"})]
    others.append(unknown.get("/en/my-case/").content.decode())
    assert [sentences_on_mails(page) for page in pages] == [sentences_on_mails(page) for page in others]
    assert MAIL_SENTENCE in pages[0]


def test_a_mail_that_failed_is_not_spoken_of(reader: Client, path: str) -> None:
    send(reader, path, reply="mail", address="reader@example.org")
    Delivery.objects.filter(audience="reader").update(status="failed")
    assert MAIL_SENTENCE not in reader.get("/en/received/").content.decode()
    assert not mails.is_mailed_to(Delivery.objects.filter(audience="reader").get().case)


def test_a_second_report_in_the_same_browser_shows_its_own_receipt(reader: Client, path: str) -> None:
    first, second = receipt_in(send(reader, path)), receipt_in(send(reader, path))
    assert first != second


def test_a_reload_in_the_first_tab_shows_its_own_report_after_the_second_tab_has_sent_another(
    reader: Client, path: str
) -> None:
    first_receipt, second_receipt = receipt_in(send(reader, path)), receipt_in(send(reader, path))
    first, second = Case.objects.order_by("pk")
    tab = f"/en/received/?report={first.number}"
    page = reader.get(tab).content.decode()
    assert (first.number in page, second.number in page, receipt_in(page)) == (True, False, first_receipt)
    links = re.findall(r'"(/en/(?:received|my-case)/[^"]*report=[^"]*)"', page)
    assert [link.partition("?")[0] for link in links] == [
        "/en/received/code.svg",
        "/en/received/code.txt",
        "/en/my-case/files/",
        "/en/my-case/",
    ]
    text = reader.get(links[1]).content.decode()
    assert (" ".join(first_receipt) in text, " ".join(second_receipt) in text) == (True, False)
    for link in links[2:]:
        answer = reader.get(link).content.decode()
        assert (first.number in answer, second.number in answer) == (True, False)
    press(reader, tab, "/en/received/saved/")
    assert receipt_in(reader.get(f"/en/received/?report={second.number}").content.decode()) == second_receipt


def test_a_number_in_the_address_opens_nothing(reader: Client, stranger: Client, path: str) -> None:
    send(reader, path)
    number = Case.objects.get().number
    for page in ("received", "my-case", "my-case/files"):
        assert stranger.get(f"/en/{page}/?report={number}")["Location"] == "/en/case/"
        assert reader.get(f"/en/{page}/?report=2025/9999")["Location"] == "/en/case/"
    assert stranger.get(f"/en/received/code.txt?report={number}").status_code == 404
