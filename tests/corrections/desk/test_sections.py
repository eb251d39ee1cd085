"""Who works for some sections sees their cases alone: in lists, counts, searches, tables, mails and programs."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrections.desk.urls import urlpatterns
from corrections.domain import api_tokens
from corrections.domain.access import CaseNotFound, actor_of, fetch_case, visible_cases
from corrections.domain.queue import arrived_since, next_case, queue
from corrections.domain.queue_filters import VIEWS, QueueFilters
from corrections.domain.queue_order import place_of
from corrections.enums import Audience
from corrections.models import Case, Delivery
from corrections.notifications.recipients import recipients_of
from newsroom.models import StaffMember
from tests.corrections.desk.steps import address_of, now, page_address
from tests.corrections.desk.test_access import WORDS, addresses, everything
from tests.corrections.files import add_file
from tests.factories import NOW, make_article, make_case, make_section, make_staff

OF_A_CASE = [pattern for pattern in urlpatterns if "sequence" in pattern.pattern.converters]
ROLES = ("editor", "standards_editor", "administrator")


@pytest.fixture
def own(db: None) -> Case:
    """A case in the member's section."""
    case = make_case(make_article(section=make_section("culture")), now=now(), text="خطأ في القسم نفسه.")
    add_file(case, now=now())
    return case


@pytest.fixture
def other(db: None) -> Case:
    """A case in another section."""
    case = make_case(make_article(section=make_section("economy")), now=now(), text="خطأ في قسم آخر.")
    add_file(case, now=now())
    return case


def of_culture(role: str) -> StaffMember:
    return make_staff(role, section_ids=[make_section("culture").pk])


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_every_address_of_a_case_of_another_section_is_not_found(
    signed_in: Callable[[StaffMember], Client], own: Case, other: Case, role: str, method: str
) -> None:
    client = signed_in(of_culture(role))
    before = everything()
    names = {pattern.name for pattern in OF_A_CASE}
    for name, address in addresses(other):
        if name in names:
            response = getattr(client, method)(address, {"expected_version": other.version, **WORDS})
            assert response.status_code in (404, 405), (name, response.status_code)
    assert everything() == before
    found = {name: client.get(address).status_code for name, address in addresses(own) if name in names}
    assert (found["case"], found["file"]) == (200, 200)
    assert 404 not in found.values()


@pytest.mark.parametrize("page", ["queue", "notices", "deliveries", "cases_csv"])
@pytest.mark.parametrize("query", ["view=all", "view=all&words=خطأ", "view=open"])
def test_no_list_search_or_table_tells_of_another_section(
    signed_in: Callable[[StaffMember], Client], own: Case, other: Case, page: str, query: str
) -> None:
    Delivery.objects.filter(event__case__in=[own, other]).update(status="failed")
    shown = signed_in(of_culture("editor")).get(f"{page_address(page)}?{query}").content.decode()
    assert (other.summary in shown, other.number in shown) == (False, False)
    if page != "notices":
        assert own.number in shown


def test_counts_and_arrivals_leave_out_other_sections(own: Case, other: Case) -> None:
    actor = actor_of(of_culture("editor"))
    page = queue(actor, QueueFilters(view="all"), now=now())
    assert [(page.total, page.counts["all"], page.counts["open"]), [case.pk for case in page.rows]] == [
        (1, 1, 1),
        [own.pk],
    ]
    assert arrived_since(actor, QueueFilters(view="all"), NOW, now=now()) == 1
    assert next_case(actor, QueueFilters(view="all"), place_of(own), now=now()) is None


def test_the_filter_offers_the_sections_that_somebody_works_for(
    signed_in: Callable[[StaffMember], Client], own: Case, other: Case
) -> None:
    page = signed_in(of_culture("editor")).get(page_address("queue"))
    assert [section.slug for section in page.context["choices"]["sections"]] == ["culture"]


