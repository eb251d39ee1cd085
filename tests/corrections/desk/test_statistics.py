"""The figures: counted rightly, the same from page, table and program, at the same cost for 3 cases and for 300."""

import csv
import io
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from corrections.desk.figures import length
from corrections.domain import conversation, decisions, reviews
from corrections.domain.lengths import _quantile
from corrections.domain.periods import Period
from corrections.domain.proposal import Proposal
from corrections.domain.punctuality import Reviews
from corrections.domain.statements import statement_of
from corrections.domain.statistics import statistics
from corrections.models import Case, Identity
from newsroom.models import Article, StaffMember
from tests.corrections.desk.steps import HOSTILE, fields_in, page_address, stored
from tests.corrections.desk.test_queue import make_cases, queries_of
from tests.corrections.figures_at_borders import EXPECTED, figures
from tests.corrections.reader.pages import correct, take_up
from tests.factories import ARABIC, NOW, as_actor, make_article, make_case, make_section

PAGE = "/ar/desk/statistics/"
YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
DAYS = {"first": "2025-01-01", "last": "2025-12-31"}


@pytest.fixture(autouse=True)
def at_that_time() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture
def year(article: Article, english_article: Article, editor: StaffMember) -> None:
    """Two corrections (one right, decided after three days), an addition, a complaint, and one of another year."""
    case = make_case(article)
    with time_machine.travel(NOW + timedelta(days=3), tick=False):
        correct(article, editor, "12,000", "1,200", case=case)
    Case.objects.filter(pk=case.pk).update(first_reply_at=NOW + timedelta(hours=5), decided_at=NOW + timedelta(days=3))
    make_case(english_article, problem="missing", kind="addition")
    make_case(article, kind="complaint", clause_keys=("fairness", "privacy"), now=NOW + timedelta(days=40))
    make_case(article, now=datetime(2024, 12, 31, 20, 59, tzinfo=UTC))


def tables(client: Client, **days: str) -> dict[str, dict[str, int]]:
    page = client.get(PAGE, days or DAYS)
    found = {table.key: {str(row.label): row.count for row in table.rows} for table in page.context["tables"]}
    return found | {chart.key: {row.label: row.counts[0] for row in chart.rows} for chart in page.context["charts"]}


def test_everything_is_counted_in_the_days_in_which_it_happened(desk: Client, year: None) -> None:
    found = tables(desk)
    assert found["kinds"] == {"تصحيح": 1, "تفاصيل إضافية": 1, "شكوى": 1}
    assert found["languages"] == {"العربية": 2, "الإنكليزية": 1}
    assert found["sections"] == {"خدمات": 3}
    assert list(found["months"].values()) == [0, 2, 1, *[0] * 9]
    assert sorted(found["clauses"].values()) == [1, 1]
    assert (found["findings"], found["remedies"], found["notices"]) == ({"ثبت": 1}, {"تصحيح": 1}, {"تصحيح": 1})
    assert sum(tables(desk, first="2024-01-01", last="2024-12-31")["kinds"].values()) == 1


def test_a_day_begins_and_ends_at_the_sites_own_midnight(desk: Client, article: Article) -> None:
    for moment in (datetime(2025, 3, 1, 20, 59, tzinfo=UTC), datetime(2025, 3, 1, 21, 0, tzinfo=UTC)):
        make_case(article, now=moment)
    assert [sum(tables(desk, first=day, last=day)["kinds"].values()) for day in ("2025-03-01", "2025-03-02")] == [1, 1]


def test_punctuality_lengths_and_rates(desk: Client, year: None) -> None:
    figures = statistics(YEAR, actor=None, now=NOW + timedelta(days=60))
    assert (figures.first_replies.kept, figures.first_replies.missed) == (1, 2)
    assert (figures.decisions.kept, figures.decisions.missed, figures.decisions.share) == (1, 2, 33)
    assert (figures.reply_takes.median, figures.decision_takes.median) == (timedelta(hours=5), timedelta(days=3))
    assert (figures.error_lives.count, figures.articles, figures.corrections_per_thousand) == (1, 2, 500.0)


def test_what_a_reader_took_back_is_neither_on_time_nor_late(article: Article) -> None:
    case = make_case(article)
    Case.objects.filter(pk=case.pk).update(status="withdrawn")
    figures = statistics(YEAR, actor=None, now=NOW + timedelta(days=60))
    assert (figures.decisions.share, figures.received) == (None, 1)


