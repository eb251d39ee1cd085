from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corrections.calendar import WorkingCalendar
from corrections.enums import Finding, Kind, Remedy
from corrections.procedures import (
    SMALL_NEWSROOM,
    Clock,
    DueTimes,
    NoProcedure,
    Unit,
    due_times,
    ends_at,
    procedure_for,
)

DAMASCUS = ZoneInfo("Asia/Damascus")
SITE = WorkingCalendar(DAMASCUS)
#: A Wednesday morning.
RECEIVED_AT = datetime(2025, 2, 19, 10, 40, tzinfo=DAMASCUS)


def test_every_kind_of_case_has_a_procedure() -> None:
    assert set(SMALL_NEWSROOM) == {kind.value for kind in Kind}
    assert [procedure_for(kind) for kind in Kind] == [SMALL_NEWSROOM[kind.value] for kind in Kind]


def test_an_unknown_kind_has_none() -> None:
    with pytest.raises(NoProcedure) as raised:
        procedure_for("praise")
    assert raised.value.kind == "praise"


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
    st.datetimes(datetime(2000, 1, 1), datetime(2035, 1, 1)),  # noqa: DTZ001 - the zone follows
    st.sampled_from(["Asia/Damascus", "Europe/Istanbul", "Europe/Berlin"]),
    st.lists(st.integers(0, 20), max_size=10),
)
def test_an_urgent_case_is_never_promised_later_than_an_ordinary_one(
    received: datetime, zone: str, offsets: list[int]
) -> None:
    received_at = received.replace(tzinfo=UTC)
    holidays: frozenset[date] = frozenset(received.date() + timedelta(days=offset) for offset in offsets)
    calendar = WorkingCalendar(ZoneInfo(zone), holidays=holidays)
    ordinary = due_times(procedure_for("complaint"), calendar, received_at, urgent=False)
    urgent = due_times(procedure_for("complaint"), calendar, received_at, urgent=True)
    assert urgent.acknowledge_at <= ordinary.acknowledge_at
    assert urgent.decide_at == ordinary.decide_at
    assert received_at < urgent.acknowledge_at <= urgent.decide_at
