"""One action on many cases: what the preview says, what happens, and that both are what a single action would be."""

import base64
import re
import zlib
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from corrections.domain import assignment, bulk_actions, job_running, moves
from corrections.domain.bulk_preview import LetterCount
from corrections.domain.bulk_selection import SelectionUnreadable, pack, unpack
from corrections.domain.decisions import decide
from corrections.domain.proposal import Proposal
from corrections.enums import Severity
from corrections.job_enums import BulkAction
from corrections.models import Case, Delivery, Event, Identity, Job, JobItem, Message
from corrections.work_choices import HoldReason
from newsroom.models import Article, Section, StaffMember
from tests.corrections.desk.steps import fields_in, happenings, now, page_address, press, stored, text_of
from tests.corrections.desk.test_queue import queries_of
from tests.factories import as_actor, make_article, make_case, make_section, make_staff

BULK, START = "/ar/desk/bulk/", "/ar/desk/bulk/start/"
PREVIEW = "/ar/desk/bulk/preview/"


def choose(client: Client, action: str, cases: list[Case] | None = None, **more: Any) -> Any:
    """The page that follows the list's bar."""
    numbers = [case.number for case in cases or []]
    return client.post(BULK, {"action": action, "case": numbers, "filters": "view=all", **more})


def previewed(client: Client, action: str, cases: list[Case] | None = None, **fields: Any) -> Any:
    """The page with the preview, come to as a person comes to it."""
    page = choose(client, action, cases, **({} if cases else {"whole_view": "1"}))
    if page.context["preview"]:
        return page
    selection = fields_in(page.content.decode(), "selection")[0]
    return client.post(PREVIEW, {"action": action, "selection": selection, **fields})


def started(client: Client, page: Any) -> Job:
    """Presses the button under a preview."""
    form = page.content.decode().partition("/desk/bulk/start/")[2]
    names = ("action", "selection", "key", "filters", "assignee", "severity", "reason", "lead", "until")
    fields = {name: value[0] for name in (*names, "text_ar", "text_en") if (value := fields_in(form, name))}
    answer = client.post(START, fields)
    assert answer.status_code == 302, text_of(answer)
    return Job.objects.get(pk=int(answer["Location"].rstrip("/").rpartition("/")[2]))


def carry_out() -> None:
    job_running.carry_out_due(now)


def results(job: Job) -> dict[int, str]:
    return dict(job.items.values_list("case", "state"))


def mails_since(last: int) -> Counter[LetterCount]:
    rows = Delivery.objects.filter(pk__gt=last).values_list("template", "audience", "language", "status")
    return Counter(LetterCount(*row) for row in rows)


@pytest.fixture
def cases(article: Article, english_article: Article) -> list[Case]:
    """Two in Arabic with confirmed addresses, one in English with one that is not, one without an address."""
    return [
        make_case(article, now=now(), address="one@example.org", wants_mail=True),
        make_case(article, now=now(), address="two@example.org", wants_mail=True),
        make_case(english_article, now=now(), address="three@example.org", wants_mail=True, confirmed=False),
        make_case(article, now=now()),
    ]


def test_choosing_and_seeing_beforehand_writes_nothing(
    desk: Client, cases: list[Case], row_counts: Callable[[], dict[str, int]]
) -> None:
    before = row_counts()
    page = previewed(desk, "write", cases, text_ar="شكرًا.", text_en="Thank you.")
    assert (page.status_code, page.context["preview"].able) == (200, 4)
    assert previewed(desk, "hold", cases, reason="campaign").context["preview"].able == 4
    assert row_counts() == before


@pytest.mark.parametrize("action", sorted(set(BulkAction.values) - {"undo"}))
def test_what_the_preview_says_is_what_happens(
    desk: Client, cases: list[Case], editor: StaffMember, second_editor: StaffMember, article: Article, action: str
) -> None:
    lead = make_case(article, now=now())
    moves.hold(cases[0], "campaign", actor=as_actor(editor), expected_version=1, now=now())
    assignment.claim(cases[1], actor=as_actor(editor), expected_version=1, now=now())
    fields = {
        "until": f"{now() + timedelta(days=3):%d/%m/%Y}",
        "assignee": second_editor.pk,
        "severity": "serious",
        "reason": "campaign",
        "lead": lead.number,
        "text_ar": "وصلت الملاحظة.",
    }
    page = previewed(desk, action, cases, **fields)
    shown, last = page.context["preview"], Delivery.objects.latest("pk").pk
    versions = {case.pk: stored(case).version for case in cases}
    if not shown.able:
        assert sum(group.count for group in shown.left_out.values()) == 4
        return
    job = started(desk, page)
    assert {stored(case).version for case in cases} == set(versions.values()), "nothing is done in the request"
    carry_out()
    assert set(results(job).values()) == {"done"}
    assert len(results(job)) == shown.able
    assert mails_since(last) == shown.letters
    for case in cases:
        assert stored(case).version == versions[case.pk] + (case.pk in results(job))
    job.refresh_from_db()
    assert job.done_at is not None


