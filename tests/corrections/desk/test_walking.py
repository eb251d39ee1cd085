"""Going through a view case by case: the next one is right, also after one's own step has changed the list."""

import html
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from corrections.domain.queue import next_case, previous_case
from corrections.domain.queue_filters import QueueFilters
from corrections.domain.queue_order import Place, after, before, in_order, place_of, read_place
from corrections.enums import Severity
from corrections.models import Case
from newsroom.models import Article, StaffMember
from tests.corrections.desk.steps import now, page_address
from tests.factories import NOW, as_actor, make_case

QUEUE = "/ar/desk/"


@pytest.fixture
def cases(article: Article) -> list[Case]:
    """Ten new cases in the order of work."""
    made = [make_case(article, now=now(), text=f"ملاحظة رقم {number}") for number in range(10)]
    for days, case in enumerate(made):
        Case.objects.filter(pk=case.pk).update(decision_due_at=now() + timedelta(days=days))
    return [Case.objects.get(pk=case.pk) for case in made]


def link(response: Any, relation: str) -> str:
    found = re.search(rf'<a href="([^"]+)" rel="{relation}"', response.content.decode())
    assert found
    return html.unescape(found[1])


def opened(desk: Client, view: str) -> Any:
    """The first case of a view, as the list leads to it."""
    page = desk.get(QUEUE, {"view": view}).content.decode()
    first = re.search(r'<h2><a href="([^"]+)"', page)
    assert first
    return desk.get(html.unescape(first[1]))


def act(desk: Client, response: Any, name: str, **fields: Any) -> Any:
    """Presses a button of the page, where its form sends it, and shows the page that answers."""
    page = response.content.decode()
    address = re.search(rf'action="([^"]+/{name}/[^"]*)"', page)
    assert address
    case = Case.objects.get(pk=response.context["case"].pk)
    return desk.post(html.unescape(address[1]), {"expected_version": case.version, **fields}, follow=True)


def test_a_case_that_ones_own_step_has_moved_is_not_its_own_next(desk: Client, cases: list[Case]) -> None:
    Case.objects.filter(pk=cases[0].pk).update(severity=Severity.SAFETY)
    response = opened(desk, "unassigned")
    Case.objects.filter(pk=cases[0].pk).update(severity=Severity.MINOR)
    assert desk.get(link(response, "next"), follow=True).context["case"].pk == cases[1].pk


def test_the_next_case_is_right_although_ones_own_step_took_the_case_out_of_the_view(
    desk: Client, cases: list[Case]
) -> None:
    seen = []
    response = opened(desk, "unassigned")
    for _case in cases:
        seen.append(response.context["case"].pk)
        response = act(desk, response, "claim")
        response = desk.get(link(response, "next"), follow=True)
    assert seen == [case.pk for case in cases]
    assert response.redirect_chain[-1][0] == f"{QUEUE}?view=unassigned&end=next"
    assert "كان ذلك آخر طلب في هذا العرض." in response.content.decode()


def test_the_next_case_is_right_although_ones_own_step_moved_the_case_in_the_order(
    desk: Client, cases: list[Case]
) -> None:
    response = desk.get(link(opened(desk, "open"), "next"), follow=True)
    assert response.context["case"].pk == cases[1].pk
    response = act(desk, response, "severity", severity="safety")
    assert desk.get(QUEUE).context["queue"].rows[0].pk == cases[1].pk
    assert desk.get(link(response, "next"), follow=True).context["case"].pk == cases[2].pk


def test_there_and_back_again_and_out_at_both_ends(desk: Client, cases: list[Case]) -> None:
    first = opened(desk, "open")
    second = desk.get(link(first, "next"), follow=True)
    assert desk.get(link(second, "prev"), follow=True).context["case"].pk == cases[0].pk
    assert desk.get(link(first, "prev"), follow=True).redirect_chain[-1][0] == f"{QUEUE}?view=open&end=previous"


def test_a_walk_keeps_filters_and_search_and_leads_back_to_its_list(desk: Client, cases: list[Case]) -> None:
    page = desk.get(QUEUE, {"view": "all", "words": "ملاحظة", "kind": "correction"}).content.decode()
    address = re.search(r'<h2><a href="([^"]+)"', page)
    assert address
    response = desk.get(html.unescape(address[1]))
    back = re.search(r'<a href="([^"]+)" data-key="KeyU"', response.content.decode())
    assert back
    assert (
        html.unescape(back[1])
        == f"{QUEUE}?view=all&kind=correction&words={quote('ملاحظة')}#case-{cases[0].year}-{cases[0].sequence}"
    )


