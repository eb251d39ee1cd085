"""For everybody: submit once, follow with the receipt, read what is public; clear problems for everything else."""

import json
import uuid
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from corrections.enums import Purpose
from corrections.models import Case, Identity, Passage
from newsroom.models import Article
from tests.corrections.api.conftest import Program
from tests.factories import submit

WORDS = {"kind": "correction", "language": "ar", "problem": "fact", "text": "عدد الأسر 1,200 وليس 12,000."}


PURPOSES = {"text": Purpose.REPORT, "sources": Purpose.SOURCES}


#: Halves of characters that no other half follows, alone or among words.
HALVES = st.builds(
    lambda before, half, after: f"{before}{half}{after}",
    st.text(max_size=3),
    st.characters(min_codepoint=0xD800, max_codepoint=0xDFFF, categories=["Cs"]),
    st.text(max_size=3),
)
DOCUMENTS = st.one_of(
    st.recursive(
        HALVES,
        lambda part: st.lists(part, min_size=1, max_size=3) | st.dictionaries(st.text(max_size=5), part, min_size=1),
    ),
    st.dictionaries(HALVES, st.integers(), min_size=1),
    st.fixed_dictionaries({"kind": HALVES, "sought": st.lists(HALVES, max_size=2)}),
)


def report(article: Article, **fields: Any) -> dict[str, Any]:
    return {**WORDS, "article": article.pk, **fields}


def problem(answer: Any) -> tuple[int, str]:
    assert answer["Content-Type"] == "application/problem+json"
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


def test_a_report_is_taken_once_however_often_it_is_sent(ask: Program, article: Article) -> None:
    key = str(uuid.uuid4())
    first = ask("post", "cases/", report(article), Idempotency_Key=key)
    again = ask("post", "cases/", report(article), Idempotency_Key=key)
    assert (first.status_code, again.status_code, Case.objects.count()) == (201, 200, 1)
    assert first.json() == again.json()
    assert set(first.json()) == {"number", "receipt", "decision_expected_by"}


def test_the_same_key_with_other_words_is_refused_and_names_the_first(ask: Program, article: Article) -> None:
    key = str(uuid.uuid4())
    number = ask("post", "cases/", report(article), Idempotency_Key=key).json()["number"]
    answer = ask("post", "cases/", report(article, text="كلمات أخرى"), Idempotency_Key=key)
    assert problem(answer) == (409, "key-used-before")
    assert answer.json()["number"] == number


def test_a_key_that_could_be_guessed_is_refused(ask: Program, article: Article) -> None:
    assert problem(ask("post", "cases/", report(article), Idempotency_Key="1")) == (400, "malformed")


def test_faults_are_named_in_the_language_asked_for(ask: Program, article: Article) -> None:
    for language, sentence in (
        ("ar", "يلزم وصف الخطأ أو التفصيل الناقص"),
        ("en", "Describe the error or the missing detail"),
    ):
        answer = ask("post", "cases/", report(article, text=" "), Accept_Language=language)
        assert problem(answer) == (422, "refused")
        assert answer.json()["faults"] == [{"field": "text", "message": sentence}]


def test_internal_fields_are_not_set_from_outside(ask: Program, article: Article) -> None:
    ask("post", "cases/", report(article, status="closed", severity="safety", year=1999, assigned_to=1, version=7))
    case = Case.objects.get()
    assert (case.status, case.severity, case.assigned_to, case.version) == ("new", "", None, 1)


def test_the_receipt_opens_the_case_and_shows_nothing_of_the_desk(ask: Program, article: Article) -> None:
    receipted = submit(article, name="نور", wants_mail=True, address="reader@example.org")
    answer = ask("get", "my-case/", Authorization=f"Receipt {receipted.receipt}")
    assert (answer.status_code, answer.json()["number"]) == (200, receipted.case.number)
    assert "reader@example.org" not in answer.content.decode()
    assert receipted.receipt not in answer.content.decode()


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("", (401, "not-authenticated")),
        ("Receipt 123", (400, "receipt-malformed")),
        ("Receipt abc", (400, "receipt-malformed")),
        ("Receipt " + "0" * 24, (404, "receipt-unknown")),
        ("Receipt " + "0" * 23 + "1", (400, "receipt-mistyped")),
    ],
)
def test_a_wrong_receipt_is_explained(ask: Program, db: None, header: str, expected: tuple[int, str]) -> None:
    assert problem(ask("get", "my-case/", **({"Authorization": header} if header else {}))) == expected


def test_a_reader_adds_a_word_once_with_the_same_key(ask: Program, article: Article) -> None:
    receipted = submit(article)
    headers = {"Authorization": f"Receipt {receipted.receipt}", "Idempotency_Key": str(uuid.uuid4())}
    lines = [len(ask("post", "my-case/", {"text": "إضافة"}, **headers).json()["timeline"]) for _press in range(2)]
    assert lines == [2, 2]