def test_many_cases_are_not_joined_to_a_decision_that_one_may_not_give(
    desk: Client, article: Article, standards_editor: StaffMember
) -> None:
    lead, late = (make_case(article, now=now(), kind="complaint", text=text) for text in ("شكوى.", "شكوى أخرى."))
    guard: dict[str, Any] = {"actor": as_actor(standards_editor), "now": now()}
    assignment.claim(lead, expected_version=lead.version, **guard)
    page = previewed(desk, "join", [late], lead=lead.number)
    assert page.context["preview"].able == 1
    proposal = Proposal("upheld", "none", "صحيح.", clause_keys=("fairness",))
    decide(lead, proposal, expected_version=lead.version, **guard)
    again = previewed(desk, "join", [late], lead=lead.number)
    assert set(again.context["preview"].left_out) == {"answer"}
    job = started(desk, page)
    carry_out()
    assert list(job.items.values_list("state", "obstacle")) == [("refused", "answer")]
    assert happenings(late) == ["received"]


@pytest.mark.parametrize("way", ["duplicate", "gather"])
def test_one_complaint_is_not_joined_by_an_editor_to_one_that_is_decided(
    desk: Client, article: Article, standards_editor: StaffMember, way: str
) -> None:
    lead, late = (make_case(article, now=now(), kind="complaint", text=text) for text in ("شكوى.", "شكوى أخرى."))
    guard: dict[str, Any] = {"actor": as_actor(standards_editor), "now": now()}
    assignment.claim(lead, expected_version=lead.version, **guard)
    proposal = Proposal("upheld", "none", "صحيح.", clause_keys=("fairness",))
    decide(lead, proposal, expected_version=lead.version, **guard)
    pressed = {"duplicate": (late, {"lead": lead.number}), "gather": (lead, {"other": late.number})}
    case, fields = pressed[way]
    answer = press(desk, case, way, **fields)
    assert (answer.status_code, "صدر القرار في الطلب الرئيس" in text_of(answer)) == (422, True)
    assert happenings(late) == ["received"]


def test_a_bulk_action_skips_no_rule_no_event_and_no_mail(desk: Client, cases: list[Case], article: Article) -> None:
    single = make_case(article, now=now(), address="single@example.org", wants_mail=True)
    desk.post(f"/ar/desk/cases/{single.year}/{single.sequence}/message/", {"text": "شكرًا.", "expected_version": 1})
    started(desk, previewed(desk, "write", cases, text_ar="شكرًا.", text_en="Thanks."))
    carry_out()
    for case in cases:
        assert happenings(case) == happenings(single)
        assert stored(case).first_reply_at is not None
    texts = dict(Message.objects.filter(case__in=cases, purpose="to_reader").values_list("case", "text"))
    assert [texts[case.pk] for case in cases] == ["شكرًا.", "شكرًا.", "Thanks.", "شكرًا."]
    assert Delivery.objects.filter(event__case=cases[0], template="message").count() == 1


def test_every_choice_of_a_bulk_action_is_written_as_a_single_action_writes_it(
    desk: Client, article: Article, second_editor: StaffMember
) -> None:
    day = f"{now() + timedelta(days=3):%d/%m/%Y}"
    asked: list[tuple[str, dict[str, Any]]] = [
        *(("hold", {"reason": reason}) for reason in HoldReason.values),
        *(("severity", {"severity": severity}) for severity in ("serious", "minor", "safety")),
        ("assign", {"assignee": second_editor.pk}),
        ("snooze", {"until": day}),
    ]
    for action, fields in asked:
        single, one_of_many = make_case(article, now=now()), make_case(article, now=now())
        press(desk, single, action, **fields)
        started(desk, previewed(desk, action, [one_of_many], **fields))
        carry_out()
        events = [stored(case).events.latest("sequence") for case in (single, one_of_many)]
        assert (events[0].happening, events[0].data) == (events[1].happening, events[1].data)
        kept = [
            (each.status, each.severity, each.assigned_to_id, each.snoozed_until)
            for each in (stored(single), stored(one_of_many))
        ]
        assert kept[0] == kept[1], action


