"""Complaints are decided by their office alone, by whatever way somebody tries to get around it."""

import pytest

from corrections.domain import access, assignment, relations, withdrawal
from corrections.domain.decisions import decide
from corrections.domain.faults import Refused
from corrections.domain.proposal import Proposal
from corrections.models import Decision
from corrections.workflow import MoveNotAllowed
from newsroom.models import Article, StaffMember
from tests.factories import NOW, as_actor, make_case

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("kind", "lead_kind"), [("complaint", "correction"), ("correction", "complaint")])
def test_a_complaint_and_a_correction_are_not_joined(
    article: Article, editor: StaffMember, kind: str, lead_kind: str
) -> None:
    case, lead = make_case(article, kind=kind), make_case(article, kind=lead_kind)
    with pytest.raises(Refused) as refused:
        relations.link_duplicate(case, lead, actor=as_actor(editor), expected_version=case.version, now=NOW)
    assert [fault.field for fault in refused.value.faults] == ["lead"]


def test_an_editor_does_not_turn_a_complaint_into_something_else(
    article: Article, editor: StaffMember, standards_editor: StaffMember
) -> None:
    case = make_case(article, kind="complaint")
    with pytest.raises(access.NotAllowed):
        assignment.change_kind(case, "correction", actor=as_actor(editor), expected_version=case.version, now=NOW)
    assignment.change_kind(case, "correction", actor=as_actor(standards_editor), expected_version=case.version, now=NOW)
    assert (case.kind, case.problem) == ("correction", "other")


def test_a_correction_turned_into_a_complaint_about_safety_goes_to_the_front(
    article: Article, editor: StaffMember
) -> None:
    case = make_case(article)
    promised, replied = case.decision_due_at, case.acknowledge_due_at
    assignment.change_kind(
        case,
        "complaint",
        clause_keys=("privacy",),
        actor=as_actor(editor),
        expected_version=case.version,
        now=NOW,
    )
    assert (case.kind, case.severity, case.relation) == ("complaint", "safety", "unsaid")
    assert case.decision_due_at >= promised
    assert case.acknowledge_due_at < replied


def test_the_kind_stays_while_a_decision_waits_for_its_signature(
    article: Article, standards_editor: StaffMember
) -> None:
    case = make_case(article, kind="complaint")
    actor = as_actor(standards_editor)
    assignment.claim(case, actor=actor, expected_version=case.version, now=NOW)
    proposal = Proposal("not_upheld", "none", "reason")
    decide(case, proposal, actor=actor, expected_version=case.version, now=NOW)
    with pytest.raises(MoveNotAllowed):
        assignment.change_kind(case, "correction", actor=actor, expected_version=case.version, now=NOW)


def test_a_report_taken_back_takes_its_proposed_decision_with_it(
    article: Article, standards_editor: StaffMember
) -> None:
    case = make_case(article, kind="complaint")
    actor = as_actor(standards_editor)
    assignment.claim(case, actor=actor, expected_version=case.version, now=NOW)
    decide(case, Proposal("not_upheld", "none", "reason"), actor=actor, expected_version=case.version, now=NOW)
    withdrawal.withdraw(case, now=NOW)
    assert (case.status, Decision.objects.get().state) == ("withdrawn", "superseded")


def test_what_only_a_complaint_has_does_not_put_a_correction_first(article: Article) -> None:
    case = make_case(article, clause_keys=("privacy",), relation="subject")
    assert (case.severity, case.relation, case.clauses.count()) == ("", "", 0)
