"""A copy of the messages to keep: what was said, by whom, when; no receipt, no name, no address."""

from datetime import timedelta
from typing import Any

from django.test import Client

from corrections.domain import conversation
from corrections.models import Case
from newsroom.models import Article, StaffMember
from newsroom.privacy import PRIVATE_HEADERS
from tests.corrections.reader.pages import ask, open_case, take_up
from tests.factories import NOW, as_actor, submit

MESSAGES = "/ar/my-case/messages.txt"


def test_the_copy_holds_both_sides_in_order_and_nothing_secret(
    reader: Client, article: Article, editor: StaffMember
) -> None:
    before = NOW - timedelta(hours=1)
    receipted = submit(article, now=before, name="نور", wants_mail=True, address="reader@example.org", credit="name")
    take_up(Case.objects.get(), editor)
    ask(Case.objects.get(), editor, "من أين <الرقم>؟")
    conversation.add_note(Case.objects.get(), "ملاحظة داخلية", **_guard(editor))
    open_case(reader, receipted)
    answer = reader.get(MESSAGES)
    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Disposition"] == 'attachment; filename="2025-0001-messages.txt"'
    assert {name: answer[name] for name in PRIVATE_HEADERS} == PRIVATE_HEADERS
    assert text.index("عدد الأسر 1,200 وليس 12,000.") < text.index("من أين <الرقم>؟")
    hidden = ("نور", "reader@example.org", receipted.receipt, "ملاحظة داخلية", editor.display_name)
    assert [word for word in hidden if word in text] == []


def test_a_stranger_gets_no_copy(article: Article) -> None:
    submit(article)
    answer = Client().get(MESSAGES)
    assert (answer.status_code, answer["Location"]) == (303, "/ar/case/")


def _guard(editor: StaffMember) -> dict[str, Any]:
    return {"actor": as_actor(editor), "expected_version": Case.objects.get().version, "now": NOW}
