"""Deadlines on the desk: the simulator for everybody, procedures, week and holidays for administrators."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from corrections.desk import clock_fields
from corrections.domain import assignment, conversation, holiday_proposals, moves, procedure_drafts
from corrections.domain.procedures_in_force import procedure_for, version_for
from corrections.models import CalendarChange, Case, Holiday, ProcedureDraft, ProcedureVersion, WorkingWeek
from corrections.presets import PRESETS
from corrections.procedures import CLOCKS, Clock, Office, Unit
from newsroom.models import Article, StaffMember
from tests.corrections.desk.steps import fields_in, stored, text_of
from tests.factories import as_actor, make_case, put_in_force

pytestmark = pytest.mark.django_db

DEADLINES = "/en/desk/deadlines/"
PROCEDURE = f"{DEADLINES}procedures/complaint/"


@pytest.fixture
def office(signed_in: Callable[[StaffMember], Client], administrator: StaffMember) -> Client:
    """The administrator's browser."""
    return signed_in(administrator)


def simulated(client: Client, language: str = "en", **asked: str) -> Any:
    defaults = {"kind": "complaint", "day": "20/02/2025", "time": "16:00"}
    return client.get(f"/{language}/desk/deadlines/simulator/", {**defaults, **asked})


def test_a_holiday_is_over_at_midnight_of_the_site(administrator: StaffMember) -> None:
    Holiday.objects.create(day=date(2025, 2, 16), name_ar="عيد", name_en="A feast")
    # Half past midnight in Damascus, where it is the 17th; in UTC it is still the 16th.
    with time_machine.travel(datetime(2025, 2, 16, 21, 30, tzinfo=UTC), tick=False):
        client = Client()
        client.force_login(administrator)
        assert client.get(f"{DEADLINES}holidays/").context["holidays"] == []
        assert client.get(DEADLINES).context["week"].holidays == []


def filled_in(**changes: str) -> dict[str, Any]:
    """The form of the procedure in force, with some answers changed."""
    terms = procedure_for("complaint")
    draft = procedure_drafts.draft_of("complaint")
    data: dict[str, Any] = {
        "seen": str(draft.revision if draft else 0),
        "decided_by": terms.decided_by.value,
        "extensions": str(terms.extensions),
        "second_signature_findings": sorted(terms.second_signature_findings),
        "second_signature_remedies": sorted(terms.second_signature_remedies),
    }
    for name in CLOCKS:
        clock = getattr(terms, name)
        data |= {name: str(clock.amount), f"{name}_unit": clock.unit.value}
    return {**data, **changes}


def week_seen(client: Client) -> str:
    """What the form of the working week says of the week that it was shown with."""
    return fields_in(client.get(f"{DEADLINES}week/").content.decode(), "seen")[0]


def test_the_simulator_says_each_date_and_why(desk: Client) -> None:
    Holiday.objects.create(day=date(2025, 2, 23), name_ar="عيد", name_en="A feast")
    page = " ".join(text_of(simulated(desk)).split())
    assert "Received Thursday 20 February 2025, 16:00. The day of receipt is day zero." in page
    assert "First reply: Tuesday 25 February 2025, 17:00" in page
    assert "From Friday 21 February to Saturday 22 February: nobody works." in page
    assert "Sunday 23 February: a holiday (A feast)." in page
    assert "From Monday 24 February to Tuesday 25 February: working days 1 to 2." in page
    assert "Decision: Sunday 2 March 2025, 17:00" in page


def test_the_simulator_reads_arabic_digits_and_answers_in_arabic(desk: Client) -> None:
    page = " ".join(text_of(simulated(desk, "ar", day="٢٠/٠٢/٢٠٢٥", time="١٦:٠٠")).split())
    assert "الخميس 20 شباط 2025، 16:00" in page
    assert "من الجمعة 21 شباط إلى السبت 22 شباط: لا عمل." in page
    assert "الأحد 23 شباط: يوم العمل 1." not in page
    assert "من الأحد 23 شباط إلى الاثنين 24 شباط: أيام العمل 1 إلى 2." in page


