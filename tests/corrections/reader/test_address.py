"""The reader's address: nothing but one confirming letter goes to it on anybody's word."""

import re
from datetime import datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client

from corrections.domain import conversation, intake
from corrections.models import Case, Delivery, Event, Identity
from corrections.notifications import links, render, restraint
from newsroom.models import Article, StaffMember
from tests.corrections.reader.pages import hidden_fields, open_case, press, take_up
from tests.factories import NOW, as_actor, make_submission, submit

ADDRESS, OTHER = "reader@example.org", "other@example.org"
MY_CASE, CHANGE, AGAIN = "/ar/my-case/", "/ar/my-case/address/", "/ar/my-case/address/again/"


@pytest.fixture(autouse=True)
def on_a_sunday() -> object:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def letters(identity: Identity | None = None) -> list[tuple[str, str]]:
    """What was written to readers, in order: the letter and what became of it."""
    written = Delivery.objects.filter(audience="reader").order_by("pk")
    return list((written.filter(identity=identity) if identity else written).values_list("template", "status"))


@pytest.fixture
def report(article: Article) -> intake.Receipted:
    """A report whose address nobody has confirmed."""
    return submit(article, confirmed=False, wants_mail=True, address=ADDRESS)


def link_of(delivery: Delivery) -> str:
    return f"/ar/open/{links.token_of(delivery)}/"


def ask(report: intake.Receipted, editor: StaffMember) -> None:
    case = Case.objects.get(pk=report.case.pk)
    take_up(case, editor)
    conversation.ask_reader(case, "سؤال", actor=as_actor(editor), expected_version=case.version, now=NOW)


def test_nothing_but_the_confirming_letter_goes_to_an_unconfirmed_address(
    report: intake.Receipted, editor: StaffMember
) -> None:
    ask(report, editor)
    assert letters() == [("received", "pending"), ("question", "unconfirmed")]


def test_after_the_button_behind_the_link_letters_go_out(
    reader: Client, report: intake.Receipted, editor: StaffMember
) -> None:
    link = link_of(Delivery.objects.get(template="received"))
    press(reader, link, link)
    assert Identity.objects.get().confirmed_at == NOW
    assert Event.objects.latest("pk").happening == "address_confirmed"
    ask(report, editor)
    assert letters() == [("received", "pending"), ("question", "pending")]


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_scanner_that_opens_the_link_confirms_nothing(
    stranger: Client, report: intake.Receipted, method: str
) -> None:
    link = link_of(Delivery.objects.get(template="received"))
    for _visit in range(3):
        assert getattr(stranger, method)(link).status_code == 200
    assert (Identity.objects.get().confirmed_at, Event.objects.count()) == (None, 1)


def test_confirming_one_confirms_what_was_sent_with_it(reader: Client, article: Article) -> None:
    both = [make_submission(article, text=text, wants_mail=True, address=ADDRESS) for text in ("خطأ أول", "خطأ ثان")]
    intake.submit_together(both, source="192.0.2.7", now=NOW)
    submit(article, confirmed=False, wants_mail=True, address=ADDRESS)
    link = link_of(Delivery.objects.get(template="received", status="pending"))
    press(reader, link, link)
    assert [found.confirmed_at for found in Identity.objects.order_by("pk")] == [NOW, NOW, None]


def test_an_address_is_corrected_and_must_be_confirmed_again(
    reader: Client, article: Article, editor: StaffMember
) -> None:
    receipted = submit(article, wants_mail=True, address=ADDRESS)
    ask(receipted, editor)
    old = link_of(Delivery.objects.get(template="received"))
    open_case(reader, receipted)
    press(reader, MY_CASE, CHANGE, address=" Other@Example،org ")
    found = Identity.objects.get()
    assert (found.confirmed_at, letters()) == (
        None,
        [("received", "unconfirmed"), ("question", "unconfirmed"), ("confirm_address", "pending")],
    )
    mail = render.mail_for(Delivery.objects.get(template="confirm_address"))
    assert mail.address == "Other@example.org"
    assert Client().get(old).status_code == 404
    page = reader.get(MY_CASE).content.decode()
    assert "لم يتأكد عنوان البريد بعد، ولا يُرسل إليه شيء قبل استعمال الرابط" in page


def test_who_gave_no_address_gives_one_later(reader: Client, article: Article) -> None:
    receipted = submit(article)
    open_case(reader, receipted)
    press(reader, MY_CASE, CHANGE, address=ADDRESS)
    assert letters(Identity.objects.get()) == [("confirm_address", "pending")]


def test_the_same_address_again_changes_nothing(reader: Client, report: intake.Receipted) -> None:
    open_case(reader, report)
    press(reader, MY_CASE, CHANGE, address=ADDRESS.upper())
    assert (Event.objects.count(), letters()) == (1, [("received", "pending")])


