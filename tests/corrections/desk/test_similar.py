"""Similar reports beside a case: why they stand there, and one press to join them or to separate them again."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corrections.domain import decisions, gathering, intake
from corrections.domain.proposal import Proposal
from corrections.models import Case, Event
from newsroom.models import Article, StaffMember
from tests.corrections.desk.steps import address_of, fields_in, now, page_address, press, stored, text_of
from tests.corrections.reader.pages import correct
from tests.factories import as_actor, make_article, make_case, make_submission

TEXT = "هذا المقال ينشر معلومات مضللة عن أهالي البلدة ويجب سحبه والاعتذار"
#: The same as another hand types it.
AGAIN = "هَذا المقال يَنشُر معلومـــات مضلله عن اهالي البلدة، و يجب سحبه والإعتذار!"
FLOOD = 500


def reasons(client: Client, case: Case) -> dict[int, list[str]]:
    similar = client.get(address_of(case)).context["similar"]
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
    (similar,) = standards_desk.get(address_of(case)).context["similar"]
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
    press(desk, lead, "gather")
    assert Case.objects.filter(lead=lead, status="duplicate").count() == FLOOD - 1
    (row,) = [row for row, _walk in desk.get(page_address("queue")).context["rows"]]
    assert (row.pk, row.joined_number) == (lead.pk, FLOOD - 1)
    press(desk, lead, "claim")
    lead.refresh_from_db()
    decisions.decide(
        lead,
        Proposal("not_upheld", "none", "كما نُشر."),
        actor=as_actor(editor),
        expected_version=lead.version,
        now=now(),
    )
    assert Event.objects.filter(happening="lead_decided").count() == FLOOD - 1
    assert {case.pk: case.messages.get(purpose="report").text for case in Case.objects.all()} == kept


def test_all_that_were_joined_are_separated_in_one_step(desk: Client, article: Article, editor: StaffMember) -> None:
    lead, *others = [make_case(article, now=now(), text=TEXT) for _each in range(4)]
    gathered = gathering.gather(lead, actor=as_actor(editor), expected_version=lead.version, now=now())
    assert (gathered.done, gathered.left) == (3, 0)
    press(desk, lead, "separate")
    assert {stored(other).status for other in others} == {"in_review"}


def test_what_waits_for_its_reader_or_leads_others_is_left_out(desk: Client, article: Article) -> None:
    lead, waiting, leading, joined = [make_case(article, now=now(), text=TEXT) for _each in range(4)]
    press(desk, waiting, "ask", text="ما المصدر؟")
    press(desk, joined, "duplicate", lead=leading.number)
    press(desk, lead, "gather")
    assert [stored(each).lead_id for each in (waiting, leading, joined)] == [None, None, leading.pk]
