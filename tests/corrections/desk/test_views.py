"""Saved views: one's own and those of the whole desk, with counts, in order, and never more than somebody may see."""

import html
import json
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corrections.models import Case, SavedView
from newsroom.models import Article, StaffMember
from tests.corrections.desk.steps import HOSTILE, fields_in, now, page_address, text_of
from tests.factories import make_case

QUEUE = "/ar/desk/"
Browse = Callable[[StaffMember], Client]


def save(client: Client, name: str, filters: str = "view=open&kind=complaint", **fields: Any) -> Any:
    return client.post(page_address("save_view"), {"name": name, "filters": filters, **fields})


def rail(client: Client, **query: str) -> list[tuple[str, int | None]]:
    """Names and counts of the saved views beside the list."""
    return [(view.name, count) for view, _address, count in client.get(QUEUE, query).context["saved_views"]]


def named(name: str) -> SavedView:
    return SavedView.objects.get(name=name, removed_at=None)


def change(client: Client, view: str, what: str, **fields: Any) -> Any:
    address = f"{page_address('views')}{named(view).pk}/{what}/"
    return client.post(address, fields)


def test_the_filters_of_the_list_are_saved_under_a_name_and_found_again(
    desk: Client, article: Article, complaint: Case, case: Case
) -> None:
    page = desk.get(QUEUE, {"kind": "complaint", "owner": "nobody"}).content.decode()
    response = save(desk, "  شكاوى   جديدة ", fields_in(page, "filters")[0])
    assert response["Location"] == f"{QUEUE}?view=open&kind=complaint&owner=nobody"
    assert rail(desk) == [("شكاوى جديدة", 1)]
    opened = desk.get(response["Location"])
    assert [row.pk for row in opened.context["queue"].rows] == [complaint.pk]
    assert '<h1><bdi dir="auto">شكاوى جديدة</bdi></h1>' in opened.content.decode()
    link = re.search(r'<a href="([^"]+)" aria-current="true"><span><bdi dir="auto">', opened.content.decode())
    assert link
    assert html.unescape(link[1]) == "?view=open&kind=complaint&owner=nobody"


def test_a_zero_byte_in_the_filters_is_left_out(desk: Client, db: None) -> None:
    assert save(desk, "كل الشكاوى", "view=all%00&kind=complaint%00&words=%00").status_code == 302
    assert "\\u0000" not in json.dumps(named("كل الشكاوى").filters)
    chosen = {"filters": "view=open&words=%00", "whole_view": "1", "action": ""}
    assert desk.post("/ar/desk/bulk/", chosen).context["form"]["filters"].value() == "view=open"


def test_a_view_of_ones_own_is_nobody_elses(desk: Client, signed_in: Browse, second_editor: StaffMember) -> None:
    other = signed_in(second_editor)
    save(desk, "لي وحدي")
    assert (rail(desk), rail(other)) == ([("لي وحدي", 0)], [])
    for what in ("rename", "move", "remove"):
        assert change(other, "لي وحدي", what, name="لغيري").status_code == 404
    assert (named("لي وحدي").removed_at, "لي وحدي" in text_of(other.get(page_address("views")))) == (None, False)


def test_what_the_standards_editor_shares_everybody_on_the_desk_sees_and_editors_leave_as_it_is(
    desk: Client, standards_desk: Client
) -> None:
    save(standards_desk, "للجميع", shared="on")
    assert rail(desk) == [("للجميع", 0)]
    for what in ("rename", "move", "remove"):
        assert change(desk, "للجميع", what, name="غير ذلك").status_code == 403
    page = desk.get(page_address("views")).content.decode()
    assert ("للجميع" in page, "/rename/" in page) == (True, False)
    assert change(standards_desk, "للجميع", "rename", name="للمكتب").status_code == 302
    assert rail(desk) == [("للمكتب", 0)]


def test_an_editor_shares_nothing(desk: Client) -> None:
    assert 'name="shared"' not in desk.get(QUEUE).content.decode()
    assert save(desk, "للجميع", shared="on").status_code == 403
    assert SavedView.objects.count() == 0


def test_views_are_put_in_order_renamed_and_removed(desk: Client) -> None:
    for name in ("أ", "ب", "ج"):
        save(desk, name)
    change(desk, "ج", "move", step="up")
    change(desk, "أ", "move", step="up")
    change(desk, "ب", "move", step="down")
    assert [name for name, _count in rail(desk)] == ["أ", "ج", "ب"]
    change(desk, "ج", "rename", name="د")
    change(desk, "أ", "remove")
    assert [name for name, _count in rail(desk)] == ["د", "ب"]
    assert save(desk, "أ").status_code == 302


