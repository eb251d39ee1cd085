"""The passage on the desk's pages: the whole paragraph around it, where that stands, then and now."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from corrections.models import Case
from newsroom import articles
from newsroom.articles import Content
from newsroom.models import Article, StaffMember
from tests.corrections.desk.steps import address_of, now, press
from tests.corrections.desk.test_decide import revise
from tests.factories import make_article, make_case

SECOND = "وقالت هدى العلي إن المحطة تخدم نحو <mark>12,000</mark> أسرة، وإن الضخ سيجري يومًا بعد يوم."
FIRST = "أعلنت البلدية عودة ضخ المياه إلى أحياء البلدة كافة."


def shown(page: Any) -> tuple[list[str], list[tuple[str, str]]]:
    """The quoted paragraphs with their marks, and the places with their addresses."""
    message = page.content.decode().partition('id="message-head"')[2].partition("</section>")[0]
    quotes = re.findall(r'<blockquote class="quote user"[^>]*>(.*?)</blockquote>', message, re.DOTALL)
    paragraphs = [text for quote in quotes for text in re.findall(r"<p[^>]*>(.*?)</p>", quote, re.DOTALL)]
    places = re.findall(r'<p class="small muted">\n?(?:<a href="([^"]*)">)?([^<]*النسخة \d+)', message)
    return [unescape(text) for text in paragraphs], [(where, words) for where, words in places]


def opened(desk: Client, article: Article, place: str, **more: Any) -> Case:
    case = make_case(article, now=now(), place=place, **more)
    press(desk, case, "claim")
    return case


@pytest.mark.parametrize("name", ["case", "decide"])
def test_the_whole_paragraph_is_shown_with_the_words_marked_and_leads_into_the_article(
    desk: Client, article: Article, name: str
) -> None:
    case = opened(desk, article, "2.35-2.41")
    paragraphs, places = shown(desk.get(address_of(case, name)))
    assert paragraphs == [SECOND]
    assert [(where.partition("#")[2], words) for where, words in places] == [("p2", "الفقرة 2، النسخة 1")]
    assert 'id="p2"' in desk.get(places[0][0].partition("#")[0]).content.decode()


def test_a_passage_that_moved_is_shown_once_with_both_of_its_places(
    desk: Client, article: Article, second_editor: StaffMember
) -> None:
    case = opened(desk, article, "2.35-2.41")
    revise(article, f"فقرة جديدة عن أمر آخر.</p><p>{FIRST}", second_editor)
    paragraphs, places = shown(desk.get(address_of(case)))
    assert paragraphs == [SECOND]
    assert [words for _where, words in places] == ["الفقرة 2، النسخة 1", "الفقرة 3، النسخة 2"]
    assert [where.partition("#")[2] for where, _words in places] == ["p2", "p3"]
    assert [f"/{article.pk}/revisions/1/" in where for where, _words in places] == [True, False]
    assert 'id="p2"' in desk.get(places[0][0].partition("#")[0]).content.decode()


def test_a_passage_that_was_changed_is_marked_as_it_was_and_as_it_is(
    desk: Client, article: Article, second_editor: StaffMember
) -> None:
    case = opened(desk, article, "1.14-1.18")
    revise(article, FIRST.replace("عودة", "توقف"), second_editor)
    paragraphs, _places = shown(desk.get(address_of(case)))
    assert paragraphs == [FIRST.replace("عودة", "<mark>عودة</mark>"), FIRST.replace("عودة", "<mark>توقف</mark>")]


def test_a_passage_over_several_paragraphs_is_marked_in_each(desk: Client, article: Article) -> None:
    case = opened(desk, article, "1.39-2.5")
    paragraphs, places = shown(desk.get(address_of(case)))
    assert [re.findall("<mark>(.*?)</mark>", text) for text in paragraphs] == [["البلدة كافة."], ["وقالت"]]
    assert places[0][1] == "من الفقرة 1 إلى الفقرة 2، النسخة 1"


def test_headlines_captions_and_withdrawn_articles_are_named_as_they_are(desk: Client, article: Article) -> None:
    title, caption = (opened(desk, article, place) for place in ("title", "caption"))
    paragraphs, [(where, words)] = shown(desk.get(address_of(title)))
    assert paragraphs == ["<mark>عودة ضخ المياه إلى عين الزيتون</mark>"]
    assert (where.partition("#")[2], words) == ("headline", "العنوان، النسخة 1")
    assert shown(desk.get(address_of(caption)))[1][0][1] == "تعليق الصورة، النسخة 1"
    articles.withdraw(article.pk, reason="سُحب.", expected_revision=1, by=None, now=now(), origin="desk")
    assert shown(desk.get(address_of(title)))[1] == [("", "العنوان، النسخة 1")]


def test_a_long_paragraph_shows_what_is_near_and_folds_the_whole_of_it(desk: Client) -> None:
    text = f"{'قبل ' * 200}الخطأ {'بعد ' * 200}".strip()
    case = opened(desk, make_article(content=Content(title="ع", body=f"<p>{text}</p>")), "1.800-1.805")
    near, whole = shown(desk.get(address_of(case)))[0]
    assert whole == text.replace("الخطأ", "<mark>الخطأ</mark>")
    assert (near[:5], near[-5:], len(near) < 650) == ("…قبل ", " بعد…", True)
    assert "<mark>الخطأ</mark>" in near
