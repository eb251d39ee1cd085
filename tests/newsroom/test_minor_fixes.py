"""The bound of a minor fix: spelling and a word or two, no number, no other headline."""

from dataclasses import replace

import pytest

from newsroom import articles
from newsroom.articles import Content, NotMinor
from newsroom.minor_fixes import MOST_SPELLED, Beyond
from newsroom.models import Article, Photo, Revision, StaffMember
from tests.factories import NOW

ENGLISH = Content(
    title="Council reopens the bridge",
    body="<p>The council did not close the bridge in 2024, said Huda al-Ali.</p><p>It cost 12,000 pounds.</p>",
    caption="The bridge",
)
ARABIC = Content(
    title="البلدية تعيد فتح الجسر",
    body="<p>قالت هدى العلي إن النتيجه ظهرت بعد ثلاثة أيام.</p><p>بلغت الكلفة ١٢٬٠٠٠ ليرة.</p>",
)


def judged(content: Content, old: str, new: str) -> Beyond:
    fields = {name: getattr(content, name) for name in ("title", "body", "caption")}
    changed = {name: text.replace(old, new) for name, text in fields.items()}
    assert changed != fields
    return articles.beyond_bound("minor_fix", content, replace(content, **changed))


@pytest.mark.parametrize(
    ("content", "old", "new"),
    [
        (ENGLISH, "bridge in", "brigde in"),
        (ENGLISH, "The council did", "the Council did"),
        (ENGLISH, "close the bridge", "close the old bridge"),
        (ENGLISH, "said Huda", "Huda"),
        (ENGLISH, "al-Ali.", "al-Ali!"),
        (ENGLISH, "reopens", "re-opens"),
        (ENGLISH, "12,000 pounds", "12,000  pounds."),
        (ARABIC, "النتيجه", "النتيجة"),
        (ARABIC, "البلدية تعيد", "البلديّة تُعيد"),
        (ARABIC, "هدى", "هدي"),
        (ARABIC, "١٢٬٠٠٠", "12٬000"),
        (ARABIC, "ظهرت بعد", "ظهرت هناك بعد"),
    ],
)
def test_spelling_and_a_word_or_two_are_a_minor_fix(content: Content, old: str, new: str) -> None:
    assert judged(content, old, new) == Beyond.NOTHING


@pytest.mark.parametrize(
    ("content", "old", "new", "beyond"),
    [
        (ENGLISH, "2024", "2025", Beyond.NUMBER),
        (ENGLISH, "12,000", "1,200", Beyond.NUMBER),
        (ENGLISH, "12,000", "-12,000", Beyond.NUMBER),
        (ENGLISH, "12,000", "12,000%", Beyond.NUMBER),
        (ENGLISH, "in 2024", "", Beyond.NUMBER),
        (ARABIC, "١٢٬٠٠٠", "١٬٢٠٠", Beyond.NUMBER),
        (ENGLISH, "reopens", "closes", Beyond.HEADLINE),
        (ENGLISH, "Council reopens", "Council never reopens", Beyond.HEADLINE),
        (ENGLISH, "Council reopens the bridge", "Something else altogether", Beyond.HEADLINE),
        (ARABIC, "تعيد فتح", "تغلق", Beyond.HEADLINE),
        (ENGLISH, "did not close", "did close", Beyond.WORDS),
        (ENGLISH, "Huda al-Ali", "Omar al-Ali", Beyond.WORDS),
        (ENGLISH, "close the bridge in", "close the old stone bridge again in", Beyond.WORDS),
        (
            ENGLISH,
            "<p>It cost 12,000 pounds.</p>",
            "<p>It cost 12,000 pounds.</p><p>Nobody knew why.</p>",
            Beyond.WORDS,
        ),
        (ARABIC, "ثلاثة", "أربعة", Beyond.WORDS),
        (ARABIC, "ظهرت", "لم تظهر", Beyond.WORDS),
    ],
)
def test_whatever_says_something_else_is_none(content: Content, old: str, new: str, beyond: Beyond) -> None:
    assert judged(content, old, new) == beyond


def test_headings_are_words_of_the_text_too() -> None:
    before = replace(ENGLISH, body=f"<h2>What the council said</h2>{ENGLISH.body}")
    assert judged(before, "What the council said", "What the council hid") == Beyond.WORDS


def test_a_million_is_not_a_misspelled_billion() -> None:
    before = replace(ENGLISH, body="<p>It cost a million.</p>")
    assert judged(before, "million", "billion") == Beyond.WORDS


def test_so_much_spelling_at_once_is_another_text() -> None:
    def text(letter: str, count: int) -> Content:
        words = [f"word{letter if number < count else 's'}" for number in range(MOST_SPELLED + 5)]
        return replace(ENGLISH, body=f"<p>{' and so '.join(words)}</p>")

    assert articles.beyond_bound("minor_fix", text("s", 0), text("z", MOST_SPELLED)) == Beyond.NOTHING
    assert articles.beyond_bound("minor_fix", text("s", 0), text("z", MOST_SPELLED + 1)) == Beyond.WORDS


def test_other_kinds_of_change_have_no_such_bound() -> None:
    changed = replace(ENGLISH, title="Another", body="<p>3</p>")
    assert articles.beyond_bound("update", ENGLISH, changed) == Beyond.NOTHING


@pytest.mark.django_db
def test_the_writer_itself_refuses_what_is_more(article: Article, author: StaffMember) -> None:
    content = Content.of(articles.latest_revision(article))
    photo = Photo.objects.create(digest="a" * 64, width=1, height=1)
    for changed in (replace(content, title="عنوان آخر تمامًا"), replace(content, photo_id=photo.pk)):
        with pytest.raises(NotMinor):
            articles.revise(
                article.pk, changed, change="minor_fix", origin="newsroom", expected_revision=1, by=author, now=NOW
            )
    assert Revision.objects.count() == 1
    assert Article.objects.get().latest == 1
