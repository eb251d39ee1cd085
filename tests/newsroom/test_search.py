"""What a word finds, in Arabic as people type it: here on SQLite, the same on PostgreSQL in tests/journeys."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.models import Article
from newsroom.search import matching, pieces_of
from newsroom.text import fold
from tests.factories import ARABIC, make_article

#: What is typed, and what stands in the text.
PAIRS = [
    ("تصحيح", "التصحيح"),
    ("التصحيح", "تصحيح"),
    ("تصحيح", "والتصحيحات"),
    ("تصحيحات", "التصحيح"),
    ("والمعلومات", "معلومات"),
    ("بالقاعدة", "القاعدة العسكرية"),
    ("القاعدة", "قاعدة"),
    ("قاعدتان", "قاعدة"),
    ("روسيا", "لروسيا"),
    ("لروسيا", "روسيا"),
    ("سوريا", "السورية"),
    ("سورية", "سوريا"),
    ("احمد", "أحمد"),
    ("أحمد", "احمد"),
    ("الان", "الآن"),
    ("مسؤول", "مسؤولون"),
    ("مستشفى", "المستشفي"),
    ("علي", "على علي"),
    ("مدينه", "المدينة"),
    ("العـــربية", "العربية"),
    ("عربية", "عَرَبِيَّة"),
    ("2025", "عام ٢٠٢٥"),
    ("١٢٬٠٠٠", "12,000 أسرة"),
    ("كوردستان", "کوردستان"),
    ("ﻣﻌﻠﻮﻣﺎﺕ", "المعلومات"),
    ("council", "The Council’s water office"),
]
#: What must not be found.
STRANGERS = [
    ("القرى", "القرعة"),
    ("تصحيح", "توضيح"),
    ("روسيا", "فرنسا"),
    ("12,000", "1,200"),
    ("علي", "محمد"),
    ("الله", "له"),
]


def finds(typed: str) -> bool:
    return Article.objects.filter(matching(typed, "search_text")).exists()


def article_called(words: str) -> Article:
    return make_article("ar", content=type(ARABIC)(title=words, standfirst="", body=ARABIC.body, caption="", credit=""))


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "written"), PAIRS)
def test_a_word_is_found_as_people_type_it(typed: str, written: str) -> None:
    article_called(written)
    assert finds(typed)


@pytest.mark.django_db
@pytest.mark.parametrize(("typed", "written"), STRANGERS)
def test_another_word_is_not(typed: str, written: str) -> None:
    article_called(written)
    assert not finds(typed)


@pytest.mark.django_db
def test_every_word_has_to_occur_and_no_word_finds_everything() -> None:
    article_called("عودة ضخ المياه إلى عين الزيتون")
    assert [finds(typed) for typed in ("مياه الزيتون", "مياه روسيا", "  ", "\u0640")] == [True, False, True, True]


@given(st.text(max_size=30))
def test_the_pieces_are_parts_of_the_word_and_never_empty(word: str) -> None:
    folded = fold(word)
    for piece in pieces_of(folded) if folded else []:
        assert piece
        assert piece in folded
