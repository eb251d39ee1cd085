"""What the desk adds to an article's page."""

import json
import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from corrections.domain import decisions
from corrections.domain.proposal import Proposal
from corrections.procedures import Clock, Unit
from newsroom.articles import Content
from newsroom.models import Article, StaffMember
from tests.corrections.reader.pages import correct, take_up
from tests.factories import NOW, as_actor, make_article, make_case, put_in_force

HOSTILE = "</script><script>alert(1)</script><!-- & \u2028 ]]>"


def page_of(client: Client, article: Article) -> str:
    return client.get(f"/{article.language}/{article.pk}/").content.decode()


def data_in(page: str) -> Any:
    [element] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(element)


def annotate(article: Article, editor: StaffMember, text: str) -> None:
    """Puts an editor's note on an article, with these words."""
    case = make_case(article)
    take_up(case, editor)
    proposal = Proposal("upheld", "editors_note", "reason", notice_text=text)
    decisions.decide(case, proposal, actor=as_actor(editor), expected_version=case.version, now=NOW)


def test_the_structured_data_names_the_article_its_authors_and_the_policies(
    client: Client, english_article: Article
) -> None:
    data = data_in(page_of(client, english_article))
    site = "http://127.0.0.1:8000/en"
    assert (data["@type"], data["headline"]) == ("NewsArticle", "Water pumping resumes in Ain al-Zaytoun")
    assert data["author"] == [{"@type": "Person", "name": "Layla Haddad"}]
    assert data["datePublished"] == NOW.isoformat()
    assert (
        data["publisher"]["correctionsPolicy"],
        data["publisher"]["ethicsPolicy"],
        data["publisher"]["actionableFeedbackPolicy"],
    ) == (f"{site}/how-we-correct/", f"{site}/code-of-ethics/", f"{site}/how-we-handle-complaints/")
    assert "correction" not in data


@pytest.mark.parametrize("policy", ["correctionsPolicy", "ethicsPolicy", "actionableFeedbackPolicy"])
def test_every_policy_leads_to_a_page(client: Client, english_article: Article, policy: str) -> None:
    address = data_in(page_of(client, english_article))["publisher"][policy]
    assert client.get(urlsplit(address).path).status_code == 200


def test_a_correction_is_a_comment_on_its_article(client: Client, article: Article, editor: StaffMember) -> None:
    notice = correct(article, editor, "12,000", "1,200")
    data = data_in(page_of(client, article))
    assert data["correction"] == [
        {
            "@type": "CorrectionComment",
            "@id": f"{data['@id']}#notice-{notice.pk}",
            "text": "12,000 / 1,200",
            "datePublished": NOW.isoformat(),
            "inLanguage": "ar",
            "parentItem": {"@id": data["@id"]},
        }
    ]


def test_no_words_leave_the_structured_data_and_all_arrive(
    client: Client, editor: StaffMember, author: StaffMember
) -> None:
    article = make_article("en", by=author, content=Content(title=HOSTILE, body="<p>text</p>"), byline=HOSTILE)
    annotate(article, editor, HOSTILE)
    page = page_of(client, article)
    assert (page.count("<script type="), page.count("<script src="), page.count("</script>")) == (1, 1, 2)
    data = data_in(page)
    assert data["headline"].startswith("</script><script>alert(1)</script><!-- &")
    assert data["correction"][0]["text"].startswith("</script><script>alert(1)</script><!-- &")


def test_a_notice_shows_its_changes_and_its_permanent_address(
    client: Client, article: Article, editor: StaffMember
) -> None:
    notice = correct(article, editor, "12,000", "1,200")
    aside = page_of(client, article).split(f'id="notice-{notice.pk}"')[1].split("</aside>")[0]
    assert '<del><span class="vh">حُذف: </span>12,000</del>' in aside
    assert f'href="/ar/corrections/{notice.pk}/"' in aside


def test_a_notice_without_a_change_of_the_text_offers_none(
    client: Client, article: Article, editor: StaffMember
) -> None:
    annotate(article, editor, "ملاحظة")
    page = page_of(client, article)
    assert (page.count('class="notice"'), "<details>" in page) == (1, False)


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (1, "يصدر القرار خلال يوم عمل واحد."),
        (2, "يصدر القرار خلال يومَي عمل."),
        (5, "يصدر القرار خلال 5 أيام عمل."),
        (11, "يصدر القرار خلال 11 يوم عمل."),
        (100, "يصدر القرار خلال 100 يوم عمل."),
    ],
)
def test_the_assurance_is_printed_from_the_clock_in_the_right_plural(
    client: Client, article: Article, days: int, sentence: str
) -> None:
    put_in_force(decide=Clock(days, Unit.WORKING_DAYS))
    assert page_of(client, article).count(sentence) == 1


def test_both_offers_stand_at_the_foot_of_an_article(client: Client, article: Article) -> None:
    foot = page_of(client, article).split('class="desk"')[1]
    assert [path for path in ("correction", "complaint") if f'href="/ar/{article.pk}/{path}/"' not in foot] == []
