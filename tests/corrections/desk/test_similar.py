"""Similar reports beside a case: why they stand there, and one press to join them or to separate them again."""

import html
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corrections.domain import decisions, intake
from corrections.domain.proposal import Proposal
from corrections.models import Case, Delivery, Event, Job
from newsroom.models import Article, StaffMember
from tests.corrections.desk.steps import address_of, fields_in, now, page_address, press, stored, text_of
from tests.corrections.desk.test_bulk import carry_out, mails_since, previewed, started
from tests.corrections.reader.pages import correct
from tests.factories import as_actor, make_article, make_case, make_submission

TEXT = "هذا المقال ينشر معلومات مضللة عن أهالي البلدة ويجب سحبه والاعتذار"
#: The same as another hand types it.
AGAIN = "هَذا المقال يَنشُر معلومـــات مضلله عن اهالي البلدة، و يجب سحبه والإعتذار!"
FLOOD = 500


def reasons(client: Client, case: Case) -> dict[int, list[str]]:
    context = client.get(address_of(case)).context
    similar = [*context["similar"], *context["others_about_article"]]
    return {each.case.pk: [reason.value for reason in each.reasons] for each in similar}


def test_nearly_the_same_text_stands_first_with_the_reason(desk: Client, article: Article) -> None:
    case, again = make_case(article, now=now(), text=TEXT), make_case(article, now=now(), text=AGAIN)
    other = make_case(article, now=now(), text="اسم المحافظ مكتوب خطأ في الفقرة الثانية")
    assert reasons(desk, case) == {again.pk: ["text"], other.pk: []}
    assert next(iter(reasons(desk, case))) == again.pk
    assert "النص نفسه تقريبًا" in text_of(desk.get(address_of(case)))


def test_reports_on_the_same_words_are_found_across_revisions(
    desk: Client, article: Article, editor: StaffMember
) -> None:
    before = make_case(article, now=now(), text="أولى", place="2.30-2.45")
    correct(article, editor, "أعلنت البلدية", "أعلن مجلس البلدية أمس")
    after = make_case(article, now=now(), text="ثانية مختلفة", place="2", revision_number=2)
    elsewhere = make_case(article, now=now(), text="ثالثة أخرى", place="title", revision_number=2)
    found = reasons(desk, before)
    assert (found[after.pk], found[elsewhere.pk]) == (["passage"], [])
    assert reasons(desk, after)[before.pk] == ["passage"]


def test_the_same_text_about_another_article_is_shown_but_not_joined(desk: Client, article: Article) -> None:
    case, other = make_case(article, now=now(), text=TEXT), make_case(make_article("ar"), now=now(), text=f"{TEXT}!")
    similar = desk.get(address_of(other)).context["similar"]
    assert [(each.case.pk, [*each.reasons], each.step) for each in similar] == [(case.pk, ["elsewhere"], "")]


def test_one_press_joins_a_report_and_one_separates_it_again(desk: Client, article: Article) -> None:
    case, again = make_case(article, now=now(), text=TEXT), make_case(article, now=now(), text=AGAIN)
    seen = {"other": again.number, "other_version": again.version}
    assert press(desk, case, "gather", **seen)["Location"] == address_of(case)
    assert (stored(again).status, stored(again).lead_id) == ("duplicate", case.pk)
    press(desk, case, "separate", other=again.number, other_version=stored(again).version)
    assert (stored(again).status, stored(again).lead_id) == ("in_review", None)


def test_a_report_that_changed_meanwhile_is_not_joined_blindly(desk: Client, article: Article) -> None:
    case, again = make_case(article, now=now(), text=TEXT), make_case(article, now=now(), text=AGAIN)
    press(desk, again, "hold", reason="other")
    response = press(desk, case, "gather", other=again.number, other_version=1)
    assert (response.status_code, stored(again).lead_id) == (409, None)


@pytest.mark.parametrize("other", ["1999/1", "x", "2025/" + "9" * 30])
def test_a_number_of_no_case_is_an_error(desk: Client, case: Case, other: str) -> None:
    assert press(desk, case, "gather", other=other, other_version=1).status_code == 422


def test_complaints_are_suggested_to_complaints_alone(standards_desk: Client, article: Article) -> None:
    case = make_case(article, now=now(), text=TEXT)
    complaint = make_case(article, now=now(), text=TEXT, kind="complaint")
    (similar,) = standards_desk.get(address_of(case)).context["others_about_article"]
    assert (similar.case.pk, similar.step) == (complaint.pk, "")


