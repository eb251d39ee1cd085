"""Following an article: one confirmed address, one mail for each notice, one press to end it."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from corrections.domain import abuse, following, retention
from corrections.models import Announcement, Delivery, Follower
from corrections.notifications import announcements
from corrections.notifications.deliver import deliver_due
from newsroom.models import Article, StaffMember
from newsroom.privacy import PRIVATE_HEADERS
from tests.corrections.notifications.test_render import fetched
from tests.corrections.reader.pages import correct, faults_in, fill_correction, press
from tests.factories import NOW, make_article, make_case

ADDRESS = "follower@example.net"
Worker = Callable[[], list[Any]]


@pytest.fixture(autouse=True)
def at_that_time() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def page_of(article: Article, language: str = "ar") -> str:
    return f"/{language}/{article.pk}/follow/"


def ask(reader: Client, article: Article, address: str = ADDRESS, **more: str) -> Any:
    return press(reader, page_of(article), page_of(article), address=address, **more)


@pytest.fixture
def worker(mailoutbox: list[Any]) -> Worker:
    """What the worker does; gives the mails that went out by it."""

    def work() -> list[Any]:
        before = len(mailoutbox)
        announcements.spread_due(lambda: NOW)
        deliver_due(1000, lambda: NOW)
        return mailoutbox[before:]

    return work


@pytest.fixture
def news(worker: Worker) -> Worker:
    """The same, of notices alone."""
    return lambda: [each for each in worker() if "List-Unsubscribe" in each.extra_headers]


def link_in(message: Any, word: str) -> str:
    found = re.search(rf"https?://[^/]+(/\w\w/{word}/[\w-]+/)", message.body)
    assert found
    return found[1]


def follow(article: Article, address: str = ADDRESS, language: str = "ar", *, confirmed: bool = True) -> Follower:
    following.ask(article, address, language=language, source="192.0.2.7", now=NOW)
    if confirmed:
        Follower.objects.filter(article=article, ended_at=None).update(confirmed_at=NOW)
    return Follower.objects.latest("pk")


def test_the_article_offers_it_and_the_page_says_what_will_come(reader: Client, article: Article) -> None:
    address = page_of(article)
    assert (
        f'<a href="{address}" rel="nofollow">إعلامي إذا صُحّح المقال</a>'
        in reader.get(f"/ar/{article.pk}/", follow=True).content.decode()
    )
    answer = reader.get(address)
    assert {name: answer[name] for name in PRIVATE_HEADERS} == PRIVATE_HEADERS
    assert "رسالة واحدة عند نشر كل تصحيح" in answer.content.decode()


def test_asking_mails_one_link_and_nothing_else_until_its_button_is_pressed(
    reader: Client, article: Article, editor: StaffMember, worker: Worker
) -> None:
    answer = ask(reader, article)
    assert (answer.status_code, answer["Location"]) == (303, f"{page_of(article)}asked/")
    asked = reader.get(answer["Location"]).content.decode()
    assert ("رسالة فيها رابط في طريقها" in asked, ADDRESS in asked) == (True, False)
    (letter,) = worker()
    assert (letter.to, letter.subject) == ([ADDRESS], "تأكيد العنوان لمتابعة مقال")
    assert "List-Unsubscribe" not in letter.extra_headers
    correct(article, editor, "12,000", "1,200")
    assert [each for each in worker() if each.to == [ADDRESS]] == []


def test_looking_at_the_link_changes_nothing_and_its_button_confirms(
    reader: Client, stranger: Client, article: Article, row_counts: Any, worker: Worker
) -> None:
    ask(reader, article)
    link = link_in(worker()[0], "follow")
    for _look in range(3):
        page = stranger.get(link)
        assert (page.status_code, "<h1>متابعة هذا المقال</h1>" in page.content.decode()) == (200, True)
        stranger.head(link)
    assert Follower.objects.get().confirmed_at is None
    for _press in range(2):
        assert "<h1>بدأت متابعة هذا المقال</h1>" in stranger.post(link).content.decode()
    assert Follower.objects.get().confirmed_at == NOW


def test_each_notice_is_one_mail_that_leads_to_the_article_and_can_be_ended_by_one_press(
    article: Article, editor: StaffMember, worker: Worker
) -> None:
    follow(article)
    follow(make_article("ar"), "somebody@example.net")
    worker()
    correct(article, editor, "12,000", "1,200")
    told = [each for each in worker() if each.to in ([ADDRESS], ["somebody@example.net"])]
    assert [(each.to, each.subject) for each in told] == [([ADDRESS], "إشعار على مقال متابَع")]
    assert worker() == []
    article.refresh_from_db()
    letter = told[0]
    end = link_in(letter, "unfollow")
    assert f"/ar/{article.pk}/" in letter.body
    assert letter.extra_headers["List-Unsubscribe"].endswith(f"{end}>")
    assert letter.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "12,000" not in letter.body + letter.alternatives[0].content
    assert fetched(letter.alternatives[0].content) == []


def test_the_mail_is_in_the_language_in_which_it_was_asked_for(
    article: Article, editor: StaffMember, news: Worker
) -> None:
    follow(article, language="en")
    correct(article, editor, "12,000", "1,200")
    (letter,) = news()
    assert (letter.subject, 'dir="ltr"' in letter.alternatives[0].content) == (
        "A notice on an article you follow",
        True,
    )


def test_a_mail_program_ends_it_with_one_post_and_a_person_with_one_button(
    stranger: Client, reader: Client, article: Article, editor: StaffMember, news: Worker
) -> None:
    follow(article)
    correct(article, editor, "12,000", "1,200")
    end = link_in(news()[0], "unfollow")
    page = reader.get(end).content.decode()
    assert ('<form method="post">' in page, Follower.objects.get().ended_at) == (True, None)
    answer = Client(enforce_csrf_checks=True).post(end, {"List-Unsubscribe": "One-Click"})
    assert (answer.status_code, "<h1>انتهت متابعة هذا المقال</h1>" in answer.content.decode()) == (200, True)
    ended = Follower.objects.get()
    assert (ended.ended_at, ended.address_sealed, ended.address_hash) == (NOW, "", "")
    assert [stranger.get(end).status_code, stranger.post(end).status_code] == [404, 404]


def test_a_letter_that_waits_is_not_sent_to_somebody_who_has_ended_it(
    article: Article, editor: StaffMember, worker: Worker
) -> None:
    follower = follow(article)
    worker()
    correct(article, editor, "12,000", "1,200")
    announcements.spread_due(lambda: NOW)
    Follower.objects.filter(pk=follower.pk).update(ended_at=NOW, address_sealed="", address_hash="")
    assert [each for each in worker() if each.to == [ADDRESS]] == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("Follower@Example،net", "Follower@example.net"), (" follower@example\u200f.net ", ADDRESS)],
)
def test_a_typed_address_is_mended(reader: Client, article: Article, typed: str, meant: str, worker: Worker) -> None:
    ask(reader, article, typed)
    assert [letter.to for letter in worker()] == [[meant]]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "يلزم كتابة عنوان بريد"),
        ("reader@example", "عنوان البريد غير مكتمل. مثال صحيح: name@example.com"),
        ("a@[127.0.0.1]", "عنوان البريد غير مكتمل. مثال صحيح: name@example.com"),
        ("a@b.c\nBcc: x@y.z", "عنوان البريد غير مكتمل. مثال صحيح: name@example.com"),
    ],
)
def test_a_wrong_address_is_said_beside_the_field_and_kept(
    reader: Client, article: Article, typed: str, sentence: str
) -> None:
    answer = ask(reader, article, typed)
    page = answer.content.decode()
    assert (answer.status_code, faults_in(page), page.count(sentence)) == (422, [sentence], 2)
    assert f'value="{typed.splitlines()[0] if typed else ""}' in page or not typed
    assert (Follower.objects.count(), Delivery.objects.count()) == (0, 0)


def test_asking_again_within_the_hour_mails_nothing_and_says_the_same(
    reader: Client, article: Article, worker: Worker
) -> None:
    other = make_article("ar")
    answers = [ask(reader, each) for each in (article, article, other)]
    assert {answer.status_code for answer in answers} == {303}
    assert len(worker()) == 1


def test_an_address_that_just_got_a_letter_about_a_report_gets_none_and_the_other_way_round(
    reader: Client, article: Article, worker: Worker
) -> None:
    make_case(article, wants_mail=True, address=ADDRESS, confirmed=False)
    ask(reader, article)
    assert [letter.to for letter in worker() if letter.to == [ADDRESS]] == [[ADDRESS]]
    ask(reader, article, "second@example.net")
    case = make_case(article, wants_mail=True, address="second@example.net", confirmed=False)
    assert Delivery.objects.get(event__case=case, audience="reader").status == "withheld"


def test_who_follows_already_gets_no_other_link(reader: Client, article: Article, worker: Worker) -> None:
    follow(article)
    worker()
    with time_machine.travel(NOW + timedelta(hours=2)):
        assert ask(reader, article).status_code == 303
    assert (Follower.objects.count(), Delivery.objects.count()) == (1, 1)


def test_a_trap_for_programs_takes_nothing_and_says_nothing(reader: Client, article: Article) -> None:
    assert ask(reader, article, website="https://spam.example").status_code == 303
    assert Follower.objects.count() == 0


def test_one_network_may_not_ask_without_end(reader: Client, article: Article, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(abuse, "FOLLOW", abuse.Allowance("follow", 1, 3600))
    ask(reader, article)
    answer = ask(reader, article, "second@example.net")
    assert (answer.status_code, "Retry-After" in answer, "second@example.net" in answer.content.decode()) == (
        429,
        True,
        True,
    )


def test_an_expired_page_keeps_the_address(reader: Client, article: Article) -> None:
    answer = ask(reader, article, csrfmiddlewaretoken="forged")
    assert (answer.status_code, f'value="{ADDRESS}"' in answer.content.decode()) == (403, True)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("token", ["x", "a" * 43, "%00", "é"])
def test_a_wrong_link_is_answered_in_words(stranger: Client, db: None, language: str, token: str) -> None:
    for place in ("follow", "unfollow"):
        for answer in (stranger.get(f"/{language}/{place}/{token}/"), stranger.post(f"/{language}/{place}/{token}/")):
            assert answer.status_code in (400, 404)


def test_the_link_is_in_no_referrer_and_no_cache(stranger: Client, article: Article, worker: Worker) -> None:
    follow(article, confirmed=False)
    answer = stranger.get(link_in(worker()[0], "follow"))
    assert (answer["Referrer-Policy"], answer["Cache-Control"]) == ("strict-origin", "no-store, private")


def test_what_nobody_confirmed_in_seven_days_is_forgotten(stranger: Client, article: Article, worker: Worker) -> None:
    follow(article, confirmed=False)
    link = link_in(worker()[0], "follow")
    with time_machine.travel(NOW + timedelta(days=7, seconds=1)):
        assert stranger.post(link).status_code == 404
    retention.erase_expired(NOW + timedelta(days=7))
    assert Follower.objects.get().address_sealed != ""
    retention.erase_expired(NOW + timedelta(days=7, seconds=1))
    assert (Follower.objects.get().address_sealed, Follower.objects.get().confirmed_at) == ("", None)


def test_asking_after_those_days_starts_anew(reader: Client, article: Article) -> None:
    follow(article, confirmed=False)
    with time_machine.travel(NOW + timedelta(days=8)):
        ask(reader, article)
    states = [(each.ended_at is None, each.address_sealed != "") for each in Follower.objects.order_by("pk")]
    assert states == [(False, False), (True, True)]


def test_only_who_confirmed_before_the_notice_is_told_of_it(
    article: Article, editor: StaffMember, news: Worker
) -> None:
    follower = follow(article)
    Follower.objects.filter(pk=follower.pk).update(confirmed_at=NOW + timedelta(seconds=1))
    correct(article, editor, "12,000", "1,200")
    assert news() == []
    assert Announcement.objects.get().done_at == NOW


def test_two_workers_and_one_that_died_halfway_tell_everybody_once(
    article: Article, editor: StaffMember, monkeypatch: pytest.MonkeyPatch, worker: Worker
) -> None:
    monkeypatch.setattr(announcements, "BATCH", 2)
    for number in range(5):
        follow(article, f"follower{number}@example.net")
    correct(article, editor, "12,000", "1,200")
    announcement = Announcement.objects.get()
    stale = Announcement.objects.get()
    assert announcements._spread(announcement, NOW) == 2
    assert announcements._spread(stale, NOW) is None
    told = sorted(each.to[0] for each in worker() if each.subject == "إشعار على مقال متابَع")
    assert told == [f"follower{number}@example.net" for number in range(5)]


@pytest.mark.parametrize("followers", [3, 300])
def test_a_decision_takes_no_longer_however_many_follow(
    article: Article, editor: StaffMember, followers: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    follower = follow(article)
    Follower.objects.bulk_create(
        Follower(
            article=article,
            language="ar",
            address_sealed=follower.address_sealed,
            address_hash=f"{number}",
            token_hash=f"{number}",
            asked_at=NOW,
            confirmed_at=NOW,
        )
        for number in range(followers)
    )
    case = make_case(article)
    before = Delivery.objects.count()
    correct(article, editor, "12,000", "1,200", case=case)
    assert Delivery.objects.filter(audience="follower", event__isnull=False).count() == 0
    assert Delivery.objects.count() <= before + 2
    # One batch is five: look, guard, letters (in SQLite some more inserts), and the transaction around them.
    with django_assert_max_num_queries(14):
        assert announcements.spread_due(lambda: NOW) == followers + 1


def test_the_desk_is_not_bothered_with_mails_to_followers(
    article: Article, editor: StaffMember, signed_in: Any
) -> None:
    follow(article)
    case = make_case(article)
    correct(article, editor, "12,000", "1,200", case=case)
    announcements.spread_due(lambda: NOW)
    Delivery.objects.filter(audience="follower").update(status="failed", fault="smtp_550")
    desk = signed_in(editor)
    pages = [desk.get(f"/ar/desk/cases/{case.year}/{case.sequence}/"), desk.get("/ar/desk/deliveries/")]
    assert ["smtp_550" in page.content.decode() for page in pages] == [False, False]


def test_instead_of_reporting_what_others_reported_a_reader_can_follow(reader: Client, article: Article) -> None:
    path = f"/ar/{article.pk}/correction/"
    press_send = fill_correction(reader, path, place="2")
    reader.post(path, press_send)
    page = reader.get(f"{path}?revision=1&place=2").content.decode()
    assert f'<a href="{page_of(article)}">متابعة المقال بدلًا من الكتابة</a>' in page