def test_programs_with_a_key_see_what_its_owner_sees(own: Case, other: Case) -> None:
    expires = now().replace(year=now().year + 1)
    _row, key = api_tokens.issue(of_culture("editor"), name="t", may_write=True, expires_at=expires, now=now())

    def ask(case: Case, *, step: bool = False) -> int:
        address = f"/api/v1/desk/cases/{case.year}/{case.sequence}/"
        headers: dict[str, Any] = {"headers": {"Authorization": f"Bearer {key}"}}
        if step:
            body = {"step": "claim", "expected_version": case.version}
            return int(Client().post(f"{address}steps/", body, content_type="application/json", **headers).status_code)
        return int(Client().get(address, **headers).status_code)

    assert (ask(own), ask(other), ask(other, step=True), ask(own, step=True)) == (200, 404, 404, 200)


@pytest.mark.parametrize("name", ["case", "event", "message", "delivery"])
def test_the_administration_shows_no_row_of_another_section(
    signed_in: Callable[[StaffMember], Client], own: Case, other: Case, name: str
) -> None:
    client = signed_in(make_staff("administrator", is_staff=True, section_ids=[make_section("culture").pk]))
    page = client.get(reverse(f"admin:corrections_{name}_changelist"))
    shown = {getattr(row, "case_id", None) or getattr(row, "pk", None) for row in page.context["cl"].queryset}
    assert (other.pk in shown, page.status_code) == (False, 200)
    assert client.get(reverse("admin:corrections_case_change", args=[other.pk])).status_code in (302, 404)


def test_a_case_is_handed_to_nobody_of_another_section(
    signed_in: Callable[[StaffMember], Client], editor: StaffMember, own: Case, other: Case
) -> None:
    culture = of_culture("editor")
    client = signed_in(editor)
    assert culture in client.get(address_of(own)).context["page"].people.assignees
    assert culture not in client.get(address_of(other)).context["page"].people.assignees
    answer = client.post(address_of(other, "assign"), {"assignee": culture.pk, "expected_version": other.version})
    assert (answer.status_code, Case.objects.get(pk=other.pk).assigned_to) == (403, None)


@pytest.mark.parametrize("audience", [Audience.ASSIGNEE, Audience.SIGNERS, Audience.STANDARDS])
def test_no_letter_goes_to_somebody_of_another_section(own: Case, other: Case, audience: Audience) -> None:
    member = of_culture("standards_editor")
    Case.objects.update(assigned_to=member)
    proposer = make_staff("editor")
    told = {}
    for case in (own, other):
        case.refresh_from_db()
        event = case.events.latest("sequence")
        event.staff_member_id = proposer.pk
        told[case.pk] = [each.staff_member_id for each in recipients_of(audience, event, case)]
    assert (member.pk in told[own.pk], member.pk in told[other.pk]) == (True, False)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(role=st.sampled_from(("author", *ROLES)), chosen=st.sets(st.sampled_from(["culture", "economy", "none"])))
def test_what_a_list_shows_is_what_can_be_opened(own: Case, other: Case, role: str, chosen: set[str]) -> None:
    section_ids = sorted(make_section(slug).pk for slug in chosen)
    member = StaffMember(pk=10**6, role=role, is_active=True, section_ids=section_ids)
    actor = actor_of(member)
    listed = set(Case.objects.filter(visible_cases(actor)).values_list("pk", flat=True))
    opened = set()
    for case in (own, other):
        try:
            opened.add(fetch_case(actor, case.year, case.sequence).pk)
        except CaseNotFound:
            continue
    if role == "author":
        assert opened == set()
    else:
        assert opened == listed
        assert opened == {case.pk for case in (own, other) if not chosen or case.article.section_id in section_ids}


def test_every_view_of_the_list_is_limited(own: Case, other: Case) -> None:
    actor = actor_of(of_culture("editor"))
    for view in VIEWS:
        assert other.pk not in {case.pk for case in queue(actor, QueueFilters(view=view), now=now()).rows}, view