@pytest.mark.parametrize(
    ("name", "filters", "words"),
    [
        ("", "view=open", "يلزم اسم للعرض"),
        (" \u200f ", "view=open", "يلزم اسم للعرض"),
        ("س" * 61, "view=open", "الاسم لا يزيد على 60 حرفًا"),
        ("شكاوى", "view=open", "الاسم مستعمل لعرض آخر"),
        ("أيام", "view=open&from_day=13/13/2025", "في التصفية يوم غير صحيح"),
    ],
)
def test_what_cannot_be_saved_is_said_beside_the_name_and_stays_there(
    desk: Client, name: str, filters: str, words: str
) -> None:
    save(desk, "شكاوى")
    response = save(desk, name, filters)
    page = response.content.decode()
    assert (response.status_code, SavedView.objects.count()) == (422, 1)
    form = re.search(r'<form method="post" class="saveview".*?</form>', page, re.DOTALL)
    assert form
    assert (fields_in(form[0], "name"), fields_in(form[0], "filters")) == ([name] if name else [], [filters])
    assert re.search(rf'<p class="err" id="save_name_error">.*{words}', page)


def test_a_name_that_cannot_be_changed_stays_in_its_field(desk: Client) -> None:
    save(desk, "أ")
    save(desk, "ب")
    response = change(desk, "ب", "rename", name="أ")
    assert (response.status_code, fields_in(response.content.decode(), "name")) == (422, ["أ", "أ"])
    assert named("ب").name == "ب"


def test_twenty_views_are_enough_for_one_person(desk: Client, signed_in: Browse, second_editor: StaffMember) -> None:
    for number in range(20):
        assert save(desk, f"عرض {number}").status_code == 302
    assert save(desk, "واحد زائد").status_code == 422
    assert save(signed_in(second_editor), "واحد زائد").status_code == 302


def test_an_expired_form_keeps_the_name(strict_desk: Client) -> None:
    response = save(strict_desk, "شكاوى الأسبوع")
    assert (response.status_code, SavedView.objects.count()) == (403, 0)
    assert fields_in(response.content.decode(), "name") == ["شكاوى الأسبوع"]


def test_hostile_names_stay_words(desk: Client, db: None) -> None:
    save(desk, HOSTILE[:60])
    for page in (desk.get(QUEUE), desk.get(page_address("views"))):
        assert "<script>alert" not in page.content.decode()


def test_a_view_counts_no_complaint_about_ones_own_article(
    conflicted: Client, standards_desk: Client, complaint: Case
) -> None:
    save(standards_desk, "شكاوى", shared="on")
    assert (rail(standards_desk), rail(conflicted)) == ([("شكاوى", 1)], [("شكاوى", 0)])


def test_assigned_to_me_in_a_shared_view_is_whoever_looks(
    desk: Client, standards_desk: Client, case_in_review: Case
) -> None:
    save(standards_desk, "عندي", "view=open&owner=me", shared="on")
    assert (rail(desk), rail(standards_desk)) == ([("عندي", 1)], [("عندي", 0)])


def test_a_view_that_searches_words_is_counted_when_it_is_opened_and_says_so_before(desk: Client, case: Case) -> None:
    save(desk, "أسر", "view=all&words=الأسر")
    save(desk, "كلها", "view=all")
    closed, opened = desk.get(QUEUE), desk.get(QUEUE, {"view": "all", "words": "الأسر"})
    shown = [[count for _view, _address, count in page.context["saved_views"]] for page in (closed, opened)]
    assert shown == [[None, 1], [opened.context["queue"].total, 1]]
    assert opened.context["queue"].total == 1
    reason = "طريقة العرض التي تبحث عن كلمات تُعد عند فتحها"
    assert [reason in text_of(page) for page in (closed, opened)] == [True, False]


@pytest.mark.parametrize("path", [QUEUE, "/ar/desk/views/"])
def test_the_list_costs_the_same_with_20_views_as_with_none(
    desk: Client, standards_desk: Client, article: Article, path: str
) -> None:
    make_case(article, now=now())
    none = queries_of(desk, path)
    for number in range(10):
        save(desk, f"عرض {number}", "view=open&section=services&owner=me&due=week&from_day=1/1/2025")
        save(standards_desk, f"عرض {number}", "view=all&words=الأسر", shared="on")
    # One more for the working week, as soon as any of them asks for what is due in it.
    assert queries_of(desk, path) == none + (path == QUEUE)
    assert none < 12


def test_a_case_that_is_late_counts_in_a_view_of_what_is_late(desk: Client, case: Case) -> None:
    save(desk, "متأخر عند لا أحد", "view=all&due=overdue&owner=nobody")
    assert rail(desk) == [("متأخر عند لا أحد", 0)]
    Case.objects.update(decision_due_at=now() - timedelta(days=1))
    assert rail(desk) == [("متأخر عند لا أحد", 1)]


def queries_of(client: Client, path: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)