@pytest.mark.parametrize(
    "body",
    [
        "{",
        "[]",
        "null",
        '"text"',
        "1",
        '{"kind": ["correction"]}',
        '{"text": {"a": 1}}',
        '{"article": 1e400}',
        '{"kind":"correction","article":"1","language":"ar","text":["x"]}',
        "[" * 5000,
        '{"text": "\\ud800"}',
    ],
)
def test_a_body_that_is_no_report_is_a_clear_problem(ask: Program, db: None, body: str) -> None:
    assert problem(ask("post", "cases/", body))[0] == 400
    assert Case.objects.count() == 0


@given(document=DOCUMENTS)
@hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_half_a_character_is_refused_wherever_it_stands(ask: Program, db: None, document: Any) -> None:
    assert problem(ask("post", "cases/", json.dumps(document)))[0] == 400


@pytest.mark.parametrize("field", ["kind", "language", "problem", "sought", "text", "name", "\ud800"])
def test_half_a_character_in_any_field_stores_nothing(ask: Program, article: Article, field: str) -> None:
    assert problem(ask("post", "cases/", report(article) | {field: "\ud800"})) == (400, "malformed")
    assert Case.objects.count() == 0


def test_whole_characters_beyond_the_first_plane_are_taken(ask: Program, article: Article) -> None:
    body = json.dumps(report(article, text="Thank you \U0001f600"))
    assert ("\\ud83d\\ude00" in body, ask("post", "cases/", body).status_code) == (True, 201)


def test_a_report_points_at_words_and_says_how_they_should_read(ask: Program, article: Article) -> None:
    fields = {"revision": 1, "place": "2.35-2.46", "proposed": "1,200 أسرة", "text": ""}
    assert ask("post", "cases/", report(article, **fields)).status_code == 201
    passage = Passage.objects.get()
    assert (passage.exact, passage.proposed) == ("12,000 أسرة", "1,200 أسرة")


MARKS = "ا" + "\u064e" * 10_000


@pytest.mark.parametrize("field", ["text", "sources"])
@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("\u202e1,200", "1,200"),
        (MARKS, "ا" + "\u064e" * 8),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
    ],
    ids=["override", "marks", "markup"],
)
def test_hostile_words_are_kept_clean_as_plain_text(
    ask: Program, article: Article, field: str, typed: str, stored: str
) -> None:
    answer = ask("post", "cases/", report(article, **{field: typed}))
    assert answer.status_code == 201
    assert Case.objects.get().messages.get(purpose=PURPOSES[field]).text == stored


@pytest.mark.parametrize("field", ["text", "sources", "name", "address"])
@pytest.mark.parametrize("typed", ["قبل\0بعد", "قبل\ud800بعد"], ids=["null", "surrogate"])
def test_what_is_no_text_is_named_and_nothing_is_stored(ask: Program, article: Article, field: str, typed: str) -> None:
    answer = ask("post", "cases/", json.dumps(report(article, **{field: typed})))
    assert problem(answer) == (400, "malformed")
    assert [fault["field"] for fault in answer.json()["faults"]] == [field]
    assert Case.objects.count() == 0


@pytest.mark.parametrize("typed", ["\u202e1,200", "<script>alert(1)</script>"])
def test_what_is_no_address_is_said_beside_its_field(ask: Program, article: Article, typed: str) -> None:
    answer = ask("post", "cases/", report(article, name="نور", address=typed))
    assert problem(answer) == (422, "refused")
    assert [fault["field"] for fault in answer.json()["faults"]] == ["address"]
    assert Identity.objects.count() == 0


def test_five_megabytes_are_too_large(ask: Program, article: Article) -> None:
    assert problem(ask("post", "cases/", report(article, text="ك" * 5_000_000))) == (413, "too-large")


@pytest.mark.parametrize(("number", "status"), [(0, 400), (-1, 400), (10**9, 404), (10**18, 404), (10**30, 400)])
def test_an_article_that_does_not_exist_is_said_so(ask: Program, db: None, number: int, status: int) -> None:
    assert problem(ask("post", "cases/", {**WORDS, "article": number}))[0] == status
    assert problem(ask("get", f"articles/{number}/"))[0] == 404


def test_another_content_type_is_refused(db: None) -> None:
    answer = Client().post("/api/v1/cases/", data="kind=correction", content_type="application/x-www-form-urlencoded")
    assert problem(answer) == (415, "unsupported-media-type")


def test_public_lists_show_articles_and_notices(ask: Program, article: Article, english_article: Article) -> None:
    assert [row["id"] for row in ask("get", "articles/?language=en").json()] == [english_article.pk]
    assert ask("get", f"articles/{article.pk}/").json()["revision"]["number"] == 1
    assert ask("get", "notices/").json() == []
