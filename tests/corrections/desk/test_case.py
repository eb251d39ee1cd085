"""The page of one case: what it shows, and what it costs."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate, make_aware

from corrections.calendar import even_week
from corrections.domain import access, assignment, conversation, decisions, intake, reviews
from corrections.domain.proposal import Proposal
from corrections.models import Case, Delivery, Holiday
from newsroom import articles
from newsroom.articles import Content
from newsroom.dates import date_and_time
from newsroom.makers import makers_of
from newsroom.models import Article, Revision, StaffMember
from tests.corrections.desk.steps import HOSTILE, address_of, now, page_address, press, stored, text_of
from tests.corrections.desk.test_queue import make_cases
from tests.corrections.reader.pages import correct, take_up
from tests.factories import as_actor, make_article, make_case, make_staff, make_submission, work_in


def test_the_page_shows_the_message_the_article_and_the_history(desk: Client, case: Case) -> None:
    page = desk.get(address_of(case)).content.decode()
    text = " ".join(text_of(desk.get(address_of(case))).split())
    for words in ("عدد الأسر 1,200 وليس 12,000.", case.number, "ليلى حداد", "وصول الطلب"):
        assert words in text
    assert f'href="/ar/{case.article_id}/revisions/1/"' in page


def test_the_readers_words_stand_in_a_box_of_their_own_direction(desk: Client, article: Article) -> None:
    english = make_case(article, now=now(), text="The number is wrong.")
    page = desk.get(address_of(english)).content.decode()
    assert '<blockquote class="user says" dir="auto"><p>The number is wrong.</p></blockquote>' in page


def test_a_complaint_shows_its_clauses_and_what_is_sought(standards_desk: Client, article: Article) -> None:
    complaint = make_case(
        article,
        now=now(),
        kind="complaint",
        clause_keys=("fairness", "privacy"),
        sought=("apology", "reply"),
        remedy_sought="حق الرد.",
    )
    response = standards_desk.get(address_of(complaint))
    assert [clause.key for clause in response.context["page"].clauses] == ["fairness", "privacy"]
    assert [*response.context["sought"]] == ["نشر رد", "اعتذار"]
    assert "الإنصاف وحق الرد الصيغة 1" in " ".join(text_of(response).split())
    assert "حق الرد." in text_of(response)


def test_only_what_is_allowed_from_here_is_offered(desk: Client, standards_desk: Client, case: Case) -> None:
    always = {"text", "assign", "severity", "kind", "reveal", "snooze"}
    assert set(desk.get(address_of(case)).context["forms"]) == always | {"claim", "hold", "duplicate", "extend"}
    press(desk, case, "claim")
    assert set(desk.get(address_of(case)).context["forms"]) == always | {"hold", "duplicate", "extend"}
    press(desk, case, "ask", text="ما المصدر؟")
    assert set(desk.get(address_of(case)).context["forms"]) == always | {"resume"}
    assert set(standards_desk.get(address_of(case)).context["forms"]) == always | {"resume", "claim", "pack"}


def test_every_form_carries_the_version_of_the_page(desk: Client, case_in_review: Case) -> None:
    page = desk.get(address_of(case_in_review)).content.decode()
    assert page.count('name="expected_version" value="2"') == page.count('name="expected_version"') > 5


def test_similar_reports_are_listed_without_withdrawn_ones(desk: Client, case: Case, article: Article) -> None:
    other = make_case(article, now=now(), text="الرقم مبالغ فيه.")
    gone = make_case(article, now=now(), text="سحبتها.")
    Case.objects.filter(pk=gone.pk).update(status="withdrawn")
    make_case(make_article("ar"), now=now(), text="مقال آخر.")
    context = desk.get(address_of(case)).context
    assert [each.case.pk for each in context["others_about_article"]] == [other.pk]
    assert context["similar"] == []


def test_the_page_of_a_case_about_a_withdrawn_article_opens(desk: Client, case: Case, article: Article) -> None:
    Article.objects.filter(pk=article.pk).update(
        status=Article.Status.WITHDRAWN, withdrawn_at=now(), withdrawal_reason="سُحب."
    )
    page = desk.get(address_of(case)).content.decode()
    assert f"/ar/{article.pk}/revisions/1/" not in page


def test_hostile_words_in_every_message_stay_words(desk: Client, article: Article, editor: StaffMember) -> None:
    case = make_case(article, now=now(), text=HOSTILE, sources=HOSTILE, name=HOSTILE, credit="name")
    StaffMember.objects.filter(pk=editor.pk).update(display_name=HOSTILE)
    press(desk, case, "claim")
    for name in ("note", "message", "ask"):
        press(desk, case, name, text=HOSTILE)
    conversation.reader_writes(stored(case), HOSTILE, submission_key="k" * 22, source="192.0.2.9", now=now())
    for response in (desk.get(address_of(case)), press(desk, case, "reveal", reason=HOSTILE)):
        page = response.content.decode()
        assert ("<script>alert" in page, "<img src=x" in page) == (False, False)
        assert page.count("alert(1)") > 5


def test_invisible_direction_marks_are_counted_for_the_desk(desk: Client, article: Article) -> None:
    case = make_case(article, now=now(), text="صورة\u202egpj.exe\u202c هنا")
    page = desk.get(address_of(case)).content.decode()
    assert stored(case).suspicion == {"controls": 2}
    assert re.search(r'<ul class="bullets"><li>[^<]+: 2</li></ul>', page)


def test_undelivered_mails_are_listed_with_their_case(desk: Client, case: Case) -> None:
    assert case.number not in desk.get(page_address("deliveries")).content.decode()
    Delivery.objects.filter(event__case=case).update(status="failed", fault="smtp-550")
    page = desk.get(page_address("deliveries")).content.decode()
    assert (case.number in page, "smtp-550" in page) == (True, True)


def test_who_worked_on_the_article_sees_its_undelivered_mails_and_is_offered_no_step(
    desk: Client, conflicted: Client, case: Case
) -> None:
    Delivery.objects.filter(event__case=case).update(status="failed", fault="smtp-550")
    pages = [client.get(page_address("deliveries")).content.decode() for client in (desk, conflicted)]
    mails = Delivery.objects.count()
    assert [page.count("smtp-550") for page in pages] == [mails, mails]
    assert [page.count("/resend/") for page in pages] == [mails, 0]


@pytest.mark.parametrize("kind", ["correction", "complaint"])
def test_the_page_costs_the_same_at_3_rows_and_at_300(
    standards_desk: Client, standards_editor: StaffMember, article: Article, kind: str
) -> None:
    case = make_case(article, now=now(), kind=kind, address="reader@example.org", wants_mail=True)
    write_notes(case, standards_editor, 3)
    few = queries_of(standards_desk, case)
    write_notes(case, standards_editor, 297)
    make_cases(article, 20)
    assert queries_of(standards_desk, case) == few
    assert few <= 9


def test_the_fullest_page_stays_within_the_budget(
    standards_desk: Client,
    standards_editor: StaffMember,
    editor: StaffMember,
    administrator: StaffMember,
    article: Article,
) -> None:
    """A complaint about a passage that was changed since, decided, under review, joined by others of its sending."""
    both = [
        make_submission(article, kind="complaint", place="2", text=text, wants_mail=True, address="r@example.org")
        for text in ("أولى", "ثانية")
    ]
    case = intake.submit_together(both, source="192.0.2.7", now=now())[0].case
    take_up(case, standards_editor)
    case.refresh_from_db()
    proposal = Proposal("not_upheld", "none", "السبب", clause_keys=("fairness",))
    as_first = as_actor(standards_editor)
    decisions.decide(case, proposal, actor=as_first, expected_version=case.version, now=now())
    decisions.sign(case, actor=as_actor(administrator), expected_version=case.version, now=now())
    reviews.ask(case, "لماذا", source="192.0.2.7", now=now())
    correct(article, editor, "12,000", "1,200")
    second = make_staff("standards_editor")
    case.refresh_from_db()
    decisions.decide(case, proposal, actor=as_actor(second), expected_version=case.version, now=now())
    assert queries_of(standards_desk, case) <= 11


def test_the_due_box_says_what_working_time_is_left_and_how_late_the_first_reply_was(desk: Client, case: Case) -> None:
    work_in(even_week(()))
    Holiday.objects.all().delete()
    today = localdate(now())
    moments = {"decision_due_at": today + timedelta(days=4), "acknowledge_due_at": today - timedelta(days=3)}
    due = {name: make_aware(datetime.combine(day, time(17))) for name, day in moments.items()}
    Case.objects.filter(pk=case.pk).update(**due, first_reply_at=due["acknowledge_due_at"] + timedelta(days=2))
    box = desk.get(address_of(case)).content.decode().partition('class="duebox')[2].partition("</p>")[0]
    assert ("باقٍ 4 أيام عمل" in box, "متأخرًا يومَي عمل" in box) == (True, True)
    Holiday.objects.create(day=today + timedelta(days=1), name_ar="عيد", name_en="A feast")
    Case.objects.filter(pk=case.pk).update(first_reply_at=due["acknowledge_due_at"])
    box = desk.get(address_of(case)).content.decode().partition('class="duebox')[2].partition("</p>")[0]
    assert ("باقٍ 3 أيام عمل" in box, "متأخرًا" in box) == (True, False)
    Case.objects.filter(pk=case.pk).update(status="decided", decided_at=now())
    assert "باقٍ" not in desk.get(address_of(case)).content.decode().partition('class="duebox')[2].partition("</p>")[0]


@pytest.mark.parametrize("name", ["case", "decide"])
def test_what_would_put_it_right_stands_once_with_the_readers_own_words(
    standards_desk: Client, article: Article, name: str
) -> None:
    complaint = make_case(article, now=now(), kind="complaint", sought=("apology",), remedy_sought="نشر ردنا.")
    press(standards_desk, complaint, "claim")
    page = standards_desk.get(address_of(complaint, name)).content.decode()
    assert [page.count(words) for words in ("الحل المطلوب</h3>", "نشر ردنا.", "اعتذار</li>")] == [1, 1, 1]


def test_the_field_for_a_reveal_says_what_the_reason_is_for_and_who_reads_it(desk: Client, case: Case) -> None:
    page = desk.get(address_of(case)).content.decode()
    assert '<label for="reveal_reason">سبب كشف الاسم والعنوان</label>' in page
    assert "ويقرؤها كل من يرى الطلب في المكتب" in page


def test_what_is_read_in_one_query_stays_apart_and_in_order(
    standards_desk: Client, standards_editor: StaffMember, article: Article
) -> None:
    case = make_case(article, now=now(), sources="ملف البلدية", address="reader@example.org", wants_mail=True)
    write_notes(case, standards_editor, 2)
    page = standards_desk.get(address_of(case)).context["page"]
    assert [event.sequence for event in page.events] == [1, 2, 3]
    assert [message.purpose for message in page.messages] == ["report", "sources", "note", "note"]
    assert [message.written_by for message in page.messages[2:]] == [standards_editor] * 2
    assert [delivery.audience for delivery in page.deliveries] == ["reader", "desk"]


def test_the_makers_of_an_article_come_with_the_case(
    editor: StaffMember, author: StaffMember, second_editor: StaffMember, article: Article
) -> None:
    case = make_case(article, now=now())
    nobody = make_case(make_article("ar", by=author), now=now())
    revise(article, second_editor)
    with CaptureQueriesContext(connection) as queries:
        found = [access.fetch_case(as_actor(editor), each.year, each.sequence) for each in (case, nobody)]
    assert len(queries) == 2
    makers = [each.makers for each in found]  # type: ignore[attr-defined]  # no column
    assert makers == [makers_of(each.article_id) for each in found]
    assert makers[0].staff_ids == {author.pk, second_editor.pk}


def revise(article: Article, member: StaffMember) -> None:
    content = replace(Content.of(articles.latest_revision(article)), title="عنوان آخر")
    articles.revise(
        article.pk,
        content,
        change="update",
        origin=Revision.Origin.NEWSROOM,
        expected_revision=1,
        by=member,
        now=now(),
    )


def queries_of(client: Client, case: Case) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address_of(case)).status_code == 200
    return len(queries)


def write_notes(case: Case, member: StaffMember, number: int) -> None:
    for _each in range(number):
        conversation.add_note(case, "ملاحظة.", actor=as_actor(member), expected_version=case.version, now=now())


def test_a_review_names_who_may_decide_it_and_says_why_others_may_not(
    signed_in: Callable[[StaffMember], Client], complaint: Case
) -> None:
    first, second, third = make_staff("standards_editor"), make_staff("administrator"), make_staff("standards_editor")
    editor = make_staff("editor")
    _refuse(complaint, first, second)
    reviews.ask(complaint, "لماذا", source="192.0.2.7", now=now())
    shown = {
        member: " ".join(text_of(signed_in(member).get(address_of(complaint))).split())
        for member in (editor, first, third)
    }
    assert [f"يجوز أن يبت في المراجعة: {third.display_name}" in page for page in shown.values()] == [True] * 3
    assert ["القرار لمكتب شؤون القراء." in page for page in shown.values()] == [True, False, False]
    assert ["عمن لم يشارك في القرار الأول" in page for page in shown.values()] == [False, True, False]
    third.is_active = False
    third.save()
    assert "لا يوجد في المكتب من يجوز له البت" in text_of(signed_in(editor).get(address_of(complaint)))


def test_whoever_signs_is_warned_where_nobody_would_be_left_for_a_review(
    signed_in: Callable[[StaffMember], Client], complaint: Case
) -> None:
    first, second = make_staff("standards_editor"), make_staff("administrator")
    _propose(complaint, first)
    browser, warning = signed_in(second), "بعد هذا التوقيع لا يبقى في المكتب"
    assert warning in text_of(browser.get(address_of(complaint)))
    make_staff("standards_editor")
    assert warning not in text_of(browser.get(address_of(complaint)))


def _propose(case: Case, member: StaffMember) -> None:
    assignment.claim(case, actor=as_actor(member), expected_version=case.version, now=now())
    proposal = Proposal("not_upheld", "none", "السبب")
    decisions.decide(case, proposal, actor=as_actor(member), expected_version=case.version, now=now())


def _refuse(case: Case, first: StaffMember, second: StaffMember) -> None:
    _propose(case, first)
    decisions.sign(case, actor=as_actor(second), expected_version=case.version, now=now())


def test_no_date_stands_where_no_clock_runs(desk: Client, case: Case) -> None:
    due = date_and_time(case.decision_due_at)
    shown = {}
    for status, waiting_on in (("new", ""), ("held", ""), ("waiting", "reader"), ("decided", ""), ("closed", "")):
        over = {"decided_at": now(), "closed_at": now()} if status in ("decided", "closed") else {}
        Case.objects.filter(pk=case.pk).update(status=status, waiting_on=waiting_on, **over)
        box = desk.get(address_of(case)).content.decode().split('class="duebox"')[1].split("</p>")[0]
        shown[status] = (due in box, "من دون مهلة" in box)
    none = (False, True)
    assert shown == {
        "new": (True, False),
        "held": (True, False),
        "waiting": (False, False),
        "decided": none,
        "closed": none,
    }


def test_the_page_says_what_has_to_come_before_a_decision(
    desk: Client, standards_desk: Client, case: Case, complaint: Case
) -> None:
    first, office = "يلزم إسناد الطلب قبل إصدار القرار", "القرار لمكتب شؤون القراء"
    shown = [text_of(client.get(address_of(each))) for client in (desk, standards_desk) for each in (case, complaint)]
    assert [(first in page, office in page) for page in shown] == [
        (True, False),
        (False, True),
        (True, False),
        (True, False),
    ]
    press(desk, case, "claim")
    taken = text_of(desk.get(address_of(case)))
    assert (first in taken, "اتخاذ القرار" in taken) == (False, True)
