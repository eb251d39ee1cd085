"""Asking for statements: whom, what, until when, and what the clock says."""

import re
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from corrections.desk.refusals import sentence_of
from corrections.domain import answering, conversation, retention, statement_clock, testimony
from corrections.domain.access import NotAllowed
from corrections.domain.answering import LinkDead, StatementChanged
from corrections.domain.cases import CaseChanged
from corrections.domain.faults import Refused
from corrections.domain.procedures_in_force import version_for
from corrections.domain.reader_page import reader_page
from corrections.domain.testimony import AlreadyDecided, Asking, State, StatementUnknown
from corrections.enums import Status
from corrections.models import Case, Delivery, Event, Holiday, Statement
from corrections.notifications import links
from corrections.notifications.deliver import deliver_due
from corrections.notifications.render import NobodyThere, mail_for
from newsroom.models import Article, StaffMember
from tests.corrections.reader.pages import take_up
from tests.corrections.statements import QUESTION, ask_statement, link_of
from tests.factories import NOW, as_actor, make_case

DAMASCUS = ZoneInfo("Asia/Damascus")
REPORT = "قالت لي جارتي أم سامر إن عدد الأسر لا يتجاوز ألفا ومئتي أسرة في البلدة كلها."


@pytest.fixture
def complaint(article: Article, standards_editor: StaffMember) -> Case:
    """A complaint that its reader wrote under a name, taken up by the standards editor."""
    case = make_case(
        article,
        kind="complaint",
        text=REPORT,
        name="canary-name",
        address="canary@example.net",
        wants_mail=True,
        place="2",
    )
    take_up(case, standards_editor)
    case.refresh_from_db()
    return case


def token(statement: Statement) -> str:
    statement.refresh_from_db()
    return links.statement_token(statement.seed)


def give(statement: Statement, text: str, now: datetime = NOW, seen: int | None = None) -> None:
    statement.refresh_from_db()
    version = statement.version if seen is None else seen
    answering.give(token(statement), text, seen=version, source="192.0.2.8", now=now)


def letters(statement: Statement) -> list[str]:
    return list(Delivery.objects.filter(statement=statement).order_by("pk").values_list("template", flat=True))


def happenings(case: Case) -> list[str]:
    return list(Event.objects.filter(case=case).order_by("sequence").values_list("happening", flat=True))


def test_the_clock_of_a_statement_is_three_working_days(
    complaint: Case, standards_editor: StaffMember, author: StaffMember
) -> None:
    statement = ask_statement(complaint, standards_editor, author)
    assert statement.due_at == datetime(2025, 2, 19, 17, tzinfo=DAMASCUS)


def test_the_clock_of_a_statement_goes_on_while_the_case_waits_for_its_reader(
    complaint: Case, standards_editor: StaffMember, author: StaffMember
) -> None:
    statement = ask_statement(complaint, standards_editor, author)
    actor, due = as_actor(standards_editor), statement.due_at
    conversation.ask_reader(complaint, "أين؟", actor=actor, expected_version=complaint.version, now=NOW)
    assert statement_clock.watch(due + timedelta(minutes=1)) == 1
    statement.refresh_from_db()
    assert (statement.due_at, testimony.state_of(statement, due + timedelta(minutes=1))) == (due, State.LATE)


@given(days=st.sets(st.integers(0, 20), max_size=8), hour=st.integers(0, 23 * 4))
@pytest.mark.django_db
def test_a_holiday_never_makes_a_statement_due_earlier(days: set[int], hour: int) -> None:
    now = NOW + timedelta(minutes=15 * hour)
    case = Case(kind="complaint", procedure_version=version_for("complaint"))
    Holiday.objects.all().delete()
    without = testimony._new_clock(case, now)["due_at"]
    Holiday.objects.bulk_create(Holiday(day=(NOW + timedelta(days=day)).date()) for day in days)
    with_holidays = testimony._new_clock(case, now)["due_at"]
    Holiday.objects.all().delete()
    assert now < without <= with_holidays


