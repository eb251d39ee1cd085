"""What everybody may read: every notice, each under its own address, and promises that the clocks keep."""

from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corrections.models import Notice
from newsroom import articles
from newsroom.models import Article, Revision, StaffMember
from tests.corrections.reader.pages import correct
from tests.factories import NOW

LOG = "/ar/corrections/"


@pytest.fixture
def notice(article: Article, editor: StaffMember) -> Notice:
    return correct(article, editor, "12,000", "1,200")


def withdraw(article: Article) -> None:
    article.refresh_from_db()
    articles.withdraw(
        article.pk,
        reason="لم تُثبت هوية المصدر",
        expected_revision=article.latest,
        by=None,
        now=NOW + timedelta(days=1),
        origin=Revision.Origin.DESK,
    )


def test_the_register_shows_the_notices_of_its_language_by_month(
    client: Client, notice: Notice, english_article: Article, editor: StaffMember
) -> None:
    correct(english_article, editor, "12,000", "1,200")
    page = client.get(LOG).content.decode()
    assert (page.count('<p class="row">'), page.count("شباط 2025</h2>")) == (1, 1)
    assert f'#notice-{notice.pk}"><bdi>عودة ضخ المياه إلى عين الزيتون</bdi>' in page
    assert client.get("/en/corrections/").content.decode().count('<p class="row">') == 1


def test_the_register_takes_the_same_queries_for_one_notice_and_for_many(
    client: Client, article: Article, editor: StaffMember
) -> None:
    counts = []
    words = ["12,000", *(f"v{number}" for number in range(9))]
    for wrong, right in pairwise(words):
        correct(article, editor, wrong, right)
        with CaptureQueriesContext(connection) as queries:
            client.get(LOG)
        counts.append(len(queries))
    assert (set(counts), Notice.objects.count()) == ({2}, 9)


def test_any_cache_may_keep_the_public_pages_and_no_page_sets_a_cookie(client: Client, notice: Notice) -> None:
    for path in (LOG, f"{LOG}{notice.pk}/", f"{LOG}feed.atom", "/ar/how-we-correct/"):
        answer = client.get(path)
        assert (answer["Cache-Control"], dict(answer.cookies)) == (
            "public, max-age=60, stale-while-revalidate=600",
            {},
        )


def test_a_notice_says_what_changed_under_its_own_address(client: Client, notice: Notice) -> None:
    page = client.get(f"{LOG}{notice.pk}/").content.decode()
    assert "12,000 / 1,200" in page
    assert '<ins><span class="vh">أُضيف: </span>1,200</ins>' in page


def test_a_notice_stands_in_the_language_of_its_article(client: Client, notice: Notice) -> None:
    answer = client.get(f"/en/corrections/{notice.pk}/")
    assert (answer.status_code, answer["Location"]) == (301, f"{LOG}{notice.pk}/")
    assert 'href="/en/corrections/" lang="en"' in client.get(f"{LOG}{notice.pk}/").content.decode()


@pytest.mark.parametrize("number", ["0", "99", "9223372036854775808", "9" * 300, "-1", "١x"])
def test_a_notice_that_never_was_is_not_found(client: Client, db: None, number: str) -> None:
    assert client.get(f"{LOG}{number}/").status_code == 404


def test_of_a_withdrawn_article_the_notices_stay_and_its_words_go(
    client: Client, notice: Notice, article: Article
) -> None:
    withdraw(article)
    for path in (f"{LOG}{notice.pk}/", f"/ar/{article.pk}/"):
        page = client.get(path).content.decode()
        assert ("12,000 / 1,200" in page, "<ins>" in page, "<del>" in page) == (True, False, False)


def test_the_register_says_that_an_article_is_withdrawn(
    client: Client, english_article: Article, editor: StaffMember
) -> None:
    correct(english_article, editor, "12,000", "1,200")
    withdraw(english_article)
    page = client.get("/en/corrections/").content.decode()
    assert ">Withdrawn article</a>" in page


def test_no_page_of_the_readers_promises_what_is_not_there() -> None:
    room = Path(__file__).parents[3] / "templates/corrections"
    templates = [path for folder in ("article", "promise", "reader") for path in (room / folder).glob("*.html")]
    assert {"actions.html", "promise.html", "my_case.html"} <= {path.name for path in templates}
    words = [
        (path.name, word)
        for path in templates
        for word in ('type="file"', "upload")
        if word in path.read_text("utf-8").lower()
    ]
    assert words == []


@pytest.mark.parametrize(
    "address",
    [
        "/ar/corrections/?page=2",
        "/ar/?page=2",
        "/ar/code-of-ethics/",
        "/ar/how-we-handle-complaints/",
        "/ar/how-we-correct/",
    ],
)
def test_the_other_language_keeps_the_place(client: Client, db: None, address: str) -> None:
    page = client.get(address).content.decode()
    assert f'href="{address.replace("/ar/", "/en/", 1)}"' in page


def test_the_form_in_the_other_language_keeps_the_chosen_passage(client: Client, article: Article) -> None:
    page = client.get(f"/ar/{article.pk}/correction/?revision=1&place=2").content.decode()
    assert f'href="/en/{article.pk}/correction/?revision=1&amp;place=2"' in page


def doors_of(article: Article, notice: Notice) -> list[str]:
    """Every public address that speaks of an article or of a notice on it."""
    own = f"/ar/{article.pk}/"
    reader = [
        f"{own}{page}/" for page in ("", "correction", "addition", "complaint", "follow", "revisions", "revisions/1")
    ]
    log = [LOG, f"{LOG}{notice.pk}/", f"{LOG}feed.atom", "/ar/", "/ar/feed.atom"]
    interface = [f"articles/{article.pk}/", "articles/", "notices/", f"notices/{notice.pk}/"]
    return [address.replace("//", "/") for address in (*reader, *log, *(f"/api/v1/{path}" for path in interface))]


@pytest.mark.parametrize("withdrawn", [False, True])
def test_the_headline_of_a_withdrawn_article_stands_at_no_public_door(
    client: Client, article: Article, notice: Notice, withdrawn: bool
) -> None:
    if withdrawn:
        withdraw(article)
    title = article.revisions.get(number=1).title
    telling = set()
    for address in doors_of(article, notice):
        answer = client.get(address)
        page = unquote(answer.content.decode()) + unquote(answer.headers.get("Location", ""))
        if title in page or title.replace(" ", "-") in page:
            telling.add(address)
    assert (len(telling) >= 12) is not withdrawn, sorted(telling)
    assert not (withdrawn and telling)


def test_what_stands_in_the_place_of_the_headline_says_that_it_is_withdrawn(
    client: Client, article: Article, notice: Notice
) -> None:
    withdraw(article)
    for address in (LOG, f"{LOG}{notice.pk}/", f"{LOG}feed.atom", f"/ar/{article.pk}/follow/"):
        assert "مقال مسحوب" in client.get(address).content.decode(), address
    assert client.get(f"/api/v1/notices/{notice.pk}/").json()["title"] == ""
