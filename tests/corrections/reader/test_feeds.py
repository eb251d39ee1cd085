"""The register as a feed that every reader program can read."""

from xml.etree import ElementTree

import pytest
from django.test import Client

from corrections.models import Notice
from newsroom.models import Article, StaffMember
from tests.corrections.reader.pages import correct

ATOM = "{http://www.w3.org/2005/Atom}"
PATH = "/ar/corrections/feed.atom"


@pytest.fixture
def notice(article: Article, editor: StaffMember) -> Notice:
    return correct(article, editor, "12,000", "1,200")


def feed(client: Client, path: str = PATH) -> ElementTree.Element:
    return ElementTree.fromstring(client.get(path).content)


def test_the_feed_has_what_atom_asks_for(client: Client, notice: Notice) -> None:
    root = feed(client)
    found = {name: root.findtext(f"{ATOM}{name}") for name in ("title", "id", "updated")}
    assert found == {
        "title": "سجل التصحيحات – صحيفة المثال",
        "id": "http://127.0.0.1:8000/ar/corrections/",
        "updated": notice.published_at.isoformat(),
    }
    assert root.findtext(f"{ATOM}author/{ATOM}name") == "صحيفة المثال"


def test_an_entry_leads_to_the_notice_and_says_it(client: Client, notice: Notice) -> None:
    [entry] = feed(client).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}title") == "تصحيح: عودة ضخ المياه إلى عين الزيتون"
    assert entry.findtext(f"{ATOM}id") == f"http://127.0.0.1:8000/ar/corrections/{notice.pk}/"
    assert entry.findtext(f"{ATOM}summary") == "12,000 / 1,200"


def test_one_sign_that_xml_forbids_breaks_no_feed(client: Client, article: Article, editor: StaffMember) -> None:
    correct(article, editor, "12,000", "1,200\x0b\ufffe")
    assert feed(client).findtext(f"{ATOM}entry/{ATOM}summary") == "12,000 / 1,200"


def test_each_language_has_its_own_feed(client: Client, notice: Notice) -> None:
    assert feed(client, "/en/corrections/feed.atom").findall(f"{ATOM}entry") == []


def test_a_feed_is_only_for_reading(client: Client, db: None) -> None:
    assert client.post(PATH).status_code == 405