def test_that_cases_are_no_longer_sorted_is_said_before_it_is_done(desk: Client, cases: list[Case]) -> None:
    for case in cases:
        press(desk, case, "severity", severity="minor")
    assert previewed(desk, "severity", cases, severity="").context["instruction"] == Severity.UNSORTED.label


def test_who_has_no_text_in_their_language_is_left_out(desk: Client, cases: list[Case]) -> None:
    shown = previewed(desk, "write", cases, text_ar="شكرًا.").context["preview"]
    assert (shown.able, {reason.value: group.count for reason, group in shown.left_out.items()}) == (3, {"no_text": 1})


def test_a_case_that_changed_after_the_preview_is_not_touched(
    desk: Client, cases: list[Case], second_editor: StaffMember
) -> None:
    page = previewed(desk, "take", cases)
    assignment.claim(cases[0], actor=as_actor(second_editor), expected_version=1, now=now())
    job = started(desk, page)
    carry_out()
    assert results(job) == {cases[0].pk: "changed", **{case.pk: "done" for case in cases[1:]}}
    assert stored(cases[0]).assigned_to == second_editor


def test_rules_are_asked_again_when_it_is_done(desk: Client, cases: list[Case], editor: StaffMember) -> None:
    page = previewed(desk, "hold", cases, reason="campaign")
    job = started(desk, page)
    StaffMember.objects.filter(pk=editor.pk).update(role="author")
    carry_out()
    assert set(results(job).values()) == {"refused"}
    assert {item.obstacle for item in job.items.all()} <= {"rules", "not_found"}
    assert {stored(case).status for case in cases} == {"new"}


def test_complaints_about_ones_own_article_are_never_in_it(conflicted: Client, complaint: Case, case: Case) -> None:
    other = make_case(make_article("en"), now=now())
    for page in (previewed(conflicted, "take", [complaint, case, other]), previewed(conflicted, "take")):
        shown = page.context["preview"]
        assert (shown.total, shown.able) == (2, 1)
        assert complaint.number not in page.content.decode()
        assert [reason.value for reason in shown.left_out] == ["own_article"]
    forged = pack([(complaint.pk, 1), (other.pk, 1)])
    answer = conflicted.post(START, {"action": "take", "selection": forged, "key": "k"})
    assert [item.case for item in JobItem.objects.all()] == [other]
    only = conflicted.post(START, {"action": "take", "selection": pack([(complaint.pk, 1)]), "key": "l"})
    assert (answer.status_code, only.status_code, Job.objects.count()) == (302, 422, 1)


def works_on(member: StaffMember, section: Section) -> None:
    StaffMember.objects.filter(pk=member.pk).update(section_ids=[section.pk])


def test_who_works_on_other_sections_is_given_no_case_of_this_one(
    desk: Client, cases: list[Case], second_editor: StaffMember
) -> None:
    works_on(second_editor, make_section("sport"))
    shown = previewed(desk, "assign", cases, assignee=second_editor.pk).context["preview"]
    assert (shown.able, [reason.value for reason in shown.left_out]) == (0, ["assignee"])
    works_on(second_editor, cases[0].article.section)
    assert previewed(desk, "assign", cases, assignee=second_editor.pk).context["preview"].able == 4


def test_a_whole_view_holds_the_cases_of_ones_own_sections(
    desk: Client, cases: list[Case], editor: StaffMember
) -> None:
    make_case(make_article("ar", section=make_section("sport")), now=now())
    assert previewed(desk, "take").context["preview"].able == 5
    works_on(editor, make_section("sport"))
    assert previewed(desk, "take").context["preview"].able == 1


def test_a_whole_view_is_fixed_when_it_is_chosen(desk: Client, cases: list[Case], article: Article) -> None:
    page = choose(desk, "take", whole_view="1", filters="view=unassigned&language=ar")
    assert page.context["preview"].able == 3
    late = make_case(article, now=now())
    started(desk, page)
    carry_out()
    assert [stored(case).status for case in (*cases, late)] == ["in_review", "in_review", "new", "in_review", "new"]


def test_pressing_twice_starts_one_job(desk: Client, cases: list[Case]) -> None:
    page = previewed(desk, "take", cases)
    assert started(desk, page) == started(desk, page)
    carry_out()
    assert (Job.objects.count(), Event.objects.filter(happening="claimed").count()) == (1, 4)


