"""The passage: chosen by a link or by name, quoted by the server, shown then and now."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from corrections.domain import opening, places
from corrections.models import Case, Passage
from newsroom.models import Article, Revision, StaffMember
from tests.corrections.reader.pages import correct, fill_correction
from tests.corrections.reader.test_check_answers import carried, press
from tests.factories import ARABIC, NOW, make_case

QUOTE = re.compile(r'<blockquote class="quote[^>]*>(.*?)</blockquote>', re.DOTALL)
#: "12,000 أسرة" in the second paragraph of the article of the tests.
PLACE = "2.35-2.46"


@pytest.fixture
def path(article: Article) -> str:
    return f"/ar/{article.pk}/correction/"


def quotes_in(html: str) -> list[str]:
    return [unescape(re.sub(r"<[^>]+>", "", quote)).strip() for quote in QUOTE.findall(html)]


def field(html: str, name: str) -> str:
    """What stands in a text area."""
    found = re.search(rf'<textarea name="{name}".*?>\n?(.*?)</textarea>', html, re.DOTALL)
    return unescape(found[1]) if found else ""


def chosen(client: Client, path: str, place: str, **typed: Any) -> str:
    """The form after a place was chosen by name."""
    answer = press(client, path, {**fill_correction(client, path), **typed, "place": place}, "placed")
    return str(answer.content.decode())


def test_a_link_with_positions_shows_the_quote_that_the_server_cut(reader: Client, path: str) -> None:
    page = reader.get(f"{path}?revision=1&place={PLACE}").content.decode()
    assert quotes_in(page) == ["12,000 أسرة"]
    assert field(page, "proposed") == "12,000 أسرة"


@pytest.mark.parametrize(
    "query",
    [
        "revision=1&place=9.0-9.5",
        "revision=1&place=2.9-1.0",
        "revision=1&place=-1.0-2.5",
        "revision=1&place=2.5-2.5",
        "revision=99&place=2.35-2.46",
        "revision=1&place=99999999999.1-3.2",
        "revision=1&place=photo",
        "revision=1&place=body",
        "revision=1&place=%D9%A2",
        "place=%3Cscript%3E",
        "revision=x&place=",
    ],
)
def test_what_is_no_place_opens_the_form_about_the_whole_article(reader: Client, path: str, query: str) -> None:
    answer = reader.get(f"{path}?{query}")
    page = answer.content.decode()
    assert (answer.status_code, quotes_in(page)) == (200, [])
    assert "الرسالة تتعلق بالمقال كله." in page


def test_a_place_in_another_articles_revision_is_none(reader: Client, path: str, english_article: Article) -> None:
    page = reader.get(f"/en/{english_article.pk}/correction/?revision=1&place=7.0-7.9").content.decode()
    assert quotes_in(page) == []


def test_the_passage_is_stored_with_its_case(reader: Client, path: str, article: Article) -> None:
    form = reader.get(f"{path}?revision=1&place={PLACE}").content.decode()
    fields = {**fill_correction(reader, path), **carried(form), "proposed": "1,200 أسرة", "text": ""}
    press(reader, path, fields, "send")
    passage = Passage.objects.get()
    body = "أعلنت البلدية عودة ضخ المياه إلى أحياء البلدة كافة.\nوقالت هدى العلي إن المحطة تخدم نحو "
    assert (passage.part, passage.exact, passage.proposed) == ("body", "12,000 أسرة", "1,200 أسرة")
    assert (passage.start, passage.end) == (len(body), len(body) + len("12,000 أسرة"))
    assert (passage.prefix, passage.suffix) == (body[-32:], "، وإن الضخ سيجري يومًا بعد يوم.\n"[:32])
    assert (passage.case.revision.number, passage.case.summary) == (1, "1,200 أسرة")


@pytest.mark.parametrize(
    ("place", "quote"),
    [
        ("1", "أعلنت البلدية عودة ضخ المياه إلى أحياء البلدة كافة."),
        ("title", "عودة ضخ المياه إلى عين الزيتون"),
        ("standfirst", "ورشات البلدية أعادت تشغيل محطة الضخ الرئيسة."),
        ("caption", "خزان المياه"),
        ("credit", "سامر نعمة"),
    ],
)
def test_every_place_can_be_chosen_by_name(reader: Client, path: str, place: str, quote: str) -> None:
    listed = press(reader, path, fill_correction(reader, path), "place").content.decode()
    assert f'name="place" value="{place}"' in listed
    assert quotes_in(chosen(reader, path, place)) == [quote]


def test_selected_words_stay_chosen_until_another_place_is(reader: Client, path: str) -> None:
    page = press(reader, path, fill_correction(reader, path, place=PLACE), "place").content.decode()
    assert re.findall(r'name="place" value="([^"]*)" id="[^"]*" checked', page) == [PLACE]
    assert "<bdi>12,000 أسرة</bdi>" in page
    by_name = press(reader, path, fill_correction(reader, path, place="2"), "place").content.decode()
    assert re.findall(r'name="place" value="([^"]*)" id="[^"]*" checked', by_name) == ["2"]


def test_choosing_a_place_loses_nothing_that_was_typed(reader: Client, path: str) -> None:
    typed = {"text": "الرقم غير صحيح", "sources": "تقرير", "problem": "quotation", "address": "a@example.org"}
    listed = press(reader, path, {**fill_correction(reader, path), **typed}, "place").content.decode()
    page = press(reader, path, {**carried(listed), "place": "1"}, "placed").content.decode()
    assert (field(page, "text"), field(page, "sources")) == (typed["text"], typed["sources"])
    assert 'value="a@example.org"' in page
    assert re.search(r'value="quotation"[^>]*checked', page)


def test_another_place_brings_its_own_words_to_change(reader: Client, path: str) -> None:
    page = chosen(reader, path, "caption", place_before=PLACE, proposed="12,000 أسرة", revision="1")
    assert field(page, "proposed") == "خزان المياه"


def test_words_already_changed_stay_when_another_place_is_chosen(reader: Client, path: str) -> None:
    page = chosen(reader, path, "caption", place_before=PLACE, proposed="1,200 أسرة", revision="1")
    assert field(page, "proposed") == "1,200 أسرة"


def test_the_unchanged_words_are_no_proposal(reader: Client, path: str) -> None:
    fields = fill_correction(reader, path, place=PLACE, proposed=" 12,000  أسرة ", text="")
    assert press(reader, path, fields, "send").status_code == 422
    press(reader, path, {**fields, "text": "الرقم خطأ"}, "send")
    assert Passage.objects.get().proposed == ""


def test_a_withdrawn_article_shows_no_words_to_choose(
    reader: Client, path: str, article: Article, editor: StaffMember
) -> None:
    Article.objects.filter(pk=article.pk).update(
        status="withdrawn", withdrawn_at=NOW, withdrawal_reason="سبب", withdrawn_by=editor
    )
    page = reader.get(f"{path}?revision=1&place={PLACE}").content.decode()
    listed = press(reader, path, fill_correction(reader, path), "place").content.decode()
    assert ("12,000" in page, "12,000 أسرة" in listed.replace("عدد الأسر 1,200 وليس 12,000", "")) == (False, False)


def test_the_check_shows_the_passage_and_the_proposal(reader: Client, path: str) -> None:
    fields = fill_correction(reader, path, place=PLACE, proposed="1,200 أسرة")
    page = press(reader, path, fields, "check").content.decode()
    assert (quotes_in(page), "1,200 أسرة" in page) == (["12,000 أسرة"], True)


def test_reader_and_desk_see_the_passage_then_and_now(
    reader: Client, path: str, article: Article, editor: StaffMember, signed_in: Any
) -> None:
    fields = fill_correction(reader, path, place=PLACE, proposed="1,200 أسرة")
    press(reader, path, fields, "send")
    case = Case.objects.get()
    desk = signed_in(editor)

    def see() -> list[tuple[list[str], str]]:
        """What each of them sees: the words of the passage, and the page."""
        own = reader.get("/ar/my-case/").content.decode()
        shown = desk.get(f"/ar/desk/cases/{case.year}/{case.sequence}/").content.decode()
        return [(quotes_in(own), own), (re.findall(r"<mark>(.*?)</mark>", shown), shown)]

    for words, html in see():
        assert words == ["12,000 أسرة"]
        assert "ما يزال في المقال كما كان." in html
        assert "<del>" in html
    correct(article, editor, "12,000", "1,200")
    for words, html in see():
        assert words == ["12,000 أسرة", "1,200 أسرة"]
        assert "تغيّر بعد ذلك." in html


def test_the_headline_is_carried_like_any_other_words(article: Article, editor: StaffMember) -> None:
    case = make_case(article, place="title")
    assert (Passage.objects.get().exact, Passage.objects.get().part) == (Revision.objects.get().title, "title")
    correct(article, editor, "12,000", "1,200")
    found = opening.fetch_opened(case.pk)
    assert found is not None
    now = places.then_and_now(found)
    assert now is not None
    assert (now.state, now.now) == ("there", ARABIC.title)
