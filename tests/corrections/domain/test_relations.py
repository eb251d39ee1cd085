"""Many reports of one thing: joined and separated without moving anything, answered by one decision."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrections.domain import assignment, relations, withdrawal
from corrections.domain.decisions import decide
from corrections.domain.faults import Refused
from corrections.domain.proposal import Proposal
from corrections.models import Case, Decision, Delivery
from corrections.notifications.deliver import WITH_EVERYTHING
from corrections.notifications.render import mail_for
from newsroom.models import Article, StaffMember
from tests.corrections.reader.pages import open_case
from tests.factories import NOW, as_actor, make_case, submit

pytestmark = pytest.mark.django_db
NO_CHANGE = Proposal("not_upheld", "none", "The figure is in the council’s report.")


def join(case: Case, lead: Case, editor: StaffMember) -> None:
    relations.link_duplicate(case, lead, actor=as_actor(editor), expected_version=case.version, now=NOW)


def english_lead(article: Article, editor: StaffMember) -> Case:
    """A report in English about the Arabic article, taken up."""
    lead = make_case(article, language="en", text="It is 1,200, not 12,000.")
    assignment.claim(lead, actor=as_actor(editor), expected_version=lead.version, now=NOW)
    return lead


def decided(lead: Case, editor: StaffMember, proposal: Proposal = NO_CHANGE) -> Decision:
    return decide(lead, proposal, actor=as_actor(editor), expected_version=lead.version, now=NOW)


def letters_to(case: Case) -> list[str]:
    return list(Delivery.objects.filter(event__case=case, audience="reader").values_list("template", flat=True))


def last_mail(case: Case) -> str:
    return mail_for(Delivery.objects.select_related(*WITH_EVERYTHING).filter(event__case=case).latest("pk")).plain


def everything_of(case: Case) -> dict[str, Any]:
    """What a reader wrote and chose, and what was promised for it."""
    row = Case.objects.get(pk=case.pk)
    kept = ("kind", "problem", "relation", "sought", "credit", "language", "summary", "search_text", "receipt_hash")
    return {name: getattr(row, name) for name in kept} | {
        "messages": list(row.messages.values_list("purpose", "text")),
        "clauses": sorted(row.clauses.values_list("key", "version")),
    }


def test_an_arabic_reader_joined_to_an_english_case_is_answered_in_arabic(
    reader: Client, article: Article, editor: StaffMember
) -> None:
    lead = english_lead(article, editor)
    joined = submit(article, address="reader@example.org", wants_mail=True)
    join(joined.case, lead, editor)
    decided(lead, editor, Proposal("not_upheld", "none", "As printed.", reason_translation="الرقم كما نُشر."))
    assert letters_to(joined.case)[-1] == "decision"
    mail = last_mail(joined.case)
    assert ("الرقم كما نُشر." in mail, "As printed." in mail, "After checking" in mail) == (True, False, False)
    open_case(reader, joined)
    page = reader.get("/ar/my-case/").content.decode()
    assert '<div class="prose" lang="ar" dir="auto"><p>الرقم كما نُشر.</p></div>' in page


def test_where_the_reasons_have_one_language_the_page_says_so_and_isolates_them(
    reader: Client, article: Article, editor: StaffMember
) -> None:
    lead = english_lead(article, editor)
    joined = submit(article, address="reader@example.org", wants_mail=True)
    join(joined.case, lead, editor)
    decided(lead, editor)
    open_case(reader, joined)
    page = reader.get("/ar/my-case/").content.decode()
    assert f'<div class="prose" lang="en" dir="auto"><p>{NO_CHANGE.reason}</p></div>' in page
    assert "كُتب هذا التعليل بالإنكليزية" in page
    mail = last_mail(joined.case)
    assert (NO_CHANGE.reason in mail, "كُتب التعليل بالإنكليزية" in mail) == (False, True)


def test_the_reader_of_the_leading_case_reads_the_reasons_as_they_were_written(
    article: Article, editor: StaffMember
) -> None:
    receipted = submit(article, language="en", text="It is wrong.", address="reader@example.org", wants_mail=True)
    assignment.claim(receipted.case, actor=as_actor(editor), expected_version=1, now=NOW)
    decided(receipted.case, editor)
    assert f"Reasons: {NO_CHANGE.reason}" in last_mail(receipted.case)


def test_the_form_asks_for_the_other_language_only_where_somebody_needs_it(
    article: Article, editor: StaffMember
) -> None:
    lead = english_lead(article, editor)
    assert relations.other_languages(lead) == []
    join(make_case(article), lead, editor)
    assert relations.other_languages(Case.objects.get(pk=lead.pk)) == ["ar"]


def test_a_report_joined_to_a_decided_case_is_answered_at_once_with_one_letter(
    article: Article, editor: StaffMember
) -> None:
    lead = english_lead(article, editor)
    decision = decided(lead, editor)
    late = make_case(article, address="reader@example.org", wants_mail=True)
    join(late, lead, editor)
    assert list(late.events.values_list("happening", flat=True)) == ["received", "linked", "lead_decided"]
    assert late.events.latest("pk").data["decision"] == decision.pk
    assert letters_to(late) == ["received", "decision"]


def test_joining_and_separating_leaves_everything_that_the_reader_wrote(article: Article, editor: StaffMember) -> None:
    lead, case = make_case(article), make_case(article, text="كلمات أخرى.", address="r@example.org", wants_mail=True)
    before = everything_of(case)
    join(case, lead, editor)
    assert everything_of(case) == before
    relations.unlink_duplicate(case, actor=as_actor(editor), expected_version=case.version, now=NOW)
    assert everything_of(case) == before
    assert (case.status, case.lead_id) == ("in_review", None)


def test_when_the_reader_of_the_leading_case_takes_it_back_the_oldest_leads_the_others(
    article: Article, editor: StaffMember
) -> None:
    lead, *joined = (make_case(article, text=f"بلاغ {number}.") for number in range(4))
    for case in joined:
        join(case, lead, editor)
    withdrawal.withdraw(lead, now=NOW)
    first, *others = [Case.objects.get(pk=case.pk) for case in joined]
    assert (first.status, first.lead_id) == ("in_review", None)
    assert [(other.status, other.lead_id) for other in others] == [("duplicate", first.pk)] * 2
    decided(first, editor, Proposal("not_upheld", "none", "كما نُشر."))
    assert [other.events.latest("pk").happening for other in others] == ["lead_decided"] * 2


def test_a_case_that_leads_others_does_not_become_of_another_kind(article: Article, editor: StaffMember) -> None:
    lead = make_case(article)
    join(make_case(article), lead, editor)
    guard: dict[str, Any] = {"actor": as_actor(editor), "expected_version": lead.version, "now": NOW}
    with pytest.raises(Refused) as refused:
        assignment.change_kind(lead, "complaint", clause_keys=("fairness",), **guard)
    assert [fault.field for fault in refused.value.faults] == ["kind"]


@given(
    clauses=st.sets(st.sampled_from(["fairness", "privacy", "accuracy"]), min_size=1),
    relation=st.sampled_from(["reader", "subject", "behalf", "family", "unsaid"]),
    sought=st.sets(st.sampled_from(["correction", "reply", "apology", "other"])),
    turns=st.integers(1, 3),
)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_complaint_that_becomes_a_correction_and_one_again_has_lost_nothing(
    article: Article,
    standards_editor: StaffMember,
    clauses: set[str],
    relation: str,
    sought: set[str],
    turns: int,
) -> None:
    case = make_case(
        article,
        kind="complaint",
        clause_keys=tuple(clauses),
        relation=relation,
        sought=tuple(sought),
        address="r@a.org",
    )
    before, promised = everything_of(case), case.decision_due_at
    for kind in ["correction", "complaint"] * turns:
        assignment.change_kind(case, kind, actor=as_actor(standards_editor), expected_version=case.version, now=NOW)
    # What a correction must have is all that came to it.
    assert {**everything_of(case), "problem": ""} == before
    assert case.decision_due_at >= promised
    assert (
        letters_to(case).count("kind_changed")
        == Delivery.objects.filter(event__case=case, event__happening="kind_changed").count()
    )


@given(problem=st.sampled_from(["fact", "missing", "quotation", "picture", "spelling", "other"]))
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_correction_that_becomes_a_complaint_and_one_again_has_lost_nothing(
    article: Article, standards_editor: StaffMember, problem: str
) -> None:
    case = make_case(article, problem=problem)
    before = everything_of(case)
    guard: dict[str, Any] = {"actor": as_actor(standards_editor), "now": NOW}
    assignment.change_kind(case, "complaint", clause_keys=("fairness",), expected_version=case.version, **guard)
    assignment.change_kind(case, "correction", expected_version=case.version, **guard)
    assert {**everything_of(case), "clauses": [], "relation": ""} == before


def test_the_fault_of_joining_names_the_case_that_stands_in_the_way(article: Article, editor: StaffMember) -> None:
    first, second, third, fourth = (make_case(article) for _each in range(4))
    join(first, second, editor)
    Case.objects.filter(pk=fourth.pk).update(status="withdrawn")
    expected = {
        (second, third): "ضُمت إلى هذا الطلب طلبات أخرى. يلزم فصلها قبل ضمه إلى غيره",
        (third, first): "لا يصلح ذلك الطلب طلبًا رئيسًا: فهو مضموم إلى غيره",
        (third, fourth): "لا يصلح ذلك الطلب طلبًا رئيسًا: فقد سُحب",
    }
    said = {}
    for case, lead in expected:
        with pytest.raises(Refused) as refused, translation.override("ar"):
            join(case, lead, editor)
        with translation.override("ar"):
            said[case, lead] = str(refused.value.faults[0].message)
    assert said == expected
