"""Before sending: the answers to look at, the ways to change them, and several errors in one sending."""

import json
import re
from html import unescape
from typing import Any

import pytest
from django.test import Client

from corrections.models import Case, Event
from corrections.reader.errors_together import MOST
from newsroom.models import Article
from tests.corrections.reader.pages import fill_correction, receipt_in

FIRST, SECOND, THIRD = "عدد الأسر 1,200 وليس 12,000.", "الاجتماع يوم الأحد.", 'اسم القرية "بيت" <القديمة>'
FIELD = re.compile(r'<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?')


@pytest.fixture
def path(article: Article) -> str:
    return f"/ar/{article.pk}/correction/"


def carried(html: str) -> dict[str, Any]:
    """Every hidden field of the form, with several values where there are several."""
    fields: dict[str, list[str]] = {}
    for name, value in FIELD.findall(html):
        fields.setdefault(name, []).append(unescape(value))
    return fields


def press(client: Client, path: str, fields: dict[str, Any], step: str) -> Any:
    return client.post(path, {**fields, "step": step})


def written(client: Client, path: str, *texts: str) -> dict[str, Any]:
    """The fields of the check page after these errors were written down one after the other."""
    fields = fill_correction(client, path, text=texts[0])
    page = press(client, path, fields, "check").content.decode()
    for text in texts[1:]:
        form = press(client, path, carried(page), "another").content.decode()
        fields = {**fill_correction(client, path), **carried(form), "text": text}
        page = press(client, path, fields, "check").content.decode()
    return carried(page)


def answers_in(html: str) -> list[str]:
    """What the check page shows as typed, in order."""
    shown = re.findall(r'<div class="user" dir="auto"><p>(.*?)</p></div>', html, re.DOTALL)
    return [unescape(text) for text in shown]


@pytest.mark.parametrize("step", ["check", "", "nonsense", "change-7x"])
def test_nothing_is_sent_before_the_button_that_says_so(reader: Client, path: str, step: str) -> None:
    answer = press(reader, path, fill_correction(reader, path), step)
    assert (answer.status_code, Case.objects.count(), Event.objects.count()) == (200, 0, 0)
    assert answers_in(answer.content.decode()) == [FIRST]


def test_what_was_checked_is_what_is_sent(reader: Client, path: str) -> None:
    fields = written(reader, path, FIRST)
    assert press(reader, path, fields, "send").status_code == 303
    assert [message.text for message in Case.objects.get().messages.all()] == [FIRST]


def test_the_check_shows_the_words_as_they_would_be_kept(reader: Client, path: str) -> None:
    page = press(reader, path, fill_correction(reader, path, text="الصحيح \u202e1,200\u202c <b>أسرة</b>"), "check")
    assert answers_in(page.content.decode()) == ["الصحيح 1,200 <b>أسرة</b>"]
    assert "&lt;b&gt;" in page.content.decode()


def test_changing_shows_the_form_with_every_answer_and_no_fault(reader: Client, path: str) -> None:
    fields = fill_correction(reader, path, sources="تقرير البلدية", reply="mail", address="reader@example.org")
    checked = carried(press(reader, path, fields, "check").content.decode())
    page = press(reader, path, checked, "change").content.decode()
    assert "err-box" not in page
    for words in (FIRST, "تقرير البلدية", 'value="reader@example.org"', 'value="fact" checked', 'value="mail" checked'):
        assert words in page.replace('id="id_problem_0" ', "").replace('id="id_reply_0" ', "")
    assert Case.objects.count() == 0


def test_a_fault_is_said_before_the_check(reader: Client, path: str) -> None:
    answer = press(reader, path, fill_correction(reader, path, text=" "), "check")
    assert (answer.status_code, "يلزم وصف الخطأ أو التفصيل الناقص" in answer.content.decode()) == (422, True)


def test_sending_the_checked_answers_twice_makes_one_case(reader: Client, path: str) -> None:
    fields = written(reader, path, FIRST)
    pages = [reader.post(path, {**fields, "step": "send"}, follow=True).content.decode() for _press in range(2)]
    assert (Case.objects.count(), {tuple(receipt_in(page)) for page in pages}) == (1, {tuple(receipt_in(pages[0]))})


def test_checking_again_after_sending_and_sending_again_makes_no_second_case(reader: Client, path: str) -> None:
    fields = written(reader, path, FIRST)
    press(reader, path, fields, "send")
    again = carried(press(reader, path, fields, "check").content.decode())
    press(reader, path, again, "send")
    assert Case.objects.count() == 1


def test_several_errors_become_a_case_each_with_one_receipt_page(reader: Client, path: str) -> None:
    page = reader.post(path, {**written(reader, path, FIRST, SECOND, THIRD), "step": "send"}, follow=True)
    cases = list(Case.objects.order_by("pk"))
    assert [case.messages.get().text for case in cases] == [FIRST, SECOND, THIRD]
    assert {case.sent_with for case in cases[1:]} == {cases[0]}
    html = page.content.decode()
    assert [case.number in html for case in cases] == [True, True, True]
    assert len(receipt_in(html)) == 6