def test_an_empty_period_has_dashes_and_no_tables(desk: Client) -> None:
    page = desk.get(PAGE, DAYS)
    assert (page.context["tables"], page.context["charts"]) == ([], [])
    assert [value for _label, value in page.context["key_figures"]] == ["0", *["—"] * 8, "0", "—"]


@pytest.mark.parametrize(
    "days",
    [
        {"first": "x"},
        {"first": "2025-02-30"},
        {"first": "0001-01-01"},
        {"last": "9999-12-31"},
        {"first": "2025-12-31", "last": "2025-01-01"},
        {"first": "'"},
    ],
)
def test_strange_days_are_answered(desk: Client, days: dict[str, str]) -> None:
    response = desk.get(PAGE, days)
    period = response.context["period"]
    expected = 422 if response.context["faults"] else 200
    assert (response.status_code, period.first <= period.last) == (expected, True)
    assert bool(response.context["faults"]) == (days != {"first": "2025-12-31", "last": "2025-01-01"})


def test_the_table_holds_what_the_page_shows(desk: Client, year: None) -> None:
    answer = desk.get("/ar/desk/statistics/figures.csv", DAYS)
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="figures-2025-01-01-2025-12-31.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))
    assert rows[0][:5] == ["المجموعة", "البيان", "العدد", "من أصل", "النسبة المئوية"]
    assert ["حسب النوع", "شكوى", "1", "", "", "", ""] in rows
    assert [cell for row in rows[1:] for cell in row[2:] if cell and not cell.replace(".", "", 1).isdecimal()] == []
    assert ["أرقام أساسية", "المدة حتى الرد الأول", "1", "", "", "5.0", "5.0"] in rows


def test_the_cases_carry_no_reader_and_no_formula(desk: Client, english_article: Article) -> None:
    hostile = make_article("ar", content=replace(ARABIC, title="=1+cmd|' /C calc'!A0"))
    case = make_case(hostile, text="@SUM(1)", wants_mail=True, address="reader@example.net", name="هدى", credit="name")
    assert Identity.objects.filter(case=case).exists()
    table = desk.get("/ar/desk/statistics/cases.csv", DAYS).content.decode()
    rows = list(csv.reader(io.StringIO(table.removeprefix("\ufeff"))))
    assert [rows[1][0], rows[1][5]] == [case.number, "'=1+cmd|' /C calc'!A0"]
    assert [word for word in ("هدى", "reader@example.net", "SUM(1)") if word in table] == []


def test_nobody_takes_away_complaints_about_their_own_article(conflicted: Client, complaint: Case, case: Case) -> None:
    Case.objects.update(received_at=NOW)
    table = conflicted.get("/ar/desk/statistics/cases.csv", DAYS).content.decode()
    assert (case.number in table, complaint.number in table) == (True, False)


def test_programs_get_coded_words_and_seconds(desk: Client, year: None) -> None:
    figures = json.loads(desk.get("/ar/desk/statistics/figures.json", DAYS).content)
    assert (figures["kinds"], figures["months"]["2025-02-01"]) == ({"correction": 1, "addition": 1, "complaint": 1}, 2)
    assert (figures["reply_takes"]["median"], figures["corrections_per_thousand"]) == (5 * 3600, 500.0)
    assert figures["period"] == {"first": "2025-01-01", "last": "2025-12-31"}


def test_the_yearly_statement_lists_upheld_complaints_with_reasons_and_remedies(
    desk: Client, article: Article, standards_editor: StaffMember
) -> None:
    complaint = make_case(article, kind="complaint", text="سرّ القارئ")
    take_up(complaint, standards_editor)
    proposal = Proposal("upheld", "editors_note", "reason", notice_text="تنويه.", clause_keys=("fairness",))
    actor = as_actor(standards_editor)
    decisions.decide(complaint, proposal, actor=actor, expected_version=complaint.version, now=NOW)
    page = desk.get("/ar/desk/statistics/statement/2025/").content.decode()
    assert (complaint.number in page, "reason" in page, "سرّ القارئ" in page) == (True, True, False)
    assert "عودة ضخ المياه إلى عين الزيتون" in page
    assert complaint.number not in desk.get("/ar/desk/statistics/statement/2024/").content.decode()
    assert [desk.get(f"/ar/desk/statistics/statement/{year}/").status_code for year in (0, 1999, 2201, 10**30)] == [
        404
    ] * 4


