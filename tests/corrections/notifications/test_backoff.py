from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as some

from corrections.notifications.backoff import LAST_ATTEMPT, LONGEST, SPREAD, middle_pause, pause_after


def test_pauses_double_up_to_two_hours() -> None:
    seconds = [middle_pause(attempt).total_seconds() for attempt in range(1, 11)]
    assert seconds == [30, 60, 120, 240, 480, 960, 1920, 3840, 7200, 7200]


def test_the_last_attempt_is_about_a_day_after_the_first() -> None:
    whole = sum((middle_pause(attempt) for attempt in range(1, LAST_ATTEMPT)), timedelta())
    assert timedelta(hours=24) <= whole <= timedelta(hours=25)


@given(some.integers(min_value=1, max_value=32_767))
def test_a_pause_is_never_far_from_its_middle(attempt: int) -> None:
    middle = middle_pause(attempt)
    assert middle * (1 - SPREAD) <= pause_after(attempt) <= middle * (1 + SPREAD)
    assert middle <= LONGEST


def test_two_mails_that_fail_together_are_not_tried_together() -> None:
    assert len({pause_after(5) for _ in range(20)}) > 10
