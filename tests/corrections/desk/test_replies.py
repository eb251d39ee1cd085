"""Replies from templates: in the reader's language, filled by the case, and sent only when nothing is left to fill."""

from contextlib import suppress
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corrections.domain import conversation, drafts, replies
from corrections.domain.faults import Refused
from corrections.domain.replies import ReplyWords
from corrections.models import Case, Draft, Message, ReplyTemplate
from corrections.reply_words import is_unfinished
from newsroom.dates import long_date
from newsroom.models import Article, StaffMember
from tests.corrections.desk.steps import HOSTILE, address_of, fields_in, happenings, now, press, stored, text_of
from tests.factories import as_actor, make_case

ANY = ReplyWords("message", "", "اسم", "Name", "الطلب {number}", "Report {number}")


def written(client: Client, case: Case, key: str) -> str:
    return fields_in(client.get(address_of(case) + f"?template={key}").content.decode(), "text")[0]


def test_a_template_fills_the_text_field_and_writes_nothing(desk: Client, case: Case) -> None:
    version = stored(case).version
    text = written(desk, case, "thanks")
    for words in (case.number, "عودة ضخ المياه إلى عين الزيتون", long_date(case.decision_due_at), "تحية طيبة"):
        assert words in text
    assert (stored(case).version, Message.objects.filter(purpose="to_reader").count()) == (version, 0)


def test_the_template_speaks_the_readers_language_whatever_the_editors(desk: Client, article: Article) -> None:
    english = make_case(article, now=now(), language="en", text="It is wrong.")
    for language in ("ar", "en"):
        page = desk.get(address_of(english).replace("/ar/", f"/{language}/") + "?template=thanks").content.decode()
        assert fields_in(page, "text")[0].startswith("Hello,")


@pytest.mark.parametrize("key", ["", "nobody", HOSTILE, "where_to_complain"])
def test_a_template_that_does_not_fit_leaves_the_field_empty(standards_desk: Client, complaint: Case, key: str) -> None:
    response = standards_desk.get(address_of(complaint), {"template": key})
    assert (response.status_code, fields_in(response.content.decode(), "text")) == (200, [""])


def test_only_templates_that_fit_are_offered(standards_desk: Client, complaint: Case, case: Case) -> None:
    offered = [standards_desk.get(address_of(each)).content.decode() for each in (complaint, case)]
    assert ['value="where_to_complain"' in page for page in offered] == [False, True]


@pytest.mark.parametrize("name", ["ask", "message"])
def test_a_slot_must_be_filled_before_sending_and_nothing_typed_is_lost(
    desk: Client, case_in_review: Case, name: str
) -> None:
    text = written(desk, case_in_review, "source")
    refused = press(desk, case_in_review, name, text=text)
    assert (refused.status_code, list(refused.context["forms"]["text"].errors)) == (422, ["text"])
    assert fields_in(refused.content.decode(), "text") == [text]
    assert "النقطة التي يلزم لها مصدر" in str(refused.context["forms"]["text"].errors)
    sent = press(desk, case_in_review, name, text=text.replace("[[النقطة التي يلزم لها مصدر]]", "عدد الأسر"))
    assert sent.status_code == 302


def test_a_note_may_hold_whatever_it_likes(desk: Client, case: Case) -> None:
    press(desk, case, "note", text="القالب [[ما وجدناه]] و{number} ناقص.")
    assert happenings(case)[-1] == "note_added"


PIECES = st.sampled_from(["{number}", "{ kind }", "{x}", "[[", "]]", "[[ما وجدناه]]", "كلمة ", "{", "}", "\n"])


@given(st.lists(PIECES, min_size=1, max_size=8).map("".join))
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_is_sent_never_holds_a_slot_or_a_variable(article: Article, editor: StaffMember, text: str) -> None:
    case = make_case(article)
    for send in (conversation.write_to_reader, conversation.ask_reader):
        with suppress(Refused):
            send(case, text, actor=as_actor(editor), expected_version=case.version, now=now())
    for message in Message.objects.filter(case=case, purpose__in=["to_reader", "question"]):
        assert not is_unfinished(message.text)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text_ar": "الطلب {numbers}"}, "text_ar"),
        ({"text_en": "{secret}"}, "text_en"),
        ({"text_ar": " "}, "text_ar"),
        ({"text_en": "[[what"}, "text_en"),
        ({"text_en": "[[ ]]"}, "text_en"),
        ({"text_ar": "ك" * 2001}, "text_ar"),
    ],
)
def test_a_template_that_no_case_can_fill_is_not_kept(db: None, changes: dict[str, Any], field: str) -> None:
    before = ReplyTemplate.objects.count()
    with pytest.raises(Refused) as refused:
        replies.keep_template("new", ReplyWords(**{**vars(ANY), **changes}))
    assert ([fault.field for fault in refused.value.faults], ReplyTemplate.objects.count()) == ([field], before)