def test_asking_writes_an_event_without_words_and_a_letter_to_the_asked_person_alone(
    complaint: Case, standards_editor: StaffMember, author: StaffMember
) -> None:
    before = set(Delivery.objects.values_list("pk", flat=True))
    statement = ask_statement(complaint, standards_editor, author)
    event = Event.objects.get(case=complaint, sequence=complaint.version)
    assert (event.happening, event.data, event.staff_member_id) == (
        "statement_asked",
        {"statement": statement.pk},
        standards_editor.pk,
    )
    written: Any = Delivery.objects.exclude(pk__in=before)
    assert list(written.values_list("statement", "audience", "template", "staff_member", "language")) == [
        (statement.pk, "asked", "statement_asked", None, author.language)
    ]


def test_the_letter_tells_the_author_of_the_article_and_nothing_of_the_report(
    complaint: Case, standards_editor: StaffMember, author: StaffMember
) -> None:
    statement = ask_statement(complaint, standards_editor, author)
    mail = mail_for(Delivery.objects.get(statement=statement))
    words = mail.plain + mail.html + mail.subject
    assert mail.address == author.email
    assert link_of(statement) in mail.plain
    assert complaint.revision.title in mail.plain
    for secret in ("canary", QUESTION, "جارتي", "شكوى"):
        assert secret not in words


def test_a_person_outside_lies_sealed_and_gets_the_letter_in_the_chosen_language(
    complaint: Case, standards_editor: StaffMember
) -> None:
    statement = ask_statement(complaint, standards_editor, language="en")
    assert "huda" not in statement.address_sealed + statement.name_sealed
    assert testimony.who_of(statement) == "هدى العلي"
    delivery = Delivery.objects.get(statement=statement)
    assert (mail_for(delivery).address, delivery.language) == ("huda@example.org", "en")


def test_the_link_is_256_random_bits_that_the_database_holds_as_a_keyed_hash_alone(
    complaint: Case, standards_editor: StaffMember, author: StaffMember
) -> None:
    statement = ask_statement(complaint, standards_editor, author)
    secret = token(statement)
    assert re.fullmatch(r"[\w-]{43}", secret)
    row = Statement.objects.filter(pk=statement.pk).values().get()
    assert [name for name, value in row.items() if secret in str(value)] == []


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"question": ""}, "question"),
        ({"question": " \u200b\u202e "}, "question"),
        ({"question": "س" * 4001}, "question"),
        ({"name": "", "address": ""}, "staff_member"),
        ({"name": "", "address": "huda@example.org"}, "name"),
        ({"address": ""}, "address"),
        ({"address": "huda@example"}, "address"),
        ({"address": "huda@[192.0.2.1]"}, "address"),
        ({"language": "fr"}, "language"),
        ({"name": "ن" * 121}, "name"),
    ],
)
def test_what_cannot_be_asked_says_so_beside_its_field_and_writes_nothing(
    complaint: Case, standards_editor: StaffMember, fields: dict[str, str], field: str
) -> None:
    with pytest.raises(Refused) as refused:
        ask_statement(complaint, standards_editor, **fields)
    assert [fault.field for fault in refused.value.faults] == [field]
    assert (Statement.objects.count(), Delivery.objects.filter(audience="asked").count()) == (0, 0)


def test_one_person_is_asked_at_a_time(complaint: Case, standards_editor: StaffMember, author: StaffMember) -> None:
    with pytest.raises(Refused) as refused:
        ask_statement(complaint, standards_editor, author, name="هدى")
    assert [fault.field for fault in refused.value.faults] == ["name"]


def test_nobody_asks_themselves_or_somebody_who_has_left(
    complaint: Case, standards_editor: StaffMember, author: StaffMember
) -> None:
    StaffMember.objects.filter(pk=author.pk).update(is_active=False)
    author.refresh_from_db()
    for member in (standards_editor, author):
        with pytest.raises(Refused):
            ask_statement(complaint, standards_editor, member)


def test_the_readers_own_words_are_not_passed_on(complaint: Case, standards_editor: StaffMember) -> None:
    stolen = f"يقول أحدهم: {REPORT[8:60]}. ما قولك؟"
    with pytest.raises(Refused) as refused:
        ask_statement(complaint, standards_editor, question=stolen)
    assert [fault.field for fault in refused.value.faults] == ["question"]