@pytest.mark.parametrize(
    ("action", "fields", "wrong"),
    [
        ("assign", {"assignee": ""}, "assignee"),
        ("assign", {"assignee": "999999"}, "assignee"),
        ("assign", {"assignee": "x"}, "assignee"),
        ("severity", {"severity": "terrible"}, "severity"),
        ("hold", {"reason": ""}, "reason"),
        ("snooze", {"until": "32/11/2026"}, "until"),
        ("snooze", {"until": "01/01/2020"}, "until"),
        ("join", {"lead": "2025/999999"}, "lead"),
        ("join", {"lead": "أي رقم"}, "lead"),
        ("write", {"text_ar": "  ", "text_en": ""}, "text_ar"),
        ("write", {"text_en": "x" * 4001}, "text_en"),
        ("write", {"text_ar": "وجدنا [[ما وجدنا]]."}, "text_ar"),
        ("write", {"text_en": "Your report {number} has arrived."}, "text_en"),
    ],
)
def test_what_is_wrong_stands_at_its_field_and_nothing_typed_is_lost(
    desk: Client, cases: list[Case], action: str, fields: dict[str, str], wrong: str
) -> None:
    page = previewed(desk, action, cases, **fields)
    assert (page.status_code, list(page.context["form"].errors)) == (422, [wrong])
    for name, value in fields.items():
        if action not in ("assign", "hold") and name != "severity":
            assert fields_in(page.content.decode(), name)[0].strip() == value.strip()
    assert page.context["chosen"] == 4


def test_the_list_offers_every_action_and_leads_to_the_preview(desk: Client, cases: list[Case]) -> None:
    page = desk.get("/ar/desk/?view=all").content.decode()
    offered = set(re.findall(r'<option value="(\w+)"', page.partition('id="bulk-action"')[2].partition("</select>")[0]))
    assert offered == set(BulkAction.values) - {"undo"}
    assert 'formaction="/ar/desk/bulk/"' in page


def test_nothing_chosen_and_nothing_to_do_are_said(desk: Client, cases: list[Case]) -> None:
    assert choose(desk, "take").status_code == 422
    assert choose(desk, "", cases).status_code == 422
    assert choose(desk, "undo", cases).status_code == 422
    assert desk.post(START, {"action": "take", "selection": "?", "key": "k"}).status_code == 422
    assert desk.post(START, {"action": "undo", "selection": pack([(cases[0].pk, 1)])}).status_code == 422
    assert Job.objects.count() == 0


def test_an_expired_form_keeps_what_was_typed(strict_desk: Client, cases: list[Case]) -> None:
    selection = pack([(cases[0].pk, 1)])
    page = strict_desk.post(PREVIEW, {"action": "write", "selection": selection, "text_ar": "نص طويل"})
    assert fields_in(page.content.decode(), "text_ar") == ["نص طويل"]
    assert strict_desk.post(BULK, {"action": "take", "case": cases[0].number}).status_code == 302
    assert Job.objects.count() == 0


def test_cancelling_leaves_undone_what_is_not_done_yet(desk: Client, cases: list[Case]) -> None:
    job = started(desk, previewed(desk, "take", cases))
    job_running._settle(
        job.items.earliest("pk"),
        bulk_actions.kept_instruction(job.action, job.choice, job.texts),
        as_actor(StaffMember.objects.get(pk=job.made_by_id)),
        now(),
    )
    desk.post(f"/ar/desk/jobs/{job.pk}/cancel/")
    carry_out()
    assert Counter(results(job).values()) == {"done": 1, "cancelled": 3}
    assert [stored(case).status for case in cases] == ["in_review", "new", "new", "new"]
    assert "أُلغي" in text_of(desk.get(f"/ar/desk/jobs/{job.pk}/"))


def undone(client: Client, job: Job) -> Job:
    """Presses "undo all of it" on the job's page and lets the worker come by."""
    page = client.get(f"/ar/desk/jobs/{job.pk}/").content.decode()
    answer = client.post(f"/ar/desk/jobs/{job.pk}/undo/", {"key": fields_in(page, "key")[0]})
    assert answer.status_code == 302
    carry_out()
    return Job.objects.get(undoes=job)