@pytest.mark.parametrize("typed", ["", "reader", "reader@", "a@b@c.org", "<script>@x"])
def test_what_is_no_address_is_said_and_stays_in_its_field(
    reader: Client, report: intake.Receipted, typed: str
) -> None:
    open_case(reader, report)
    answer = press(reader, MY_CASE, CHANGE, address=typed)
    page = answer.content.decode()
    sentence = "عنوان البريد غير مكتمل. مثال صحيح: name@example.com"
    assert (answer.status_code, page.count(sentence), page.count("<title>خطأ:")) == (422, 2, 1)
    assert f'<a href="#id_address">{sentence}</a>' in page
    assert '<details class="mt3" open>' in page
    assert hidden_fields(page)
    kept = re.findall(r'name="address" id="id_address" value="([^"]*)"', page)
    assert [unescape(value) for value in kept] == [typed]
    assert letters() == [("received", "pending")]


def test_an_expired_page_keeps_the_address_in_its_field(reader: Client, report: intake.Receipted) -> None:
    open_case(reader, report)
    fields = hidden_fields(reader.get(MY_CASE).content.decode())
    answer = reader.post(CHANGE, {**fields, "address": OTHER, "csrfmiddlewaretoken": "x" * 64})
    page = answer.content.decode()
    assert (answer.status_code, f'id="id_address" value="{OTHER}"' in page) == (403, True)
    assert reader.post(CHANGE, {**hidden_fields(page), "address": OTHER}).status_code == 303


def test_the_confirmation_is_sent_again_once_an_hour(
    reader: Client, report: intake.Receipted, on_a_sunday: time_machine.Traveller
) -> None:
    open_case(reader, report)
    refused = press(reader, MY_CASE, AGAIN)
    assert (refused.status_code, letters()) == (429, [("received", "pending")])
    on_a_sunday.shift(timedelta(minutes=59))
    open_case(reader, report)
    assert press(reader, MY_CASE, AGAIN).status_code == 429
    on_a_sunday.shift(timedelta(minutes=1))
    assert press(reader, MY_CASE, AGAIN).status_code == 303
    assert letters() == [("received", "pending"), ("confirm_address", "pending")]


def test_a_stranger_cannot_have_somebody_mailed_more_than_once_an_hour_by_any_way(
    reader: Client, article: Article, on_a_sunday: time_machine.Traveller
) -> None:
    sent: list[datetime] = []
    for _minute in range(0, 120, 20):
        receipted = submit(article, confirmed=False, now=on_a_sunday_now(), wants_mail=True, address=ADDRESS)
        open_case(reader, receipted)
        press(reader, MY_CASE, AGAIN)
        other = submit(article, now=on_a_sunday_now())
        open_case(reader, other)
        press(reader, MY_CASE, CHANGE, address=ADDRESS)
        on_a_sunday.shift(timedelta(minutes=20))
    mails = Delivery.objects.filter(audience="reader", status="pending").order_by("event__happened_at")
    sent = list(mails.values_list("event__happened_at", flat=True))
    assert sent == [NOW, NOW + timedelta(minutes=60)]


def test_neither_changing_nor_erasing_an_address_lets_it_be_mailed_anew(
    reader: Client, article: Article, report: intake.Receipted
) -> None:
    open_case(reader, report)
    press(reader, MY_CASE, CHANGE, address=OTHER)
    submit(article, confirmed=False, wants_mail=True, address=ADDRESS)
    press(reader, MY_CASE, "/ar/my-case/erase/")
    for address in (ADDRESS, OTHER):
        submit(article, confirmed=False, wants_mail=True, address=address)
    assert [status for _letter, status in letters()] == ["unconfirmed", "pending", "withheld", "withheld", "withheld"]


def test_hashes_of_addresses_are_forgotten_after_a_day(report: intake.Receipted) -> None:
    hashes = Delivery.objects.exclude(address_hash="")
    assert (restraint.forget_addresses(NOW + timedelta(hours=23)), hashes.count()) == (0, 1)
    assert (restraint.forget_addresses(NOW + timedelta(hours=24)), hashes.count()) == (1, 0)


def on_a_sunday_now() -> datetime:
    return datetime.now(tz=NOW.tzinfo)


def test_no_stranger_reaches_the_address_of_a_case(stranger: Client, report: intake.Receipted) -> None:
    for address in (CHANGE, AGAIN):
        answer = Client().post(address, {"case": report.case.number, "address": OTHER})
        assert (answer.status_code, answer["Location"]) == (303, "/ar/case/")
        assert stranger.get(address).status_code == 405
    assert letters() == [("received", "pending")]


def test_the_desk_sees_that_an_address_is_not_confirmed(
    signed_in: object, report: intake.Receipted, editor: StaffMember
) -> None:
    desk = signed_in(editor)  # type: ignore[operator]  # a function of the shared tests
    page = desk.get(f"/ar/desk/cases/{report.case.year}/{report.case.sequence}/").content.decode()
    assert "غير مؤكد" in page
