"""The reader's own case: the truth about it, a way to write, and nothing lost or doubled."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import translation

from corrections.domain import abuse, assignment, conversation, moves, opening
from corrections.domain.intake import Receipted
from corrections.domain.timeline import CLOCK, record, staff
from corrections.domain.undo import undo
from corrections.enums import Happening
from corrections.models import Case, Delivery, Event, Identity, Message
from corrections.reader import grants
from newsroom.dates import long_date
from newsroom.models import Article, StaffMember
from newsroom.privacy import PRIVATE_HEADERS
from tests.corrections.reader.pages import ask, correct, faults_in, hidden_fields, open_case, post_raw, press, take_up
from tests.factories import NOW, as_actor, make_case, make_staff, submit

PAGE, WRITE = "/ar/my-case/", "/ar/my-case/write/"


@pytest.fixture(autouse=True)
def at_that_time() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def receipted(article: Article) -> Receipted:
    return submit(article, wants_mail=True, address="reader@example.net", name="نور", text="الرقم 1,200.")


@pytest.fixture
def case(reader: Client, receipted: Receipted) -> Case:
    """A case that the reader's browser has opened."""
    open_case(reader, receipted)
    return Case.objects.get(pk=receipted.case.pk)


def shown(reader: Client) -> str:
    return reader.get(PAGE).content.decode()


def written() -> list[tuple[str, str]]:
    return list(Message.objects.filter(purpose__in=("added", "answer")).values_list("purpose", "text"))


def test_the_page_is_private(reader: Client, case: Case) -> None:
    answer = reader.get(PAGE)
    assert {name: answer[name] for name in PRIVATE_HEADERS} == PRIVATE_HEADERS
    assert '<meta name="robots" content="noindex">' in answer.content.decode()


def test_the_page_says_where_the_case_stands_who_has_it_and_by_when(reader: Client, case: Case) -> None:
    page = shown(reader)
    assert "<h1>وصل</h1>" in page
    assert "لدى مكتب التصحيح" in page
    assert "<strong>الأحد 23 شباط 2025</strong>" in page


def test_names_of_the_desk_and_internal_notes_are_not_on_the_page(
    reader: Client, case: Case, editor: StaffMember
) -> None:
    take_up(case, editor)
    ask(case, editor, "من أين الرقم؟")
    page = shown(reader)
    assert "من أين الرقم؟" in page
    assert editor.display_name not in page
    assert editor.username not in page


def test_an_open_question_stands_once_with_a_place_to_answer(reader: Client, case: Case, editor: StaffMember) -> None:
    ask(case, editor, "من أين الرقم؟")
    page = shown(reader)
    assert (page.count("من أين الرقم؟"), page.count("<textarea")) == (1, 1)
    assert "إرسال الرد" in page
    asked = Case.objects.get(pk=case.pk)
    assert asked.question_due_at is not None
    with translation.override("ar"):
        assert f"الرد متوقع قبل نهاية يوم <strong>{long_date(asked.question_due_at)}</strong>." in page


def test_an_answer_goes_to_the_desk_and_the_question_stays_readable(
    reader: Client, case: Case, editor: StaffMember
) -> None:
    ask(case, editor, "من أين الرقم؟")
    answer = press(reader, PAGE, WRITE, text="من تقرير البلدية.")
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    case.refresh_from_db()
    assert (case.status, written()) == ("in_review", [("answer", "من تقرير البلدية.")])
    page = shown(reader)
    assert (page.count("من أين الرقم؟"), page.count("رد على السؤال")) == (1, 1)
    assert '<p class="mt3" role="status">وصل الرد إلى المكتب.</p>' in page


def test_a_second_press_writes_one_message(reader: Client, case: Case, editor: StaffMember) -> None:
    ask(case, editor, "من أين الرقم؟")
    fields = {**hidden_fields(shown(reader)), "text": "من تقرير البلدية."}
    assert [reader.post(WRITE, fields).status_code for _press in range(2)] == [303, 303]
    assert written() == [("answer", "من تقرير البلدية.")]


