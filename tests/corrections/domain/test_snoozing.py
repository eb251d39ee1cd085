"""The days that the presets of putting aside stand for."""

from datetime import datetime
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from corrections.domain.snoozing import LONGEST, PRESETS, day_chosen
from newsroom.days import beginning_of, day_of

DAMASCUS = ZoneInfo("Asia/Damascus")


@given(
    st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(DAMASCUS)),  # noqa: DTZ001
    st.sampled_from([preset for preset in PRESETS if preset != "working_day"]),
)
def test_a_preset_lies_behind_today_and_begins_at_midnight(moment: datetime, preset: str) -> None:
    day = day_chosen(preset, "", moment)
    assert day is not None
    assert moment < beginning_of(day) <= beginning_of(day_of(moment) + LONGEST)