def test_words_of_the_article_may_be_repeated_although_the_reader_quoted_them(
    article: Article, standards_editor: StaffMember
) -> None:
    quoted = "وقالت هدى العلي إن المحطة تخدم نحو 12,000 أسرة"
    case = make_case(article, text=f"كتبتم: {quoted}")
    assert ask_statement(case, standards_editor, question=f"ما مصدر «{quoted}»؟").question.endswith("؟")


def test_who_wrote_the_article_asks_nobody(complaint: Case, author: StaffMember, editor: StaffMember) -> None:
    StaffMember.objects.filter(pk=author.pk).update(role="standards_editor")
    author.refresh_from_db()
    with pytest.raises(NotAllowed):
        ask_statement(complaint, author, editor)


def test_of_a_decided_case_nobody_is_asked(complaint: Case, standards_editor: StaffMember) -> None:
    Case.objects.filter(pk=complaint.pk).update(status=Status.CLOSED, decided_at=NOW, closed_at=NOW)
    with pytest.raises(AlreadyDecided) as refused:
        ask_statement(complaint, standards_editor)
    with translation.override("ar"):
        assert sentence_of(refused.value) == "لا يمكن طلب إفادة بعد صدور القرار."


def test_asking_at_a_stale_version_writes_nothing(complaint: Case, standards_editor: StaffMember) -> None:
    asking = Asking(QUESTION, name="هدى", address="huda@example.org", language="ar")
    with pytest.raises(CaseChanged):
        testimony.ask(complaint, asking, actor=as_actor(standards_editor), expected_version=1, now=NOW)
    assert Statement.objects.count() == 0


def test_a_statement_is_given_once_amended_until_the_decision_and_its_history_kept(
    complaint: Case, standards_editor: StaffMember, author: StaffMember
) -> None:
    statement = ask_statement(complaint, standards_editor, author)
    later = NOW + timedelta(hours=1)
    give(statement, "راجعت تقرير البلدية.")
    give(statement, "راجعت تقرير البلدية.", later)
    give(statement, "راجعت تقرير البلدية واتصلت بالمحطة.", later)
    statement.refresh_from_db()
    assert (statement.text, statement.version) == ("راجعت تقرير البلدية واتصلت بالمحطة.", 2)
    assert statement.earlier == [{"sent_at": NOW.isoformat(), "text": "راجعت تقرير البلدية."}]
    assert (statement.answered_at, statement.amended_at) == (NOW, later)
    assert happenings(complaint)[-2:] == ["statement_given", "statement_amended"]
    to_owner = Delivery.objects.filter(staff_member=standards_editor, template__startswith="statement")
    assert list(to_owner.order_by("pk").values_list("template", flat=True)) == ["statement_given", "statement_amended"]
    Case.objects.filter(pk=complaint.pk).update(status=Status.DECIDED, decided_at=NOW)
    with pytest.raises(LinkDead):
        give(statement, "متأخر")


def test_of_two_answers_through_one_link_the_second_sees_the_first(
    complaint: Case, standards_editor: StaffMember, author: StaffMember
) -> None:
    statement = ask_statement(complaint, standards_editor, author)
    give(statement, "الأول")
    with pytest.raises(StatementChanged):
        give(statement, "الثاني", seen=0)
    statement.refresh_from_db()
    assert statement.text == "الأول"


