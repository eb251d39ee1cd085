"""The two flows: what is sent arrives once, what is refused is said and loses nothing."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from corrections.domain import abuse
from corrections.keys import sealer
from corrections.models import Case, Delivery, Identity, Message
from newsroom import articles
from newsroom.models import Article
from newsroom.privacy import PRIVATE_HEADERS
from tests.corrections.reader.pages import faults_in, fill_correction, hidden_fields, post_raw, receipt_in

MORNING = datetime(2025, 2, 17, 9, 0, tzinfo=UTC)


@pytest.fixture
def path(article: Article) -> str:
    return f"/ar/{article.pk}/correction/"


@pytest.fixture(autouse=True)
def on_a_monday() -> object:
    with time_machine.travel(MORNING, tick=True) as clock:
        yield clock


def test_a_correction_becomes_one_case_with_a_receipt(reader: Client, path: str, article: Article) -> None:
    answer = reader.post(path, fill_correction(reader, path), follow=True)
    page = answer.content.decode()
    case = Case.objects.get()
    assert (case.kind, case.status, case.language, case.channel) == ("correction", "new", "ar", "form")
    assert answer.redirect_chain == [(f"/ar/received/?report={Case.objects.get().number}", 303)]
    assert "2025/0001" in page
    assert [len(group) for group in receipt_in(page)] == [4] * 6
    assert "الاثنين 24 شباط 2025" in page
    assert Delivery.objects.filter(audience="reader").count() == 0


def test_the_same_form_sent_twice_makes_one_case_and_shows_the_same_receipt(reader: Client, path: str) -> None:
    fields = fill_correction(reader, path)
    pages = [reader.post(path, fields, follow=True).content.decode() for _press in range(2)]
    receipts = {tuple(receipt_in(page)) for page in pages}
    assert (Case.objects.count(), len(receipts)) == (1, 1)


def test_the_same_form_with_other_words_asks_before_it_makes_a_second_case(reader: Client, path: str) -> None:
    fields = fill_correction(reader, path)
    reader.post(path, fields)
    answer = reader.post(path, {**fields, "text": "كلمات أخرى"})
    page = answer.content.decode()
    assert (answer.status_code, Case.objects.count()) == (409, 1)
    assert "2025/0001" in page
    assert "كلمات أخرى" in page
    assert reader.post(path, {**fields, **hidden_fields(page), "text": "كلمات أخرى"}).status_code == 303
    assert Case.objects.count() == 2


def test_an_empty_form_says_what_is_missing_twice_in_the_same_words(reader: Client, path: str) -> None:
    answer = reader.post(
        path, fill_correction(reader, path, text="  ", problem="", reply="mail", address="reader@example")
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert page.index("<title>خطأ:") > 0
    for sentence in (
        "يلزم اختيار نوع الملاحظة",
        "يلزم وصف الخطأ أو التفصيل الناقص",
        "عنوان البريد غير مكتمل. مثال صحيح: name@example.com",
    ):
        assert page.count(sentence) == 2
    assert 'value="reader@example"' in page
    assert Case.objects.count() == 0


def test_a_missing_detail_is_an_addition(reader: Client, path: str) -> None:
    reader.post(path, fill_correction(reader, path, problem="missing"))
    assert Case.objects.get().kind == "addition"


def test_a_complaint_needs_a_clause_and_keeps_what_was_written(reader: Client, article: Article) -> None:
    path = f"/ar/{article.pk}/complaint/"
    fields = hidden_fields(reader.get(path).content.decode()) | {
        "text": "صورة مؤذية",
        "relation": "subject",
        "step": "send",
        "reply": "receipt",
    }
    refused = reader.post(path, fields)
    assert refused.status_code == 422
    assert "صورة مؤذية" in refused.content.decode()
    assert reader.post(path, {**fields, "clauses": ["privacy", "fairness"]}).status_code == 303
    case = Case.objects.get()
    assert (case.kind, case.severity, case.relation) == ("complaint", "safety", "subject")
    assert sorted(case.clauses.values_list("key", flat=True)) == ["fairness", "privacy"]


def test_a_form_without_a_token_keeps_the_text_and_is_sent_by_pressing_again(reader: Client, path: str) -> None:
    fields = fill_correction(reader, path) | {"csrfmiddlewaretoken": "x" * 64}
    answer = reader.post(path, fields)
    page = answer.content.decode()
    assert (answer.status_code, Case.objects.count()) == (403, 0)
    assert "انتهت مدة الصفحة. النص ما يزال موجودًا، ويكفي الضغط على زر الإرسال مرة ثانية" in page
    assert fields["text"] in page
    assert {name: answer[name] for name in PRIVATE_HEADERS} == PRIVATE_HEADERS
    assert reader.post(path, {**fields, **hidden_fields(page)}).status_code == 303


def test_an_expired_complaint_keeps_the_text_and_leaves_no_trace(reader: Client, article: Article) -> None:
    fields = {"csrfmiddlewaretoken": "x" * 64, "text": "صورة مؤذية", "clauses": ["privacy"]}
    answer = reader.post(f"/ar/{article.pk}/complaint/", fields)
    page = answer.content.decode()
    assert (answer.status_code, "صورة مؤذية" in page) == (403, True)
    assert re.findall(r'value="(\w+)"[^>]* checked', page) == ["privacy"]
    assert {name: answer[name] for name in PRIVATE_HEADERS} == PRIVATE_HEADERS


@pytest.mark.parametrize("revision", ["", "0", "-5", "9" * 30, "١", "99"])
def test_a_revision_that_never_was_is_the_latest(reader: Client, path: str, revision: str) -> None:
    assert reader.post(path, fill_correction(reader, path, revision=revision)).status_code == 303
    assert Case.objects.get().revision.number == 1


def test_an_expired_form_of_an_article_that_never_was_is_not_found(reader: Client, path: str) -> None:
    fields = fill_correction(reader, path) | {"csrfmiddlewaretoken": "x" * 64}
    assert reader.post("/ar/99999/correction/", fields).status_code == 404


def test_a_form_that_was_open_for_days_keeps_the_text(reader: Client, path: str) -> None:
    fields = fill_correction(reader, path)
    with time_machine.travel(MORNING + timedelta(days=3)):
        answer = reader.post(path, fields)
    assert (answer.status_code, Case.objects.count()) == (403, 0)
    assert fields["text"] in answer.content.decode()


def test_a_forged_form_token_makes_nothing(reader: Client, path: str) -> None:
    answer = reader.post(path, fill_correction(reader, path, form_token="forged.token"))
    assert (answer.status_code, Case.objects.count()) == (403, 0)


def test_the_trap_for_programs_holds_a_case_and_never_drops_it(reader: Client, path: str) -> None:
    answer = reader.post(path, fill_correction(reader, path, website="https://spam.example"))
    case = Case.objects.get()
    assert (answer.status_code, case.status, case.suspicion) == (303, "held", {"honeypot": 1, "too_fast": 1})


def test_overrides_are_taken_out_and_counted(reader: Client, path: str) -> None:
    reader.post(path, fill_correction(reader, path, text="الصحيح \u202e1,200\u202c أسرة"))
    assert Message.objects.get().text == "الصحيح 1,200 أسرة"
    assert Case.objects.get().suspicion["controls"] == 2


HOSTILE = {
    "zero byte": "قبل\0بعد",
    "override": "\u202egpj.exe",
    "marks": "ا" + "\u064e" * 10_000,
    "script": "<script>alert(1)</script>",
    "attribute": '"><img src=x onerror=alert(1)>',
    "template": "{{ request }}{% load x %}",
    "long": "ك" * 5_000_000,
}


#: What is said to a field of which the desk could make nothing; every other field takes any words.
REFUSED = {"problem": 422, "address": 422, "credit": 422, "form_token": 403}


@pytest.mark.parametrize(
    "field", ["text", "sources", "name", "address", "problem", "reply", "credit", "revision", "form_token"]
)
@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_words_in_any_field_get_an_answer_and_never_a_fault(
    reader: Client, path: str, field: str, kind: str, row_counts: Callable[[], dict[str, int]]
) -> None:
    fields = fill_correction(reader, path, credit="name", name="نور", reply="mail", address="reader@example.org")
    fields[field] = HOSTILE[kind]
    before = row_counts()
    answer = reader.post(path, fields)
    assert answer.status_code == (413 if kind == "long" else REFUSED.get(field, 303))
    assert b"<script>alert" not in answer.content
    assert b"<img src=x" not in answer.content
    if answer.status_code != 303:
        assert {name: count for name, count in row_counts().items() if count != before[name]} in (
            {},
            {"corrections.DayKey": 1, "corrections.Budget": 1},
        )


@pytest.mark.parametrize("field", ["text", "name", "address", "problem", "reply", "revision", "form_token", "website"])
def test_half_a_character_in_any_field_is_no_fault(reader: Client, path: str, field: str) -> None:
    fields = fill_correction(reader, path, credit="name", name="نور", reply="mail", address="reader@example.org")
    answer = post_raw(reader, path, fields, **{field: "قبل\ud800بعد".encode("utf-8", "surrogatepass")})
    assert answer.status_code == REFUSED.get(field, 303)
    assert "\ud800" not in " ".join(Message.objects.values_list("text", flat=True))


def test_a_zero_byte_is_taken_out_and_the_words_around_it_stay(reader: Client, path: str) -> None:
    fields = fill_correction(reader, path, text="قبل\0بعد", credit="name", name="نور\0")
    assert reader.post(path, fields).status_code == 303
    assert Message.objects.get().text == "قبلبعد"
    assert sealer().unseal(Identity.objects.get().name_sealed) == "نور"


def test_a_text_that_is_far_too_long_is_told_by_how_much_and_kept(reader: Client, path: str) -> None:
    page = reader.post(path, fill_correction(reader, path, text="a" * 600_000)).content.decode()
    assert faults_in(page) == ["النص أطول من 4,000 حرف. يلزم اختصاره بمقدار 596,000"]
    assert "a" * 600_000 in page


def test_a_name_or_an_address_that_is_too_long_is_said_and_never_dropped(reader: Client, path: str) -> None:
    fields = fill_correction(
        reader, path, credit="name", name="ن" * 1001, reply="mail", address="a" * 1001 + "@example.org"
    )
    page = reader.post(path, fields).content.decode()
    assert faults_in(page) == [
        "عنوان البريد غير مكتمل. مثال صحيح: name@example.com",
        "النص أطول من 120 حرف. يلزم اختصاره بمقدار 881",
    ]
    assert "ن" * 1001 in page
    assert Case.objects.count() == 0


@pytest.mark.parametrize("name", ["", "  ", "\u200b"])
def test_a_credit_by_name_needs_a_name(reader: Client, path: str, name: str) -> None:
    answer = reader.post(path, fill_correction(reader, path, credit="name", name=name))
    assert faults_in(answer.content.decode()) == ["يلزم كتابة الاسم أو اختيار النسبة من دون اسم"]
    assert Case.objects.count() == 0


def test_a_choice_that_is_none_of_ours_is_answered_in_our_words_alone(reader: Client, path: str) -> None:
    fields = fill_correction(reader, path, problem="x", credit="x", revision="-5")
    assert faults_in(reader.post(path, fields).content.decode()) == [
        "يلزم اختيار نوع الملاحظة",
        "يلزم اختيار طريقة نسب الملاحظة",
    ]


def test_a_clause_that_is_none_of_ours_is_answered_in_our_words_alone(reader: Client, article: Article) -> None:
    path = f"/ar/{article.pk}/complaint/"
    fields = hidden_fields(reader.get(path).content.decode()) | {
        "text": "x",
        "relation": "subject",
        "clauses": ["privacy", "x"],
    }
    assert faults_in(reader.post(path, fields).content.decode()) == ["يلزم اختيار بند واحد على الأقل"]


def test_a_form_without_any_answer_says_what_is_missing(reader: Client, path: str) -> None:
    fields = hidden_fields(reader.get(path).content.decode())
    assert faults_in(reader.post(path, fields).content.decode()) == [
        "يلزم اختيار نوع الملاحظة",
        "يلزم وصف الخطأ أو التفصيل الناقص",
    ]


def test_an_address_without_an_answer_about_the_reply_is_written_to(reader: Client, path: str) -> None:
    fields = fill_correction(reader, path, address="reader@example.org")
    reader.post(path, {name: value for name, value in fields.items() if name != "reply"})
    assert Delivery.objects.filter(audience="reader").count() == 1


def test_an_address_beside_without_e_mail_is_not_kept(reader: Client, path: str) -> None:
    reader.post(path, fill_correction(reader, path, address="reader@example.org", reply="receipt"))
    assert (Identity.objects.count(), Delivery.objects.filter(audience="reader").count()) == (0, 0)


def test_the_address_is_asked_for_under_the_answer_it_belongs_to(reader: Client, path: str) -> None:
    page = reader.get(path).content.decode()
    assert page.index('value="mail"') < page.index('id="id_address"') < page.index('value="receipt"')


def test_the_complaint_form_leaves_no_words_in_the_browser(reader: Client, article: Article) -> None:
    page = reader.get(f"/ar/{article.pk}/complaint/").content.decode()
    texts = re.findall(r"<textarea[^>]*>", page)
    assert (len(texts), [text for text in texts if 'autocomplete="off"' not in text]) == (2, [])


def test_a_list_where_a_text_belongs_is_no_fault(reader: Client, path: str) -> None:
    fields = fill_correction(reader, path)
    fields["text[]"] = "<img src=x>"
    fields["text"] = ["أول", "ثانٍ"]
    assert reader.post(path, fields).status_code == 303
    assert Message.objects.get().text == "ثانٍ"


@pytest.mark.parametrize("number", ["0", "99999", "9223372036854775808", "1" * 300])
def test_an_unknown_article_has_no_form(reader: Client, db: None, number: str) -> None:
    assert reader.get(f"/ar/{number}/correction/").status_code == 404


def test_a_withdrawn_article_still_takes_reports(reader: Client, path: str, article: Article) -> None:
    articles.withdraw(article.pk, reason="سبب", expected_revision=1, by=None, now=MORNING)
    page = reader.get(path).content.decode()
    assert "لم يعد المقال متاحًا، لكن الرسالة ستصل" in page
    assert reader.post(path, fill_correction(reader, path)).status_code == 303


def test_name_and_address_lie_sealed_and_apart(reader: Client, path: str) -> None:
    reader.post(
        path, fill_correction(reader, path, reply="mail", address="reader@example،org", credit="name", name="نور العلي")
    )
    row = Identity.objects.get()
    stored = " ".join(map(str, Identity.objects.values_list().get()))
    assert row.address_sealed
    assert "نور" not in stored
    assert "example" not in stored
    assert Delivery.objects.filter(audience="reader").count() == 1


def test_nobody_sets_fields_that_are_not_on_the_form(reader: Client, path: str) -> None:
    forged = {
        "status": "closed",
        "severity": "safety",
        "assigned_to": "1",
        "kind": "complaint",
        "year": "1999",
        "decided_at": "2020-01-01",
    }
    reader.post(path, fill_correction(reader, path, **forged))
    case = Case.objects.get()
    assert (case.status, case.severity, case.assigned_to, case.kind, case.year) == ("new", "", None, "correction", 2025)


def test_too_many_from_one_network_are_asked_to_wait_with_their_text_kept(
    reader: Client, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(abuse, "SUBMIT", abuse.Allowance("submit", 2, 3600))
    answers = [reader.post(path, fill_correction(reader, path), REMOTE_ADDR="198.51.100.7") for _time in range(3)]
    assert [answer.status_code for answer in answers] == [303, 303, 429]
    assert int(answers[2]["Retry-After"]) > 0
    assert "عدد الأسر" in answers[2].content.decode()
    assert reader.post(path, fill_correction(reader, path), REMOTE_ADDR="203.0.113.9").status_code == 303


def test_the_form_speaks_english_where_the_address_does(reader: Client, english_article: Article) -> None:
    path = f"/en/{english_article.pk}/correction/"
    page = reader.post(path, fill_correction(reader, path, text="")).content.decode()
    assert page.count("Describe the error or the missing detail") == 2
    assert '<html lang="en" dir="ltr">' in page
