"""Joining to a case that is decided answers a reader at once: the rules of deciding hold for it too."""

from datetime import timedelta
from typing import Any

import pytest

from corrections.domain import assignment, relations, reviews, undo
from corrections.domain.decisions import decide, sign
from corrections.domain.faults import Refused
from corrections.domain.proposal import Proposal
from corrections.enums import Remedy
from corrections.models import Case, Decision, Delivery
from corrections.procedures import Office
from newsroom.models import Article, StaffMember
from tests.factories import NOW, as_actor, make_case, put_in_force, submit

pytestmark = pytest.mark.django_db
UPHELD = Proposal("upheld", "none", "صحيح.", clause_keys=("fairness",))
NOT_UPHELD = Proposal("not_upheld", "none", "كما نُشر.")


def guard(case: Case, member: StaffMember) -> dict[str, Any]:
    return {"actor": as_actor(member), "expected_version": case.version, "now": NOW}


def decided(case: Case, member: StaffMember, proposal: Proposal, signer: StaffMember | None = None) -> Case:
    assignment.claim(case, **guard(case, member))
    decide(case, proposal, **guard(case, member))
    if signer:
        sign(case, **guard(case, signer))
    assert Decision.objects.filter(case=case, state="live").count() == 1
    return case


def join(case: Case, lead: Case, member: StaffMember) -> None:
    relations.link_duplicate(case, lead, **guard(case, member))


def refused_join(case: Case, lead: Case, member: StaffMember) -> list[str]:
    """The sentences with which joining is refused; nothing was written and nobody told."""
    before = list(Case.objects.values_list("pk", "version", "status")), Delivery.objects.count()
    with pytest.raises(Refused) as refused:
        join(case, lead, member)
    assert (list(Case.objects.values_list("pk", "version", "status")), Delivery.objects.count()) == before
    assert {fault.field for fault in refused.value.faults} == {"lead"}
    return [str(fault.message) for fault in refused.value.faults]


def test_an_editor_answers_no_complaint_by_joining_it_to_one_that_is_decided(
    article: Article, editor: StaffMember, standards_editor: StaffMember
) -> None:
    lead = decided(make_case(article, kind="complaint"), standards_editor, UPHELD)
    late = make_case(article, kind="complaint", text="شكوى أخرى.")
    assert len(refused_join(late, lead, editor)) == 1
    join(late, lead, standards_editor)
    assert late.events.latest("sequence").happening == "lead_decided"


def test_an_editor_joins_a_complaint_to_one_that_is_not_decided(article: Article, editor: StaffMember) -> None:
    lead, late = make_case(article, kind="complaint"), make_case(article, kind="complaint", text="شكوى أخرى.")
    join(late, lead, editor)
    assert late.events.latest("sequence").happening == "linked"


def test_an_outcome_that_two_sign_is_given_to_no_further_reader_by_one(
    article: Article, standards_editor: StaffMember, administrator: StaffMember
) -> None:
    lead = decided(make_case(article, kind="complaint"), standards_editor, NOT_UPHELD, administrator)
    late = make_case(article, kind="complaint", text="شكوى أخرى.")
    for member in (standards_editor, administrator):
        assert len(refused_join(late, lead, member)) == 1


def test_the_signature_is_that_of_the_joined_reports_own_procedure(
    article: Article, editor: StaffMember, second_editor: StaffMember
) -> None:
    lead = decided(make_case(article), editor, NOT_UPHELD)
    early = make_case(article, text="كلمات أخرى.")
    put_in_force("correction", second_signature_findings=frozenset({"not_upheld"}))
    late = make_case(article, text="كلمات غيرها.")
    assert len(refused_join(late, lead, second_editor)) == 1
    join(early, lead, second_editor)
    assert early.status == "duplicate"


def test_what_the_procedure_leaves_to_the_office_no_editor_answers_by_joining(
    article: Article, editor: StaffMember, standards_editor: StaffMember
) -> None:
    lead = decided(make_case(article), editor, NOT_UPHELD)
    put_in_force("correction", decided_by=Office.STANDARDS)
    late = make_case(article, text="كلمات غيرها.")
    assert len(refused_join(late, lead, editor)) == 1
    join(late, lead, standards_editor)
    assert late.status == "duplicate"


@pytest.mark.parametrize(
    "stricter",
    [
        {"decided_by": Office.STANDARDS},
        {"second_signature_findings": frozenset({"not_upheld"})},
        {"second_signature_remedies": frozenset(Remedy.values)},
    ],
)
def test_a_report_under_stricter_rules_leads_the_other_and_is_not_led_by_it(
    article: Article, editor: StaffMember, stricter: dict[str, Any]
) -> None:
    loose = make_case(article)
    put_in_force("correction", **stricter)
    strict = make_case(article, text="كلمات غيرها.")
    assert len(refused_join(strict, loose, editor)) == 1
    join(loose, strict, editor)
    assert (loose.status, loose.lead) == ("duplicate", strict)


@pytest.mark.parametrize("lead_is_decided", [True, False])
def test_a_case_whose_decision_is_under_review_is_joined_to_none(
    article: Article, editor: StaffMember, second_editor: StaffMember, lead_is_decided: bool
) -> None:
    first = decided(submit(article).case, editor, NOT_UPHELD)
    other = make_case(article, text="كلمات أخرى.")
    if lead_is_decided:
        decided(other, editor, NOT_UPHELD)
    reviews.ask(first, "التقرير يقول غير ذلك.", source="192.0.2.7", now=NOW + timedelta(hours=1))
    for member in (editor, second_editor):
        assert len(refused_join(Case.objects.get(pk=first.pk), other, member)) == 1


def test_a_change_of_kind_stays_while_reports_are_joined_to_the_case(
    article: Article, standards_editor: StaffMember
) -> None:
    lead, late = (make_case(article, kind="complaint", text=text) for text in ("شكوى.", "كلمات أخرى."))
    changed = assignment.change_kind(lead, "correction", **guard(lead, standards_editor))
    assignment.change_kind(late, "correction", **guard(late, standards_editor))
    join(late, lead, standards_editor)
    with pytest.raises(undo.CannotUndo):
        undo.undo(lead, changed, **guard(lead, standards_editor))
    assert (Case.objects.get(pk=lead.pk).kind, Case.objects.get(pk=late.pk).lead_id) == ("correction", lead.pk)
    relations.unlink_duplicate(late, **guard(late, standards_editor))
    undo.undo(lead, changed, **guard(lead, standards_editor))
    assert Case.objects.get(pk=lead.pk).kind == "complaint"
