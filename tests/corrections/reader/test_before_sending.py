"""Before sending: whether the passage was corrected since, and how many others wait; nothing of what they wrote."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corrections.models import Case
from newsroom import articles
from newsroom.articles import Content
from newsroom.models import Article, Photo, StaffMember
from tests.corrections.reader.pages import correct, fill_correction
from tests.corrections.reader.test_check_answers import press
from tests.corrections.reader.test_places import PLACE
from tests.factories import NOW, make_case

ELSEWHERE = "1.0-1.14"


@pytest.fixture
def path(article: Article) -> str:
    return f"/en/{article.pk}/correction/"


def form_of(reader: Client, path: str, place: str = PLACE, revision: int = 1) -> str:
    return reader.get(f"{path}?revision={revision}&place={place}").content.decode()


def notices_in(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'href="/en/corrections/(\d+)/"', page)]


def revise(article: Article, change: str, **changed: Any) -> int:
    """Changes an article from elsewhere, without a notice, and gives the number of its new revision."""
    latest = articles.latest_revision(Article.objects.get(pk=article.pk))
    revision = articles.revise(
        article.pk,
        replace(Content.of(latest), **changed),
        change=change,
        origin="mirror",
        expected_revision=latest.number,
        by=None,
        now=NOW,
    )
    return revision.number


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


def test_of_several_corrections_only_those_of_the_passage_are_shown(
    reader: Client, path: str, article: Article, editor: StaffMember
) -> None:
    elsewhere = correct(article, editor, "أعلنت البلدية", "أعلن المجلس البلدي")
    own = correct(article, editor, "12,000", "1,200")
    assert notices_in(form_of(reader, path)) == [own.pk]
    assert notices_in(form_of(reader, path, ELSEWHERE)) == [elsewhere.pk]


def test_a_passage_that_was_mended_without_a_notice_is_said_to_have_changed(
    reader: Client, path: str, article: Article
) -> None:
    revise(article, "minor_fix", body=articles.latest_revision(article).body.replace("أسرة", "أسره"))
    checked = press(reader, path, fill_correction(reader, f"{path}?revision=1&place={PLACE}"), "check")
    for page in (form_of(reader, path), checked.content.decode()):
        assert "This passage has been changed since." in page
        assert f'href="/ar/{article.pk}/' in page.split("This passage has been changed since.")[1].split("</p>")[0]
        assert "with a notice of" not in page


def test_of_a_photo_only_the_notices_of_another_photo_are_shown(
    reader: Client, path: str, article: Article, editor: StaffMember
) -> None:
    old, new = (Photo.objects.create(digest=name * 64, file=name, width=4, height=3) for name in "ab")
    seen = revise(article, "update", photo_id=old.pk, photo_alternative="خزان")
    correct(article, editor, "12,000", "1,200")
    shown = form_of(reader, path, "photo", seen)
    notice = correct(article, editor, "", "", photo_id=new.pk)
    assert "has been changed since" not in shown
    assert notices_in(form_of(reader, path, "photo", seen)) == [notice.pk]


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
