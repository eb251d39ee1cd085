"""Pictures of figures: true to their numbers, without script or inline style, with their table beside them."""

import re
from datetime import timedelta
from itertools import pairwise

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from corrections.desk.charts import _BOTTOM, _TOP, HEIGHT, WIDTH, ChartRow, bars, columns, nice_step
from corrections.domain import conversation, decisions
from corrections.domain.lengths import spread_of
from corrections.domain.periods import Period
from corrections.domain.proposal import Proposal
from corrections.domain.punctuality import DECISION_DAYS
from corrections.domain.statistics import statistics
from corrections.models import Case, Decision, Event
from newsroom.models import Article, StaffMember
from tests.corrections.desk.test_statistics import DAYS, PAGE, YEAR, at_that_time, year
from tests.corrections.reader.pages import take_up
from tests.factories import NOW, as_actor, make_case

__all__ = ["at_that_time", "year"]

COUNTS = st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=120)


@given(COUNTS)
def test_every_column_is_as_high_as_its_number_and_stays_in_the_picture(counts: list[tuple[int, int]]) -> None:
    chart = columns("k", "h", "f", ["a", "b"], [ChartRow(str(place), pair) for place, pair in enumerate(counts)])
    room, top = HEIGHT - _TOP - _BOTTOM, 4 * nice_step(max(map(max, counts)))
    numbers = [number for pair in counts for number in pair]
    assert [round(box.height, 1) for box in chart.boxes] == [round(room * number / top, 1) for number in numbers]
    assert all(box.x >= 0 and box.x + box.width <= WIDTH and box.y >= _TOP - 0.1 for box in chart.boxes)
    assert all(left.x <= right.x for left, right in pairwise(chart.boxes))
    below = [word for word in chart.words if word.anchor == "middle"]
    assert all(left.x + len(left.text) * 6 < right.x for left, right in pairwise(below))


@given(st.integers(0, 10**9))
def test_the_lines_bear_round_numbers_and_reach_the_highest_column(most: int) -> None:
    step = nice_step(most)
    assert 4 * step >= most
    first = int(str(step).rstrip("0"))
    assert first in (1, 2, 5)
    next_smaller = step * 2 // 5 if first == 5 else step // 2
    assert step == 1 or 4 * next_smaller < most


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=12))
def test_every_bar_is_as_long_as_its_number(counts: list[int]) -> None:
    chart = bars("k", "h", "f", "n", [ChartRow("x", (number,)) for number in counts])
    longest = max(counts) or 1
    for box, number in zip(chart.boxes, counts, strict=True):
        assert box.width == max(round((WIDTH - 50) * number / longest, 1), 1)
        assert box.y + box.height <= chart.height


@pytest.mark.usefixtures("year")
def test_every_picture_says_what_it_shows_and_stands_beside_its_table(desk: Client) -> None:
    response = desk.get(PAGE, DAYS)
    page = response.content.decode()
    drawn = re.findall(r'<svg class="plot" role="img" aria-labelledby="(\S+) (\S+)"', page)
    assert len(drawn) == len(response.context["charts"]) == 3
    for title, described in drawn:
        assert f'<title id="{title}">' in page
        assert f'<desc id="{described}">' in page
    assert page.count('<table class="chart counts">') == 3
    assert (" style=" in page, "<script>" in page) == (False, False)
    # A comma for the decimal point would break every drawing.
    assert re.findall(r'(?:x|y|width|height)="\d+,\d', page) == []


@pytest.mark.usefixtures("year")
def test_the_table_beside_counts_what_came_and_what_was_decided(desk: Client) -> None:
    months = {chart.key: chart for chart in desk.get(PAGE, DAYS).context["charts"]}["months"]
    assert [row.counts for row in months.rows][:4] == [(0, 0), (2, 1), (1, 0), (0, 0)]


@pytest.mark.usefixtures("year")
def test_over_more_than_three_years_the_picture_shows_years(desk: Client) -> None:
    def drawn(last: str) -> list[str]:
        return [row.label for row in desk.get(PAGE, {"first": "2024-01-01", "last": last}).context["charts"][0].rows]

    assert (len(drawn("2026-12-31")), drawn("2027-01-01")) == (36, ["2024", "2025", "2026", "2027"])
    course = desk.get(PAGE, {"first": "2024-01-01", "last": "2027-01-01"}).context["charts"][0]
    assert (course.key, [row.counts for row in course.rows]) == ("years", [(1, 0), (3, 1), (0, 0), (0, 0)])


def test_decisions_are_counted_by_the_days_they_took(article: Article) -> None:
    for hours in (5, 24, 25, 30 * 24, 31 * 24):
        case = make_case(article)
        Case.objects.filter(pk=case.pk).update(decided_at=NOW + timedelta(hours=hours), status="decided")
    make_case(article)
    found = statistics(YEAR, actor=None, now=NOW).decision_days
    assert found == {**{str(days): 0 for days in DECISION_DAYS}, "1": 2, "2": 1, "30": 1, "longer": 1}


def test_answers_signatures_and_reviews_are_stages_of_their_own(
    article: Article, editor: StaffMember, second_editor: StaffMember
) -> None:
    case = make_case(article)
    take_up(case, editor)
    actor, hour = as_actor(editor), timedelta(hours=1)
    for asked, answered in ((1, 3), (4, 10)):
        now = NOW + asked * hour
        conversation.ask_reader(case, "متى؟", actor=actor, expected_version=case.version, now=now)
        conversation.reader_writes(case, "أمس.", submission_key=f"{asked}", source="x", now=NOW + answered * hour)
    proposal = Proposal("upheld", "retraction", "خطأ.", notice_text="سُحب المقال.")
    decisions.decide(case, proposal, actor=actor, expected_version=case.version, now=NOW + 11 * hour)
    signer = as_actor(second_editor)
    decisions.sign(case, actor=signer, expected_version=case.version, now=NOW + 16 * hour)
    Case.objects.filter(pk=case.pk).update(review_asked_at=NOW + 20 * hour, decided_at=NOW + 50 * hour)
    found = statistics(YEAR, actor=None, now=NOW + 60 * hour)
    assert found.answer_takes == spread_of([2 * hour, 6 * hour])
    assert found.signature_takes == spread_of([5 * hour])
    assert found.review_takes == spread_of([30 * hour])
    # What was reviewed counts in the stage of reviews.
    assert found.decision_takes.count == 0
    assert Decision.objects.filter(signed_at__isnull=False).count() == 1
    assert Event.objects.filter(happening="reader_answered").count() == 2
    last_year = Period(YEAR.first.replace(year=2024), YEAR.last.replace(year=2024))
    assert statistics(last_year, actor=None, now=NOW).answer_takes.count == 0
