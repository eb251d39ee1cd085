"""Before sending: whether the passage was corrected since, and how many others wait; nothing of what they wrote."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corrections.models import Case
from newsroom.models import Article, StaffMember
from tests.corrections.reader.pages import correct, fill_correction
from tests.corrections.reader.test_check_answers import press
from tests.corrections.reader.test_places import PLACE
from tests.factories import make_case

ELSEWHERE = "1.0-1.14"


@pytest.fixture
def path(article: Article) -> str:
    return f"/en/{article.pk}/correction/"


def form_of(reader: Client, path: str, place: str = PLACE, revision: int = 1) -> str:
    return reader.get(f"{path}?revision={revision}&place={place}").content.decode()


def test_nobody_before_means_nothing_to_say(reader: Client, path: str) -> None:
    assert 'role="note"' not in form_of(reader, path)


def test_open_reports_on_the_same_words_are_counted(reader: Client, path: str, article: Article) -> None:
    first = make_case(article, place=PLACE, text="كلمات سرية")
    make_case(article, place="2", text="كلمات سرية")
    make_case(article, place=ELSEWHERE)
    make_case(article, place="title")
    make_case(article)
    page = form_of(reader, path)
    assert "2 readers have reported this passage; the desk is looking at it." in page
    assert ("كلمات سرية" in page, first.number in page) == (False, False)


def test_one_report_is_one_reader(reader: Client, path: str, article: Article) -> None:
    make_case(article, place=PLACE)
    assert "1 reader has reported this passage" in form_of(reader, path)


@pytest.mark.parametrize("status", ["held", "withdrawn"])
def test_reports_that_nobody_works_on_are_not_counted(reader: Client, path: str, article: Article, status: str) -> None:
    make_case(article, place=PLACE)
    Case.objects.update(status=status)
    assert 'role="note"' not in form_of(reader, path)


def test_words_that_moved_are_still_the_same_words(
    reader: Client, path: str, article: Article, editor: StaffMember
) -> None:
    make_case(article, place=PLACE)
    correct(article, editor, "هدى العلي", "المهندسة هدى العلي المديرة")
    moved = form_of(reader, path, "2.52-2.63", revision=2)
    assert "1 reader has reported this passage" in moved
    assert "has been changed since" not in moved


def test_a_passage_that_was_corrected_shows_its_notice(
    reader: Client, path: str, article: Article, editor: StaffMember
) -> None:
    notice = correct(article, editor, "12,000", "1,200")
    page = form_of(reader, path)
    assert "This passage has been changed since, with a notice of" in page
    assert notice.text in page
    assert f'href="/en/corrections/{notice.pk}/"' in page


def test_a_correction_elsewhere_in_the_article_is_not_shown(
    reader: Client, path: str, article: Article, editor: StaffMember
) -> None:
    correct(article, editor, "12,000", "1,200")
    assert "has been changed since" not in form_of(reader, path, ELSEWHERE)


def test_the_check_says_it_again(reader: Client, path: str, article: Article) -> None:
    make_case(article, place=PLACE)
    page = press(reader, path, fill_correction(reader, path, place=PLACE), "check").content.decode()
    assert "1 reader has reported this passage" in page


def test_many_reports_cost_no_more_queries(reader: Client, path: str, article: Article) -> None:
    counts = []
    for more in (3, 27):
        for _case in range(more):
            make_case(article, place=PLACE)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            form_of(reader, path)
        counts.append(len(queries))
    assert counts[0] == counts[1]
