"""The readers' pages of articles: the same for everybody, few queries, the right language, clear refusals."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corrections.domain import assignment, decisions
from corrections.domain.proposal import Proposal
from corrections.models import Notice
from newsroom import articles
from newsroom.articles import Content
from newsroom.models import Article, Revision, StaffMember
from tests.factories import NOW, as_actor, make_article, make_case

pytestmark = pytest.mark.django_db


def correct(article: Article, editor: StaffMember, wrong: str, right: str) -> None:
    """One correction of an article through the desk."""
    case = make_case(article)
    actor = as_actor(editor)
    assignment.claim(case, actor=actor, expected_version=case.version, now=NOW)
    article.refresh_from_db()
    current = Content.of(articles.latest_revision(article))
    content = replace(current, body=current.body.replace(wrong, right))
    proposal = Proposal("upheld", "correction", "reason", notice_text="notice", content=content)
    case.article.refresh_from_db()
    decisions.decide(case, proposal, actor=actor, expected_version=case.version, now=NOW)


def test_the_article_page_takes_six_queries_at_most_with_one_notice_or_with_many(
    article: Article, editor: StaffMember, client: Client
) -> None:
    correct(article, editor, "12,000", "v0")
    with CaptureQueriesContext(connection) as few:
        client.get(f"/ar/{article.pk}/")
    for number in range(1, 13):
        correct(article, editor, f"v{number - 1}", f"v{number}")
    with CaptureQueriesContext(connection) as many:
        page = client.get(f"/ar/{article.pk}/")
    assert Notice.objects.count() == 13
    assert page.content.count(b'class="notice"') == 13
    assert len(few) == len(many)
    assert len(many) <= 6


def test_the_article_page_sets_no_cookie_and_varies_on_nothing_personal(article: Article, client: Client) -> None:
    answer = client.get(f"/ar/{article.pk}/")
    assert (answer.status_code, dict(answer.cookies)) == (200, {})
    assert answer["Cache-Control"] == "public, max-age=60, stale-while-revalidate=600"
    assert "Cookie" not in answer.get("Vary", "")
    assert "Accept-Language" not in answer.get("Vary", "")


def test_an_unchanged_article_is_not_sent_twice(article: Article, client: Client) -> None:
    tag = client.get(f"/ar/{article.pk}/")["ETag"]
    again = client.get(f"/ar/{article.pk}/", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_a_corrected_article_has_another_tag(article: Article, editor: StaffMember, client: Client) -> None:
    before = client.get(f"/ar/{article.pk}/")["ETag"]
    correct(article, editor, "12,000", "1,200")
    assert client.get(f"/ar/{article.pk}/")["ETag"] != before


def test_the_words_of_the_address_are_ignored_and_the_number_decides(article: Article, client: Client) -> None:
    assert client.get(f"/ar/{article.pk}/أي-شيء/").content == client.get(f"/ar/{article.pk}/").content


def test_an_english_article_under_an_arabic_address_leads_to_its_own(english_article: Article, client: Client) -> None:
    answer = client.get(f"/ar/{english_article.pk}/")
    assert (answer.status_code, answer["Location"]) == (301, f"/en/{english_article.pk}/{english_article.slug}/")


def test_the_page_shows_levantine_months_and_latin_digits(article: Article, client: Client) -> None:
    assert "الأحد 16 شباط 2025، 10:00" in client.get(f"/ar/{article.pk}/").content.decode()


def test_a_withdrawn_article_keeps_its_address_its_reason_and_both_offers(article: Article, client: Client) -> None:
    articles.withdraw(article.pk, reason="لم تُثبت هوية المصدر", expected_revision=1, by=None, now=NOW)
    answer = client.get(f"/ar/{article.pk}/")
    page = answer.content.decode()
    assert answer.status_code == 410
    assert "لم تُثبت هوية المصدر" in page
    assert "12,000" not in page
    assert f"/ar/{article.pk}/correction/" in page
    assert client.get(f"/ar/{article.pk}/revisions/1/").status_code == 404


def test_every_version_stays_readable_with_its_difference(
    article: Article, editor: StaffMember, client: Client
) -> None:
    correct(article, editor, "12,000", "1,200")
    page = client.get(f"/ar/{article.pk}/revisions/2/").content.decode()
    assert '<del><span class="vh">حُذف: </span>12,000</del>' in page
    assert '<ins><span class="vh">أُضيف: </span>1,200</ins>' in page


def test_the_structured_data_cannot_be_left_by_any_text(author: StaffMember, client: Client) -> None:
    hostile = Content(title="</script><script>alert(1)</script>", body="<p>text</p>")
    article = make_article("en", by=author, content=hostile)
    page = client.get(f"/en/{article.pk}/").content.decode()
    assert "<script>alert" not in page
    assert re.findall(r"<script[^>]*?(type|src)=", page) == ["type", "src"]
    assert page.count("</script>") == 2


@pytest.mark.parametrize("number", ["0", "999999", "9223372036854775808", "1" * 400])
def test_a_number_without_an_article_is_not_found_in_the_readers_language(
    client: Client, db: None, number: str
) -> None:
    answer = client.get(f"/ar/{number}/")
    assert answer.status_code == 404
    assert "لا توجد صفحة كهذه" in answer.content.decode()


@pytest.mark.parametrize("path", ["/ar/%00/", "/ar/?page=%00", "/en/corrections/?page=%ED%A0%80"])
def test_half_characters_and_zero_bytes_are_refused_clearly(client: Client, path: str) -> None:
    assert client.get(path).status_code in (400, 404, 200)


@pytest.mark.parametrize("asked", ["-1", "0", "x", "99999999999999", "١"])
def test_a_page_number_that_is_none_shows_the_first_or_last_page(article: Article, client: Client, asked: str) -> None:
    answer = client.get("/ar/", {"page": asked})
    assert answer.status_code == 200


def test_feeds_carry_the_article_with_its_address(article: Article, client: Client) -> None:
    feed = client.get("/ar/feed.atom")
    assert feed["Content-Type"] == "application/atom+xml; charset=utf-8"
    assert f"<id>http://127.0.0.1:8000/ar/{article.pk}/</id>" in feed.content.decode()
    section = client.get("/ar/sections/services/feed.atom")
    assert f"/ar/{article.pk}/" in section.content.decode()


def test_a_get_of_every_public_page_changes_nothing(
    article: Article, editor: StaffMember, client: Client, row_counts: Callable[[], dict[str, int]]
) -> None:
    correct(article, editor, "12,000", "1,200")
    before = row_counts()
    for path in (
        "/ar/",
        "/ar/corrections/",
        "/ar/corrections/1/",
        "/ar/how-we-correct/",
        f"/ar/{article.pk}/",
        "/ar/case/",
    ):
        assert client.get(path).status_code == 200
    assert row_counts() == before


def test_a_revision_made_on_a_stale_version_is_refused(article: Article, editor: StaffMember) -> None:
    content = replace(Content.of(articles.latest_revision(article)), title="عنوان آخر")
    later = NOW + timedelta(days=1)
    arguments: dict[str, Any] = {"change": "update", "origin": Revision.Origin.NEWSROOM, "by": editor, "now": later}
    articles.revise(article.pk, content, expected_revision=1, **arguments)
    with pytest.raises(articles.ArticleChanged) as refusal:
        articles.revise(article.pk, replace(content, title="ثالث"), expected_revision=1, **arguments)
    assert (refusal.value.expected, refusal.value.found) == (1, 2)
