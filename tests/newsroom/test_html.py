"""Rich text: nothing outside the allow-list passes, and what passes is stable."""

import json
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.html import (
    ATTRIBUTES,
    MAXIMUM_BYTES,
    MAXIMUM_DEPTH,
    TAGS,
    Block,
    RichTextRefused,
    RichTextTooDeep,
    RichTextTooLong,
    blocks,
    clean_rich_text,
    join_blocks,
    numbered,
    paragraphs,
    paragraphs_to_html,
    plain_text,
)

CORPORA = Path(__file__).resolve().parents[2].parent / "shared" / "corpora"

OWN_VECTORS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "<a href='jav&#x09;ascript:alert(1)'>x</a>",
    '<a href="java\u202escript:alert(1)">x</a>',
    '<a href="javascript:123">x</a>',
    '<a href="data:text/html,x">x</a>',
    '<a href="//evil.example">x</a>',
    '<a href="/relative">x</a>',
    '<a href="https:\\\\evil.example">x</a>',
    '<a href="http:///evil.example">x</a>',
    '<a href="https://good.example@evil.example">x</a>',
    '<a href="https://good.example\\@evil.example">x</a>',
    '<p style="position:fixed" onclick=alert(1) id=text class=x>x</p>',
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
    "<bdi lang='\"><script>' dir=up>x</bdi>",
    "<p>\u0338x</p>",
    "a\rb\r\nc&#13;d",
    "&#8238;&#0;&amp;#8238;\ud800\uffff",
    "<strong><p>a</p><ul><li>b</ul></strong>c",
    "<li>a<li><p>b<h2><blockquote>c",
    "<h2><a><h2>",
    "<a><table><a>",
    "<b>=<blockquote>\u0338",
    "<div>=</div>\u0338",
]


def vectors() -> list[str]:
    """Our own, and the collected ones where the folder of corpora lies beside the project."""
    found = list(OWN_VECTORS)
    if CORPORA.exists():
        lines = (CORPORA / "xss.jsonl").read_text(encoding="utf-8").splitlines()
        found += [json.loads(line)["payload"] for line in lines]
        found += json.loads((CORPORA / "blns.json").read_text(encoding="utf-8"))
        expected = json.loads((CORPORA / "dompurify_expect.json").read_text(encoding="utf-8"))
        found += [entry["payload"] for entry in expected]
    return found


