"""What somebody had written when their session ended: back in its form for them alone, for a while, and never sent."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from corrections.desk import unsent
from corrections.desk.urls import urlpatterns
from corrections.models import Case, Message
from newsroom.expired_forms import answer_when_expired
from newsroom.models import Article, StaffMember
from tests.corrections.desk.authenticator import code_of_now, with_app
from tests.corrections.desk.steps import address_of, fields_in, happenings, page_address, stored, text_of
from tests.corrections.desk.test_sign_in import PASSWORD, SIGN_IN, sign_in
from tests.factories import make_case, make_staff

START = datetime(2025, 2, 17, 10, 0, tzinfo=ZoneInfo("Asia/Damascus"))
WORDS = "ملاحظة طويلة كُتبت قبل انتهاء الجلسة"
DISCARD = "/ar/desk/unsent/discard/"


@pytest.fixture
def clock(db: None) -> Iterator[Any]:
    with time_machine.travel(START, tick=False) as moved:
        yield moved


@pytest.fixture
def note(clock: Any, article: Article) -> Case:
    """A case on which a note is being written."""
    return make_case(article, now=START)


def browser(member: StaffMember) -> Client:
    client = Client()
    sign_in(client, member.username)
    return client


def sent_too_late(client: Client, clock: Any, address: str, fields: dict[str, Any]) -> Any:
    clock.shift(timedelta(minutes=31))
    return client.post(address, fields)


def note_too_late(client: Client, clock: Any, case: Case) -> Any:
    return sent_too_late(client, clock, address_of(case, "note"), {"text": WORDS, "expected_version": case.version})


def back_in(client: Client, member: StaffMember, refused: Any) -> Any:
    """Signs in from the page that said so; the page to which that leads."""
    address = re.search(r'href="(/ar/desk/sign-in/[^"]*)"', refused.content.decode())
    assert address
    return client.get(sign_in(client, member.username, address=address[1])["Location"])


def test_the_words_stand_in_their_form_again_and_nothing_was_sent(clock: Any, note: Case, editor: StaffMember) -> None:
    client = browser(editor)
    refused = note_too_late(client, clock, note)
    assert (refused.status_code, refused.context["kept_at"]) == (403, address_of(note))
    page = back_in(client, editor, refused)
    assert (page.status_code, page.request["PATH_INFO"]) == (200, address_of(note))
    assert WORDS in fields_in(page.content.decode(), "text")
    assert "لم يُرسل شيء بعد" in text_of(page)
    assert (Message.objects.filter(text=WORDS).exists(), happenings(note)) == (False, ["received"])


def test_words_that_were_sent_at_last_are_forgotten(clock: Any, note: Case, editor: StaffMember) -> None:
    client = browser(editor)
    page = back_in(client, editor, note_too_late(client, clock, note))
    sent = fields_in(page.content.decode(), "text")[0]
    client.post(address_of(note, "note"), {"text": sent, "expected_version": stored(note).version})
    assert happenings(note) == ["received", "note_added"]
    assert "unsent" not in client.session
    assert WORDS not in fields_in(client.get(address_of(note)).content.decode(), "text")


def test_what_a_script_sends_by_itself_does_not_end_the_keeping(clock: Any, note: Case, editor: StaffMember) -> None:
    client = browser(editor)
    back_in(client, editor, note_too_late(client, clock, note))
    client.post(address_of(note, "presence"), {"writing": "1"}, headers={"Accept": "application/json"})
    keep = address_of(note, "keep_draft", form="text")
    client.post(keep, {"text": WORDS}, headers={"Accept": "application/json"})
    assert "unsent" in client.session


PAGES = {
    "decide": ({"finding": "upheld", "reason": WORDS}, "reason"),
    "ask_statement": ({"question": WORDS}, "question"),
}
OF_ADMINISTRATORS = {
    "working_week": ({"day6": WORDS}, "day6"),
    "holidays": ({"name_ar": WORDS, "day": "1/3/2025"}, "name_ar"),
    "settings": ({"emergency_numbers": WORDS, "expected": "0"}, "emergency_numbers"),
    "invite": ({"display_name": WORDS}, "display_name"),
}


@pytest.mark.parametrize("name", PAGES)
def test_forms_with_a_page_of_their_own_stand_there(clock: Any, note: Case, editor: StaffMember, name: str) -> None:
    fields, field = PAGES[name]
    client = browser(editor)
    client.post(address_of(note, "claim"), {"expected_version": 1})
    address = f"{address_of(note, name)}?walk=1"
    versions = {"expected_version": stored(note).version, "expected_revision": 1}
    page = back_in(client, editor, sent_too_late(client, clock, address, {**fields, **versions}))
    assert (page.status_code, page.request["PATH_INFO"]) == (200, address_of(note, name))
    assert page.request["QUERY_STRING"] == "walk=1"
    assert fields_in(page.content.decode(), field) == [WORDS]


@pytest.mark.parametrize("name", OF_ADMINISTRATORS)
def test_forms_of_administrators_stand_on_their_page(clock: Any, administrator: StaffMember, name: str) -> None:
    fields, field = OF_ADMINISTRATORS[name]
    client = browser(administrator)
    page = back_in(client, administrator, sent_too_late(client, clock, page_address(name), fields))
    assert (page.status_code, page.request["PATH_INFO"]) == (200, page_address(name))
    assert fields_in(page.content.decode(), field) == [WORDS]


def test_a_form_of_no_page_of_its_own_stands_on_the_page_of_unsent_words(clock: Any, editor: StaffMember) -> None:
    client = browser(editor)
    refused = sent_too_late(client, clock, page_address("save_view"), {"name": WORDS, "filters": "view=all"})
    page = back_in(client, editor, refused)
    assert page.request["PATH_INFO"] == page_address("unsent")
    assert WORDS in fields_in(page.content.decode(), "name")


def test_somebody_else_in_the_same_browser_finds_nothing(
    clock: Any, note: Case, editor: StaffMember, second_editor: StaffMember
) -> None:
    client = browser(editor)
    note_too_late(client, clock, note)
    sign_in(client, second_editor.username)
    assert "unsent" not in client.session
    assert WORDS not in client.get(address_of(note)).content.decode()
    assert WORDS not in client.get(page_address("unsent"), follow=True).content.decode()


def test_a_session_into_which_the_words_of_another_come_shows_nothing(
    clock: Any, note: Case, editor: StaffMember, second_editor: StaffMember
) -> None:
    one, other = browser(editor), browser(second_editor)
    note_too_late(one, clock, note)
    sign_in(other, second_editor.username)
    session = other.session
    session["unsent"] = one.session["unsent"]
    session.save()
    assert WORDS not in other.get(address_of(note)).content.decode()


def test_the_words_lie_sealed_and_for_an_hour(clock: Any, note: Case, editor: StaffMember) -> None:
    client = browser(editor)
    note_too_late(client, clock, note)
    assert WORDS not in str(dict(client.session))
    clock.shift(timedelta(minutes=59))
    sign_in(client, editor.username)
    assert WORDS in client.get(address_of(note)).content.decode()
    clock.shift(timedelta(minutes=1))
    assert WORDS not in client.get(address_of(note)).content.decode()


def test_looking_at_the_words_writes_nothing_and_a_button_throws_them_away(
    clock: Any, note: Case, editor: StaffMember
) -> None:
    client = browser(editor)
    page = back_in(client, editor, note_too_late(client, clock, note))
    before = dict(client.session)
    assert client.get(page_address("unsent"))["Location"] == address_of(note)
    assert f'action="{DISCARD}"' in page.content.decode()
    assert dict(client.session) == before
    assert client.post(DISCARD)["Location"] == address_of(note)
    assert WORDS not in client.get(address_of(note)).content.decode()


def test_after_twelve_hours_of_work_the_words_are_kept_too(clock: Any, note: Case, editor: StaffMember) -> None:
    client = browser(editor)
    for _page in range(35):
        clock.shift(timedelta(minutes=20))
        client.get("/ar/desk/views/")
    page = back_in(client, editor, note_too_late(client, clock, note))
    assert WORDS in fields_in(page.content.decode(), "text")


def test_the_second_step_of_the_sign_in_does_not_lose_them(clock: Any, note: Case, editor: StaffMember) -> None:
    client = browser(editor)
    secret = with_app(editor)
    refused = note_too_late(client, clock, note)
    sign_in(client, editor.username, address=f"{SIGN_IN}?next={refused.context['next']}")
    led = client.post("/ar/desk/sign-in/second-factor/", {"code": code_of_now(secret)})["Location"]
    assert (led, WORDS in client.get(led).content.decode()) == (address_of(note), True)


def test_who_has_to_set_up_a_second_step_first_finds_them_afterwards(clock: Any, note: Case) -> None:
    member = make_staff("standards_editor")
    browser(member)
    clock.shift(timedelta(days=8))
    client = browser(member)
    refused = client.post(address_of(note, "note"), {"text": WORDS, "expected_version": 1})
    assert (refused.status_code, refused.context["kept_at"]) == (403, address_of(note))
    client.post("/ar/desk/account/app/begin/")
    secret = client.get("/ar/desk/account/app/").context["secret"].replace(" ", "")
    client.post("/ar/desk/account/app/", {"code": code_of_now(secret), "password": PASSWORD})
    assert WORDS in client.get(address_of(note)).content.decode()


def test_a_session_that_somebody_has_ended_keeps_nothing_and_shows_the_words(
    clock: Any, note: Case, editor: StaffMember
) -> None:
    here, there = browser(editor), browser(editor)
    there.post("/ar/desk/account/sessions/end/")
    refused = here.post(address_of(note, "note"), {"text": WORDS, "expected_version": 1})
    assert (refused.status_code, refused.context["kept_at"], WORDS in text_of(refused)) == (403, "", True)


def test_a_stranger_plants_nothing(stranger: Client, note: Case) -> None:
    refused = stranger.post(address_of(note, "note"), {"text": WORDS})
    assert (refused.context["kept_at"], dict(stranger.session)) == ("", {})


def test_a_forged_form_plants_nothing(clock: Any, note: Case, editor: StaffMember) -> None:
    client: Any = Client(enforce_csrf_checks=True)
    client.force_login(editor)
    refused = note_too_late(client, clock, note)
    assert (refused.status_code, "unsent" in client.session) == (403, False)


def test_what_is_very_long_is_shown_to_be_copied(clock: Any, note: Case, editor: StaffMember) -> None:
    client = browser(editor)
    fields = {"text": "س" * (unsent.MOST_CHARACTERS + 1), "expected_version": 1}
    refused = sent_too_late(client, clock, address_of(note, "note"), fields)
    assert (refused.context["kept_at"], "unsent" in client.session) == ("", False)


def test_passwords_are_never_kept(clock: Any, editor: StaffMember) -> None:
    client = browser(editor)
    fields = {"old_password": PASSWORD, "new_password1": "a long one", "new_password2": "a long one", "x": WORDS}
    refused = sent_too_late(client, clock, "/ar/desk/account/password/", fields)
    assert (refused.context["kept_at"], "unsent" in client.session) == ("", False)


def test_an_expired_form_of_the_settings_or_of_the_staff_is_shown_again(administrator: StaffMember) -> None:
    client: Any = Client(enforce_csrf_checks=True)
    client.force_login(administrator)
    for name, (fields, field) in OF_ADMINISTRATORS.items():
        page = client.post(page_address(name), fields)
        assert (page.status_code in (403, 422), fields_in(page.content.decode(), field)) == (True, [WORDS])


def test_every_page_that_takes_its_own_form_is_known_as_such(stranger: Client, note: Case) -> None:
    numbers = {"year": note.year, "sequence": note.sequence, "number": 1, "view": 1, "position": 1, "delivery": 1}
    numbers |= {"kind": "complaint", "form": "text", "token": "x"}  # type: ignore[dict-item]
    own = set()
    for pattern in urlpatterns:
        if answer_when_expired(pattern.callback) and pattern.name not in ("sign_in", "second_factor"):
            wanted = {name: numbers[name] for name in pattern.pattern.converters}
            address = "/ar/desk/" + str(pattern.pattern)
            for name, value in wanted.items():
                address = re.sub(rf"<\w+:{name}>", str(value), address)
            if stranger.get(address).status_code != 405:
                own.add(pattern.name)
    assert own == unsent.OWN_PAGES