def test_nobody_learns_of_complaints_about_the_own_article_from_a_count(
    conflicted: Client, desk: Client, article: Article
) -> None:
    case = make_case(article, now=now(), text=TEXT)
    make_case(article, now=now(), text=TEXT, kind="complaint")
    for client, expected in ((desk, 1), (conflicted, 0)):
        rows = client.get(page_address("queue")).context["rows"]
        assert [row.similar for row, _walk in rows if row.pk == case.pk] == [expected]


def test_that_a_network_sends_the_same_again_is_all_that_is_kept_of_it(article: Article) -> None:
    sources = ["192.0.2.7", "192.0.2.8", "198.51.100.1"]
    cases = [intake.submit(make_submission(article, text=TEXT), source=source, now=now()).case for source in sources]
    assert [case.suspicion for case in cases] == [{}, {"same_network": 1}, {}]
    assert len({case.alike_to_id or case.pk for case in cases}) == 1


def test_a_flood_leaves_a_desk_that_can_handle_it_with_every_text_retained(
    desk: Client, article: Article, editor: StaffMember
) -> None:
    texts = [f"{TEXT[:cut]}{chr(0x64E)}{TEXT[cut:]}{' ' * (cut % 3)}{'!' * (cut % 5)}" for cut in range(1, 51)]
    cases = [
        intake.submit(
            make_submission(article, text=texts[number % 50]), source=f"10.{number // 250}.{number % 250}.1", now=now()
        ).case
        for number in range(FLOOD)
    ]
    kept = {case.pk: case.messages.get(purpose="report").text for case in cases}
    lead = cases[0]
    with CaptureQueriesContext(connection) as queries:
        queue = desk.get(page_address("queue"))
    assert len(queries) <= 12
    assert {row.alike_number for row, _walk in queue.context["rows"]} == {FLOOD - 1}
    page = desk.get(address_of(lead))
    flood = page.context["page"].flood
    assert (flood.to_join, flood.around, flood.networks, flood.is_campaign) == (FLOOD - 1, FLOOD, FLOOD, True)
    assert fields_in(page.content.decode(), "other")
    joining = press(desk, lead, "gather_all")
    assert (joining.context["preview"].able, dict(joining.context["preview"].left_out)) == (FLOOD - 1, {})
    started(desk, joining)
    assert Case.objects.filter(lead=lead).count() == 0, "nothing is joined in the request"
    carry_out()
    assert Case.objects.filter(lead=lead, status="duplicate").count() == FLOOD - 1
    (row,) = [row for row, _walk in desk.get(page_address("queue")).context["rows"]]
    assert (row.pk, row.joined_number) == (lead.pk, FLOOD - 1)
    press(desk, lead, "claim")
    decide(lead, editor)
    assert Event.objects.filter(happening="lead_decided").count() == FLOOD - 1
    assert {case.pk: case.messages.get(purpose="report").text for case in Case.objects.all()} == kept


def all_at_once(client: Client, lead: Case, name: str) -> Job:
    """Presses the button for all, then the one under the preview, and lets the worker come by."""
    job = started(client, press(client, lead, name))
    carry_out()
    return job


def test_all_that_were_joined_are_separated_in_one_step(desk: Client, article: Article) -> None:
    lead, *others = [make_case(article, now=now(), text=TEXT) for _each in range(4)]
    all_at_once(desk, lead, "gather_all")
    assert {stored(other).lead_id for other in others} == {lead.pk}
    all_at_once(desk, lead, "separate_all")
    assert {(stored(other).status, stored(other).lead_id) for other in others} == {("in_review", None)}


def test_a_flood_that_was_joined_is_taken_back_case_by_case(desk: Client, article: Article) -> None:
    lead, *others = [make_case(article, now=now(), text=TEXT) for _each in range(4)]
    job = all_at_once(desk, lead, "gather_all")
    desk.post(f"/ar/desk/jobs/{job.pk}/undo/", {"key": "k"})
    carry_out()
    assert {(stored(other).status, stored(other).lead_id) for other in others} == {("new", None)}
    assert set(Job.objects.get(undoes=job).items.values_list("state", flat=True)) == {"done"}


def test_what_changed_since_the_preview_of_a_flood_is_not_joined(
    desk: Client, standards_desk: Client, article: Article
) -> None:
    lead, quick, other = [make_case(article, now=now(), text=TEXT) for _each in range(3)]
    page = press(desk, lead, "gather_all")
    press(standards_desk, quick, "claim")
    job = started(desk, page)
    carry_out()
    assert dict(job.items.values_list("case", "state")) == {quick.pk: "changed", other.pk: "done"}


