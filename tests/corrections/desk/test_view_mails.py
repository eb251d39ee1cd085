"""Mails about a saved view: what is new, once, never more than somebody may see, and ended by one press."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client

from corrections import desk_settings
from corrections.calendar import WorkingCalendar, even_week
from corrections.domain import digests, settings_publishing
from corrections.domain.digests import period_due, tell_subscribers
from corrections.models import Case, Delivery, Digest, Holiday, SavedView, Subscription, ToldCase
from corrections.notifications import outbox
from corrections.notifications.deliver import deliver_due
from newsroom.days import day_of, start_of_week
from newsroom.models import Article, StaffMember
from newsroom.privacy import PRIVATE_HEADERS
from tests.corrections.desk.steps import HOSTILE, page_address, press, text_of
from tests.factories import make_case

DAMASCUS = ZoneInfo("Asia/Damascus")
#: Wednesday morning before the desk opens; the weekend is Friday and Saturday.
WEDNESDAY = datetime(2025, 2, 19, 6, 30, tzinfo=DAMASCUS)
WORDS = "كلمات صاحب الطلب وحده"
Worker = Callable[..., list[Any]]


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(WEDNESDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def worker(mailoutbox: list[Any], clock: time_machine.Traveller) -> Worker:
    """What the worker does at a moment; gives the mails to subscribers that go out by it."""

    def work(moment: datetime) -> list[Any]:
        clock.move_to(moment)
        before = len(mailoutbox)
        tell_subscribers(moment)
        deliver_due(1000, lambda: moment)
        return [mail for mail in mailoutbox[before:] if "List-Unsubscribe" in mail.extra_headers]

    return work


def subscribe(client: Client, rhythm: str, filters: str = "view=open", name: str = "عرضي", **fields: Any) -> SavedView:
    client.post(page_address("save_view"), {"name": name, "filters": filters, **fields})
    view = SavedView.objects.latest("pk")
    response = client.post(f"{page_address('views')}{view.pk}/mails/", {"rhythm": rhythm})
    assert response["Location"] == f"{page_address('views')}?set={view.pk}#view-{view.pk}"
    return view


def write(article: Article, moment: datetime, **fields: Any) -> Case:
    return make_case(article, now=moment, **{"text": f"{WORDS} {Case.objects.count()}", **fields})


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2025, 2, day, hour, minute, tzinfo=DAMASCUS)


def link_in(mail: Any) -> str:
    found = re.search(r"https?://[^/]+(/ar/desk/views/end-mails/[\w-]+/)", mail.body)
    assert found
    return found[1]


def test_each_new_case_is_told_once_and_what_was_there_before_is_no_news(
    desk: Client, article: Article, worker: Worker, editor: StaffMember
) -> None:
    write(article, WEDNESDAY)
    subscribe(desk, "each")
    assert worker(at(19, 6, 31)) == []
    case = write(article, at(19, 6, 32), kind="complaint")
    (mail,) = worker(at(19, 6, 33))
    assert mail.to == [editor.email]
    assert mail.subject == "مكتب التصحيح: طلب جديد في “عرضي”"
    for words in (f"{case.number} – شكوى", f"/ar/desk/cases/{case.year}/{case.sequence}/", "/ar/desk/?view=open"):
        assert words in mail.body
    assert "في العرض الآن طلبان." in mail.body
    assert WORDS not in mail.body + str(mail.alternatives[0][0])
    assert worker(at(19, 6, 34)) == []


def test_a_flood_makes_one_mail_and_not_one_for_each(desk: Client, article: Article, worker: Worker) -> None:
    subscribe(desk, "each")
    for _number in range(30):
        write(article, at(19, 6, 40))
    (mail,) = worker(at(19, 6, 41))
    assert (len(re.findall(r"2025/\d{4} – ", mail.body)), "و5 طلبات أخرى" in mail.body) == (25, True)
    assert ToldCase.objects.exclude(digest=None).count() == 30


def test_the_hour_of_the_digests_is_a_setting(
    desk: Client, article: Article, worker: Worker, administrator: StaffMember
) -> None:
    subscribe(desk, "daily")
    write(article, at(19, 6, 40))
    later = replace(desk_settings.current(), digest_hour=16)
    settings_publishing.publish(later, expected=0, by=administrator, now=WEDNESDAY)
    assert [len(worker(at(19, hour))) for hour in (7, 15, 16, 17)] == [0, 0, 1, 0]


def test_a_daily_digest_comes_on_working_days_with_what_came_since(
    desk: Client, article: Article, worker: Worker
) -> None:
    subscribe(desk, "daily")
    write(article, at(19, 6, 40))
    assert [len(worker(at(19, hour))) for hour in (6, 7, 8, 23)] == [0, 1, 0, 0]
    for moment in (at(19, 12), at(21, 12)):
        write(article, moment)
    Holiday.objects.create(day=date(2025, 2, 20), name_ar="عطلة", name_en="Holiday")
    assert [len(worker(at(day, 9))) for day in (20, 21, 22)] == [0, 0, 0]
    (mail,) = worker(at(23, 9))
    assert mail.subject == "مكتب التصحيح: طلبان جديدان في “عرضي”"


def test_no_mail_leaves_when_nothing_is_new_and_none_later_on_that_day(
    desk: Client, article: Article, worker: Worker
) -> None:
    subscribe(desk, "daily")
    assert worker(at(19, 7)) == []
    write(article, at(19, 9))
    assert worker(at(19, 10)) == []
    assert len(worker(at(20, 7))) == 1
    assert Digest.objects.count() == 1


def test_a_weekly_digest_comes_when_the_sites_week_begins(desk: Client, article: Article, worker: Worker) -> None:
    subscribe(desk, "weekly")
    write(article, at(19, 9))
    assert [len(worker(at(day, 9))) for day in (19, 20, 21, 22, 23, 24, 25)] == [0, 0, 0, 0, 1, 0, 0]
    write(article, at(25, 10))
    assert worker(at(26, 9)) == []
    assert len(worker(datetime(2025, 3, 3, 9, tzinfo=DAMASCUS))) == 1


def test_a_case_that_grows_late_is_news_in_a_view_of_what_is_late(
    desk: Client, article: Article, worker: Worker
) -> None:
    case = write(article, WEDNESDAY)
    subscribe(desk, "each", "view=overdue")
    assert worker(at(19, 7)) == []
    Case.objects.filter(pk=case.pk).update(decision_due_at=at(19, 8))
    assert (len(worker(at(19, 9))), len(worker(at(19, 10)))) == (1, 0)


def test_nothing_is_lost_and_nothing_told_twice_when_the_worker_dies_between_two_rows(
    desk: Client, article: Article, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    subscribe(desk, "daily")
    subscribe(desk, "each", name="آخر")
    write(article, at(19, 6, 40))

    def die(*_arguments: object) -> None:
        raise MemoryError

    whole = outbox.enqueue_digest
    monkeypatch.setattr(outbox, "enqueue_digest", die)
    with pytest.raises(MemoryError):
        tell_subscribers(at(19, 7))
    monkeypatch.setattr(outbox, "enqueue_digest", whole)
    assert (Digest.objects.count(), ToldCase.objects.exclude(digest=None).count()) == (0, 0)
    assert set(Subscription.objects.values_list("last_period", flat=True)) == {""}
    assert (len(worker(at(19, 7))), len(worker(at(19, 7)))) == (2, 0)


@pytest.mark.parametrize("rhythm", ["each", "daily"])
def test_of_two_workers_at_once_one_tells(
    desk: Client, article: Article, worker: Worker, monkeypatch: pytest.MonkeyPatch, rhythm: str
) -> None:
    subscribe(desk, rhythm)
    write(article, at(19, 6, 40))
    looked = digests._what_is_new

    def look_while_the_other_writes(subscription: Subscription, now: datetime) -> Any:
        found = looked(subscription, now)
        with monkeypatch.context() as patch:
            patch.setattr(digests, "_what_is_new", looked)
            tell_subscribers(now)
        return found

    monkeypatch.setattr(digests, "_what_is_new", look_while_the_other_writes)
    assert tell_subscribers(at(19, 7)) == 0
    assert (Digest.objects.count(), Delivery.objects.filter(template="digest").count()) == (1, 1)


def test_the_database_refuses_a_second_letter_for_a_period_and_a_second_telling_of_a_case(
    desk: Client, article: Article, worker: Worker
) -> None:
    subscribe(desk, "each")
    write(article, at(19, 6, 40))
    worker(at(19, 7))
    digest, told = Digest.objects.get(), ToldCase.objects.get(digest__isnull=False)
    for row in (digest, told, Delivery.objects.get(digest=digest)):
        row.pk = None
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save(force_insert=True)


def test_nobody_is_told_of_a_complaint_about_their_own_article(
    conflicted: Client, standards_desk: Client, article: Article, worker: Worker, author: StaffMember
) -> None:
    subscribe(conflicted, "each")
    subscribe(standards_desk, "each", name="للمعايير")
    complaint = write(article, at(19, 6, 40), kind="complaint")
    correction = write(article, at(19, 6, 41))
    mails = {mail.to[0]: mail.body for mail in worker(at(19, 7))}
    assert set(mails) == {author.email, StaffMember.objects.get(role="standards_editor").email}
    assert (complaint.number in mails[author.email], correction.number in mails[author.email]) == (False, True)
    assert "في العرض الآن طلب واحد." in mails[author.email]


def test_a_kind_that_changes_before_a_mail_gets_out_does_not_change_the_mail(
    conflicted: Client, article: Article, worker: Worker
) -> None:
    subscribe(conflicted, "each")
    case = write(article, at(19, 6, 40))
    tell_subscribers(at(19, 7))
    Case.objects.filter(pk=case.pk).update(kind="complaint", was_complaint=True)
    (mail,) = worker(at(19, 7))
    assert (f"{case.number} – تصحيح" in mail.body, "شكوى" in mail.body) == (True, False)


def test_one_press_ends_the_mails_and_looking_does_not(
    desk: Client, stranger: Client, article: Article, worker: Worker
) -> None:
    subscribe(desk, "each")
    write(article, at(19, 6, 40))
    (mail,) = worker(at(19, 7))
    address = link_in(mail)
    for _time in range(2):
        page = stranger.get(address)
        assert (page.status_code, "عرضي" in page.content.decode()) == (200, True)
        assert {name: page[name] for name in PRIVATE_HEADERS if name != "Referrer-Policy"} == {
            name: value for name, value in PRIVATE_HEADERS.items() if name != "Referrer-Policy"
        }
    assert Subscription.objects.get().ended_at is None
    assert "لا رسائل أخرى" in stranger.post(address).content.decode()
    write(article, at(19, 8))
    assert worker(at(19, 9)) == []
    assert (stranger.get(address).status_code, stranger.post(address).status_code) == (404, 404)


def test_the_mail_programs_own_button_ends_them_too(
    desk: Client, reader: Client, article: Article, worker: Worker
) -> None:
    subscribe(desk, "each")
    write(article, at(19, 6, 40))
    (mail,) = worker(at(19, 7))
    assert mail.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = re.fullmatch(r"<https?://[^/]+(/.+)>", mail.extra_headers["List-Unsubscribe"])
    assert address
    assert reader.post(address[1], {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert Subscription.objects.get().ended_at is not None


def test_a_letter_on_its_way_does_not_go_out_once_the_mails_have_ended(
    desk: Client, article: Article, worker: Worker
) -> None:
    view = subscribe(desk, "each")
    write(article, at(19, 6, 40))
    tell_subscribers(at(19, 7))
    desk.post(f"{page_address('views')}{view.pk}/mails/", {"rhythm": ""})
    assert worker(at(19, 7)) == []
    assert Delivery.objects.get(template="digest").fault == "ended"


def test_a_removed_view_and_somebody_who_left_the_desk_get_no_mails(
    desk: Client,
    standards_desk: Client,
    article: Article,
    worker: Worker,
    editor: StaffMember,
    standards_editor: StaffMember,
    signed_in: Callable[[StaffMember], Client],
) -> None:
    view = subscribe(standards_desk, "each", shared="on")
    desk.post(f"{page_address('views')}{view.pk}/mails/", {"rhythm": "each"})
    write(article, at(19, 6, 40))
    StaffMember.objects.filter(pk=editor.pk).update(role="author")
    assert len(worker(at(19, 7))) == 1
    # Signed in anew: a session that nobody uses has ended meanwhile.
    signed_in(standards_editor).post(f"{page_address('views')}{view.pk}/remove/")
    write(article, at(19, 8))
    assert worker(at(19, 9)) == []


def test_the_rhythm_is_changed_beside_the_view_and_kept(desk: Client, article: Article, worker: Worker) -> None:
    view = subscribe(desk, "weekly")
    write(article, at(19, 6, 40))
    desk.post(f"{page_address('views')}{view.pk}/mails/", {"rhythm": "each"})
    assert '<option value="each" selected>' in desk.get(page_address("views")).content.decode()
    assert (Subscription.objects.count(), len(worker(at(19, 7)))) == (1, 1)


@pytest.mark.parametrize("rhythm", ["hourly", HOSTILE])
def test_another_rhythm_is_refused_beside_the_field(desk: Client, rhythm: str) -> None:
    view = subscribe(desk, "each")
    response = desk.post(f"{page_address('views')}{view.pk}/mails/", {"rhythm": rhythm})
    assert (response.status_code, "يلزم اختيار الوتيرة" in response.content.decode()) == (422, True)
    assert Subscription.objects.get().rhythm == "each"


def test_somebody_elses_view_sends_nothing(
    desk: Client, signed_in: Callable[[StaffMember], Client], second_editor: StaffMember
) -> None:
    view = subscribe(desk, "each")
    other = signed_in(second_editor)
    assert other.post(f"{page_address('views')}{view.pk}/mails/", {"rhythm": "each"}).status_code == 404
    assert Subscription.objects.count() == 1


def test_a_large_view_tells_of_what_arrives_from_now_on(
    desk: Client, article: Article, worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("corrections.domain.subscriptions.MOST_NOTED", 2)
    cases = [write(article, WEDNESDAY) for _number in range(3)]
    subscribe(desk, "each", "view=mine")
    subscribe(desk, "each", "view=all", name="الكل")
    assert ToldCase.objects.count() == 0
    press(desk, cases[0], "claim")
    (mail,) = worker(at(19, 7))
    assert "“عرضي”" in mail.subject


@pytest.mark.parametrize(("rhythm", "most"), [("daily", 15), ("weekly", 3)])
def test_over_three_weeks_a_digest_is_due_once_for_each_period_and_only_while_the_desk_works(
    rhythm: str, most: int
) -> None:
    calendar = WorkingCalendar(time_zone=DAMASCUS, week=even_week({4, 5}), holidays=frozenset({date(2025, 2, 23)}))
    subscription = Subscription(rhythm=rhythm, since=datetime(2025, 2, 15, tzinfo=UTC))
    due = []
    for hours in range(21 * 24):
        moment = datetime(2025, 2, 16, tzinfo=DAMASCUS) + timedelta(hours=hours)
        period = period_due(subscription, calendar, start_of_week(day_of(moment), {4, 5}), 7, moment)
        if period:
            due.append(period)
            subscription.last_period = period
            assert (calendar.is_working_day(day_of(moment)), moment.hour >= 7) == (True, True)
    assert len(due) == len(set(due)) == most - (rhythm == "daily")


def test_what_was_set_for_the_mails_is_said_beside_the_view(desk: Client) -> None:
    view = subscribe(desk, "daily", "view=open&from_day=٢٨/١١/٢٠٢٦")
    said = {"daily": "حُفظ موعد الرسائل عن هذا العرض.", "": "لن تصل رسائل عن هذا العرض."}
    for rhythm, words in said.items():
        response = desk.post(f"{page_address('views')}{view.pk}/mails/", {"rhythm": rhythm}, follow=True)
        assert [each in text_of(response) for each in said.values()] == [each == words for each in said.values()]
    page = text_of(desk.get(page_address("views")))
    assert ("28/11/2026" in page, "٢٨" in page, words in page) == (True, False, False)