def test_the_statement_counts_complaints_about_ones_own_article_once_the_year_is_over_and_lists_none(
    conflicted: Client, complaint: Case, standards_editor: StaffMember, author: StaffMember
) -> None:
    take_up(complaint, standards_editor)
    proposal = Proposal("upheld", "editors_note", "السبب", notice_text="تنويه.", clause_keys=("fairness",))
    actor = as_actor(standards_editor)
    decisions.decide(complaint, proposal, actor=actor, expected_version=complaint.version, now=NOW)
    assert complaint.number not in conflicted.get("/ar/desk/statistics/statement/2025/").content.decode()
    for moment, findings in ((NOW, {}), (datetime(2026, 1, 2, tzinfo=UTC), {"upheld": 1})):
        statement = statement_of(2025, actor=as_actor(author), now=moment)
        assert (statement.figures.findings, statement.upheld) == (findings, [])


def test_the_figures_leave_out_complaints_about_ones_own_article(
    conflicted: Client, desk: Client, complaint: Case, case: Case, standards_editor: StaffMember
) -> None:
    Case.objects.update(received_at=NOW)
    take_up(complaint, standards_editor)
    conversation.ask_reader(
        complaint, "متى؟", actor=as_actor(standards_editor), expected_version=complaint.version, now=NOW
    )
    conversation.reader_writes(complaint, "أمس.", submission_key="k", source="192.0.2.7", now=NOW)
    proposal = Proposal("upheld", "editors_note", "السبب", notice_text="تنويه.", clause_keys=("fairness",))
    actor = as_actor(standards_editor)
    decisions.decide(complaint, proposal, actor=actor, expected_version=complaint.version, now=NOW)
    mine, everybodys = (
        json.loads(client.get("/ar/desk/statistics/figures.json", DAYS).content) for client in (conflicted, desk)
    )
    told = ("received", "kinds", "findings")
    assert [mine[name] for name in told] == [1, {"correction": 1}, {}]
    assert [everybodys[name] for name in told] == [2, {"correction": 1, "complaint": 1}, {"upheld": 1}]
    assert [each["answer_takes"]["count"] for each in (mine, everybodys)] == [0, 1]


@pytest.mark.parametrize(
    ("first", "last"), [("3/2/2025", "5/2/2025"), ("٣/٢/٢٠٢٥", "٥/٢/٢٠٢٥"), ("2025-02-05", "03.02.2025")]
)
def test_days_are_read_in_either_digits_with_the_day_before_the_month(desk: Client, first: str, last: str) -> None:
    answer = desk.get(PAGE, {"first": first, "last": last})
    assert answer.context["period"] == Period(date(2025, 2, 3), date(2025, 2, 5))
    page = answer.content.decode()
    assert (fields_in(page, "first"), fields_in(page, "last")) == (["3/2/2025"], ["5/2/2025"])
    assert 'type="date"' not in page


@pytest.mark.parametrize("written", ["2/30/2025", "31/2/2025", "x", "1/1/1999", HOSTILE])
def test_a_day_that_is_none_is_said_beside_its_field_and_stays_there(desk: Client, written: str) -> None:
    answer = desk.get(PAGE, {"first": "3/2/2025", "last": written})
    page = answer.content.decode()
    assert (answer.status_code, list(answer.context["faults"])) == (422, ["last"])
    assert (fields_in(page, "first"), fields_in(page, "last")) == (["3/2/2025"], [written])
    assert ('id="last-error"' in page, "<script>alert" in page) == (True, False)


def test_the_figures_cost_the_same_at_3_cases_and_at_300(desk: Client, article: Article) -> None:
    paths = [f"{PAGE}?first=2025-01-01&last=2025-12-31", "/ar/desk/statistics/statement/2025/"]
    make_cases(article, 3)
    few = [queries_of(desk, path) for path in paths]
    make_cases(make_article("ar", section=make_section("sport")), 297)
    assert [queries_of(desk, path) for path in paths] == few
    assert max(few) <= 12