def test_the_one_receipt_opens_everything_that_was_sent_together(reader: Client, path: str, article: Article) -> None:
    page = reader.post(path, {**written(reader, path, FIRST, SECOND), "step": "send"}, follow=True).content.decode()
    second = Case.objects.latest("pk")
    other = Client()
    other.post("/ar/case/", {"receipt": " ".join(receipt_in(page))})
    assert FIRST in other.get("/ar/my-case/").content.decode()
    answer = other.post("/ar/my-case/turn/", {"case": second.number}, follow=True)
    assert (second.number in answer.content.decode(), SECOND in answer.content.decode()) == (True, True)


def test_an_error_is_changed_among_several_and_keeps_its_number(reader: Client, path: str) -> None:
    form = press(reader, path, written(reader, path, FIRST, SECOND, THIRD), "change-1").content.decode()
    assert [name for name in ("error",) if carried(form)[name] == ["1"]] == ["error"]
    fields = {**fill_correction(reader, path), **carried(form), "text": "عدد الأسر 1,300."}
    page = press(reader, path, fields, "check").content.decode()
    assert answers_in(page) == ["عدد الأسر 1,300.", SECOND, THIRD]


def test_an_error_is_left_out(reader: Client, path: str) -> None:
    page = press(reader, path, written(reader, path, FIRST, SECOND, THIRD), "remove-2").content.decode()
    assert answers_in(page) == [FIRST, THIRD]
    press(reader, path, carried(page), "send")
    assert [case.summary for case in Case.objects.order_by("pk")] == [FIRST, THIRD]


def test_who_thinks_better_of_another_error_comes_back_to_the_check(reader: Client, path: str) -> None:
    form = press(reader, path, written(reader, path, FIRST, SECOND), "another").content.decode()
    fields = {**fill_correction(reader, path), **carried(form), "text": "", "problem": ""}
    assert answers_in(press(reader, path, fields, "remove-3").content.decode()) == [FIRST, SECOND]


def test_the_only_error_cannot_be_left_out(reader: Client, path: str) -> None:
    assert answers_in(press(reader, path, written(reader, path, FIRST), "remove-1").content.decode()) == [FIRST]


def test_no_more_errors_are_offered_than_one_sending_takes(reader: Client, path: str) -> None:
    texts = [f"الخطأ رقم {number}" for number in range(1, MOST + 1)]
    fields = written(reader, path, *texts)
    page = press(reader, path, fields, "check").content.decode()
    assert ('value="another"' in page, answers_in(page)) == (False, texts)
    forced = press(reader, path, fields, "another").content.decode()
    assert carried(forced)["error"] == [str(MOST)]
    press(reader, path, fields, "send")
    assert Case.objects.count() == MOST


def test_a_fault_in_one_of_several_is_shown_with_that_one(reader: Client, path: str) -> None:
    fields = written(reader, path, FIRST, SECOND)
    fields["other_error"] = json.dumps({"error": "1", "problem": "fact", "text": "", "sources": ""})
    answer = press(reader, path, fields, "send")
    page = answer.content.decode()
    assert (answer.status_code, carried(page)["error"], Case.objects.count()) == (422, ["1"], 0)
    assert SECOND in unescape(page)


@pytest.mark.parametrize(
    "other",
    ["", "[]", "1", "null", "{", "[" * 5000, '{"text": 1}', '{"error": "1e9", "text": ["x"]}', '{"status": "closed"}'],
)
def test_a_forged_error_is_left_out_and_breaks_nothing(reader: Client, path: str, other: str) -> None:
    fields = {**fill_correction(reader, path), "other_error": other}
    answer = press(reader, path, fields, "check")
    assert (answer.status_code, answers_in(answer.content.decode()), Case.objects.count()) == (200, [FIRST], 0)


def test_halves_of_characters_in_a_forged_error_become_words_that_can_be_kept(reader: Client, path: str) -> None:
    other = '{"error": "2", "problem": "fact", "text": "قبل\\ud800بعد"}'
    press(reader, path, {**fill_correction(reader, path), "other_error": other}, "send")
    assert Case.objects.latest("pk").messages.get().text == "قبل?بعد"


def test_an_expired_form_sent_from_the_check_keeps_every_error(reader: Client, path: str) -> None:
    fields = written(reader, path, FIRST, SECOND) | {"csrfmiddlewaretoken": "x" * 64}
    answer = press(reader, path, fields, "send")
    page = answer.content.decode()
    assert (answer.status_code, answers_in(page), Case.objects.count()) == (403, [FIRST, SECOND], 0)
    press(reader, path, carried(page), "send")
    assert Case.objects.count() == 2


def test_an_error_changed_after_sending_is_sent_alone_as_a_new_report(reader: Client, path: str) -> None:
    fields = written(reader, path, FIRST, SECOND)
    press(reader, path, fields, "send")
    answer = press(reader, path, {**fields, "text": THIRD}, "send")
    page = answer.content.decode()
    assert (answer.status_code, answers_in(page)) == (409, [THIRD])
    press(reader, path, carried(page), "send")
    assert [case.summary for case in Case.objects.order_by("pk")] == [FIRST, SECOND, THIRD]


def test_a_complaint_takes_no_second_error(reader: Client, article: Article) -> None:
    path = f"/ar/{article.pk}/complaint/"
    form = reader.get(path).content.decode()
    fields = {**carried(form), "clauses": ["fairness"], "text": FIRST, "relation": "reader", "reply": "receipt"}
    for step in ("another", "remove-1", "check"):
        page = press(reader, path, fields, step).content.decode()
        assert ('value="another"' in page, answers_in(page)) == (False, [FIRST])