def test_a_whole_job_is_taken_back_with_a_result_for_each_case(
    desk: Client, cases: list[Case], editor: StaffMember, second_editor: StaffMember
) -> None:
    job = started(desk, previewed(desk, "take", cases))
    carry_out()
    # What somebody else does later stays, and so does what it builds on.
    assignment.assign(stored(cases[0]), second_editor, actor=as_actor(editor), expected_version=2, now=now())
    taken_back = undone(desk, job)
    assert results(taken_back) == {cases[0].pk: "refused", **{case.pk: "done" for case in cases[1:]}}
    assert taken_back.items.get(case=cases[0]).obstacle == "no_way_back"
    assert [(stored(case).status, stored(case).assigned_to_id) for case in cases[1:]] == [("new", None)] * 3
    assert [happenings(case)[-1] for case in cases[1:]] == ["undone"] * 3
    assert desk.post(f"/ar/desk/jobs/{job.pk}/undo/")["Location"] == f"/ar/desk/jobs/{taken_back.pk}/"
    assert Job.objects.count() == 2


def test_letters_that_wait_are_recalled_and_those_that_are_out_keep_their_case(
    desk: Client, cases: list[Case], settings: Any
) -> None:
    settings.DELIVERY_HOLD_SECONDS = 15
    job = started(desk, previewed(desk, "write", cases, text_ar="شكرًا.", text_en="Thanks."))
    carry_out()
    Delivery.objects.filter(event__case=cases[0], template="message").update(status="sent", sent_at=now())
    taken_back = undone(desk, job)
    assert Counter(results(taken_back).values()) == {"done": 3, "refused": 1}
    assert results(taken_back)[cases[0].pk] == "refused"
    assert Delivery.objects.get(event__case=cases[1], template="message").status == "recalled"


def test_cases_that_somebody_no_longer_sees_are_counted_and_taken_back_nowhere(
    desk: Client, cases: list[Case], editor: StaffMember
) -> None:
    job = started(desk, previewed(desk, "take", cases))
    carry_out()
    works_on(editor, make_section("sport"))
    [(listed, _label, _sentence)] = desk.get("/ar/desk/jobs/").context["jobs"]
    assert (listed.settled, listed.seen) == (0, 0)
    assert desk.post(f"/ar/desk/jobs/{job.pk}/undo/").status_code == 409
    assert Job.objects.count() == 1


def test_what_runs_and_what_takes_back_is_not_taken_back(desk: Client, cases: list[Case]) -> None:
    job = started(desk, previewed(desk, "take", cases))
    refused = desk.post(f"/ar/desk/jobs/{job.pk}/undo/")
    assert (refused.status_code, "/undo/" in refused.content.decode()) == (409, False)
    carry_out()
    taken_back = undone(desk, job)
    assert desk.post(f"/ar/desk/jobs/{taken_back.pk}/undo/").status_code == 409
    assert Job.objects.count() == 2


def test_one_case_that_fails_stops_no_other(desk: Client, cases: list[Case], monkeypatch: pytest.MonkeyPatch) -> None:
    job = started(desk, previewed(desk, "hold", cases, reason="campaign"))
    genuine = moves.hold

    def failing(case: Case, reason: str, **guard: Any) -> Event:
        event = genuine(case, reason, **guard)
        if case.pk == cases[1].pk:
            raise ZeroDivisionError
        return event

    monkeypatch.setattr(moves, "hold", failing)
    carry_out()
    assert results(job) == {case.pk: "refused" if case is cases[1] else "done" for case in cases}
    assert (stored(cases[1]).version, job.items.get(case=cases[1]).obstacle) == (1, "fault")


def test_a_lease_that_is_over_is_taken_over_and_one_that_runs_is_not(desk: Client, cases: list[Case]) -> None:
    job = started(desk, previewed(desk, "take", cases))
    Job.objects.update(lease_until=now() + timedelta(seconds=60), attempt=1)
    carry_out()
    assert set(results(job).values()) == {"pending"}
    Job.objects.update(lease_until=now() - timedelta(seconds=1))
    carry_out()
    job.refresh_from_db()
    assert (set(results(job).values()), job.attempt) == ({"done"}, 2)


def test_a_worker_that_stops_gives_its_lease_back(desk: Client, cases: list[Case]) -> None:
    job = started(desk, previewed(desk, "take", cases))
    answers = iter([False, False, False, True, True])
    job_running.carry_out_due(now, stopping=lambda: next(answers))
    job.refresh_from_db()
    assert (Counter(results(job).values()), job.lease_until, job.done_at) == ({"done": 2, "pending": 2}, None, None)
    carry_out()
    assert set(results(job).values()) == {"done"}


