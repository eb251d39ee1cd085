import json
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrections.calendar import WorkingCalendar
from corrections.enums import Finding, Kind, Remedy
from corrections.presets import PRESETS, SMALL_NEWSROOM
from corrections.procedures import (
    CLOCKS,
    LONGEST,
    Clock,
    DueTimes,
    Office,
    Procedure,
    Unit,
    as_data,
    due_times,
    ends_at,
    extended,
    from_data,
)

DAMASCUS = ZoneInfo("Asia/Damascus")
SITE = WorkingCalendar(DAMASCUS)
#: A Wednesday morning.
RECEIVED_AT = datetime(2025, 2, 19, 10, 40, tzinfo=DAMASCUS)


clocks = st.sampled_from(Unit).flatmap(
    lambda unit: st.builds(Clock, st.integers(1, min(LONGEST[unit], 60)), st.just(unit))
)
procedures = st.builds(
    Procedure,
    decided_by=st.sampled_from(Office),
    extensions=st.integers(0, 5),
    second_signature_findings=st.frozensets(st.sampled_from([each.value for each in Finding])),
    second_signature_remedies=st.frozensets(st.sampled_from([each.value for each in Remedy])),
    **dict.fromkeys(CLOCKS, clocks),
)


def procedure_for(kind: str) -> Procedure:
    return SMALL_NEWSROOM[kind]


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_has_a_procedure_for_every_kind_of_case(preset: str) -> None:
    assert set(PRESETS[preset].procedures) == {kind.value for kind in Kind}


@pytest.mark.parametrize("preset", PRESETS)
def test_every_preset_leaves_complaints_to_the_standards_editors_and_their_rejection_to_two(preset: str) -> None:
    complaint = PRESETS[preset].procedures["complaint"]
    assert (complaint.decided_by, "not_upheld" in complaint.second_signature_findings) == (Office.STANDARDS, True)


@pytest.mark.parametrize("preset", PRESETS)
def test_no_preset_has_a_clock_beyond_the_longest(preset: str) -> None:
    of_all = [getattr(terms, name) for terms in PRESETS[preset].procedures.values() for name in CLOCKS]
    assert [clock for clock in of_all if not 1 <= clock.amount <= LONGEST[clock.unit]] == []


@given(procedures)
def test_a_procedure_comes_back_as_it_was_stored(procedure: Procedure) -> None:
    assert from_data(json.loads(json.dumps(as_data(procedure)))) == procedure


@pytest.mark.parametrize("kind", ["correction", "addition", "complaint"])
def test_a_first_reply_takes_two_working_days_and_a_decision_five(kind: str) -> None:
    assert due_times(procedure_for(kind), SITE, RECEIVED_AT, urgent=False) == DueTimes(
        acknowledge_at=datetime(2025, 2, 23, 17, tzinfo=DAMASCUS),
        decide_at=datetime(2025, 2, 26, 17, tzinfo=DAMASCUS),
    )


def test_where_safety_is_concerned_the_first_look_comes_within_24_hours_of_the_clock() -> None:
    thursday_evening = datetime(2025, 2, 20, 21, 5, tzinfo=DAMASCUS)
    assert due_times(procedure_for("complaint"), SITE, thursday_evening, urgent=True) == DueTimes(
        acknowledge_at=datetime(2025, 2, 21, 21, 5, tzinfo=DAMASCUS),
        decide_at=datetime(2025, 2, 27, 17, tzinfo=DAMASCUS),
    )


def test_the_reader_has_ten_whole_calendar_days_to_answer() -> None:
    answer_by = ends_at(procedure_for("correction").answer_question, SITE, RECEIVED_AT)
    assert answer_by == datetime(2025, 3, 1, 23, 59, tzinfo=DAMASCUS)


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        (Clock(1, Unit.WORKING_DAYS), datetime(2025, 2, 20, 17, tzinfo=DAMASCUS)),
        (Clock(1, Unit.CALENDAR_DAYS), datetime(2025, 2, 20, 23, 59, tzinfo=DAMASCUS)),
        (Clock(1, Unit.HOURS), datetime(2025, 2, 19, 11, 40, tzinfo=DAMASCUS)),
        (Clock(9, Unit.WORKING_HOURS), datetime(2025, 2, 20, 11, 40, tzinfo=DAMASCUS)),
    ],
)
def test_a_clock_counts_in_its_own_unit(clock: Clock, expected: datetime) -> None:
    assert ends_at(clock, SITE, RECEIVED_AT) == expected


def test_retraction_and_takedown_need_a_second_signature_in_every_procedure() -> None:
    serious = {
        (kind.value, remedy.value)
        for kind in Kind
        for remedy in Remedy
        if procedure_for(kind).needs_second_signature(Finding.UPHELD, remedy)
    }
    assert serious == {(kind.value, remedy) for kind in Kind for remedy in ("retraction", "takedown")}


def test_only_a_complaint_that_is_not_upheld_needs_a_second_signature_for_its_finding() -> None:
    serious = {
        (kind.value, finding.value)
        for kind in Kind
        for finding in Finding
        if procedure_for(kind).needs_second_signature(finding, Remedy.NONE)
    }
    assert serious == {("complaint", "not_upheld")}


@given(
    procedures,
    st.datetimes(datetime(2000, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001 - the zone follows
    st.sampled_from(["Asia/Damascus", "Asia/Beirut", "Europe/Istanbul", "Europe/Berlin"]),
    st.lists(st.integers(0, 20), max_size=10),
)
def test_an_urgent_case_is_never_promised_later_than_an_ordinary_one(
    procedure: Procedure, received: datetime, zone: str, offsets: list[int]
) -> None:
    received_at = received.replace(tzinfo=UTC)
    holidays: frozenset[date] = frozenset(received.date() + timedelta(days=offset) for offset in offsets)
    calendar = WorkingCalendar(ZoneInfo(zone), holidays=holidays)
    ordinary = due_times(procedure, calendar, received_at, urgent=False)
    urgent = due_times(procedure, calendar, received_at, urgent=True)
    assert urgent.acknowledge_at <= ordinary.acknowledge_at
    assert urgent.decide_at == ordinary.decide_at
    assert received_at < urgent.acknowledge_at.astimezone(UTC) <= urgent.decide_at.astimezone(UTC)


@given(
    clocks,
    st.datetimes(datetime(2000, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001 - the zone follows
    st.sampled_from(["Asia/Damascus", "Asia/Beirut", "Europe/Istanbul", "Europe/Berlin"]),
)
def test_an_extension_never_shortens(clock: Clock, due: datetime, zone: str) -> None:
    due_at = due.replace(tzinfo=UTC)
    assert extended(clock, WorkingCalendar(ZoneInfo(zone)), due_at).astimezone(UTC) > due_at