def test_other_words_from_the_same_page_are_another_message(reader: Client, case: Case) -> None:
    fields = hidden_fields(shown(reader))
    for text in ("أولًا", "ثانيًا", "أولًا"):
        reader.post(WRITE, {**fields, "text": text})
    assert written() == [("added", "أولًا"), ("added", "ثانيًا")]


def test_words_arrive_although_the_desk_was_faster(
    reader: Client, case: Case, editor: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask(case, editor, "من أين الرقم؟")
    fields = {**hidden_fields(shown(reader)), "text": "من تقرير البلدية."}
    as_the_browser_saw_it = opening.fetch_opened(case.pk)
    moves.resume(case, actor=as_actor(editor), expected_version=case.version, now=NOW)
    monkeypatch.setattr(grants, "granted_case", lambda *_asked: as_the_browser_saw_it)
    assert reader.post(WRITE, fields).status_code == 303
    assert written() == [("added", "من تقرير البلدية.")]


def test_an_empty_answer_is_said_in_both_places(reader: Client, case: Case, editor: StaffMember) -> None:
    ask(case, editor, "من أين الرقم؟")
    answer = press(reader, PAGE, WRITE, text=" \u200b ")
    page = answer.content.decode()
    assert (answer.status_code, faults_in(page), page.count("<title>خطأ:")) == (422, ["يلزم كتابة الرد"], 1)
    assert page.count("يلزم كتابة الرد") == 2


def test_a_long_text_is_kept_and_told_by_how_much(reader: Client, case: Case) -> None:
    answer = press(reader, PAGE, WRITE, text="ن" * 4001)
    page = answer.content.decode()
    assert faults_in(page) == ["النص أطول من 4,000 حرف. يلزم اختصاره بمقدار 1"]
    assert "ن" * 4001 in page
    assert written() == []


def test_hostile_words_are_stored_clean_and_shown_as_words(reader: Client, case: Case) -> None:
    press(reader, PAGE, WRITE, text="<script>alert(1)</script>\0\u202e{{ request }}")
    assert written() == [("added", "<script>alert(1)</script>{{ request }}")]
    page = shown(reader)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ request }}" in page


def test_half_a_character_is_no_fault(reader: Client, case: Case) -> None:
    answer = post_raw(reader, WRITE, hidden_fields(shown(reader)), text=b"a\xed\xa0\x80b")
    assert answer.status_code == 303
    assert shown(reader).count("a\ufffd\ufffd\ufffdb") == 1


