"""Guessing passwords is hopeless, and shuts nobody out who has signed in before."""

from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from newsroom import guesses
from newsroom.models import Change, Guesses, StaffMember
from newsroom.staff import set_password
from tests.corrections.desk.authenticator import code_of_now, with_app
from tests.corrections.desk.test_second_factor import ACCOUNT, give
from tests.corrections.desk.test_sign_in import PASSWORD, is_signed_in, sign_in
from tests.factories import make_staff

START = datetime(2025, 2, 17, 10, 0, tzinfo=ZoneInfo("Asia/Damascus"))
HOME = "203.0.113.9"
COOKIE = settings.DEVICE_COOKIE_NAME


def guess(member: StaffMember, number: int) -> int:
    """A stranger's guess, from a network of its own."""
    return int(
        sign_in(Client(), member.username, "wrong", REMOTE_ADDR=f"198.{number // 250}.{number % 250}.7").status_code
    )


def device_of(member: StaffMember, password: str = PASSWORD) -> Client:
    """A browser in which somebody has signed in and out again."""
    client = Client()
    assert sign_in(client, member.username, password, REMOTE_ADDR="203.0.50.9").status_code == 302
    client.post("/ar/desk/sign-out/")
    return client


def test_a_stranger_shuts_nobody_out_of_a_device_that_they_have_used(editor: StaffMember) -> None:
    with time_machine.travel(START, tick=False):
        own = device_of(editor)
        assert [guess(editor, number) for number in range(40)] == [422] * 10 + [429] * 30
        elsewhere = Client()
        assert sign_in(elsewhere, editor.username, REMOTE_ADDR=HOME).status_code == 429
        assert sign_in(own, editor.username, REMOTE_ADDR=HOME).status_code == 302
        assert (is_signed_in(own), is_signed_in(elsewhere)) == (True, False)


def test_a_stranger_in_the_same_network_shuts_nobody_out_of_their_device(editor: StaffMember) -> None:
    with time_machine.travel(START, tick=False):
        own = device_of(editor)
        for number in range(12):
            sign_in(Client(), f"nobody{number}", "wrong", REMOTE_ADDR=HOME)
        assert sign_in(Client(), editor.username, REMOTE_ADDR=HOME).status_code == 429
        assert sign_in(own, editor.username, REMOTE_ADDR=HOME).status_code == 302


def test_a_stranger_shuts_nobody_out_of_their_own_confirmations(
    signed_in: Callable[[StaffMember], Client], editor: StaffMember
) -> None:
    client = signed_in(editor)
    new = {"old_password": PASSWORD, "new_password1": "a whole new one", "new_password2": "a whole new one"}
    with time_machine.travel(START, tick=False):
        for number in range(20):
            guess(editor, number)
        assert signed_in(editor).post(f"{ACCOUNT}password/", new)["Location"] == ACCOUNT
    assert StaffMember.objects.get(pk=editor.pk).check_password("a whole new one")
    assert client.get(ACCOUNT).status_code == 302


def test_the_wait_grows_and_a_wait_is_enough(editor: StaffMember) -> None:
    with time_machine.travel(START, tick=False) as clock:
        for number in range(10):
            guess(editor, number)
        refused = sign_in(Client(), editor.username, REMOTE_ADDR=HOME)
        assert (refused.status_code, refused["Retry-After"]) == (429, "30")
        clock.shift(timedelta(seconds=30))
        assert sign_in(Client(), editor.username, REMOTE_ADDR=HOME).status_code == 302
        # Begun anew, for the password was right.
        assert [guess(editor, number) for number in range(11)] == [422] * 10 + [429]


def test_a_hundred_guesses_in_a_row_take_more_than_a_day_and_are_the_last(editor: StaffMember) -> None:
    with time_machine.travel(START, tick=False) as clock:
        own, number = device_of(editor), 0
        while number < 100:
            clock.shift(guesses.pause_after(number))
            assert guess(editor, number) == 422
            number += 1
        began = START
        assert datetime.now(began.tzinfo) - began > timedelta(hours=28)
        clock.shift(timedelta(days=29))
        refused = sign_in(Client(), editor.username, REMOTE_ADDR=HOME)
        assert (refused.status_code, refused["Retry-After"]) == (429, str(24 * 60 * 60))
        assert sign_in(own, editor.username, REMOTE_ADDR=HOME).status_code == 302
        set_password(editor, "the one of the link", by=editor, change=Change.JOINED, now=START)
        assert sign_in(Client(), editor.username, "the one of the link", REMOTE_ADDR=HOME).status_code == 302


def test_a_device_that_knows_somebody_guesses_no_more_often(editor: StaffMember) -> None:
    with time_machine.travel(START, tick=False):
        own = device_of(editor)
        answers = [sign_in(own, editor.username, "wrong", REMOTE_ADDR=f"198.51.{n}.7").status_code for n in range(11)]
        assert answers == [422] * 10 + [429]
        assert sign_in(own, editor.username).status_code == 429
        assert sign_in(Client(), editor.username, REMOTE_ADDR=HOME).status_code == 302


def test_a_device_that_knows_one_person_is_a_strangers_for_another(editor: StaffMember) -> None:
    other = make_staff("editor")
    with time_machine.travel(START, tick=False):
        own = device_of(other)
        for number in range(10):
            guess(editor, number)
        assert sign_in(own, editor.username, REMOTE_ADDR=HOME).status_code == 429


@pytest.mark.parametrize(
    "spoil", [lambda text: text[:-2] + "xx", lambda text: "", lambda text: "e30:1:x", lambda t: "é"]
)
def test_a_cookie_that_we_have_not_written_is_none(editor: StaffMember, spoil: Callable[[str], str]) -> None:
    with time_machine.travel(START, tick=False):
        own = device_of(editor)
        own.cookies[COOKIE] = spoil(own.cookies[COOKIE].value)
        for number in range(10):
            guess(editor, number)
        assert sign_in(own, editor.username, REMOTE_ADDR=HOME).status_code == 429


def test_the_cookie_names_nobody_and_lasts_half_a_year(editor: StaffMember) -> None:
    cookie = device_of(editor).cookies[COOKIE]
    assert (cookie["httponly"], cookie["samesite"], cookie["max-age"]) == (True, "Lax", 180 * 24 * 60 * 60)
    assert editor.username not in cookie.value
    other = device_of(make_staff("author")).cookies[COOKIE].value
    assert other.split(":")[0] != cookie.value.split(":")[0]


def test_the_password_alone_makes_no_device_known_where_a_second_factor_is_due(editor: StaffMember) -> None:
    secret, client = with_app(editor), Client()
    sign_in(client, editor.username)
    assert COOKIE not in client.cookies
    give(client, code_of_now(secret))
    assert COOKIE in client.cookies


def test_names_without_an_account_are_answered_as_those_with_one(editor: StaffMember) -> None:
    nobody = StaffMember(username="nobody-at-all")
    with time_machine.travel(START, tick=False):
        assert [guess(nobody, n) for n in range(12)] == [guess(editor, n + 300) for n in range(12)]


def test_counts_name_nobody_and_are_forgotten_after_thirty_days(editor: StaffMember) -> None:
    with time_machine.travel(START, tick=False):
        guess(editor, 1)
        row = Guesses.objects.get()
        assert (editor.username in row.key, row.in_a_row) == (False, 1)
        assert guesses.forget_old(START + timedelta(days=30)) == 0
        assert guesses.forget_old(START + timedelta(days=30, seconds=1)) == 1