def test_an_answer_does_not_fail_because_the_desk_was_faster(
    complaint: Case, standards_editor: StaffMember, author: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    statement = ask_statement(complaint, standards_editor, author)
    found = answering.asked_by_link
    stale = [found(token(statement), NOW)]
    conversation.add_note(
        complaint, "ملاحظة", actor=as_actor(standards_editor), expected_version=complaint.version, now=NOW
    )
    monkeypatch.setattr(answering, "asked_by_link", lambda secret, now: stale.pop() if stale else found(secret, now))
    answering.give_as_it_stands(token(statement), "الجواب", seen=0, source="192.0.2.8", now=NOW)
    statement.refresh_from_db()
    assert (statement.text, happenings(complaint).count("statement_given")) == ("الجواب", 1)


def test_no_longer_asked_for_the_link_dies_and_the_asked_person_is_told(
    complaint: Case, standards_editor: StaffMember, author: StaffMember
) -> None:
    statement = ask_statement(complaint, standards_editor, author)
    complaint.refresh_from_db()
    actor = as_actor(standards_editor)
    testimony.withdraw(complaint, statement.pk, actor=actor, expected_version=complaint.version, now=NOW)
    with pytest.raises(LinkDead):
        answering.asked_by_link(token(statement), NOW)
    with pytest.raises(StatementUnknown):
        testimony.withdraw(complaint, statement.pk, actor=actor, expected_version=complaint.version, now=NOW)


def test_only_who_got_the_letter_is_told_that_the_statement_is_no_longer_asked_for(
    complaint: Case, standards_editor: StaffMember, author: StaffMember
) -> None:
    reached, spared = (ask_statement(complaint, standards_editor, author) for _each in range(2))
    Delivery.objects.filter(statement=reached).update(status="sent")
    complaint.refresh_from_db()
    actor = as_actor(standards_editor)
    for statement in (reached, spared):
        testimony.withdraw(complaint, statement.pk, actor=actor, expected_version=complaint.version, now=NOW)
    assert (letters(reached), letters(spared)) == (["statement_asked", "statement_withdrawn"], ["statement_asked"])
    assert Delivery.objects.get(statement=spared).status == "recalled"
    assert "/statement/" not in mail_for(Delivery.objects.get(statement=reached, template="statement_withdrawn")).plain


def test_who_has_been_told_is_not_told_twice_and_who_has_not_is(
    complaint: Case, standards_editor: StaffMember, author: StaffMember
) -> None:
    statement = ask_statement(complaint, standards_editor, author)
    Delivery.objects.filter(statement=statement).update(status="sent")
    complaint.refresh_from_db()
    actor, told = as_actor(standards_editor), Delivery.objects.filter(template="statement_withdrawn")
    for is_sent in (False, True, True):
        testimony.withdraw(complaint, statement.pk, actor=actor, expected_version=complaint.version, now=NOW)
        if is_sent:
            told.filter(status="pending").update(status="sent")
        testimony.ask_again(complaint, statement.pk, actor=actor, expected_version=complaint.version, now=NOW)
    assert list(told.order_by("pk").values_list("status", flat=True)) == ["recalled", "sent"]


def test_asked_again_the_clock_is_new_and_the_earlier_link_dead(
    complaint: Case, standards_editor: StaffMember, author: StaffMember
) -> None:
    statement = ask_statement(complaint, standards_editor, author)
    earlier, week_later = token(statement), NOW + timedelta(days=7)
    complaint.refresh_from_db()
    actor = as_actor(standards_editor)
    testimony.ask_again(complaint, statement.pk, actor=actor, expected_version=complaint.version, now=week_later)
    with pytest.raises(LinkDead):
        answering.asked_by_link(earlier, week_later)
    assert answering.asked_by_link(token(statement), week_later).statement == statement
    statement.refresh_from_db()
    assert statement.due_at == datetime(2025, 2, 26, 17, tzinfo=DAMASCUS)
    give(statement, "الجواب", week_later)
    with pytest.raises(StatementUnknown):
        testimony.ask_again(complaint, statement.pk, actor=actor, expected_version=complaint.version, now=week_later)


def test_a_statement_of_another_case_is_not_found(
    complaint: Case, article: Article, standards_editor: StaffMember, author: StaffMember
) -> None:
    statement = ask_statement(complaint, standards_editor, author)
    other = make_case(article)
    for act in (testimony.withdraw, testimony.ask_again):
        with pytest.raises(StatementUnknown):
            act(other, statement.pk, actor=as_actor(standards_editor), expected_version=other.version, now=NOW)


def test_the_clock_reminds_once_and_says_once_what_is_late(
    complaint: Case, standards_editor: StaffMember, author: StaffMember
) -> None:
    first = ask_statement(complaint, standards_editor, author)
    second = ask_statement(complaint, standards_editor)
    assert statement_clock.watch(NOW) == 0
    near, late = first.due_at - timedelta(hours=3), first.due_at + timedelta(minutes=1)
    assert [statement_clock.watch(near) for _again in range(2)] == [2, 0]
    give(second, "جواب في وقته", near)
    assert [statement_clock.watch(late) for _again in range(2)] == [1, 0]
    assert letters(first) == ["statement_asked", "statement_near"]
    to_owner = Delivery.objects.filter(staff_member=standards_editor, template__startswith="statement").order_by("pk")
    assert list(to_owner.values_list("template", flat=True)) == [
        "statement_awaited",
        "statement_awaited",
        "statement_given",
        "statement_late",
    ]
    said = Event.objects.filter(case=complaint, happening="statement_late").get()
    first.refresh_from_db()
    assert said.data == {"statement": first.pk, "due": first.due_at.isoformat()}
    give(first, "جواب متأخر", late)
    assert [each.came_late for each in testimony.statements_of(complaint, late)] == [True, False]


def test_a_reminder_that_would_follow_at_once_is_spared(
    complaint: Case, standards_editor: StaffMember, author: StaffMember
) -> None:
    statement = ask_statement(complaint, standards_editor, author)
    Statement.objects.filter(pk=statement.pk).update(due_at=NOW + timedelta(hours=9))
    assert statement_clock.watch(NOW + timedelta(hours=1)) == 0


def test_the_reader_learns_that_a_statement_was_asked_for_and_came_and_not_whose_or_what(
    complaint: Case, standards_editor: StaffMember, author: StaffMember
) -> None:
    give(ask_statement(complaint, standards_editor, author), "canary-statement")
    complaint.refresh_from_db()
    lines = [str(line.text) for line in reader_page(complaint).timeline]
    assert [line for line in lines if "إفادة" in line] == [
        "طلب المكتب إفادة من أحد المعنيين.",
        "وصلت إفادة إلى المكتب.",
    ]
    for secret in ("canary-statement", QUESTION, author.display_name):
        assert secret not in str(lines)


def test_being_asked_lets_an_author_decide_nothing(
    complaint: Case, standards_editor: StaffMember, author: StaffMember
) -> None:
    ask_statement(complaint, standards_editor, author)
    StaffMember.objects.filter(pk=author.pk).update(role="standards_editor")
    author.refresh_from_db()
    complaint.refresh_from_db()
    with pytest.raises(NotAllowed):
        conversation.write_to_reader(
            complaint, "كلمة", actor=as_actor(author), expected_version=complaint.version, now=NOW
        )


def test_names_outside_are_erased_when_the_readers_are(
    complaint: Case, standards_editor: StaffMember, author: StaffMember
) -> None:
    outside = ask_statement(complaint, standards_editor)
    ask_statement(complaint, standards_editor, author)
    Case.objects.filter(pk=complaint.pk).update(status=Status.CLOSED, decided_at=NOW, closed_at=NOW)
    retention.erase_expired(NOW + timedelta(days=1))
    outside.refresh_from_db()
    assert testimony.who_of(outside) == "هدى العلي"
    long_after = NOW + timedelta(days=91)
    for _again in range(2):
        retention.erase_expired(long_after)
    outside.refresh_from_db()
    assert (outside.name_sealed, outside.address_sealed, outside.erased_at) == ("", "", long_after)
    assert happenings(complaint).count("statement_erased") == 1
    assert [each.who for each in testimony.statements_of(complaint, long_after)] == ["", author.display_name]
    with pytest.raises(NobodyThere):
        mail_for(Delivery.objects.get(statement=outside))


def test_the_letter_goes_out_as_any_other(
    complaint: Case, standards_editor: StaffMember, mailoutbox: list[object]
) -> None:
    statement = ask_statement(complaint, standards_editor)
    deliver_due(100, lambda: NOW)
    assert Delivery.objects.get(statement=statement).status == "sent"