@pytest.mark.parametrize("is_decided", [False, True])
def test_the_letters_of_a_joined_flood_are_those_that_were_shown(
    desk: Client, article: Article, editor: StaffMember, is_decided: bool
) -> None:
    lead = make_case(article, now=now(), text=TEXT)
    for number in range(3):
        make_case(article, now=now(), text=TEXT, wants_mail=True, address=f"{number}@example.org")
    if is_decided:
        press(desk, lead, "claim")
        decide(lead, editor)
    page, last = press(desk, lead, "gather_all"), Delivery.objects.latest("pk").pk
    started(desk, page)
    carry_out()
    assert mails_since(last) == page.context["preview"].letters
    assert {letter.template for letter in mails_since(last)} == {"decision" if is_decided else "joined"}


@pytest.mark.parametrize(("action", "fields"), [("write", {"text_ar": "شكرًا."}), ("join", {}), ("separate", {})])
def test_a_preview_with_letters_costs_the_same_at_3_cases_and_at_30(
    desk: Client, article: Article, action: str, fields: dict[str, str]
) -> None:
    lead = make_case(article, now=now(), text=TEXT)

    def cost(number: int) -> int:
        cases = [make_case(article, now=now(), text=TEXT) for _each in range(number)]
        if action != "join":
            Case.objects.filter(pk__in=[case.pk for case in cases]).update(status="duplicate", lead=lead)
        with CaptureQueriesContext(connection) as queries:
            previewed(desk, action, cases, lead=lead.number, **fields)
        return len(queries)

    assert cost(3) == cost(30)


def test_the_list_leads_from_a_report_to_just_those_that_say_nearly_the_same(desk: Client, article: Article) -> None:
    flood = [make_case(article, now=now(), text=text) for text in (TEXT, AGAIN, TEXT)]
    make_case(article, now=now(), text="اسم المحافظ مكتوب خطأ في الفقرة الثانية")
    for case in flood:
        address = f"{page_address('queue')}?view=all&amp;alike={case.number}"
        assert f'href="{address}"' in desk.get(page_address("queue")).content.decode()
        page = desk.get(html.unescape(address))
        assert {row.pk for row, _walk in page.context["rows"]} == {each.pk for each in flood}
        assert f"ذات النص نفسه تقريبًا كما في {case.number}" in " ".join(text_of(page).split())


@pytest.mark.parametrize("number", ["x", "1999/1", "2025/" + "9" * 30, "0/0"])
def test_a_list_of_what_is_like_no_case_is_empty(desk: Client, case: Case, number: str) -> None:
    assert desk.get(page_address("queue"), {"view": "all", "alike": number}).context["rows"] == []


def test_a_complaint_about_the_own_article_leads_to_no_list(conflicted: Client, article: Article) -> None:
    complaint = make_case(article, now=now(), text=TEXT, kind="complaint")
    make_case(make_article("ar"), now=now(), text=TEXT, kind="complaint")
    asked = {"view": "all", "alike": complaint.number}
    assert conflicted.get(page_address("queue"), asked).context["rows"] == []


@pytest.mark.parametrize("number", [3, 30])
def test_the_list_of_a_flood_costs_the_same_at_3_and_at_30(desk: Client, article: Article, number: int) -> None:
    cases = [make_case(article, now=now(), text=TEXT) for _each in range(number)]
    with CaptureQueriesContext(connection) as queries:
        desk.get(page_address("queue"), {"view": "all", "alike": cases[1].number})
    assert len(queries) <= 12


def decide(case: Case, member: StaffMember) -> None:
    case.refresh_from_db()
    guard: dict[str, Any] = {"actor": as_actor(member), "expected_version": case.version, "now": now()}
    decisions.decide(case, Proposal("not_upheld", "none", "كما نُشر."), **guard)


def test_what_waits_for_its_reader_or_leads_others_is_left_out(desk: Client, article: Article) -> None:
    lead, waiting, leading, joined = [make_case(article, now=now(), text=TEXT) for _each in range(4)]
    press(desk, waiting, "ask", text="ما المصدر؟")
    press(desk, joined, "duplicate", lead=leading.number)
    assert press(desk, lead, "gather_all").status_code == 422
    assert [stored(each).lead_id for each in (waiting, leading, joined)] == [None, None, leading.pk]


def test_a_report_that_shares_nothing_but_the_article_stands_apart(desk: Client, article: Article) -> None:
    case, again = make_case(article, now=now(), text=TEXT), make_case(article, now=now(), text=AGAIN)
    other = make_case(article, now=now(), text="اسم المحافظ مكتوب خطأ في الفقرة الثانية")
    context = desk.get(address_of(case)).context
    assert [each.case.pk for each in context["similar"]] == [again.pk]
    assert [each.case.pk for each in context["others_about_article"]] == [other.pk]
    text = " ".join(text_of(desk.get(address_of(case))).split())
    assert ("بلاغات مشابهة 1" in text, "بلاغات أخرى عن المقال 1" in text) == (True, True)