def test_the_day_comes_before_the_month(desk: Client) -> None:
    assert "Received Monday 3 February 2025" in text_of(simulated(desk, day="03/02/2025"))
    refused = simulated(desk, day="02/20/2025")
    assert (refused.status_code, 'value="02/20/2025"' in refused.content.decode()) == (422, True)


PAUSE = {"asked_on": "23/02/2025", "asked_time": "10:00", "answered_on": "26/02/2025", "answered_time": "12:00"}


def test_a_pause_moves_the_decision_and_says_why(desk: Client) -> None:
    page = " ".join(text_of(simulated(desk, **PAUSE)).split())
    assert "Decision: Thursday 27 February 2025, 17:00" in text_of(simulated(desk))
    assert "Decision: Tuesday 4 March 2025, 17:00" in page
    assert (
        "The clock stood from 23 February, 10:00 to 26 February, 12:00, 3 working days; "
        "without that it would have been Thursday 27 February 2025, 17:00."
    ) in page
    assert page.count("Waiting for the reader does not move this date.") == 2
    assert "First reply: Monday 24 February 2025, 17:00" in page


def test_a_pause_moves_the_clock_as_a_real_question_does(desk: Client, editor: StaffMember, article: Article) -> None:
    arrived, asked, answered = (
        datetime(2025, 2, day, hour, tzinfo=ZoneInfo("Asia/Damascus")) for day, hour in ((20, 16), (23, 10), (26, 12))
    )
    case = make_case(article, now=arrived, kind="complaint")
    assignment.claim(case, actor=as_actor(editor), expected_version=1, now=arrived)
    conversation.ask_reader(case, "متى؟", actor=as_actor(editor), expected_version=2, now=asked)
    moves.resume(case, actor=as_actor(editor), expected_version=3, now=answered)
    case.refresh_from_db()
    [decision] = [each for each in simulated(desk, **PAUSE).context["simulation"].promises if each.pause]
    assert decision.due_at == case.decision_due_at


def test_a_reader_who_answers_too_late_stops_the_clock_no_longer(desk: Client) -> None:
    page = " ".join(text_of(simulated(desk, **{**PAUSE, "answered_on": "٢٦/٠٦/٢٠٢٥"})).split())
    assert "The answer came too late to stop the clock any longer" in page
    assert "The clock stood from 23 February, 10:00 to 5 March, 23:59" in page


@pytest.mark.parametrize(
    ("wrong", "fields"),
    [
        ({"answered_time": ""}, ["answered_time"]),
        ({"asked_on": "", "asked_time": ""}, ["asked_on", "asked_time"]),
        ({"asked_on": "02/23/2025"}, ["asked_on"]),
        ({"asked_on": "19/02/2025"}, ["asked_on"]),
        ({"answered_on": "23/02/2025", "answered_time": "10:00"}, ["answered_on"]),
    ],
)
def test_a_pause_that_is_none_is_said_beside_its_field(desk: Client, wrong: dict[str, str], fields: list[str]) -> None:
    answer = simulated(desk, **{**PAUSE, **wrong})
    assert (answer.status_code, sorted(answer.context["form"].errors)) == (422, fields)
    assert 'value="26/02/2025"' in answer.content.decode() or "answered_on" in wrong


def test_safety_shortens_the_first_reply_in_the_simulator(desk: Client) -> None:
    page = text_of(simulated(desk, urgent="on"))
    assert "First reply: Friday 21 February 2025, 16:00" in page
    assert "Hours run through nights, weekends and holidays" in page


def test_the_simulator_counts_by_a_draft_where_it_is_asked_to(office: Client, desk: Client) -> None:
    office.post(PROCEDURE, filled_in(decide="٩", decide_unit="calendar_days"))
    assert "Decision: Saturday 1 March 2025, 23:59" in text_of(simulated(desk, draft="on"))
    assert "Decision: Thursday 27 February 2025, 17:00" in text_of(simulated(desk))


