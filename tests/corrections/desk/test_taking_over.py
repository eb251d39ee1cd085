"""Taking a case that a colleague has: whose it is stands there first, and the colleague is told."""

import re
from collections.abc import Callable

import pytest
from django.test import Client

from corrections.models import Case, Delivery
from corrections.notifications.render import mail_for
from newsroom.models import Article, StaffMember
from tests.corrections.desk.steps import address_of, now, page_address, press, stored
from tests.factories import make_case


@pytest.fixture
def other_desk(signed_in: Callable[[StaffMember], Client], second_editor: StaffMember) -> Client:
    """A colleague's browser."""
    return signed_in(second_editor)


def quick(client: Client, case: Case) -> str:
    """The words of the first quick action, with what stands before its button."""
    page = client.get(address_of(case)).content.decode().partition('<div class="quick">')[2].partition("</form>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def told(case: Case) -> list[int | None]:
    return list(Delivery.objects.filter(event__case=case, template="handed_on").values_list("staff_member", flat=True))


def test_the_button_names_whose_the_case_is_before_it_is_taken(
    other_desk: Client, case_in_review: Case, article: Article, editor: StaffMember
) -> None:
    name = editor.display_name
    assert quick(other_desk, case_in_review) == f"لدى {name} توليه بدلًا من {name}"
    assert quick(other_desk, make_case(article, now=now())) == "إسناد إليّ"


def test_whoever_had_the_case_is_told_that_it_was_taken_over(
    desk: Client, other_desk: Client, case_in_review: Case, editor: StaffMember, second_editor: StaffMember
) -> None:
    press(other_desk, case_in_review, "claim")
    assert (stored(case_in_review).assigned_to, told(case_in_review)) == (second_editor, [editor.pk])
    press(desk, case_in_review, "assign", assignee=editor.pk)
    assert told(case_in_review) == [editor.pk, second_editor.pk]


def test_who_gives_a_case_away_is_told_nothing(desk: Client, case_in_review: Case, second_editor: StaffMember) -> None:
    press(desk, case_in_review, "assign", assignee=second_editor.pk)
    assert told(case_in_review) == []


def test_the_preview_of_many_says_whose_they_are_and_who_will_be_told(
    other_desk: Client, case_in_review: Case, article: Article, editor: StaffMember
) -> None:
    free = make_case(article, now=now())
    chosen = {"case": [case_in_review.number, free.number], "action": "take"}
    response = other_desk.post(page_address("bulk"), chosen)
    preview = response.context["preview"]
    owners = {owner.pk if owner else None: group.numbers for owner, group in preview.owners.items()}
    assert owners == {
        editor.pk: [(case_in_review.year, case_in_review.sequence)],
        None: [(free.year, free.sequence)],
    }
    assert "طلب واحد لدى غيرك" in response.content.decode()
    assert [letter.template for letter in preview.letters] == ["handed_on"]


def test_the_letter_names_who_has_the_case_now(
    other_desk: Client, case_in_review: Case, editor: StaffMember, second_editor: StaffMember
) -> None:
    press(other_desk, case_in_review, "claim")
    letter = mail_for(Delivery.objects.select_related("event__case").get(template="handed_on"))
    taken_by = f"\u2068{second_editor.display_name}\u2069"
    sentences = {
        "ar": f"الطلب لدى {taken_by} الآن. تجدون في صفحته متى كان ذلك وما جرى بعده.",
        "en": f"The case is with {taken_by} now. Its page says when that was, and what has happened since.",
    }
    assert sentences[editor.language] in letter.plain
