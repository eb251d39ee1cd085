"""Lists, versions and links of the readers' pages; the article page itself is in test_pages."""

import gzip
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from newsroom import articles, queries
from newsroom.articles import ArticleDraft, BylineDraft, Content
from newsroom.html import paragraphs_to_html
from newsroom.models import Article, Revision, StaffMember
from tests.factories import ARABIC, NOW, make_article, make_section
from tests.journeys.documents import INVENTED, real_article

pytestmark = pytest.mark.django_db

STYLES = Path(__file__).resolve().parents[2] / "newsroom/static/newsroom/pages.css"
BUDGET = 14 * 1024


def make_river(count: int) -> None:
    for number in range(count):
        make_article("ar", content=Content(title=f"خبر رقم {number}.", body="<p>نص</p>"), published_at=later(number))


def later(hours: int) -> datetime:
    return NOW + timedelta(hours=hours)


def revise(article: Article, title: str, body: str = "<p>text</p>") -> Revision:
    return articles.revise(
        article.pk,
        Content(title=title, body=body),
        change=Revision.Change.UPDATE,
        origin=Revision.Origin.NEWSROOM,
        expected_revision=article.latest,
        by=None,
        now=NOW,
    )


@pytest.mark.parametrize("path", ["/ar/", "/ar/sections/services/"])
def test_lists_are_cut_into_pages_newest_first(client: Client, path: str) -> None:
    make_river(queries.PAGE_SIZE + 1)
    first, second = (client.get(path, {"page": page}).content.decode() for page in ("1", "2"))
    assert first.index("خبر رقم 20.") < first.index("خبر رقم 19.")
    assert ("خبر رقم 0." in first, "خبر رقم 0." in second) == (False, True)
    assert ('href="?page=2" rel="next"' in first, 'href="?page=1" rel="prev"' in second) == (True, True)


@pytest.mark.parametrize("path", ["/ar/", "/ar/sections/services/"])
def test_a_list_takes_as_many_queries_with_twenty_articles_as_with_one(client: Client, path: str) -> None:
    make_river(1)
    with CaptureQueriesContext(connection) as few:
        client.get(path)
    make_river(queries.PAGE_SIZE)
    with CaptureQueriesContext(connection) as many:
        client.get(path)
    assert len(few) == len(many)


@pytest.mark.parametrize("page", ["", "0", "-1", "x", "2.5", "١", "9" * 6, "9" * 5000, "1e3"])
def test_a_page_number_that_is_none_shows_a_page_that_is(article: Article, client: Client, page: str) -> None:
    answer = client.get("/ar/", {"page": page})
    assert (answer.status_code, "عودة ضخ المياه" in answer.content.decode()) == (200, True)


def test_a_list_holds_one_language(article: Article, english_article: Article, client: Client) -> None:
    assert "عودة ضخ المياه" not in client.get("/en/").content.decode()
    assert "Water pumping" in client.get("/en/sections/services/").content.decode()


def test_a_withdrawn_article_leaves_the_lists(article: Article, client: Client) -> None:
    articles.withdraw(article.pk, reason="سبب", expected_revision=1, by=None, now=NOW)
    assert f"/ar/{article.pk}/" not in client.get("/ar/").content.decode()


def test_a_list_names_its_other_language_and_its_feed(article: Article, client: Client) -> None:
    page = client.get("/ar/sections/services/").content.decode()
    assert '<link rel="alternate" hreflang="en" href="http://127.0.0.1:8000/en/sections/services/">' in page
    assert 'type="application/atom+xml" href="/ar/sections/services/feed.atom"' in page


def test_an_article_names_its_own_address_its_feeds_and_where_it_first_appeared(client: Client) -> None:
    draft = ArticleDraft("ar", make_section(), ARABIC, [BylineDraft("ليلى")], "https://example.org/349287/")
    article = articles.publish(draft, by=None, origin=Revision.Origin.IMPORT, published_at=NOW)
    page = client.get(f"/ar/{article.pk}/whatever/").content.decode()
    assert f'<link rel="canonical" href="http://127.0.0.1:8000/ar/{article.pk}/%D8' in page
    assert 'href="/ar/feed.atom" title="صحيفة المثال"' in page
    assert 'href="/ar/sections/services/feed.atom" title="خدمات"' in page
    assert '<a href="https://example.org/349287/" rel="noopener">' in page


def test_names_stand_alone_whatever_their_direction(author: StaffMember, client: Client) -> None:
    article = make_article("ar", byline="Layla <b>Haddad</b>")
    assert "<bdi>Layla &lt;b&gt;Haddad&lt;/b&gt;</bdi>" in client.get(f"/ar/{article.pk}/").content.decode()


def test_all_versions_are_listed_newest_first_with_their_kind(english_article: Article, client: Client) -> None:
    revise(english_article, "A second headline")
    page = client.get(f"/en/{english_article.pk}/revisions/").content.decode()
    assert page.index("A second headline") < page.index("Water pumping resumes")
    assert ("<strong>Update</strong>" in page, "<strong>First version</strong>" in page) == (True, True)


def test_hostile_words_in_a_difference_stay_words(english_article: Article, client: Client) -> None:
    revise(english_article, "<img src=x onerror=alert(1)>")
    page = client.get(f"/en/{english_article.pk}/revisions/2/").content.decode()
    assert ("<img" in page, "&lt;img src=x onerror=alert(1)&gt;" in page) == (False, True)


@pytest.mark.parametrize("path", ["revisions/", "revisions/1/"])
def test_versions_stand_in_the_language_of_their_article(english_article: Article, client: Client, path: str) -> None:
    answer = client.get(f"/ar/{english_article.pk}/{path}")
    assert (answer.status_code, answer["Location"]) == (301, f"/en/{english_article.pk}/{path}")


@pytest.mark.parametrize("number", ["0", "2", "2147483648", "9" * 30, "9" * 5000])
def test_a_version_that_does_not_exist_is_not_found(article: Article, client: Client, number: str) -> None:
    assert client.get(f"/ar/{article.pk}/revisions/{number}/").status_code == 404


def test_the_bare_address_is_arabic_whatever_the_browser_prefers(client: Client) -> None:
    answer = client.get("/", headers={"Accept-Language": "en"})
    assert (answer.status_code, answer["Location"]) == (302, "/ar/")


def test_an_article_with_its_styles_fits_the_budget(client: Client) -> None:
    item = real_article() or INVENTED
    content = Content(title=item["title"], body=paragraphs_to_html(item["paragraphs"]), caption=item.get("caption", ""))
    page = client.get(f"/ar/{make_article('ar', content=content).pk}/").content
    assert len(gzip.compress(page)) + len(gzip.compress(STYLES.read_bytes())) < BUDGET
