"""Atom feeds: complete by the standard, one identity each, and no text can break the XML."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from newsroom import articles
from newsroom.articles import Content
from newsroom.models import Article, Section, StaffMember
from tests.factories import NOW, make_article

pytestmark = pytest.mark.django_db

ATOM = "{http://www.w3.org/2005/Atom}"
SITE = "/ar/feed.atom"
SECTION = "/ar/sections/services/feed.atom"


def feed_at(path: str, client: Client) -> ElementTree.Element:
    return ElementTree.fromstring(client.get(path).content)


def text_of(element: ElementTree.Element, path: str) -> str:
    found = element.findtext("/".join(ATOM + part for part in path.split("/")))
    assert found is not None
    return found


@pytest.mark.parametrize("path", [SITE, SECTION])
def test_a_feed_has_everything_that_atom_asks_for(article: Article, client: Client, path: str) -> None:
    feed = feed_at(path, client)
    assert feed.get("{http://www.w3.org/XML/1998/namespace}lang") == "ar"
    assert text_of(feed, "author/name") == "صحيفة المثال"
    assert text_of(feed, "updated") == "2025-02-16T07:00:00+00:00"
    assert text_of(feed, "entry/id") == f"http://127.0.0.1:8000/ar/{article.pk}/"
    assert text_of(feed, "entry/title") == "عودة ضخ المياه إلى عين الزيتون"
    assert text_of(feed, "entry/updated") == "2025-02-16T07:00:00+00:00"


def test_two_feeds_have_two_identities(article: Article, client: Client) -> None:
    identities = [text_of(feed_at(path, client), "id") for path in (SITE, SECTION)]
    assert identities == ["http://127.0.0.1:8000/ar/", "http://127.0.0.1:8000/ar/sections/services/"]


def test_a_feed_names_its_own_address(article: Article, client: Client) -> None:
    links = {link.get("rel"): link.get("href") for link in feed_at(SECTION, client).findall(f"{ATOM}link")}
    assert links["self"] == f"http://127.0.0.1:8000{SECTION}"


def test_any_cache_may_keep_a_feed(article: Article, client: Client) -> None:
    answer = client.get(SITE)
    assert (answer["Cache-Control"], dict(answer.cookies)) == ("public, max-age=60, stale-while-revalidate=600", {})
    assert client.get(SITE, headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_feed_is_only_read(article: Article, client: Client) -> None:
    assert client.post(SITE).status_code == 405


def test_hostile_words_stay_words(author: StaffMember, client: Client) -> None:
    title = "]]></title><script>alert(1)</script>&amp;\x0b\ufffe"
    make_article("ar", by=author, content=Content(title=title, standfirst="<b>\x01</b>", body="<p>text</p>"))
    feed = feed_at(SITE, client)
    assert text_of(feed, "entry/title") == "]]></title><script>alert(1)</script>&amp;"
    assert text_of(feed, "entry/summary") == "<b></b>"


def test_a_section_whose_name_holds_a_control_character_still_has_a_feed(article: Article, client: Client) -> None:
    Section.objects.update(name_ar="خد\x01مات")
    assert text_of(feed_at(SECTION, client), "title") == "صحيفة المثال – خدمات"


def test_a_feed_holds_its_own_language_and_no_withdrawn_article(
    article: Article, english_article: Article, client: Client
) -> None:
    assert text_of(feed_at("/en/feed.atom", client), "entry/title") == "Water pumping resumes in Ain al-Zaytoun"
    articles.withdraw(article.pk, reason="سبب", expected_revision=1, by=None, now=NOW)
    assert feed_at(SITE, client).findall(f"{ATOM}entry") == []


def test_an_unknown_section_has_no_feed(client: Client) -> None:
    assert client.get("/ar/sections/absent/feed.atom").status_code == 404
