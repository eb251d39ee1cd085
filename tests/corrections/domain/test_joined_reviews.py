"""Reviews that several readers ask for whom one decision answers, and reviews that are taken back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from corrections.domain import (
    assignment,
    decisions,
    handover,
    reader_page,
    relations,
    reviews,
    statistics,
    undo,
    withdrawal,
)
from corrections.domain.access import NotAllowed, fetch_case
from corrections.domain.intake import Receipted
from corrections.domain.opening import fetch_opened
from corrections.domain.periods import Period
from corrections.domain.proposal import Proposal
from corrections.domain.punctuality import Reviews
from corrections.models import Case, Decision, Delivery, Message
from corrections.workflow import MoveNotAllowed
from newsroom.models import Article, StaffMember
from tests.corrections.desk.steps import address_of
from tests.corrections.reader.pages import open_case, press
from tests.factories import NOW, as_actor, make_case, make_staff, submit

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
TAKE_BACK = "/ar/my-case/review/take-back/"
LATER = NOW + DAY
AS_BEFORE, OTHERWISE = Proposal("not_upheld", "none", "كما نُشر."), Proposal("upheld", "none", "خطأ.")


def fresh(case: Case) -> Case:
    """A case as its reader has opened it."""
    opened = fetch_opened(case.pk)
    assert opened
    return opened


def guard(case: Case, member: StaffMember, now: Any = NOW) -> dict[str, Any]:
    return {"actor": as_actor(member), "expected_version": case.version, "now": now}


def decide(case: Case, member: StaffMember, proposal: Proposal = AS_BEFORE, now: Any = NOW) -> Decision:
    case = Case.objects.get(pk=case.pk)
    if case.status != "in_review" or case.assigned_to_id is None:
        assignment.claim(case, **guard(case, member, now))
    return decisions.decide(case, proposal, **guard(case, member, now))


def join(case: Case, lead: Case, member: StaffMember, now: Any = NOW) -> None:
    case = Case.objects.get(pk=case.pk)
    relations.link_duplicate(case, Case.objects.get(pk=lead.pk), **guard(case, member, now))


def ask(case: Case, reason: str = "التقرير يقول غير ذلك.", now: Any = LATER) -> None:
    reviews.ask(fresh(case), reason, source="192.0.2.7", now=now)


def take_back(case: Case, now: Any = LATER + DAY) -> None:
    reviews.take_back(fresh(case), now=now)


def letters_since(last: int) -> set[tuple[int, str]]:
    """To the readers of which cases which letters were written."""
    written = Delivery.objects.filter(pk__gt=last, audience="reader")
    return set(written.values_list("event__case", "template"))


def test_the_record_of_the_leading_case_holds_why_the_readers_of_joined_reports_ask(
    article: Article, standards_editor: StaffMember, editor: StaffMember
) -> None:
    lead, late = make_case(article), make_case(article, text="كلمات أخرى.")
    join(late, lead, editor)
    decide(lead, editor)
    ask(late, "لم تُراجع الوثيقة.")
    actor = as_actor(standards_editor)
    record = handover.case_record(fetch_case(actor, lead.year, lead.sequence), actor=actor, now=LATER)
    assert [(each.case, each.text) for each in record.joined_words] == [(late, "لم تُراجع الوثيقة.")]


def last_letter() -> int:
    return Delivery.objects.latest("pk").pk


def live(case: Case) -> list[int]:
    return list(Decision.objects.filter(case=case, state="live").values_list("pk", flat=True))


def page_of(case: Case) -> reader_page.ReaderPage:
    return reader_page.reader_page(fresh(case))


def stages_of(cases: list[Case]) -> set[str]:
    with translation.override("en"):
        return {str(page_of(each).stage) for each in cases}


@pytest.fixture
def receipts(article: Article, editor: StaffMember) -> list[Receipted]:
    """A decided report and two that are joined to it, one of them in English; all have addresses."""
    found = [
        submit(article, language=language, text=f"{name} 1,200", wants_mail=True, address=f"{name}@example.org")
        for name, language in (("lead", "ar"), ("second", "ar"), ("third", "en"))
    ]
    for each in found[1:]:
        join(each.case, found[0].case, editor)
    decide(found[0].case, editor)
    return found


@pytest.fixture
def cases(receipts: list[Receipted]) -> list[Case]:
    return [each.case for each in receipts]


def test_a_joined_reader_asks_for_a_review_of_the_case_that_answers(cases: list[Case]) -> None:
    lead, second, _third = cases
    last = last_letter()
    ask(second, "كلماتي أنا")
    now_lead = Case.objects.get(pk=lead.pk)
    assert (now_lead.status, now_lead.review_asked_at, live(lead)) == ("in_review", LATER, [])
    assert Message.objects.get(purpose="review").case_id == second.pk
    assert Case.objects.get(pk=second.pk).status == "duplicate"
    assert [each.events.latest("sequence").happening for each in cases] == [
        "joined_review_asked",
        "review_asked",
        "lead_decided",
    ]
    assert letters_since(last) == {(lead.pk, "under_review"), (second.pk, "review_received")}
    told = Delivery.objects.filter(pk__gt=last, template="review_asked").values_list("event__case", flat=True)
    assert set(told) <= {lead.pk}
    assert stages_of(cases) == {"Decision under review"}


def test_who_decided_first_decides_no_review_that_a_joined_reader_asks_for(
    cases: list[Case], editor: StaffMember, second_editor: StaffMember
) -> None:
    ask(cases[1])
    with pytest.raises(NotAllowed):
        decide(cases[0], editor, now=LATER + DAY)
    decide(cases[0], second_editor, now=LATER + DAY)
    assert len(live(cases[0])) == 1


@pytest.mark.parametrize("is_changed", [False, True])
def test_the_answer_reaches_who_asked_and_where_it_is_another_all(
    cases: list[Case], second_editor: StaffMember, is_changed: bool
) -> None:
    lead, second, third = cases
    ask(second)
    last = last_letter()
    decide(lead, second_editor, OTHERWISE if is_changed else AS_BEFORE, LATER + DAY)
    everybody = {(each.pk, "decision") for each in cases}
    assert letters_since(last) == (everybody if is_changed else everybody - {(third.pk, "decision")})
    pages = [page_of(each) for each in cases]
    assert {page.decision.pk for page in pages if page.decision} == set(live(lead))
    assert [page.reviewed is not None for page in pages] == [True] * 3
    assert [page.review_until for page in pages] == [None] * 3


def test_each_reader_sees_only_the_own_words(receipts: list[Receipted], reader: Client) -> None:
    lead, second, third = receipts
    ask(second.case, "سر الثاني")
    ask(third.case, "The third one’s secret", LATER)
    ask(lead.case, "سر الأول", LATER)
    secrets = ["سر الأول", "سر الثاني", "The third one’s secret"]
    for number, each in enumerate(receipts):
        browser = Client()
        open_case(browser, each)
        page = browser.get("/ar/my-case/").content.decode()
        assert [secret in page for secret in secrets] == [number == other for other in range(3)]


def test_the_desk_reads_on_the_leading_case_why_joined_readers_ask(
    cases: list[Case], signed_in: Callable[[StaffMember], Client], second_editor: StaffMember
) -> None:
    ask(cases[1], "كلماتي أنا")
    page = signed_in(second_editor).get(address_of(cases[0])).content.decode()
    assert ("كلماتي أنا" in page, cases[1].number in page) == (True, True)


def test_each_reader_asks_once_and_in_the_own_time(article: Article, cases: list[Case], editor: StaffMember) -> None:
    late = make_case(article, text="متأخر", now=NOW + 10 * DAY)
    ends = page_of(cases[1]).review_until
    assert ends
    join(late, cases[0], editor, NOW + 10 * DAY)
    assert (page_of(late).review_until or ends) > ends
    with pytest.raises(reviews.ReviewNotOpen):
        ask(cases[1], now=ends + DAY)
    ask(late, now=ends + DAY)
    assert page_of(late).review_until is None
    for again in (late, cases[1]):
        with pytest.raises(reviews.ReviewNotOpen):
            ask(again, now=ends + 2 * DAY)


def test_what_is_separated_again_has_a_decision_and_a_review_of_its_own(
    cases: list[Case], second_editor: StaffMember
) -> None:
    lead, second, _third = cases
    ask(second)
    case = Case.objects.get(pk=second.pk)
    relations.unlink_duplicate(case, **guard(case, second_editor, LATER))
    assert (page_of(second).asks_review, page_of(second).reviewed) == (False, None)
    decide(second, second_editor, now=LATER + DAY)
    ask(second, now=LATER + 2 * DAY)
    assert Case.objects.get(pk=second.pk).review_asked_at == LATER + 2 * DAY
    assert Case.objects.get(pk=lead.pk).review_asked_at == LATER


def test_who_was_joined_to_an_undecided_report_has_nothing_to_review(article: Article, editor: StaffMember) -> None:
    lead, joined = make_case(article), make_case(article)
    join(joined, lead, editor)
    assert page_of(joined).review_until is None
    with pytest.raises(reviews.ReviewNotOpen):
        ask(joined)


def test_who_is_joined_while_the_review_runs_is_told_nothing_of_the_first_decision(
    article: Article, cases: list[Case], second_editor: StaffMember
) -> None:
    ask(cases[0])
    late = make_case(article)
    join(late, cases[0], second_editor, LATER)
    page = page_of(late)
    assert (page.reviewed, page.review_until, page.asks_review) == (None, None, False)


def test_a_second_request_joins_the_review_and_moves_no_clock(cases: list[Case]) -> None:
    lead, second, third = cases
    ask(second)
    due = Case.objects.get(pk=lead.pk).decision_due_at
    ask(third, "again", LATER + DAY)
    ask(lead, "أنا أيضًا", LATER + DAY)
    now_lead = Case.objects.get(pk=lead.pk)
    assert (now_lead.decision_due_at, now_lead.review_asked_at) == (due, LATER)
    assert reviews.askers(now_lead) == {each.pk for each in cases}


def everything_of(case: Case) -> dict[str, Any]:
    row = Case.objects.get(pk=case.pk)
    kept = ("status", "waiting_on", "decided_at", "decision_due_at", "review_asked_at", "paused_at", "question_due_at")
    return {name: getattr(row, name) for name in kept}


def test_a_review_that_is_taken_back_leaves_the_first_decision_as_it_was(cases: list[Case]) -> None:
    lead = cases[0]
    before, decision = everything_of(lead), live(lead)
    ask(lead)
    assert live(lead) == []
    take_back(lead)
    assert (everything_of(lead), live(lead)) == (before, decision)
    assert [event.happening for event in lead.events.order_by("-sequence")[:1]] == ["review_withdrawn"]
    assert Case.objects.get(pk=lead.pk).review_withdrawn_at == LATER + DAY
    page = page_of(lead)
    assert (page.reviewed, page.decision and page.decision.pk, page.review_until) == (None, decision[0], None)
    assert (page.asks_review, page.may_withdraw) == (False, False)
    with pytest.raises(reviews.NotAsking):
        take_back(lead)


def test_a_proposal_that_waited_for_its_signature_decides_nothing_when_the_review_is_taken_back(
    article: Article,
) -> None:
    people = [make_staff("standards_editor") for _each in range(4)]
    case = make_case(article, kind="complaint")
    decide(case, people[0])
    case = Case.objects.get(pk=case.pk)
    decisions.sign(case, **guard(case, people[1]))
    decision = live(case)
    ask(case)
    decide(case, people[2], now=LATER + DAY)
    take_back(case, LATER + 2 * DAY)
    states = sorted(Decision.objects.filter(case=case).values_list("state", flat=True))
    assert (states, live(case)) == (["live", "taken_back"], decision)
    assert Case.objects.get(pk=case.pk).waiting_on == ""


def test_while_a_review_runs_the_report_itself_is_not_withdrawn(cases: list[Case]) -> None:
    ask(cases[1])
    assert [page_of(each).may_withdraw for each in cases] == [False] * 3
    with pytest.raises(MoveNotAllowed):
        withdrawal.withdraw(fresh(cases[0]), now=LATER)
    with pytest.raises(reviews.NotAsking):
        take_back(cases[0])


def test_a_review_goes_on_as_long_as_anybody_asks_for_it(cases: list[Case]) -> None:
    lead, second, third = cases
    decision = live(lead)
    for each in cases:
        ask(each)
    for each in (second, lead):
        take_back(each)
        assert Case.objects.get(pk=lead.pk).status == "in_review"
    last = last_letter()
    take_back(third)
    assert (Case.objects.get(pk=lead.pk).status, live(lead)) == ("decided", decision)
    assert letters_since(last) == {(lead.pk, "review_ended")}
    assert stages_of(cases) == {"No change (reasons given)"}


def test_a_review_that_was_decided_is_not_taken_back(
    cases: list[Case], second_editor: StaffMember, standards_editor: StaffMember
) -> None:
    ask(cases[1])
    decide(cases[0], second_editor, OTHERWISE, LATER + DAY)
    with pytest.raises(reviews.NotAsking):
        take_back(cases[1])
    case = Case.objects.get(pk=cases[0].pk)
    decisions.reopen(case, "سبب", **guard(case, standards_editor, LATER + 2 * DAY))
    with pytest.raises(reviews.NotAsking):
        take_back(cases[1], LATER + 3 * DAY)


def test_a_decision_of_a_review_that_is_undone_can_still_be_taken_back_by_the_reader(
    cases: list[Case], second_editor: StaffMember, settings: Any
) -> None:
    settings.DELIVERY_HOLD_SECONDS = 15
    lead, decision = cases[0], live(cases[0])
    ask(cases[1])
    decide(lead, second_editor, OTHERWISE, LATER + DAY)
    case = Case.objects.get(pk=lead.pk)
    undo.undo(case, case.events.filter(happening="decided").latest("pk"), **guard(case, second_editor, LATER + DAY))
    take_back(cases[1], LATER + 2 * DAY)
    assert live(lead) == decision


def test_reviews_that_were_taken_back_are_counted_as_such(cases: list[Case]) -> None:
    period = Period(NOW.date(), NOW.date())

    def counted() -> Reviews:
        return statistics.statistics(period, actor=None, now=LATER + 3 * DAY).reviews

    before = statistics.statistics(period, actor=None, now=LATER)
    ask(cases[1])
    assert counted() == Reviews(asked=1, changed=0, as_before=0, taken_back=0, undecided=1)
    take_back(cases[1])
    assert counted() == Reviews(asked=1, changed=0, as_before=0, taken_back=1, undecided=0)
    after = statistics.statistics(period, actor=None, now=LATER)
    assert (after.findings, after.decisions, after.decision_takes, after.review_takes) == (
        before.findings,
        before.decisions,
        before.decision_takes,
        before.review_takes,
    )


def test_the_reader_takes_a_review_back_on_the_page(receipts: list[Receipted], reader: Client) -> None:
    open_case(reader, receipts[1])
    ask(receipts[1].case)
    assert TAKE_BACK in reader.get("/ar/my-case/").content.decode()
    assert press(reader, "/ar/my-case/", TAKE_BACK).status_code == 303
    page = reader.get("/ar/my-case/").content.decode()
    assert (TAKE_BACK in page, "كما نُشر." in page) == (False, True)
    assert press(reader, "/ar/my-case/", TAKE_BACK).status_code == 303
    assert Case.objects.get(pk=receipts[0].case.pk).status == "decided"