@pytest.mark.parametrize("day", ["", "31/02/2025", "yesterday", "1/1/1", "20/02/9999", "²/2/2025"])
def test_a_day_that_is_none_is_told_beside_its_field_and_kept(desk: Client, day: str) -> None:
    page = simulated(desk, day=day)
    assert (page.status_code, "Give a day such as 25/12/2026" in text_of(page)) == (422, True)


@given(st.text(max_size=30))
def test_no_hours_that_are_typed_break_the_reading(words: str) -> None:
    try:
        shifts = clock_fields.read_shifts(clock_fields.typed(words))
    except ValueError:
        return
    assert clock_fields.read_shifts(clock_fields.show_shifts(shifts)) == shifts


def test_an_administrator_changes_a_procedure_from_draft_over_preview_to_a_new_version(
    office: Client, article: Article, client: Client
) -> None:
    before = make_case(article, kind="complaint")
    saved = office.post(PROCEDURE, filled_in(decide="7"))
    assert (saved.status_code, saved["Location"]) == (302, f"{PROCEDURE}preview/")
    assert "within 5 working days" in text_of(client.get("/en/how-we-handle-complaints/"))
    preview = text_of(office.get(f"{PROCEDURE}preview/"))
    assert ("7 working days" in preview, "Received" in preview) == (True, True)
    office.post(f"{PROCEDURE}publish/", {"seen": "1"})
    assert (version_for("complaint").version, ProcedureDraft.objects.count()) == (2, 0)
    assert "within 7 working days" in text_of(client.get("/en/how-we-handle-complaints/"))
    assert stored(before).procedure_version.version == 1
    assert make_case(article, kind="complaint", text="أخرى").procedure_version.version == 2


def test_a_preset_makes_a_draft_in_one_press(office: Client) -> None:
    for seen, key in enumerate(PRESETS):
        shown = fields_in(office.get(PROCEDURE).content.decode(), "seen")
        assert shown == [str(seen)] * len(shown)
        office.post(f"{PROCEDURE}begin/", {"preset": key, "seen": str(seen)})
        draft = procedure_drafts.draft_of("complaint")
        assert draft is not None
        assert (draft.preset, draft.terms) == (key, PRESETS[key].procedures["complaint"])
    assert office.post(f"{PROCEDURE}begin/", {"preset": "nobody"}).status_code == 404
    office.post(f"{PROCEDURE}discard/", {"seen": str(len(PRESETS))})
    assert (ProcedureDraft.objects.count(), ProcedureVersion.objects.count()) == (0, 3)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"decide": "0"}, "Give a number from 1 to 260"),
        ({"decide": "many"}, "Give a whole number"),
        ({"answer_question": "367"}, "Give a number from 1 to 366"),
        ({"extensions": "99"}, "Give a number from 0 to 5"),
        ({"decided_by": "desk"}, "Complaints are decided by the standards editors"),
    ],
)
def test_what_is_wrong_with_a_procedure_is_said_and_nothing_typed_is_lost(
    office: Client, changes: dict[str, str], sentence: str
) -> None:
    page = office.post(PROCEDURE, filled_in(review="13", **changes))
    assert (page.status_code, sentence in text_of(page), 'value="13"' in page.content.decode()) == (422, True, True)
    assert ProcedureDraft.objects.count() == 0


def test_of_two_administrators_the_second_is_told_and_keeps_what_was_typed(office: Client) -> None:
    first, second = filled_in(decide="7"), filled_in(decide="8")
    office.post(PROCEDURE, first)
    late = office.post(PROCEDURE, second)
    assert (late.status_code, 'value="8"' in late.content.decode()) == (409, True)
    draft = procedure_drafts.draft_of("complaint")
    assert draft is not None
    assert draft.terms.decide.amount == 7
    assert office.post(f"{PROCEDURE}publish/", {"seen": "9"}).status_code == 409
    put_in_force("complaint", decide=Clock(3, Unit.WORKING_DAYS))
    assert office.post(f"{PROCEDURE}publish/", {"seen": "1"}).status_code == 409
    assert version_for("complaint").version == 2


