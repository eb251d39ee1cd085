"""Whatever happened to a case, nobody who decided or signed first decides or signs its review."""

import itertools
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrections.domain import assignment, clocks, decisions, procedures_in_force, reviews
from corrections.domain.access import NotAllowed
from corrections.domain.faults import Refused
from corrections.domain.proposal import Proposal
from corrections.enums import Audience, Happening, Status
from corrections.models import Case, Decision, Delivery, Event
from corrections.notifications.recipients import recipients_of
from corrections.procedures import ends_at
from corrections.workflow import MoveNotAllowed
from newsroom.models import StaffMember
from tests.factories import NOW, as_actor, make_article, make_case, make_staff

STEPS = ("claim", "uphold", "reject", "sign", "refuse", "reopen")
#: What somebody does who takes part in a decision.
PARTS = (Happening.DECISION_PROPOSED, Happening.SIGNATURE_REFUSED, Happening.DECIDED)


def steps_of(people: int) -> st.SearchStrategy[list[tuple[str, int]]]:
    return st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, people - 1)), max_size=8)


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    before=steps_of(3),
    outcome=st.sampled_from(["uphold", "reject"]),
    after=steps_of(5),
    review=st.sampled_from(["uphold", "reject"]),
)
def test_nobody_who_took_part_in_the_first_decision_takes_part_in_the_review(
    before: list[tuple[str, int]], outcome: str, after: list[tuple[str, int]], review: str
) -> None:
    """Three people bring a complaint to a decision on any way, two more join them for the review; those who took part
    are always the first to try. A complaint that is rejected needs a second signature."""
    people = [make_staff("standards_editor") for _each in range(5)]
    case, minutes = make_case(make_article("ar"), kind="complaint"), itertools.count()
    for step, number in [*before, *_to_the_end(outcome, 3)]:
        _try(case, step, people[number], next(minutes))
    _try(case, "ask_review", people[0], next(minutes))
    for step, number in [*after, *_to_the_end(review, 5)]:
        _try(case, step, people[number], next(minutes))
    case.refresh_from_db()
    assert (case.status, case.review_asked_at is not None) == (Status.DECIDED, True)
    reviewed = reviews.before_review(case, Decision.objects.filter(case=case))
    first = {person for each in reviewed for person in (each.decided_by_id, each.signed_by_id)} - {None}
    second = set(
        Event.objects.filter(case=case, happening__in=PARTS, happened_at__gt=case.review_asked_at)
        .order_by()
        .values_list("staff_member", flat=True)
    )
    assert (bool(first), bool(second), first & second) == (True, True, set())


def _to_the_end(outcome: str, people: int) -> list[tuple[str, int]]:
    """Steps after which a case is decided, whatever came before, as long as two of the people may decide it."""
    everybody = range(people)
    return [("claim", 0), *((outcome, number) for number in everybody), *(("sign", number) for number in everybody)]


def _try(case: Case, step: str, member: StaffMember, minute: int) -> None:
    case.refresh_from_db()
    now, actor, version = NOW + timedelta(minutes=minute), as_actor(member), case.version
    guard: Any = {"actor": actor, "expected_version": version, "now": now}
    try:
        if step == "claim":
            assignment.claim(case, **guard)
        elif step in ("uphold", "reject"):
            finding = "upheld" if step == "uphold" else "not_upheld"
            decisions.decide(case, Proposal(finding, "none", "السبب", clause_keys=("fairness",)), **guard)
        elif step == "sign":
            decisions.sign(case, **guard)
        elif step == "refuse":
            decisions.refuse_signature(case, "سبب", **guard)
        elif step == "reopen":
            decisions.reopen(case, "سبب", **guard)
        else:
            reviews.ask(case, "لماذا", source=f"192.0.2.{minute}", now=now)
    except (NotAllowed, MoveNotAllowed, Refused, reviews.ReviewNotOpen, Decision.DoesNotExist):
        return


@pytest.mark.django_db
def test_a_review_is_told_to_somebody_who_may_decide_it() -> None:
    editor, administrator = make_staff("standards_editor"), make_staff("administrator")
    case = make_case(make_article("ar"))
    assignment.claim(case, actor=as_actor(editor), expected_version=case.version, now=NOW)
    decisions.decide(
        case, Proposal("not_upheld", "none", "السبب"), actor=as_actor(editor), expected_version=case.version, now=NOW
    )
    reviews.ask(case, "لماذا", source="192.0.2.7", now=NOW + timedelta(days=1))
    told = Delivery.objects.filter(template="review_asked").values_list("staff_member", flat=True)
    assert list(told) == [administrator.pk]
    another = make_staff("standards_editor")
    event = case.events.latest("sequence")
    assert [each.staff_member_id for each in recipients_of(Audience.STANDARDS, event, case)] == [another.pk]
    assert editor.pk not in [each.staff_member_id for each in recipients_of(Audience.SIGNERS, event, case)]


@pytest.mark.django_db
def test_a_review_has_the_clock_of_its_own_that_its_procedure_says() -> None:
    editor = make_staff("standards_editor")
    case = make_case(make_article("ar"))
    assignment.claim(case, actor=as_actor(editor), expected_version=case.version, now=NOW)
    decisions.decide(
        case, Proposal("not_upheld", "none", "السبب"), actor=as_actor(editor), expected_version=case.version, now=NOW
    )
    later = NOW + timedelta(days=9)
    case.refresh_from_db()
    reviews.ask(case, "لماذا", source="192.0.2.7", now=later)
    own = ends_at(procedures_in_force.procedure_of(case).review, clocks.calendar(), later)
    case.refresh_from_db()
    assert (case.status, case.assigned_to_id, case.decision_due_at) == (Status.IN_REVIEW, None, own)