def test_the_page_needs_no_script_and_names_every_bar(desk: Client, year: None) -> None:
    response = desk.get(PAGE, DAYS)
    assert response.content.decode().count("<meter") == sum(len(table.rows) for table in response.context["tables"])
    assert page_address("statistics") == PAGE


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=50), st.sampled_from([0.5, 0.9]))
def test_a_quantile_lies_between_its_neighbours_and_is_that_of_spreadsheets(seconds: list[int], share: float) -> None:
    lengths = sorted(timedelta(seconds=each) for each in seconds)
    found = _quantile(lengths, share)
    assert lengths[0] <= found <= lengths[-1]
    assert sum(each <= found for each in lengths) >= share * (len(lengths) - 1)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (0, "less than an hour"),
        (3599, "less than an hour"),
        (3600, "1 hour"),
        (3601, "2 hours"),
        (47 * 3600, "47 hours"),
        (47 * 3600 + 1, "2 days"),
        (10 * 86400, "10 days"),
    ],
)
def test_lengths_in_words(span: int, words: str) -> None:
    with translation.override("en"):
        assert length(timedelta(seconds=span)) == words


@pytest.fixture
def reviewed_year(article: Article, standards_editor: StaffMember, administrator: StaffMember) -> None:
    """Four reviews of declined reports: one changed, one as before after two days, one that runs, one taken back; and a
    decision that nobody asked a review of."""
    for number, after in enumerate(("upheld", "not_upheld", None, "withdrawn", "unasked")):
        case = make_case(article)
        _decide(case, standards_editor, "not_upheld", NOW)
        if after == "unasked":
            continue
        reviews.ask(stored(case), "لماذا", source=f"192.0.2.{number}", now=NOW + timedelta(days=1))
        if after == "withdrawn":
            reviews.take_back(stored(case), now=NOW + timedelta(days=2))
        elif after:
            _decide(case, administrator, after, NOW + timedelta(days=3))


def _decide(case: Case, by: StaffMember, finding: str, now: datetime) -> None:
    take_up(stored(case), by)
    proposal = Proposal(finding, "editors_note" if finding == "upheld" else "none", "السبب", notice_text="تنويه.")
    decisions.decide(stored(case), proposal, actor=as_actor(by), expected_version=stored(case).version, now=now)


@pytest.mark.usefixtures("reviewed_year")
def test_reviews_are_counted_by_what_became_of_them(desk: Client) -> None:
    figures = statistics(YEAR, actor=None, now=NOW + timedelta(days=4))
    assert figures.reviews == Reviews(asked=4, changed=1, as_before=1, taken_back=1, undecided=1)
    assert (figures.review_takes.count, figures.review_takes.median) == (2, timedelta(days=2))
    assert tables(desk)["reviews"] == {
        "مراجعات مطلوبة": 4,
        "تغيّرت النتيجة أو الإجراء": 1,
        "بقي القرار كما كان": 1,
        "سحبها أصحابها": 1,
        "لم يصدر قرار بعد": 1,
    }
    told = json.loads(desk.get("/ar/desk/statistics/figures.json", DAYS).content)["reviews"]
    assert told == {"asked": 4, "changed": 1, "as_before": 1, "taken_back": 1, "undecided": 1}


def test_a_microsecond_parts_months_days_and_what_is_late(article: Article) -> None:
    assert figures(article) == EXPECTED


def test_clauses_are_counted_for_complaints_alone(desk: Client, article: Article) -> None:
    for clauses in (("fairness", "privacy"), ("fairness",)):
        make_case(article, kind="complaint", clause_keys=clauses, text=f"شكوى {clauses}")
    changed = make_case(article, kind="complaint", clause_keys=("privacy",), text="لم تعد شكوى")
    Case.objects.filter(pk=changed.pk).update(kind="correction")
    assert statistics(YEAR, actor=None, now=NOW).clauses == {"fairness": 2, "privacy": 1}


def test_equal_counts_stand_in_the_order_of_their_words(db: None) -> None:
    for slug in ("sport", "economy"):
        make_case(make_article(section=make_section(slug)))
    assert list(statistics(YEAR, actor=None, now=NOW).sections.items()) == [("economy", 1), ("sport", 1)]


def test_no_statement_is_offered_for_a_year_that_has_not_begun(desk: Client) -> None:
    page = desk.get(PAGE, {"first": "2025-03-01", "last": "2026-06-30"}).content.decode()
    assert re.findall(r"/desk/statistics/statement/(\d+)/", page) == ["2025", "2024"]