def test_an_administrator_writes_a_template_and_its_errors_stand_beside_the_field(
    signed_in: Any, administrator: StaffMember, desk: Client, case: Case
) -> None:
    client = signed_in(administrator)
    form = {**vars(ANY), "key": "number-only", "is_offered": "on"}
    wrong = client.post("/ar/admin/corrections/replytemplate/add/", {**form, "text_en": "{secret}"})
    assert (wrong.status_code, list(wrong.context["adminform"].form.errors)) == (200, ["text_en"])
    assert "{secret}" in wrong.content.decode()
    done = client.post("/ar/admin/corrections/replytemplate/add/", form)
    assert (done.status_code, written(desk, case, "number-only")) == (302, f"الطلب {case.number}")
    client.post(
        f"/ar/admin/corrections/replytemplate/{ReplyTemplate.objects.get(key='number-only').pk}/change/",
        {**form, "text_ar": "رقم {number}"},
    )
    assert written(desk, case, "number-only") == f"رقم {case.number}"


def test_hostile_words_of_a_template_stay_words(desk: Client, case: Case) -> None:
    ReplyTemplate.objects.filter(key="thanks").update(text_ar=HOSTILE, name_ar=HOSTILE)
    page = desk.get(address_of(case) + "?template=thanks").content.decode()
    assert ("<script>alert" in page, "<img src=x" in page) == (False, False)
    assert "alert(1)" in text_of(desk.get(address_of(case) + "?template=thanks"))


def choose(client: Client, case: Case, button: str, key: str, text: str, **more: Any) -> Any:
    return press(client, case, "reply", **{button: key}, text=text, **more)


def field_and_offer(response: Any) -> tuple[str, str, bool]:
    """What stands in the field, the words that are offered, and whether they are offered over another template."""
    offer = response.context["reply_offer"]
    text = fields_in(response.content.decode(), "text")[0]
    return text, offer.words if offer else "", bool(offer and offer.is_over_template)


def test_a_template_goes_into_an_empty_field_together_with_what_else_was_chosen(desk: Client, case: Case) -> None:
    before = (stored(case).version, Message.objects.count())
    response = choose(desk, case, "template", "thanks", " ", mentions="nour", addition="note")
    assert (response.status_code, field_and_offer(response)) == (200, (written(desk, case, "thanks"), "", False))
    form = response.context["forms"]["text"]
    assert (form["mentions"].value(), form.addition) == (["nour"], "message")
    assert (stored(case).version, Message.objects.count()) == before


def test_words_that_were_typed_stay_and_the_template_is_offered_below_or_instead(desk: Client, case: Case) -> None:
    replies.keep_template("other", ANY)
    reply = written(desk, case, "other")
    asked = choose(desk, case, "template", "other", "كلماتي أنا.")
    assert field_and_offer(asked) == ("كلماتي أنا.", reply, False)
    page = asked.content.decode()
    assert page.index('name="append" value="other"') < page.index('name="replace" value="other"')
    below = choose(desk, case, "append", "other", "كلماتي أنا.")
    assert field_and_offer(below) == (f"كلماتي أنا.\n\n{reply}", "", False)
    instead = choose(desk, case, "replace", "other", "كلماتي أنا.")
    assert field_and_offer(instead)[0] == reply
    assert "كلماتي أنا." in text_of(instead)


def test_another_template_that_nobody_changed_is_offered_to_be_replaced_and_stays_until_then(
    desk: Client, case: Case, editor: StaffMember
) -> None:
    replies.keep_template("other", ANY)
    first, second = written(desk, case, "thanks"), written(desk, case, "other")
    for words, over_template in ((first, True), (f"{first} وأكثر", False)):
        asked = choose(desk, case, "template", "other", words)
        assert field_and_offer(asked) == (words, second, over_template)
        Draft.objects.filter(case=case).delete()
        drafts.keep(case, "text", {"text": [words]}, actor=as_actor(editor), now=now())
        by_address = desk.get(address_of(case) + "?template=other")
        assert field_and_offer(by_address) == (words, second, over_template)


def test_a_template_that_stands_in_the_field_already_is_not_offered_again(desk: Client, case: Case) -> None:
    text = f"كلماتي.\n\n{written(desk, case, 'thanks')}"
    assert field_and_offer(choose(desk, case, "template", "thanks", text)) == (text, "", False)


def test_a_message_that_could_not_be_sent_is_said_not_to_be_sent(desk: Client, case_in_review: Case) -> None:
    assert "لم تُرسل الرسالة" in text_of(press(desk, case_in_review, "message", text=" "))
    assert "لم يتغير شيء" in text_of(press(desk, case_in_review, "note", text=" "))
