"""Asking for statements on the desk, and what the case's page then shows."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from corrections.domain import answering
from corrections.models import Case, Delivery, Statement
from corrections.notifications.links import statement_token
from newsroom.models import Article, StaffMember
from tests.corrections.desk.steps import HOSTILE, address_of, fields_in, happenings, now, press, stored, text_of
from tests.corrections.desk.test_case import write_notes
from tests.corrections.statements import QUESTION, ask_statement
from tests.factories import make_staff


def give(statement: Statement, text: str) -> None:
    token = statement_token(statement.seed)
    statement.refresh_from_db()
    answering.give(token, text, seen=statement.version, source="192.0.2.8", now=now())


def test_an_editor_asks_the_author_and_the_case_shows_it(desk: Client, case: Case, author: StaffMember) -> None:
    form = desk.get(address_of(case, "ask_statement"))
    assert author.display_name in form.content.decode()
    response = press(desk, case, "ask_statement", staff_member=author.pk, question=QUESTION, language="ar")
    assert (response.status_code, response["Location"]) == (302, address_of(case))
    page = " ".join(text_of(desk.get(address_of(case))).split())
    assert f"إفادة – {author.display_name} مطلوبة" in page
    assert QUESTION in page


def test_the_page_shows_by_whom_when_asked_and_when_answered_or_late(
    desk: Client, case: Case, editor: StaffMember, author: StaffMember
) -> None:
    given, late = ask_statement(case, editor, author, now=now()), ask_statement(case, editor, now=now())
    give(given, "راجعت التقرير.")
    give(given, "راجعت التقرير مرتين.")
    Statement.objects.filter(pk=late.pk).update(due_at=now() - timedelta(hours=1))
    page = " ".join(text_of(desk.get(address_of(case))).split())
    for words in (
        f"إفادة – {author.display_name} وصلت",
        "إفادة – هدى العلي متأخرة",
        f"طلبها {editor.display_name}",
        "راجعت التقرير مرتين.",
        "راجعت التقرير.",
    ):
        assert words in page
    assert "huda@example.org" not in page


def test_what_was_typed_comes_back_with_what_to_mend(desk: Client, case: Case) -> None:
    typed = {"name": "هدى", "address": "huda@example", "language": "en", "question": HOSTILE}
    response = desk.post(address_of(case, "ask_statement"), typed | {"expected_version": case.version})
    page = response.content.decode()
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["address"])
    assert [fields_in(page, name) for name in ("name", "address", "question")] == [["هدى"], ["huda@example"], [HOSTILE]]
    assert ("<script>alert" in page, Statement.objects.count()) == (False, 0)


def test_a_stale_asking_shows_what_happened_and_keeps_the_words(desk: Client, case: Case, author: StaffMember) -> None:
    press(desk, case, "claim")
    typed = {"staff_member": author.pk, "question": QUESTION, "language": "ar", "expected_version": 1}
    response = press(desk, case, "ask_statement", **typed)
    page = response.content.decode()
    assert (response.status_code, fields_in(page, "question")) == (409, [QUESTION])
    assert fields_in(page, "expected_version") == [str(stored(case).version)]
    assert Statement.objects.count() == 0


def test_a_page_that_expired_keeps_the_words(strict_desk: Client, case: Case, author: StaffMember) -> None:
    response = press(strict_desk, case, "ask_statement", staff_member=author.pk, question=QUESTION)
    assert (response.status_code, fields_in(response.content.decode(), "question")) == (403, [QUESTION])


def test_of_a_closed_case_nobody_is_asked_and_the_typed_words_are_shown(desk: Client, case: Case) -> None:
    Case.objects.filter(pk=case.pk).update(status="closed", decided_at=now(), closed_at=now())
    assert desk.get(address_of(case, "ask_statement")).status_code == 409
    response = press(desk, case, "ask_statement", question=QUESTION)
    assert (response.status_code, QUESTION in response.content.decode()) == (409, True)


def test_a_statement_is_no_longer_asked_for_and_asked_for_again_by_one_button_each(
    desk: Client, case: Case, editor: StaffMember
) -> None:
    statement = ask_statement(case, editor, now=now())
    page = desk.get(address_of(case)).content.decode()
    again, withdraw = (
        address_of(case, name, number=statement.pk) for name in ("statement_again", "withdraw_statement")
    )
    assert (again in page, withdraw in page) == (False, True)
    version = stored(case).version
    assert desk.post(withdraw, {"expected_version": version}).status_code == 302
    stale = desk.post(again, {"expected_version": version})
    assert stale.status_code == 409
    page = desk.get(address_of(case)).content.decode()
    assert (again in page, withdraw in page) == (True, False)
    assert desk.post(again, {"expected_version": stored(case).version}).status_code == 302
    assert happenings(case)[-3:] == ["statement_asked", "statement_withdrawn", "statement_again"]
    give(Statement.objects.get(), "الجواب")
    assert desk.post(withdraw, {"expected_version": stored(case).version}).status_code == 409


def test_who_wrote_the_article_reads_no_statement_that_they_did_not_give_on_a_complaint(
    conflicted: Client, complaint: Case, standards_editor: StaffMember
) -> None:
    statement = ask_statement(complaint, standards_editor, now=now())
    for name in ("statement_again", "withdraw_statement"):
        address = address_of(complaint, name, number=statement.pk)
        assert conflicted.post(address, {"expected_version": complaint.version}).status_code == 404


@pytest.mark.parametrize("number", [0, 1, 200])
def test_statements_cost_one_query_and_only_where_there_are_any(
    desk: Client, case: Case, editor: StaffMember, author: StaffMember, number: int
) -> None:
    write_notes(case, editor, 3)
    without = queries_of(desk, address_of(case))
    if number:
        first = ask_statement(case, editor, author, now=now())
        rows = [vars(first) | {"token_hash": f"{each:064}"} for each in range(number - 1)]
        Statement.objects.bulk_create(
            Statement(**{name: value for name, value in row.items() if name not in ("_state", "id")}) for row in rows
        )
    assert queries_of(desk, address_of(case)) == without + min(number, 1)


@pytest.mark.parametrize("colleagues", [3, 300])
def test_the_page_for_asking_stays_within_the_budget(
    desk: Client, case: Case, article: Article, colleagues: int
) -> None:
    StaffMember.objects.bulk_create(
        StaffMember(username=f"c{number}", display_name=f"c{number}", email=f"c{number}@example.org")
        for number in range(colleagues)
    )
    assert queries_of(desk, address_of(case, "ask_statement")) <= 9


def test_the_asking_person_is_not_among_those_who_can_be_asked(
    desk: Client, case: Case, editor: StaffMember, signed_in: Callable[[StaffMember], Client]
) -> None:
    other = make_staff("author")
    StaffMember.objects.filter(pk=make_staff("author").pk).update(is_active=False)
    choices = desk.get(address_of(case, "ask_statement")).context["page"].staff
    assert (editor in choices, other in choices, all(member.is_active for member in choices)) == (False, True, True)


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_author_of_the_article_is_chosen_already_and_marked(
    desk: Client, case: Case, author: StaffMember, standards_editor: StaffMember
) -> None:
    field = desk.get(address_of(case, "ask_statement")).context["form"]["staff_member"]
    assert field.value() == str(author.pk)
    names = [str(label) for _value, label in field.field.widget.choices]
    assert names[1] == f"{author.display_name} – من كتّاب المقال"
    assert standards_editor.display_name in names[2:]


def test_whoever_wrote_the_article_finds_what_the_desk_asks_after_signing_in(
    signed_in: Callable[[StaffMember], Client], case: Case, editor: StaffMember, author: StaffMember
) -> None:
    asked, given, other = (ask_statement(case, editor, who, now=now()) for who in (author, author, None))
    give(given, "راجعت التقرير.")
    page = signed_in(author).get("/ar/desk/").content.decode()
    shown = [reverse("reader:statement", args=[statement_token(each.seed)]) in page for each in (asked, given, other)]
    assert shown == [True, False, False]
    assert "عودة ضخ المياه إلى عين الزيتون" in page


def test_whoever_asked_is_told_of_the_statement_beside_the_owner(
    case: Case, editor: StaffMember, author: StaffMember, standards_editor: StaffMember
) -> None:
    statement = ask_statement(case, editor, author, now=now())
    give(statement, "راجعت التقرير.")
    told = Delivery.objects.filter(template="statement_given").order_by("staff_member")
    assert list(told.values_list("staff_member", flat=True)) == [editor.pk]
    Case.objects.filter(pk=case.pk).update(assigned_to=standards_editor, status="in_review")
    give(statement, "راجعت التقرير مرتين.")
    told = Delivery.objects.filter(template="statement_amended")
    assert set(told.values_list("staff_member", flat=True)) == {editor.pk, standards_editor.pk}
