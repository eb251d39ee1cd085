"""The article's paragraphs as fields, and what becomes of typed words when the article was revised meanwhile."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from corrections.desk.article_editing import carried_over, edited_content, editing_fields, field_name
from newsroom.articles import Content
from newsroom.html import blocks, join_blocks, paragraphs_to_html

WORDS = ("ماء", "خبز", "زيتون", "قمح", "ضوء", "حجر")
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=5)
BODY = "<p>واحد</p>\n<h2>عنوان</h2>\n<p>اثنان</p>\n<ul><li>بند</li>\n</ul>\n<p>ثلاثة</p>"
CONTENT = Content(title="العنوان", standfirst="المدخل", body=BODY, caption="تعليق", credit="مصدر")


def content_of(texts: list[str]) -> Content:
    return Content(title="العنوان", body=paragraphs_to_html(texts))


def words_of(content: Content) -> list[str]:
    return [block.text for block in blocks(content.body)]


def test_headings_are_not_counted_among_the_paragraphs() -> None:
    assert [(field.tag, field.number) for field in editing_fields(CONTENT)] == [
        ("", None),
        ("", None),
        ("p", 1),
        ("h2", None),
        ("p", 2),
        ("ul", 3),
        ("p", 4),
        ("", None),
        ("", None),
    ]


def test_the_fields_as_they_came_describe_the_content_as_it_stood() -> None:
    untouched = {field.name: field.value.replace("\n", "\r\n") for field in editing_fields(CONTENT)}
    assert edited_content(untouched, CONTENT) == CONTENT


def test_fields_that_did_not_come_keep_what_stands_there() -> None:
    assert edited_content({}, CONTENT) == CONTENT


def test_a_blank_line_splits_a_paragraph_and_an_emptied_field_removes_it() -> None:
    edited = edited_content({"block-0": "أول\r\n\r\nثانٍ", "block-2": "  "}, CONTENT)
    assert words_of(edited) == ["أول", "ثانٍ", "عنوان", "بند\n", "ثلاثة"]


def test_a_blank_line_in_a_list_splits_nothing() -> None:
    edited = edited_content({"block-3": "<li>بند</li>\n\n<li>آخر</li>"}, CONTENT)
    assert [block.tag for block in blocks(edited.body)] == ["p", "h2", "p", "ul", "p"]


def test_the_lines_around_the_text_are_edited_too() -> None:
    edited = edited_content({"title": "آخر", "caption": "", "credit": "سواه", "standfirst": "غيره"}, CONTENT)
    assert edited == replace(CONTENT, title="آخر", caption="", credit="سواه", standfirst="غيره")


def test_a_form_shown_again_holds_exactly_what_was_typed() -> None:
    typed = {"block-0": "  <i>مفتوح \n\n<p>a < b", "title": "<b>عنوان"}
    values = {field.name: field.value for field in editing_fields(CONTENT, typed)}
    assert (values["block-0"], values["title"], values["block-2"]) == (typed["block-0"], typed["title"], "اثنان")


def test_what_only_the_editor_changed_stays_and_what_only_the_other_changed_comes_in() -> None:
    seen, latest = content_of(["أ", "ب", "ج"]), content_of(["جديد", "أ", "ب", "د"])
    carried = carried_over({"block-0": "أ", "block-1": "ب مصححة", "block-2": "ج"}, seen, latest)
    assert words_of(edited_content(carried, latest)) == ["جديد", "أ", "ب مصححة", "د"]


def test_where_both_changed_a_paragraph_the_typed_words_stay() -> None:
    carried = carried_over({"block-1": "قولي"}, content_of(["أ", "ب", "ج"]), content_of(["أ", "قوله", "ج"]))
    assert carried == {"block-1": "قولي"}


def test_typed_words_of_a_paragraph_that_is_gone_stand_beside_the_one_before() -> None:
    seen = content_of(["أ", "ب", "ج"])
    assert carried_over({"block-1": "قولي"}, seen, content_of(["أ", "ج"])) == {"block-0": "أ\n\nقولي"}
    assert carried_over({"block-0": "قولي"}, seen, content_of(["ب", "ج"])) == {"block-0": "قولي\n\nب"}


def test_the_lines_around_the_text_are_carried_over_where_they_were_touched() -> None:
    latest = replace(CONTENT, title="عنوان الآخر", caption="تعليق الآخر")
    carried = carried_over({"title": "عنواني", "caption": "تعليق", "credit": "مصدر"}, CONTENT, latest)
    assert carried == {"title": "عنواني"}


@given(TEXTS, TEXTS)
def test_an_editor_who_touched_nothing_undoes_nothing(seen: list[str], latest: list[str]) -> None:
    before, after = content_of(seen), content_of(latest)
    typed = {field.name: field.value for field in editing_fields(before)}
    assert edited_content(carried_over(typed, before, after), after) == after


@given(TEXTS, TEXTS, st.data())
def test_no_typed_word_is_ever_lost(seen: list[str], latest: list[str], data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(seen) - 1))
    before, after = content_of(seen), content_of(latest)
    carried = carried_over({field_name(position): "كلمة كتبها المحرر"}, before, after)
    assert "كلمة كتبها المحرر" in join_blocks(blocks(edited_content(carried, after).body))


@given(TEXTS, st.data())
def test_without_a_revision_meanwhile_the_typed_words_stay_where_they_are(seen: list[str], data: st.DataObject) -> None:
    position = data.draw(st.integers(0, len(seen) - 1))
    content = content_of(seen)
    assert carried_over({field_name(position): "كلمة"}, content, content) == {field_name(position): "كلمة"}