def test_a_refused_step_stays_in_the_walk(desk: Client, cases: list[Case]) -> None:
    response = opened(desk, "open")
    refused = act(desk, response, "severity", severity="nonsense")
    assert refused.status_code == 422
    assert desk.get(link(refused, "next"), follow=True).context["case"].pk == cases[1].pk


def test_a_case_come_to_in_another_way_offers_no_neighbours(desk: Client, case: Case) -> None:
    page = desk.get(f"/ar/desk/cases/{case.year}/{case.sequence}/").content.decode()
    assert ('rel="next"' in page, 'rel="prev"' in page) == (False, False)


@pytest.mark.parametrize("name", ["next", "previous"])
@pytest.mark.parametrize("at", ["", "x", "1-1-" + "9" * 40])
def test_a_strange_place_leads_to_the_list(desk: Client, name: str, at: str) -> None:
    assert desk.get(page_address(name), {"at": at})["Location"] == QUEUE


def test_nobody_is_led_to_a_complaint_about_their_own_article(
    conflicted: Client, complaint: Case, case: Case, author: StaffMember
) -> None:
    place = Place(0, NOW - timedelta(days=999), 0)
    found = next_case(as_actor(StaffMember.objects.get(pk=author.pk)), QueueFilters(view="all"), place, now=now())
    assert found == case


def test_what_arrived_since_is_counted_in_the_view_and_never_moves_the_rows(
    desk: Client, article: Article, cases: list[Case]
) -> None:
    page = desk.get(QUEUE, {"view": "unassigned"}).content.decode()
    address = re.search(r'data-arrivals="([^"]+)"', page)
    assert address
    news = html.unescape(address[1])
    assert desk.get(news).json() == {"sentence": ""}
    for number in range(2):
        make_case(article, now=now() + timedelta(seconds=5), text=f"جديد {number}")
    assert desk.get(news).json() == {"sentence": "طلبان جديدان"}
    assert desk.get(news.replace("view=unassigned", "view=held")).json() == {"sentence": ""}


@pytest.mark.parametrize("since", ["", "x", "2025-01-01", "2025-13-01T00:00:00Z", "2025-01-01T00:00:00", "9" * 400])
def test_a_strange_moment_has_no_arrivals(desk: Client, cases: list[Case], since: str) -> None:
    assert desk.get(page_address("arrivals"), {"since": since}).json() == {"sentence": ""}


def test_everybody_switches_the_keys_for_themselves(desk: Client, standards_desk: Client, case: Case) -> None:
    assert desk.post(page_address("shortcuts"), {"shortcuts": "off"})["Location"] == QUEUE
    silent = [" data-off" in client.get(QUEUE).content.decode() for client in (desk, standards_desk)]
    assert silent == [True, False]
    desk.post(page_address("shortcuts"), {"shortcuts": "on"})
    assert " data-off" not in desk.get(QUEUE).content.decode()


@given(st.sampled_from([0, 1]), st.datetimes(min_value=NOW.replace(tzinfo=None)), st.integers(0, 10**18 - 1))
def test_a_place_is_read_as_it_was_written(rank: int, due: Any, pk: int) -> None:
    place = Place(rank, due.replace(tzinfo=NOW.tzinfo), pk)
    assert read_place(str(place)) == place


@given(st.text(max_size=30))
def test_anything_else_is_no_place(written: str) -> None:
    assert read_place(written) is None


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(3))
def test_neighbours_are_those_of_the_whole_order(
    article: Article, editor: StaffMember, seed: int, django_assert_num_queries: Callable[[int], Any]
) -> None:
    made = [make_case(article, text=f"ملاحظة رقم {number}") for number in range(9)]
    for number, case in enumerate(made):
        Case.objects.filter(pk=case.pk).update(
            decision_due_at=NOW + timedelta(hours=(number * (seed + 3)) % 4),
            severity=Severity.SAFETY if (number + seed) % 3 == 0 else "",
        )
    order = list(in_order(Case.objects.all()))
    for index, case in enumerate(order):
        assert list(after(Case.objects.all(), place_of(case))) == order[index + 1 :]
        assert list(before(Case.objects.all(), place_of(case))) == order[:index][::-1]
    with django_assert_num_queries(1):
        assert previous_case(as_actor(editor), QueueFilters(), place_of(order[4]), now=NOW) == order[3]