class AllowList(HTMLParser):
    """Collects everything in a document that the allow-list does not name."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.strange: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in TAGS:
            self.strange.append(tag)
        for name, value in attrs:
            if name == "rel" and tag == "a" and value == "noopener":
                continue
            if name not in ATTRIBUTES.get(tag, ()):
                self.strange.append(f"{tag} {name}")
            if name == "href" and not (value or "").lower().startswith(("http://", "https://", "mailto:")):
                self.strange.append(f"href {value}")

    def handle_comment(self, data: str) -> None:
        self.strange.append(f"comment {data}")

    def handle_decl(self, decl: str) -> None:
        self.strange.append(f"declaration {decl}")

    def handle_pi(self, data: str) -> None:
        self.strange.append(f"instruction {data}")


def outside_the_allow_list(document: str) -> list[str]:
    parser = AllowList()
    parser.feed(document)
    parser.close()
    return parser.strange


def faults_of(vector: str) -> list[str]:
    cleaned = clean_rich_text(vector)
    rebuilt = join_blocks(blocks(cleaned))
    checks = {
        "leaves the allow-list": outside_the_allow_list(cleaned) == [],
        "is not stable": clean_rich_text(cleaned) == cleaned,
        "is not stable in blocks": clean_rich_text(rebuilt) == rebuilt,
        "changes its blocks": blocks(rebuilt) == blocks(cleaned),
    }
    return [f"{fault}: {vector!r}" for fault, held in checks.items() if not held]


def test_the_oracle_sees_what_is_not_allowed() -> None:
    assert outside_the_allow_list('<p id=x><a href="javascript:1">x</a><script></script><!--c-->') == [
        "p id",
        "href javascript:1",
        "script",
        "comment c",
    ]


def test_no_vector_leaves_the_allow_list_and_cleaning_again_changes_nothing() -> None:
    assert [fault for vector in vectors() for fault in faults_of(vector)] == []


TAG_SOUP = [f"<{tag}>" for tag in sorted(TAGS)] + [f"</{tag}>" for tag in sorted(TAGS)]
TAG_SOUP += ["<div>", "</div>", "<table>", "<td>", "<svg>", "</svg>", "<style>", "<!--", "-->", "<a href=x>"]
TAG_SOUP += ["<a href='https://a.example'>", "&lt;", "&nbsp;", "&", "\r", "\n", " ", "\u0338", "\u202e", "نص"]
TAG_SOUP += ["word", "<", ">", '"', "="]
pieces = st.sampled_from(TAG_SOUP)


@given(st.lists(pieces, max_size=30).map("".join))
def test_any_soup_of_tags_becomes_clean_and_stable(soup: str) -> None:
    assert faults_of(soup) == []


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_becomes_clean_and_stable(source: str) -> None:
    assert faults_of(source) == []


def test_allowed_text_passes_unchanged() -> None:
    body = (
        "<h2>صيانة على مرحلتين</h2>\n"
        '<p>قالت <bdi dir="ltr" lang="en">BlueWell Trust</bdi> إن <strong>60%</strong> &amp; أكثر<br>\n'
        "H<sub>2</sub>O</p>\n"
        "<ul><li>واحد</li>\n"
        '<li><a href="https://example.org/a?b=1&amp;c=2#d" rel="noopener">رابط</a></li>\n</ul>\n'
        "<blockquote><p>“اقتباس”</p>\n</blockquote>\n"
        '<p><a href="mailto:desk@example.org" rel="noopener">desk@example.org</a></p>'
    )
    assert clean_rich_text(body) == body


def test_a_link_that_is_refused_leaves_its_words() -> None:
    assert clean_rich_text('<p>a <a href="//evil.example">b</a> c</p>') == "<p>a b c</p>"


def test_words_of_removed_blocks_stay_apart() -> None:
    assert clean_rich_text("<div>one</div><div>two</div>").split() == ["one", "two"]


def test_the_words_of_a_script_go_with_it() -> None:
    assert clean_rich_text("<p>a<script>alert(1)</script><style>p{}</style>b</p>") == "<p>ab</p>"


def test_direction_controls_written_as_entities_are_stripped() -> None:
    assert clean_rich_text("<p>a&#8238;b&#x2067;c</p>") == "<p>abc</p>"


def test_letters_are_composed_and_heaps_of_marks_cut() -> None:
    assert clean_rich_text("<p>e\u0301x" + "\u0336" * 10_000) == "<p>\xe9x" + "\u0336" * 8 + "</p>"


def test_a_combining_stroke_does_not_eat_a_tag() -> None:
    assert clean_rich_text("<p>\u0338a</p>") == "<p>\u0338a</p>"


def test_too_long_a_source_is_refused_with_both_numbers() -> None:
    with pytest.raises(RichTextTooLong) as refused:
        clean_rich_text("ن" * (MAXIMUM_BYTES // 2 + 1))
    assert (refused.value.found, refused.value.allowed) == (MAXIMUM_BYTES + 2, MAXIMUM_BYTES)


def test_a_source_that_grows_too_long_when_written_out_is_refused() -> None:
    with pytest.raises(RichTextTooLong):
        clean_rich_text("<" * (MAXIMUM_BYTES // 2))


@pytest.mark.parametrize("tag", ["blockquote", "b", "div", "font"])
def test_too_deep_a_source_is_refused_with_both_numbers(tag: str) -> None:
    with pytest.raises(RichTextTooDeep) as refused:
        clean_rich_text(f"<{tag}>" * (MAXIMUM_DEPTH + 1))
    assert (refused.value.found, refused.value.allowed) == (MAXIMUM_DEPTH + 1, MAXIMUM_DEPTH)


def test_closing_tags_in_comments_do_not_hide_the_depth() -> None:
    with pytest.raises(RichTextTooDeep):
        clean_rich_text("<blockquote><!--</blockquote>-->" * 500)


def test_many_paragraphs_are_not_deep() -> None:
    assert len(blocks(clean_rich_text("<p>a<br>" * 300 + "<li>b" * 300))) == 600


@pytest.mark.parametrize("source", ["<p " + "a=1 " * 100_000, "&" * 100_000, "<!--" * 100_000, "\ud800" * 100_000])
def test_what_would_take_quadratic_time_is_cleaned_or_refused(source: str) -> None:
    try:
        outcome = clean_rich_text(source)
    except RichTextRefused as refused:
        outcome = str(refused)
    assert len(outcome) <= MAXIMUM_BYTES


BODY = clean_rich_text(
    "loose <b>words</b><h2>Head</h2><p>One &amp; <i>two</i><br>three</p><p> </p><ul><li>a<li>b</ul>"
    "<blockquote><p>said</p></blockquote>tail"
)


def test_a_body_is_split_into_its_blocks() -> None:
    assert blocks(BODY) == [
        Block("p", "loose <b>words</b>", "loose words"),
        Block("h2", "Head", "Head"),
        Block("p", "One &amp; <i>two</i><br>\nthree", "One & two\nthree"),
        Block("ul", "<li>a</li>\n<li>b</li>\n", "a\nb\n"),
        Block("blockquote", "<p>said</p>\n", "said\n"),
        Block("p", "tail", "tail"),
    ]


def test_the_page_numbers_all_blocks_but_headings() -> None:
    assert numbered(BODY) == (
        '<p id="p1">loose <b>words</b></p>\n<h2>Head</h2>\n'
        '<p id="p2">One &amp; <i>two</i><br>\nthree</p>\n<ul id="p3"><li>a</li>\n<li>b</li>\n</ul>\n'
        '<blockquote id="p4"><p>said</p>\n</blockquote>\n<p id="p5">tail</p>'
    )
    assert [block.text.strip() for block in paragraphs(BODY)] == [
        "loose words",
        "One & two\nthree",
        "a\nb",
        "said",
        "tail",
    ]


def test_plain_text_has_the_words_of_all_blocks() -> None:
    assert plain_text(BODY) == "loose words\n\nHead\n\nOne & two\nthree\n\na\nb\n\nsaid\n\ntail"


@given(st.lists(st.text(st.characters(exclude_categories=()))))
def test_a_body_of_plain_texts_is_clean_and_says_the_same(texts: list[str]) -> None:
    body = paragraphs_to_html(texts)
    assert clean_rich_text(body) == body
    assert [block.tag for block in blocks(body)] == ["p"] * len(blocks(body))


def test_a_plain_text_is_escaped() -> None:
    assert paragraphs_to_html(["a < b & “c”\nd", " ", "<script>"]) == (
        "<p>a &lt; b &amp; “c”<br>\nd</p>\n<p>&lt;script&gt;</p>"
    )