def test_too_many_messages_are_asked_to_wait_with_the_text_kept(
    reader: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(abuse, "READER_WRITE", abuse.Allowance("reader writes", 1, 3600))
    press(reader, PAGE, WRITE, text="أولًا")
    answer = press(reader, PAGE, WRITE, text="ثانيًا")
    assert (answer.status_code, written()) == (429, [("added", "أولًا")])
    assert int(answer["Retry-After"]) > 0
    assert "ثانيًا" in answer.content.decode()


def test_an_expired_page_keeps_the_text_and_is_sent_by_pressing_again(reader: Client, case: Case) -> None:
    answer = reader.post(WRITE, {**hidden_fields(shown(reader)), "csrfmiddlewaretoken": "x" * 64, "text": "نص طويل"})
    page = answer.content.decode()
    assert (answer.status_code, written()) == (403, [])
    assert {name: answer[name] for name in PRIVATE_HEADERS} == PRIVATE_HEADERS
    assert "نص طويل" in page
    assert reader.post(WRITE, {**hidden_fields(page), "text": "نص طويل"}).status_code == 303


def test_a_page_of_yesterday_is_sent_by_pressing_again_once_the_case_is_open(
    reader: Client, case: Case, receipted: Receipted, at_that_time: time_machine.Traveller
) -> None:
    fields = {**hidden_fields(shown(reader)), "text": "نص طويل"}
    at_that_time.shift(timedelta(hours=25))
    open_case(reader, receipted)
    answer = reader.post(WRITE, fields)
    page = answer.content.decode()
    assert (answer.status_code, "نص طويل" in page, written()) == (403, True, [])
    assert reader.post(WRITE, {**hidden_fields(page), "text": "نص طويل"}).status_code == 303
    assert written() == [("added", "نص طويل")]


def test_what_was_written_longer_than_the_case_was_open_is_not_lost(
    reader: Client, case: Case, receipted: Receipted, at_that_time: time_machine.Traveller
) -> None:
    fields = {**hidden_fields(shown(reader)), "text": "نص <b>طويل</b>"}
    at_that_time.shift(timedelta(hours=2))
    for answer in (reader.post(WRITE, fields), reader.post(WRITE, {**fields, "csrfmiddlewaretoken": "x" * 64})):
        page = answer.content.decode()
        assert (answer.status_code, answer["Cache-Control"]) == (403, "no-store, private")
        assert "نص &lt;b&gt;طويل&lt;/b&gt;" in page
        assert receipted.case.number not in page
    assert written() == []


@pytest.mark.parametrize("action", ["", "write/", "withdraw/", "erase/"])
def test_whoever_has_opened_nothing_is_asked_for_the_code(stranger: Client, db: None, action: str) -> None:
    answer = stranger.post(PAGE + action) if action else stranger.get(PAGE)
    assert answer["Location"] == "/ar/case/"


def test_a_browser_sees_the_case_it_opened_and_no_other(reader: Client, case: Case, article: Article) -> None:
    other = make_case(article, text="بلاغ آخر")
    forged = {"case_id": str(other.pk), "opened_case": str(other.pk), "number": other.number}
    assert "بلاغ آخر" not in reader.get(PAGE, forged).content.decode()
    press(reader, PAGE, WRITE, text="إلى طلبي", **forged)
    assert Message.objects.get(purpose="added").case_id == case.pk
    refused = press(reader, PAGE, WRITE, text="إلى طلب آخر", case=other.number)
    assert (refused.status_code, "إلى طلب آخر" in refused.content.decode()) == (403, True)
    assert other.number not in refused.content.decode()
    assert written() == [("added", "إلى طلبي")]


@pytest.mark.parametrize("action", ["write/", "withdraw/", "erase/"])
def test_a_form_that_names_no_case_changes_none(reader: Client, case: Case, action: str) -> None:
    fields = {name: value for name, value in hidden_fields(shown(reader)).items() if name != "case"}
    answer = reader.post(PAGE + action, {**fields, "text": "إلى أين"})
    assert (answer.status_code, "إلى أين" in answer.content.decode()) == (403, True)
    assert list(Event.objects.values_list("happening", flat=True)) == ["received"]


@pytest.mark.parametrize(
    ("action", "happening"),
    [("write/", "reader_added"), ("withdraw/", "withdrawn"), ("erase/", "identity_erased")],
)
def test_a_second_tab_never_breaks_the_first(
    reader: Client, case: Case, article: Article, action: str, happening: str
) -> None:
    fields = {**hidden_fields(shown(reader)), "text": "إلى الأول"}
    other = submit(article, wants_mail=True, address="reader@example.net")
    open_case(reader, other)
    answer = reader.post(PAGE + action, fields)
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    assert case.number in shown(reader)
    assert list(Event.objects.filter(case=case).values_list("happening", flat=True)) == ["received", happening]
    assert list(Event.objects.filter(case=other.case).values_list("happening", flat=True)) == ["received"]


def test_each_tab_writes_to_its_own_report(reader: Client, case: Case, article: Article) -> None:
    first = hidden_fields(shown(reader))
    other = submit(article)
    open_case(reader, other)
    second = hidden_fields(shown(reader))
    for fields, text in ((first, "إلى الأول"), (second, "إلى الثاني"), (first, "وأيضًا إلى الأول")):
        assert reader.post(WRITE, {**fields, "text": text}).status_code == 303
    assert list(Message.objects.filter(purpose="added").order_by("pk").values_list("case", "text")) == [
        (case.pk, "إلى الأول"),
        (other.case.pk, "إلى الثاني"),
        (case.pk, "وأيضًا إلى الأول"),
    ]


def test_an_expired_page_of_the_first_tab_keeps_its_words_for_its_own_report(
    reader: Client, case: Case, article: Article
) -> None:
    fields = {**hidden_fields(shown(reader)), "text": "إلى الأول"}
    open_case(reader, submit(article))
    answer = reader.post(WRITE, {**fields, "csrfmiddlewaretoken": "x" * 64})
    page = answer.content.decode()
    assert (answer.status_code, hidden_fields(page)["case"], "إلى الأول" in page) == (403, case.number, True)


def test_the_hour_of_one_report_is_not_made_longer_by_another(
    reader: Client, case: Case, article: Article, at_that_time: time_machine.Traveller
) -> None:
    fields = {**hidden_fields(shown(reader)), "text": "إلى الأول"}
    at_that_time.shift(timedelta(minutes=40))
    open_case(reader, submit(article))
    at_that_time.shift(timedelta(minutes=40))
    answer = reader.post(WRITE, fields)
    assert (answer.status_code, "إلى الأول" in answer.content.decode(), written()) == (403, True, [])


def test_a_report_is_withdrawn_once_however_often_it_is_pressed(reader: Client, case: Case) -> None:
    fields = hidden_fields(shown(reader))
    assert [reader.post(PAGE + "withdraw/", fields).status_code for _press in range(2)] == [303, 303]
    assert Event.objects.filter(case=case, happening="withdrawn").count() == 1
    page = shown(reader)
    assert "<h1>سُحب الطلب</h1>" in page
    assert "/withdraw/" not in page
    assert "23 شباط" not in page


def test_a_decided_report_can_no_longer_be_withdrawn_and_the_page_says_where_it_stands(
    reader: Client, case: Case, editor: StaffMember
) -> None:
    fields = hidden_fields(shown(reader))
    notice = correct(case.article, editor, "12,000", "1,200", case=case)
    answer = reader.post(PAGE + "withdraw/", fields)
    page = answer.content.decode()
    assert (answer.status_code, "<h1>نُشر التصحيح</h1>" in page) == (409, True)
    assert f"/ar/corrections/{notice.pk}/" in page


def test_a_press_that_came_too_late_is_answered_with_the_case_as_it_stands(
    reader: Client, case: Case, editor: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    fields = hidden_fields(shown(reader))
    as_the_browser_saw_it = opening.fetch_opened(case.pk)
    take_up(case, editor)
    monkeypatch.setattr(grants, "granted_case", lambda *_asked: as_the_browser_saw_it)
    for action in ("withdraw/", "erase/"):
        answer = reader.post(PAGE + action, fields)
        assert (answer.status_code, "<h1>قيد التحقق</h1>" in answer.content.decode()) == (409, True)
    assert list(Event.objects.values_list("happening", flat=True)) == ["received", "claimed"]


def test_name_and_address_are_erased_on_request(reader: Client, case: Case) -> None:
    fields = hidden_fields(shown(reader))
    assert [reader.post(PAGE + "erase/", fields).status_code for _press in range(2)] == [303, 303]
    kept = Identity.objects.get(case=case)
    assert (kept.name_sealed, kept.address_sealed, kept.address_hash) == ("", "", "")
    assert Event.objects.filter(case=case, happening="identity_erased").count() == 1
    assert "/erase/" not in shown(reader)


def test_the_end_clears_the_device(reader: Client, case: Case) -> None:
    answer = press(reader, PAGE, PAGE + "end/")
    assert (answer.status_code, answer["Location"]) == (303, "/ar/")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    assert reader.get(PAGE)["Location"] == "/ar/case/"


@pytest.mark.parametrize("action", ["write/", "withdraw/", "erase/", "end/"])
def test_no_get_changes_a_case(reader: Client, case: Case, action: str) -> None:
    version = case.version
    assert reader.get(PAGE + action).status_code == 405
    case.refresh_from_db()
    assert case.version == version
    assert reader.get(PAGE).status_code == 200


@pytest.mark.parametrize("action", ["write/", "withdraw/", "erase/", "end/"])
def test_another_site_cannot_press_the_buttons(reader: Client, case: Case, action: str) -> None:
    assert reader.post(PAGE + action, {"text": "x"}).status_code == 403
    assert (Event.objects.filter(case=case).count(), reader.get(PAGE).status_code) == (1, 200)


def test_words_that_were_taken_back_before_they_were_sent_leave_nothing_on_the_page(
    reader: Client, case: Case, editor: StaffMember, settings: Any
) -> None:
    settings.DELIVERY_HOLD_SECONDS = 15
    for text, act in (("سر المكتب", conversation.add_note), ("نراجع الرقم.", conversation.write_to_reader)):
        event = act(case, text, actor=as_actor(editor), expected_version=case.version, now=NOW)
        undo(case, event, actor=as_actor(editor), expected_version=case.version, now=NOW)
    page = shown(reader)
    assert page.count("تراجع مكتب التصحيح عن خطوته الأخيرة.") == 0
    assert ("نراجع الرقم." in page, "سر المكتب" in page) == (False, False)


def test_a_step_that_was_taken_back_before_any_letter_went_is_not_on_the_page(
    reader: Client, case: Case, editor: StaffMember
) -> None:
    for _time in range(2):
        take_up(case, editor)
        event = Event.objects.filter(case=case).latest("sequence")
        undo(case, event, actor=as_actor(editor), expected_version=case.version, now=NOW)
    assert ("بدأ التحقق" in shown(reader), "تراجع مكتب التصحيح" in shown(reader)) == (False, False)
    take_up(case, editor)
    assert shown(reader).count("بدأ التحقق من الملاحظة.") == 1


def test_a_case_that_changes_hands_is_taken_up_once_on_the_page(
    reader: Client, case: Case, editor: StaffMember
) -> None:
    take_up(case, editor)
    record(case, Happening.CLAIM_LAPSED, by=CLOCK, expected_version=case.version, now=NOW, data={"from": editor.pk})
    record(case, Happening.CLAIMED, by=staff(as_actor(editor)), expected_version=case.version, now=NOW)
    assert case.events.filter(happening="claimed").count() == 2
    assert shown(reader).count("بدأ التحقق من الملاحظة.") == 1


def test_a_complaint_is_looked_at_not_checked_on_the_page(reader: Client, article: Article) -> None:
    receipted = submit(article, kind="complaint")
    open_case(reader, receipted)
    take_up(Case.objects.get(), make_staff("standards_editor"))
    page = shown(reader)
    assert ("بدأ النظر في الشكوى." in page, "بدأ التحقق" in page) == (True, False)


def test_a_step_that_a_letter_has_told_of_stays_on_the_page_with_its_taking_back(
    reader: Client, case: Case, editor: StaffMember
) -> None:
    assert case.identity.address_sealed
    take_up(case, editor)
    Identity.objects.update(confirmed_at=NOW)
    event = assignment.change_kind(case, "addition", actor=as_actor(editor), expected_version=case.version, now=NOW)
    assert Delivery.objects.filter(event=event, template="kind_changed").update(status="sent") == 1
    undo(case, event, actor=as_actor(editor), expected_version=case.version, now=NOW)
    page = shown(reader)
    told = ("صار الطلب لدى المكتب من نوع آخر." in page, "تراجع مكتب التصحيح عن خطوته الأخيرة." in page)
    assert told == (True, True)
