"""How long somebody stays signed in, in which browsers, and how that ends."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.test import Client

from newsroom import sessions
from newsroom.models import StaffChange, StaffMember
from tests.corrections.desk.steps import text_of
from tests.corrections.desk.test_sign_in import PASSWORD, sign_in

START = datetime(2025, 2, 17, 10, 0, tzinfo=ZoneInfo("Asia/Damascus"))
ACCOUNT = "/ar/desk/account/"
NEW = "a long and other password"
FIELDS = ["old_password", "new_password1", "new_password2"]


def browser(member: StaffMember, name: str = "Firefox") -> Client:
    client = Client(headers={"User-Agent": name})
    sign_in(client, member.username)
    return client


def is_in(client: Client, **headers: Any) -> bool:
    return client.get("/ar/desk/", headers=headers).status_code == 200


def test_a_session_that_is_left_alone_ends_after_half_an_hour(editor: StaffMember) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = browser(editor)
        for _page in range(3):
            clock.shift(timedelta(minutes=29))
            assert is_in(client)
        clock.shift(timedelta(minutes=30, seconds=1))
        assert not is_in(client)


def test_a_session_ends_twelve_hours_after_the_sign_in_however_busy(editor: StaffMember) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = browser(editor)
        for _page in range(35):
            clock.shift(timedelta(minutes=20))
            assert is_in(client)
        clock.shift(timedelta(minutes=21))
        assert not is_in(client)


@pytest.mark.parametrize("mode", ["cors", "same-origin", "no-cors"])
def test_what_scripts_fetch_by_themselves_keeps_no_session_open(editor: StaffMember, mode: str) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = browser(editor)
        for _poll in range(2):
            clock.shift(timedelta(minutes=16))
            client.get("/ar/desk/arrivals/", headers={"Sec-Fetch-Mode": mode})
        assert not is_in(client)


def test_somebody_who_is_typing_stays_signed_in(editor: StaffMember) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = browser(editor)
        for _minute in range(3):
            clock.shift(timedelta(minutes=20))
            answer = client.post(f"{ACCOUNT}stay/", headers={"Sec-Fetch-Mode": "cors"})
            assert (answer.status_code, answer["X-Seconds-Left"]) == (204, "1800")
        assert is_in(client)
        clock.shift(timedelta(hours=10, minutes=30))
        assert client.post(f"{ACCOUNT}stay/").status_code == 302


@pytest.mark.parametrize("cookie", ["", "x", "a:b:c", "::", "0" * 32 + ":1tjLZE:signature"])
def test_a_forged_cookie_prolongs_nothing(editor: StaffMember, cookie: str) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = browser(editor)
        clock.shift(timedelta(minutes=31))
        client.cookies["seen"] = cookie
        assert not is_in(client)


def test_the_cookie_of_one_session_is_worth_nothing_in_another(editor: StaffMember) -> None:
    with time_machine.travel(START, tick=False) as clock:
        left_alone = browser(editor)
        clock.shift(timedelta(minutes=31))
        fresh = browser(editor)
        left_alone.cookies["seen"] = fresh.cookies["seen"].value
        assert (is_in(fresh), is_in(left_alone)) == (True, False)


def test_what_was_typed_is_shown_again_when_the_session_has_ended(editor: StaffMember) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = browser(editor)
        clock.shift(timedelta(hours=1))
        answer = client.post("/ar/desk/cases/2025/1/note/", {"text": "ملاحظة طويلة كُتبت", "expected_version": 1})
        assert (answer.status_code, "ملاحظة طويلة كُتبت" in text_of(answer)) == (403, True)
        assert "/ar/desk/sign-in/?next=/ar/desk/cases/2025/1/" in answer.content.decode()


def test_looking_at_a_page_writes_no_session(editor: StaffMember) -> None:
    client = browser(editor)
    client.get(ACCOUNT)
    before = list(UserSession.objects.values())
    client.get("/ar/desk/")
    assert list(UserSession.objects.values()) == before


def test_open_sessions_are_listed_and_ended_one_by_one(editor: StaffMember) -> None:
    here, there = browser(editor, "Mozilla/5.0 (X11; Linux) Firefox/1"), browser(editor, "<b>there</b>")
    page = here.get(ACCOUNT)
    listed = page.context["sessions"]
    assert [(each.browser, each.is_this) for each in listed] == [
        ("Firefox, Linux", True),
        ("<b>there</b>", False),
    ]
    assert "<b>there</b>" not in page.content.decode()
    here.post(f"{ACCOUNT}sessions/{listed[1].pk}/end/")
    assert (is_in(here), is_in(there)) == (True, False)


def test_nobody_ends_the_session_of_somebody_else(editor: StaffMember, second_editor: StaffMember) -> None:
    mine, other = browser(editor), browser(second_editor)
    for row in UserSession.objects.all():
        mine.post(f"{ACCOUNT}sessions/{row.pk}/end/")
    assert is_in(other)
    assert mine.post(f"{ACCOUNT}sessions/{10**30}/end/").status_code == 302


def test_all_other_sessions_are_ended_at_once(editor: StaffMember) -> None:
    here, *others = (browser(editor) for _number in range(3))
    here.post(f"{ACCOUNT}sessions/end/")
    assert [is_in(each) for each in (here, *others)] == [True, False, False]


def test_a_new_password_ends_every_other_session(editor: StaffMember) -> None:
    here, there = browser(editor), browser(editor)
    answer = here.post(f"{ACCOUNT}password/", {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW})
    assert (answer.status_code, is_in(here), is_in(there)) == (302, True, False)
    assert StaffMember.objects.get(pk=editor.pk).check_password(NEW)
    assert [(change.change, change.made_by_id) for change in StaffChange.objects.all()] == [("password", editor.pk)]
    assert [each.is_this for each in here.get(ACCOUNT).context["sessions"]] == [True]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"old_password": "no"}, ["old_password"]),
        ({"new_password2": "another one altogether"}, ["new_password2"]),
        ({"new_password1": "short", "new_password2": "short"}, ["new_password2"]),
        (
            {"old_password": "", "new_password1": "", "new_password2": ""},
            ["old_password", "new_password1", "new_password2"],
        ),
    ],
)
def test_a_refused_password_changes_nothing(editor: StaffMember, fields: dict[str, str], wrong: list[str]) -> None:
    client = browser(editor)
    given = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW, **fields}
    answer = client.post(f"{ACCOUNT}password/", given)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, wrong)
    assert StaffMember.objects.get(pk=editor.pk).check_password(PASSWORD)
    assert NEW not in answer.content.decode()


def test_no_network_address_is_stored(editor: StaffMember) -> None:
    client = Client()
    sign_in(client, editor.username, REMOTE_ADDR="203.0.113.77")
    assert [row.ip for row in UserSession.objects.all()] == ["0.0.0.0"]


def test_notes_of_sessions_that_are_over_are_forgotten(editor: StaffMember) -> None:
    with time_machine.travel(START, tick=False) as clock:
        browser(editor)
        assert sessions.forget_old_sessions(START) == 0
        clock.shift(timedelta(hours=13))
        assert sessions.forget_old_sessions(START + timedelta(hours=13)) == 1