def test_a_job_is_its_makers_alone(
    desk: Client, standards_desk: Client, cases: list[Case], signed_in: Callable[[StaffMember], Client]
) -> None:
    job = started(desk, previewed(desk, "take", cases))
    for name in ("", "progress/"):
        assert standards_desk.get(f"/ar/desk/jobs/{job.pk}/{name}").status_code == 404
    for name in ("cancel/", "undo/"):
        assert standards_desk.post(f"/ar/desk/jobs/{job.pk}/{name}").status_code == 404
    assert (standards_desk.get("/ar/desk/jobs/").context["jobs"], results(job)[cases[0].pk]) == ([], "pending")
    assert desk.get("/ar/desk/jobs/9223372036854775808/").status_code == 404
    assert signed_in(make_staff("author")).get(f"/ar/desk/jobs/{job.pk}/").status_code == 403


def test_the_page_of_a_job_says_how_far_it_is_and_what_became_of_each_case(desk: Client, cases: list[Case]) -> None:
    job = started(desk, previewed(desk, "take", cases))
    assert desk.get(f"/ar/desk/jobs/{job.pk}/progress/").json() == {
        "settled": 0,
        "sentence": "0 من 4 طلبات",
        "ended": False,
    }
    carry_out()
    page = desk.get(f"/ar/desk/jobs/{job.pk}/")
    assert '<progress class="progress" aria-labelledby="progress-head" max="4" value="4">' in page.content.decode()
    assert all(case.number in text_of(page) for case in cases)
    assert desk.get(f"/ar/desk/jobs/{job.pk}/progress/").json()["ended"] is True
    assert page_address("jobs") == "/ar/desk/jobs/"
    assert "4 من 4 طلبات" in text_of(desk.get("/ar/desk/jobs/"))


def test_a_later_complaint_about_ones_own_article_stands_on_no_page_of_the_job(
    desk: Client, cases: list[Case], editor: StaffMember, article: Article
) -> None:
    job = started(desk, previewed(desk, "take", cases))
    article.bylines.update(staff_member=editor)
    Case.objects.filter(pk=cases[0].pk).update(kind="complaint", was_complaint=True)
    carry_out()
    page = desk.get(f"/ar/desk/jobs/{job.pk}/")
    assert (cases[0].number in text_of(page), page.context["page"].total) == (False, 3)
    assert job.items.get(case=cases[0]).state == "refused"


def test_the_pages_cost_the_same_at_3_cases_and_at_300(desk: Client, article: Article) -> None:
    def cost() -> list[int]:
        page = previewed(desk, "hold", reason="campaign")
        job = started(desk, page)
        carry_out()
        return [queries_of(desk, f"/ar/desk/jobs/{job.pk}/"), queries_of(desk, "/ar/desk/jobs/")]

    for _ in range(3):
        make_case(article, now=now())
    few = cost()
    few_preview = _queries_of_preview(desk)
    Case.objects.update(status="new")
    for _ in range(297):
        make_case(article, now=now())
    many_preview = _queries_of_preview(desk)
    assert (cost(), many_preview) == (few, few_preview)
    assert max(*few, few_preview) <= 12


def _queries_of_preview(desk: Client) -> int:
    with CaptureQueriesContext(connection) as queries:
        choose(desk, "take", whole_view="1")
    return len(queries)


@given(st.dictionaries(st.integers(1, 2**40), st.integers(1, 2**31 - 1)))
def test_a_choice_of_cases_comes_back_as_it_went(seen: dict[int, int]) -> None:
    assert dict(unpack(pack(seen.items()))) == seen


@given(st.text(max_size=60))
def test_any_other_word_is_no_choice(word: str) -> None:
    try:
        unpack(word)
    except SelectionUnreadable:
        return


def test_ten_thousand_cases_travel_in_a_small_field() -> None:
    assert len(pack((key, 1 + key % 9) for key in range(1, 10_001))) < 20_000


def test_a_bomb_is_no_choice() -> None:
    bomb = base64.urlsafe_b64encode(zlib.compress(bytes(200_000_000), 9)).decode()
    with pytest.raises(SelectionUnreadable):
        unpack(bomb)


def test_identities_stay_out_of_jobs(desk: Client, cases: list[Case]) -> None:
    job = started(desk, previewed(desk, "take", cases))
    page = desk.get(f"/ar/desk/jobs/{job.pk}/").content.decode()
    assert Identity.objects.count() == 3
    assert "example.org" not in page
