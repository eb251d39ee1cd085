"""The words that readers proposed, put into the editor's fields."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from corrections.desk.suggestions import put_in
from corrections.domain import relations
from corrections.domain.suggestions import Suggestion
from corrections.enums import Part
from corrections.models import Case
from newsroom.articles import Content
from newsroom.edits import running_text
from newsroom.models import Article, StaffMember
from tests.corrections.desk.steps import address_of, fields_in, now, press, stored, text_of
from tests.corrections.desk.test_decide import answers, counts, revise
from tests.factories import as_actor, make_case

SECOND = "وقالت هدى العلي إن المحطة تخدم نحو 12,000 أسرة، وإن الضخ سيجري يومًا بعد يوم."
WISHED = SECOND.replace("12,000", "1,200")
BUTTON = "اعتماد الصيغة المقترحة"


@pytest.fixture
def proposed(desk: Client, article: Article) -> Case:
    """A correction in review whose reader proposed other words for the second paragraph."""
    case = make_case(article, now=now(), place="2", proposed=WISHED)
    press(desk, case, "claim")
    return stored(case)


def use(client: Client, case: Case, number: str = "", **changes: Any) -> Any:
    """Presses the button, everything else being filled in."""
    typed = {"block-1": SECOND, **changes}
    return client.post(address_of(case, "decide"), {**answers(case, **typed), "use": number or case.number})


def join(case: Case, lead: Case, editor: StaffMember) -> None:
    relations.link_duplicate(case, lead, actor=as_actor(editor), expected_version=case.version, now=now())


def body_suggestion(content: Content, exact: str, words: str) -> Suggestion:
    text = running_text(content.words()["body"])
    return Suggestion("2025/0001", Part.BODY, text.index(exact), text.index(exact) + len(exact), exact, words)


def test_the_proposed_words_come_into_the_field_and_nothing_else_changes(desk: Client, proposed: Case) -> None:
    before = counts()
    response = use(desk, proposed, note="للفريق وحده.", remedy="clarification", **{"block-0": "كُتب هنا."})
    page = response.content.decode()
    assert response.status_code == 200
    assert [fields_in(page, name) for name in ("block-0", "block-1", "note")] == [
        ["كُتب هنا."],
        [WISHED],
        ["للفريق وحده."],
    ]
    assert response.context["form"]["remedy"].value() == "clarification"
    assert "الصيغة المقترحة في الحقل" in text_of(response)
    assert counts() == before


def test_the_button_stands_at_the_passage_and_nowhere_where_nothing_was_proposed(
    desk: Client, proposed: Case, case_in_review: Case
) -> None:
    page = desk.get(address_of(proposed, "decide"))
    assert [(field.name, len(field.suggestions)) for field in page.context["fields"] if field.suggestions] == [
        ("block-1", 1)
    ]
    assert text_of(page).count(BUTTON) == 1
    assert BUTTON not in text_of(desk.get(address_of(case_in_review, "decide")))


def test_the_words_follow_the_passage_into_the_newest_revision(
    desk: Client, article: Article, second_editor: StaffMember
) -> None:
    case = make_case(article, now=now(), place="2.34-2.40", proposed="1,200")
    press(desk, case, "claim")
    revise(article, "سطر جديد تمامًا.</p><p>أعلنت البلدية عودة الضخ إلى حيين.", second_editor)
    page = desk.post(
        address_of(case, "decide"), {**answers(case, **{"block-1": "أعلنت.", "block-2": SECOND}), "use": case.number}
    )
    assert fields_in(page.content.decode(), "block-2") == [WISHED]
    assert fields_in(page.content.decode(), "block-1") == ["أعلنت."]


def test_a_passage_that_was_changed_since_is_not_offered(
    desk: Client, article: Article, second_editor: StaffMember
) -> None:
    case = make_case(article, now=now(), place="1", proposed="أعلنت البلدية غير ذلك.")
    press(desk, case, "claim")
    assert BUTTON in text_of(desk.get(address_of(case, "decide")))
    revise(article, "أعلنت البلدية عودة ضخ المياه إلى حيين.", second_editor)
    assert BUTTON not in text_of(desk.get(address_of(case, "decide")))


def test_a_revision_published_meanwhile_is_shown_first(
    desk: Client, proposed: Case, second_editor: StaffMember
) -> None:
    form = {**answers(proposed, **{"block-1": SECOND}), "use": proposed.number}
    revise(Article.objects.get(pk=proposed.article_id), "أعلنت البلدية عودة الضخ إلى حيين.", second_editor)
    stale = desk.post(address_of(proposed, "decide"), form)
    assert (stale.status_code, fields_in(stale.content.decode(), "block-1")) == (409, [SECOND])
    again = desk.post(address_of(proposed, "decide"), {**form, "expected_revision": "2"})
    assert fields_in(again.content.decode(), "block-1") == [WISHED]


def test_words_typed_around_the_passage_stay_and_words_typed_over_it_are_not_lost(
    desk: Client, article: Article
) -> None:
    case = make_case(article, now=now(), place="2.34-2.40", proposed="1,200")
    press(desk, case, "claim")
    around = SECOND.replace("وقالت هدى", "وذكرت المهندسة هدى")
    page = use(desk, case, **{"block-1": around})
    assert fields_in(page.content.decode(), "block-1") == [around.replace("12,000", "1,200")]
    over = SECOND.replace("12,000", "9,000")
    page = use(desk, case, **{"block-1": over})
    assert fields_in(page.content.decode(), "block-1") == [over]
    assert "لم توضع" in text_of(page)


def test_joined_reports_offer_their_words_once_each_with_how_many_say_so(
    desk: Client, article: Article, proposed: Case, editor: StaffMember
) -> None:
    others = [make_case(article, now=now(), place="2.34-2.40", proposed=words) for words in ("900", "1,100", "1,100")]
    for other in others:
        join(other, proposed, editor)
    page = desk.get(address_of(proposed, "decide"))
    offered = [(each.case, each.words, each.reports) for field in page.context["fields"] for each in field.suggestions]
    assert offered == [
        (proposed.number, WISHED, 1),
        (others[1].number, "1,100", 2),
        (others[0].number, "900", 1),
    ]
    chosen = use(desk, proposed, others[0].number)
    assert fields_in(chosen.content.decode(), "block-1") == [SECOND.replace("12,000", "900")]


def test_joined_proposals_cost_the_same_whether_few_or_many(
    desk: Client, article: Article, proposed: Case, editor: StaffMember
) -> None:
    costs = []
    for number in (1, 8):
        for each in range(number):
            join(make_case(article, now=now(), place="2", proposed=f"{SECOND} {each}"), proposed, editor)
        with CaptureQueriesContext(connection) as queries:
            desk.get(address_of(proposed, "decide"))
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 12


def test_the_headline_takes_the_words_as_they_are(desk: Client, article: Article) -> None:
    case = make_case(article, now=now(), place="title", proposed="عودة المياه <غدًا> & بعد غد")
    press(desk, case, "claim")
    page = use(desk, case)
    assert fields_in(page.content.decode(), "title") == ["عودة المياه <غدًا> & بعد غد"]


@pytest.mark.parametrize(
    ("body", "exact", "words", "expected"),
    [
        (
            '<p>تخدم <a href="https://example.org/">المحطة</a> نحو <strong>12,000</strong> أسرة.</p>',
            "تخدم المحطة نحو 12,000 أسرة",
            "تخدم المحطة نحو 1,200 أسرة",
            {"block-0": 'تخدم <a href="https://example.org/">المحطة</a> نحو <strong>1,200</strong> أسرة.'},
        ),
        (
            "<p>نص <em>زائد</em> هنا.</p>",
            "نص زائد هنا",
            "نص هنا",
            {"block-0": "نص هنا."},
        ),
        ("<p>أ &amp; ب تاء.</p>", "أ & ب", "أ & ج", {"block-0": "أ &amp; ج تاء."}),
        ("<p>أول.</p><h2>عنوان</h2><p>ثان.</p>", "أول.\nثان.", "أول.\n\nآخر.", {"block-0": "أول.", "block-2": "آخر."}),
        ("<p>قبل أول.</p><p>ثان بعد.</p>", "أول.\nثان", "كلمة", {"block-0": "قبل كلمة بعد.", "block-1": ""}),
        ("<p>أول وثان.</p>", "أول وثان", "أول\nوثان", {"block-0": "أول\n\nوثان."}),
        ("<ul><li>أول</li><li>ثان</li></ul>", "أول\nثان", "أول\nثالث", {"block-0": "<li>أول</li>\n<li>ثالث</li>\n"}),
        ("<p>أول.</p><h2>عنوان</h2><p>ثان.</p>", "أول.\nثان.", "كلمة", {}),
    ],
    ids=["links stay", "hollow emphasis", "signs", "lines", "merged", "split", "list", "across a subheading"],
)
def test_words_are_laid_over_the_paragraphs(body: str, exact: str, words: str, expected: dict[str, str]) -> None:
    content = Content(title="ع", body=body.replace("</li>", "</li>\n"))
    words = "\n".join(line for line in words.split("\n") if line)
    assert put_in(body_suggestion(content, exact, words), content, {}) == expected