@pytest.mark.parametrize(("step", "fields"), [("begin", {"preset": "bbc"}), ("discard", {})])
@pytest.mark.parametrize("seen", ["0", "1", "", "9" * 400])
def test_one_press_takes_no_draft_that_somebody_else_has_saved_meanwhile(
    office: Client, step: str, fields: dict[str, str], seen: str
) -> None:
    for amount in ("6", "7"):
        office.post(PROCEDURE, filled_in(decide=amount))
    late = office.post(f"{PROCEDURE}{step}/", {**fields, "seen": seen})
    assert (late.status_code, "Somebody else has changed this procedure" in text_of(late)) == (409, True)
    draft = procedure_drafts.draft_of("complaint")
    assert draft is not None
    assert (draft.terms.decide.amount, draft.revision) == (7, 2)
    again = office.post(f"{PROCEDURE}{step}/", {**fields, "seen": fields_in(late.content.decode(), "seen")[-1]})
    assert again.status_code == 302


def test_a_draft_that_is_gone_already_is_thrown_away_quietly(office: Client) -> None:
    assert office.post(f"{PROCEDURE}discard/", {"seen": "1"}).status_code == 302


def test_of_two_administrators_the_second_does_not_undo_the_week_of_the_first(office: Client) -> None:
    opened = week_seen(office)
    office.post(f"{DEADLINES}week/", {"day0": "8:00-12:00", "seen": opened})
    first = WorkingWeek.objects.get().shifts
    seen = ""
    for stale in (opened, ""):
        late = office.post(f"{DEADLINES}week/", {"day1": "10-18", "seen": stale})
        assert (late.status_code, fields_in(late.content.decode(), "day1")) == (409, ["10-18"])
        assert "Monday: 08:00-12:00" in " ".join(text_of(late).split())
        assert (WorkingWeek.objects.get().shifts, CalendarChange.objects.count()) == (first, 1)
        seen = fields_in(late.content.decode(), "seen")[0]
    assert office.post(f"{DEADLINES}week/", {"day1": "10-18", "seen": seen}).status_code == 302
    assert WorkingWeek.objects.get().shifts[:2] == [[], [["10:00", "18:00"]]]


def test_a_procedure_can_leave_corrections_to_the_standards_editors(
    case: Case, desk: Client, standards_desk: Client, article: Article
) -> None:
    put_in_force("correction", decided_by=Office.STANDARDS)
    strict = make_case(article, text="كلام آخر")
    from_desk = desk.get(f"/ar/desk/cases/{strict.year}/{strict.sequence}/decide/")
    assert from_desk.status_code == 403
    assert standards_desk.get(f"/ar/desk/cases/{strict.year}/{strict.sequence}/decide/").status_code != 403
    assert desk.get(f"/ar/desk/cases/{case.year}/{case.sequence}/decide/").status_code != 403


def test_the_week_takes_split_shifts_in_either_digits(office: Client) -> None:
    hours = {f"day{day}": "٩:٠٠-١٣:٠٠، 16–19" for day in (0, 1, 2, 6)} | {"day3": "9:00 - 13:00"}
    hours["seen"] = week_seen(office)
    page = office.post(f"{DEADLINES}week/", hours)
    assert page.status_code == 302
    split, morning = [["09:00", "13:00"], ["16:00", "19:00"]], [["09:00", "13:00"]]
    assert WorkingWeek.objects.get().shifts == [split, split, split, morning, [], [], split]
    assert CalendarChange.objects.count() == 1
    assert 'value="09:00-13:00, 16:00-19:00"' in office.get(f"{DEADLINES}week/").content.decode()


