"""Signing in: who comes in, what a guesser learns, how often one may guess, and where one lands."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.conf import settings
from django.test import Client

from newsroom.models import StaffMember
from tests.corrections.desk.steps import HOSTILE, fields_in, text_of
from tests.factories import make_staff

SIGN_IN = "/ar/desk/sign-in/"
PASSWORD = "correct horse battery"
REDIRECTS = Path(__file__).parents[2] / "corpora/openredirects.txt"
START = datetime(2025, 2, 17, 10, 0, tzinfo=ZoneInfo("Asia/Damascus"))
OUTSIDE = [
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example",
    "\\\\evil.example",
    "https:evil.example",
    "javascript:alert(1)",
    "///evil.example",
    "/%0d%0aSet-Cookie:x=1//evil.example",
]


def sign_in(client: Client, username: str, password: str = PASSWORD, address: str = SIGN_IN, **more: Any) -> Any:
    return client.post(address, {"username": username, "password": password}, **more)


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def test_an_editor_signs_in_and_lands_on_the_list(stranger: Client, editor: StaffMember) -> None:
    response = sign_in(stranger, editor.username)
    assert (response.status_code, response["Location"], is_signed_in(stranger)) == (302, "/ar/desk/", True)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_page_bears_the_name_of_the_newsroom(stranger: Client, db: None, language: str) -> None:
    page = stranger.get(f"/{language}/desk/sign-in/")
    assert page.context["site_name"] == settings.SITE_NAMES[language]


@pytest.mark.parametrize("role", ["author", "editor", "standards_editor", "administrator"])
def test_everybody_of_the_newsroom_signs_in(stranger: Client, role: str) -> None:
    sign_in(stranger, make_staff(role).username)
    assert is_signed_in(stranger)


def test_signing_in_leads_back_to_the_place_within_the_site(stranger: Client, editor: StaffMember) -> None:
    response = sign_in(stranger, editor.username, address=f"{SIGN_IN}?next=/ar/desk/cases/2025/1/")
    assert response["Location"] == "/ar/desk/cases/2025/1/"


@pytest.mark.parametrize("outside", OUTSIDE)
def test_signing_in_never_leads_to_another_site(stranger: Client, editor: StaffMember, outside: str) -> None:
    response = stranger.post(SIGN_IN, {"username": editor.username, "password": PASSWORD, "next": outside})
    assert response["Location"] in ("/ar/desk/", "/%0d%0aSet-Cookie:x=1//evil.example")
    assert "Set-Cookie" not in response.headers


def test_none_of_the_known_redirects_leads_outside(signed_in: Callable[[StaffMember], Client], db: None) -> None:
    client = signed_in(make_staff("editor"))
    for line in REDIRECTS.read_text("utf-8").splitlines():
        location = client.get(SIGN_IN, {"next": line})["Location"]
        assert location.startswith("/"), line
        assert not location.startswith(("//", "/\\")), line


def test_a_guesser_learns_nothing_about_who_exists(stranger: Client, editor: StaffMember) -> None:
    StaffMember.objects.create_user("gone", password=PASSWORD, is_active=False)
    pages = []
    for username, password in ((editor.username, "wrong"), ("nobody-at-all", "wrong"), ("gone", PASSWORD)):
        response = sign_in(stranger, username, password)
        assert response.status_code == 422
        pages.append(json.dumps([str(error) for error in response.context["form"].non_field_errors()]))
    assert len(set(pages)) == 1
    assert not is_signed_in(stranger)


def test_missing_words_are_said_at_the_fields(stranger: Client, db: None) -> None:
    response = sign_in(stranger, "", "")
    page = response.content.decode()
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["username", "password"])
    assert 'href="#id_username"' in page
    assert 'id="id_password_error"' in page


def test_the_password_is_never_shown_back(stranger: Client, editor: StaffMember) -> None:
    page = sign_in(stranger, editor.username, "a wrong password").content.decode()
    assert ("a wrong password" in page, fields_in(page, "username")) == (False, [editor.username])


@pytest.mark.parametrize(
    "username", [HOSTILE, "\0", "x" * 100_000, "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")]
)
def test_strange_user_names_are_answered(stranger: Client, db: None, username: str) -> None:
    response = sign_in(stranger, username, "wrong")
    assert response.status_code == 422
    assert "<script>alert" not in response.content.decode()


def test_one_source_may_guess_ten_times_in_a_quarter_of_an_hour(stranger: Client, editor: StaffMember) -> None:
    with time_machine.travel(START, tick=False) as clock:
        guesses = [sign_in(stranger, f"name{number}", "wrong").status_code for number in range(11)]
        refused = sign_in(stranger, editor.username)
        assert guesses == [422] * 10 + [429]
        assert (refused.status_code, refused["Retry-After"], is_signed_in(stranger)) == (429, "900", False)
        clock.shift(timedelta(minutes=15))
        assert sign_in(stranger, editor.username).status_code == 302


@pytest.mark.parametrize("write", [str, str.upper, lambda name: f"  {name} ", lambda name: name.replace("e", "\uff45")])
def test_one_name_is_guessed_ten_times_however_it_is_written(editor: StaffMember, write: Callable[[str], str]) -> None:
    with time_machine.travel(START, tick=False):
        for number in range(10):
            name = write(editor.username) if number % 2 else editor.username
            sign_in(Client(), name, "wrong", REMOTE_ADDR=f"198.51.{number}.7")
        refused = sign_in(Client(), editor.username, REMOTE_ADDR="203.0.113.9")
        assert refused.status_code == 429
        assert sign_in(Client(), make_staff("editor").username, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_an_expired_form_keeps_the_name_and_checks_nothing(reader: Client, editor: StaffMember) -> None:
    response = sign_in(reader, editor.username)
    page = response.content.decode()
    assert (response.status_code, is_signed_in(reader)) == (403, False)
    assert (fields_in(page, "username"), PASSWORD in page) == ([editor.username], False)


def test_signing_out_is_a_press_of_a_button(desk: Client) -> None:
    assert desk.get("/ar/desk/sign-out/").status_code == 405
    assert is_signed_in(desk)
    response = desk.post("/ar/desk/sign-out/")
    assert (response["Location"], is_signed_in(desk)) == (SIGN_IN, False)


def test_the_session_gets_a_new_key_at_the_sign_in(stranger: Client, editor: StaffMember) -> None:
    stranger.get(SIGN_IN)
    session = stranger.session
    session["planted"] = "before"
    session.save()
    before = session.session_key
    sign_in(stranger, editor.username)
    assert stranger.session.session_key != before


def test_the_name_of_who_is_signed_in_stands_in_the_bar(desk: Client, editor: StaffMember) -> None:
    assert f"<bdi>{editor.display_name}</bdi>" in desk.get("/ar/desk/").content.decode()


def test_the_page_speaks_both_languages(stranger: Client, db: None) -> None:
    arabic, english = stranger.get(SIGN_IN), stranger.get("/en/desk/sign-in/?next=/en/desk/")
    assert 'dir="rtl"' in arabic.content.decode()
    assert "Sign in" in text_of(english)
    assert 'href="/ar/desk/sign-in/?next=/en/desk/"' in english.content.decode()


@pytest.mark.parametrize("after", ["/en/desk/sign-in/", "/ar/desk/sign-in/?next=/ar/desk/", "/en/desk/sign-out/"])
def test_the_way_back_is_never_the_door_itself(desk: Client, editor: StaffMember, after: str) -> None:
    for address in ("/en/desk/sign-in/", SIGN_IN):
        queue = address.replace("sign-in/", "")
        assert desk.get(address, {"next": after})["Location"] == queue
        assert sign_in(Client(), editor.username, address=f"{address}?next={quote(after)}")["Location"] == queue