@pytest.mark.parametrize("hours", ["9:00", "13:00-9:00", "9-13, 12-17", "25:00-26:00", "all day"])
def test_hours_that_are_none_are_told_and_kept(office: Client, hours: str) -> None:
    before = WorkingWeek.objects.get().shifts
    page = office.post(f"{DEADLINES}week/", {"day0": hours, "day1": "9-17"})
    assert (page.status_code, f'value="{hours}"' in page.content.decode()) == (422, True)
    assert WorkingWeek.objects.get().shifts == before


def test_a_holiday_is_added_and_taken_away(office: Client) -> None:
    day = timezone.localdate() + timedelta(days=40)
    named = {"day": f"{day:%d/%m/%Y}", "name_ar": "عيد الجلاء", "name_en": "Evacuation Day"}
    nameless = office.post(f"{DEADLINES}holidays/", {**named, "name_ar": ""})
    assert (nameless.status_code, "Evacuation Day" in nameless.content.decode()) == (422, True)
    assert office.post(f"{DEADLINES}holidays/", named).status_code == 302
    assert Holiday.objects.get().name_ar == "عيد الجلاء"
    assert "is a holiday already" in text_of(office.post(f"{DEADLINES}holidays/", named))
    assert "عيد الجلاء" in office.get(f"{DEADLINES}holidays/").content.decode()
    office.post(f"{DEADLINES}holidays/remove/", {"day": f"{day:%Y-%m-%d}"})
    assert Holiday.objects.count() == 0


def test_proposals_are_added_only_where_they_are_ticked(office: Client) -> None:
    pytest.importorskip("holidays")
    proposed = holiday_proposals.proposals(timezone.localdate())
    page = office.get(f"{DEADLINES}holidays/")
    assert ("may be out of date" in text_of(page), page.content.decode().count('name="proposed"')) == (
        True,
        len(proposed),
    )
    ticked = proposed[0]
    office.post(f"{DEADLINES}holidays/proposed/", {"proposed": [ticked.day.isoformat(), "2031-01-02", "nonsense"]})
    assert [(each.day, each.name_ar) for each in Holiday.objects.all()] == [(ticked.day, ticked.name_ar)]


@pytest.mark.parametrize("country", ["", "XX"])
def test_a_country_without_a_list_has_no_proposals(office: Client, settings: Any, country: str) -> None:
    settings.SITE_COUNTRY = country
    assert holiday_proposals.proposals(timezone.localdate()) == []
    assert office.get(f"{DEADLINES}holidays/").status_code == 200


@pytest.mark.parametrize("path", ["week/", "holidays/", "procedures/complaint/", "procedures/complaint/preview/"])
def test_editors_see_what_is_promised_and_change_none_of_it(standards_desk: Client, path: str) -> None:
    assert standards_desk.get(DEADLINES).status_code == 200
    assert DEADLINES + path not in standards_desk.get(DEADLINES).content.decode()
    assert standards_desk.get(DEADLINES + path).status_code == 403
    assert standards_desk.post(DEADLINES + path).status_code in (403, 405)


def test_a_kind_that_does_not_exist_has_no_procedure(office: Client) -> None:
    assert office.get(f"{DEADLINES}procedures/praise/").status_code == 404


def test_pages_about_deadlines_take_the_same_few_queries_with_few_rows_and_with_many(
    office: Client, administrator: StaffMember
) -> None:
    procedure_drafts.begin_from("complaint", "bbc", actor=as_actor(administrator), seen=0, now=timezone.now())
    asked = "simulator/?kind=complaint&day=1/6/2026&time=9"
    pages = ["", asked, "week/", "holidays/", "procedures/complaint/", "procedures/complaint/preview/"]
    counts = []
    for rows in (3, 300):
        first = timezone.localdate() + timedelta(days=rows * 2)
        days = [first + timedelta(days=number) for number in range(rows)]
        Holiday.objects.bulk_create(Holiday(day=day, name_ar="عيد", name_en="Feast") for day in days)
        for page in pages:
            with CaptureQueriesContext(connection) as queries:
                assert office.get(DEADLINES + page).status_code == 200
            counts.append(len(queries))
    assert counts[: len(pages)] == counts[len(pages) :]
    assert max(counts) <= 12
