"""The second step of the sign-in: what opens the desk, what does not, and how often one may guess."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from newsroom import second_factor
from newsroom.models import StaffChange, StaffMember
from tests.corrections.desk.authenticator import code_of_now, stored_secret, with_app, wrong_code
from tests.corrections.desk.steps import HOSTILE, fields_in, text_of
from tests.corrections.desk.test_sign_in import PASSWORD, SIGN_IN, is_signed_in, sign_in
from tests.factories import make_staff

SECOND = "/ar/desk/sign-in/second-factor/"
ACCOUNT = "/ar/desk/account/"
START = datetime(2025, 2, 17, 10, 0, tzinfo=ZoneInfo("Asia/Damascus"))
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


def give(client: Client, code: str, **more: Any) -> Any:
    return client.post(SECOND, {"code": code}, **more)


def half_way(member: StaffMember, **more: Any) -> Client:
    """A browser in which the right password was given."""
    client = Client()
    sign_in(client, member.username, **more)
    return client


def begun_secret(client: Client) -> str:
    """Begins to set up an app; the secret that the page then shows."""
    assert client.post(f"{ACCOUNT}app/begin/")["Location"] == f"{ACCOUNT}app/"
    return str(client.get(f"{ACCOUNT}app/").context["secret"].replace(" ", ""))


def test_the_password_alone_opens_nothing(editor: StaffMember) -> None:
    with_app(editor)
    client = Client()
    response = sign_in(client, editor.username)
    assert (response.status_code, response["Location"], is_signed_in(client)) == (302, SECOND, False)
    assert "/desk/sign-in/" in client.get("/ar/desk/")["Location"]


@pytest.mark.parametrize(
    "write", [str, lambda code: f"{code[:3]} {code[3:]}", lambda code: code.translate(ARABIC_DIGITS)]
)
def test_the_code_of_the_app_opens_the_desk_however_it_is_written(
    editor: StaffMember, write: Callable[[str], str]
) -> None:
    client, secret = Client(), with_app(editor)
    sign_in(client, editor.username, address=f"{SIGN_IN}?next=/ar/desk/statistics/")
    response = give(client, write(code_of_now(secret)))
    assert (response.status_code, response["Location"], is_signed_in(client)) == (302, "/ar/desk/statistics/", True)


def test_a_code_opens_the_desk_once(editor: StaffMember) -> None:
    secret = with_app(editor)
    with time_machine.travel(START, tick=False):
        code = code_of_now(secret)
        Authenticator.objects.filter(user=editor).update(
            data={**Authenticator.objects.get(user=editor).data, "last_counter": 0}
        )
        assert give(half_way(editor), code).status_code == 302
        again = half_way(editor)
        assert (give(again, code).status_code, is_signed_in(again)) == (422, False)


def test_a_code_set_up_with_does_not_open_the_desk_as_well(editor: StaffMember) -> None:
    with time_machine.travel(START, tick=False):
        secret = second_factor.new_secret()
        second_factor.turn_on_app(editor, secret, code_of_now(secret))
        assert give(half_way(editor), code_of_now(secret)).status_code == 422


@pytest.mark.parametrize("step", [-4, -3, 3, 100])
def test_a_code_of_another_time_opens_nothing(editor: StaffMember, step: int) -> None:
    secret, client = with_app(editor), half_way(editor)
    assert (give(client, code_of_now(secret, step)).status_code, is_signed_in(client)) == (422, False)


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=80))
def test_nothing_but_the_code_opens_the_desk(editor: StaffMember, typed: str) -> None:
    if not second_factor.has_second_factor(editor):
        with_app(editor)
    secret = stored_secret(editor)
    digits = second_factor._digits(typed)
    near = {code_of_now(secret, step) for step in (-1, 0, 1)}
    try:
        second_factor.check_code(editor, typed)
    except second_factor.WrongCode:
        assert digits not in near
    else:
        assert digits in near


@pytest.mark.parametrize("code", ["", " ", HOSTILE, "x" * 5000, "123456789012345678901234567890"])
def test_strange_codes_are_answered_beside_the_field(editor: StaffMember, code: str) -> None:
    with_app(editor)
    response = give(half_way(editor), code)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["code"])
    assert 'id="id_code_error"' in response.content.decode()
    assert "<script>alert" not in response.content.decode()


def test_codes_are_guessed_ten_times_for_one_person_whatever_the_source(editor: StaffMember) -> None:
    with time_machine.travel(START, tick=False) as clock:
        secret = with_app(editor)
        guesses = [
            give(half_way(editor), wrong_code(secret), REMOTE_ADDR=f"198.51.{number}.7").status_code
            for number in range(10)
        ]
        assert guesses == [422] * 10
        client = half_way(editor)
        refused = give(client, code_of_now(secret), REMOTE_ADDR="203.0.113.9")
        assert (refused.status_code, refused["Retry-After"], is_signed_in(client)) == (429, "900", False)
        clock.shift(timedelta(minutes=15))
        assert give(half_way(editor), code_of_now(secret), REMOTE_ADDR="203.0.113.9").status_code == 302


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "CF-Connecting-IP", "Forwarded"])
def test_throttling_is_never_decided_by_a_header_that_the_client_writes(editor: StaffMember, header: str) -> None:
    with time_machine.travel(START, tick=False):
        secret = with_app(editor)
        for number in range(10):
            give(half_way(editor), wrong_code(secret), headers={header: f"198.51.{number}.7"})
        assert give(half_way(editor), code_of_now(secret), headers={header: "203.0.113.9"}).status_code == 429
        answers = [
            sign_in(Client(), f"nobody{number}", "wrong", headers={header: f"198.51.{number}.7"}).status_code
            for number in range(11)
        ]
        assert answers[-1] == 429


def test_a_flood_at_one_account_closes_the_door_for_nobody_else(editor: StaffMember) -> None:
    with time_machine.travel(START, tick=False):
        for number in range(30):
            sign_in(Client(), editor.username, "wrong", REMOTE_ADDR=f"198.51.{number}.7")
        assert sign_in(Client(), make_staff("editor").username, REMOTE_ADDR="203.0.113.9").status_code == 302


def test_recovery_codes_open_the_desk_once_each(editor: StaffMember) -> None:
    with_app(editor)
    codes = second_factor.make_recovery_codes(editor)
    assert len(set(codes)) == 10
    client = half_way(editor)
    assert (give(client, codes[3]).status_code, is_signed_in(client)) == (302, True)
    assert give(half_way(editor), codes[3]).status_code == 422
    assert give(half_way(editor), codes[4]).status_code == 302
    assert second_factor.factors_of(editor).codes_left == 8


def test_who_signs_in_again_with_the_password_alone_has_proved_nothing(editor: StaffMember) -> None:
    client = Client()
    with time_machine.travel(START, tick=False) as clock:
        secret = with_app(editor)
        sign_in(client, editor.username)
        give(client, code_of_now(secret))
        assert client.session[second_factor.PROVED] is True
        second_factor.remove_all(editor)
        # Left alone for too long; the browser still has the session of before.
        clock.shift(timedelta(minutes=31))
        sign_in(client, editor.username)
        assert (is_signed_in(client), client.session[second_factor.PROVED]) == (True, False)


def test_the_second_step_without_the_first_leads_back(stranger: Client, db: None) -> None:
    for response in (stranger.get(SECOND), give(stranger, "123456")):
        assert (response.status_code, response["Location"]) == (302, SIGN_IN)


def test_the_second_step_waits_ten_minutes(editor: StaffMember) -> None:
    with time_machine.travel(START, tick=False) as clock:
        secret, client = with_app(editor), half_way(editor)
        clock.shift(timedelta(minutes=10, seconds=1))
        assert give(client, code_of_now(secret))["Location"] == SIGN_IN
        assert not is_signed_in(client)


def test_a_password_changed_meanwhile_ends_the_waiting(editor: StaffMember) -> None:
    secret, client = with_app(editor), half_way(editor)
    editor.set_password("another long password")
    editor.save()
    assert give(client, code_of_now(secret))["Location"] == SIGN_IN


def test_an_account_that_was_closed_meanwhile_does_not_come_in(editor: StaffMember) -> None:
    secret, client = with_app(editor), half_way(editor)
    StaffMember.objects.filter(pk=editor.pk).update(is_active=False)
    assert (give(client, code_of_now(secret))["Location"], is_signed_in(client)) == (SIGN_IN, False)


def test_an_expired_second_step_is_shown_again(editor: StaffMember) -> None:
    secret = with_app(editor)
    client = Client(enforce_csrf_checks=True)
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(SIGN_IN).content.decode())
    assert token
    data = {"username": editor.username, "password": PASSWORD, "csrfmiddlewaretoken": token[1]}
    assert client.post(SIGN_IN, data)["Location"] == SECOND
    response = give(client, code_of_now(secret))
    assert (response.status_code, is_signed_in(client), response.context["expired"]) == (403, False, True)


def test_setting_up_an_app_gives_recovery_codes_this_once(
    signed_in: Callable[[StaffMember], Client], editor: StaffMember
) -> None:
    client = signed_in(editor)
    secret = begun_secret(client)
    assert client.get(f"{ACCOUNT}app/picture/")["Content-Type"] == "image/svg+xml"
    shown = client.post(f"{ACCOUNT}app/", {"code": code_of_now(secret), "password": PASSWORD})
    codes = shown.context["codes"]
    assert (shown.status_code, len(codes), stored_secret(editor)) == (200, 10, secret)
    assert shown["Cache-Control"] == "no-store, private"
    file = client.post(f"{ACCOUNT}recovery-codes/file/", {"codes": codes})
    assert file.content.decode("utf-8-sig").split() == codes
    account = client.get(ACCOUNT).content.decode()
    assert [code for code in codes if code in account] == []
    assert second_factor.factors_of(editor).codes_left == 10
    assert list(StaffChange.objects.values_list("change", flat=True)) == ["codes_made", "factor_added"]


@pytest.mark.parametrize("page", ["app/", "app/picture/", "passkeys/add/", "recovery-codes/"])
def test_opening_a_page_of_setting_up_writes_nothing_into_the_session(
    signed_in: Callable[[StaffMember], Client], editor: StaffMember, page: str
) -> None:
    client = signed_in(editor)
    before = dict(client.session)
    assert client.get(f"{ACCOUNT}{page}").status_code in (200, 302)
    assert dict(client.session) == before


def test_before_the_setting_up_is_begun_its_pages_offer_the_button(
    signed_in: Callable[[StaffMember], Client], editor: StaffMember
) -> None:
    client = signed_in(editor)
    for page in ("app/", "passkeys/add/"):
        begin = f"{ACCOUNT}{page.replace('add/', '')}begin/"
        shown = client.get(f"{ACCOUNT}{page}")
        assert (shown.context["begin"], f'action="{begin}"' in shown.content.decode()) == (begin, True)
        late = client.post(f"{ACCOUNT}{page}", {"code": "123456", "password": PASSWORD, "name": "x"})
        assert (late.status_code, late.context["is_late"]) == (409, True)
    assert not second_factor.has_second_factor(editor)


def test_the_secret_of_an_app_waits_sealed_for_twenty_minutes(
    signed_in: Callable[[StaffMember], Client], editor: StaffMember
) -> None:
    with time_machine.travel(START, tick=False) as clock:
        client = signed_in(editor)
        secret = begun_secret(client)
        assert secret not in str(dict(client.session))
        clock.shift(timedelta(minutes=20))
        assert "secret" not in client.get(f"{ACCOUNT}app/").context


def test_what_was_kept_for_one_person_is_nothing_for_another(
    signed_in: Callable[[StaffMember], Client], editor: StaffMember, second_editor: StaffMember
) -> None:
    one, other = signed_in(editor), signed_in(second_editor)
    begun_secret(one)
    session = other.session
    session.update({name: value for name, value in one.session.items() if "app" in name})
    session.save()
    assert "secret" not in other.get(f"{ACCOUNT}app/").context


def test_the_second_step_shows_the_question_that_the_first_has_made(editor: StaffMember) -> None:
    with_app(editor)
    client = half_way(editor)
    before = dict(client.session)
    assert client.get(SECOND).status_code == 200
    assert dict(client.session) == before


@pytest.mark.parametrize(("code", "password", "wrong"), [(0, "no", "password"), (50, PASSWORD, "code")])
def test_an_app_is_set_up_with_its_code_and_the_password(
    signed_in: Callable[[StaffMember], Client], editor: StaffMember, code: int, password: str, wrong: str
) -> None:
    client = signed_in(editor)
    secret = begun_secret(client)
    response = client.post(f"{ACCOUNT}app/", {"code": code_of_now(secret, code), "password": password})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [wrong])
    assert response.context["secret"].replace(" ", "") == secret
    assert not second_factor.has_second_factor(editor)


def test_secrets_lie_sealed_in_the_database(editor: StaffMember) -> None:
    secret = with_app(editor)
    second_factor.make_recovery_codes(editor)
    rows = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert secret not in rows


def test_removing_asks_for_password_and_code_and_is_noted(
    signed_in: Callable[[StaffMember], Client], editor: StaffMember
) -> None:
    secret = with_app(editor)
    client = signed_in(editor)
    code = code_of_now(secret)
    assert client.post(f"{ACCOUNT}app/remove/", {"password": "wrong", "factor": code}).status_code == 422
    assert second_factor.has_second_factor(editor)
    # The code was not spent on it.
    assert client.post(f"{ACCOUNT}app/remove/", {"password": PASSWORD, "factor": code})["Location"] == ACCOUNT
    assert not Authenticator.objects.filter(user=editor).exists()
    assert StaffChange.objects.get().change == "factor_removed"


def test_the_last_factor_of_a_role_that_needs_one_stays(
    signed_in: Callable[[StaffMember], Client], standards_editor: StaffMember
) -> None:
    with_app(standards_editor)
    client = signed_in(standards_editor)
    page = client.post(f"{ACCOUNT}app/remove/", {"password": PASSWORD})
    assert (page.context["form"], second_factor.has_second_factor(standards_editor)) == (None, True)


@pytest.mark.parametrize("address", ["app/remove/", "recovery-codes/", "password/"])
def test_passwords_are_guessed_ten_times_on_ones_own_pages_too(
    signed_in: Callable[[StaffMember], Client], editor: StaffMember, address: str
) -> None:
    with_app(editor)
    client = signed_in(editor)
    with time_machine.travel(START, tick=False):
        for _number in range(10):
            client.post(f"{ACCOUNT}{address}", {"password": "wrong", "old_password": "wrong"})
        right = {
            "password": PASSWORD,
            "old_password": PASSWORD,
            "new_password1": "a whole new one",
            "new_password2": "a whole new one",
        }
        refused = client.post(f"{ACCOUNT}{address}", right)
    assert (refused.status_code, StaffChange.objects.count()) == (422, 0)
    assert StaffMember.objects.get(pk=editor.pk).check_password(PASSWORD)


@pytest.mark.parametrize("role", ["standards_editor", "administrator"])
def test_a_role_that_needs_a_second_factor_has_some_days_to_set_it_up(role: str, db: None) -> None:
    member, client = make_staff(role), Client()
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client, member.username)
        page = client.get("/ar/desk/")
        assert (page.status_code, ACCOUNT in page.content.decode()) == (200, True)
        clock.shift(timedelta(days=settings.SECOND_FACTOR_GRACE_DAYS))
        late = Client()
        sign_in(late, member.username)
        assert late.get("/ar/desk/")["Location"] == ACCOUNT
        assert late.get("/ar/admin/").status_code in (302, 403)
        assert late.get(ACCOUNT).context["is_overdue"] is True
        refused = late.post("/ar/desk/cases/2025/1/note/", {"text": "كلمات كُتبت", "expected_version": 1})
        assert (refused.status_code, "كلمات كُتبت" in text_of(refused)) == (403, True)
        secret = begun_secret(late)
        late.post(f"{ACCOUNT}app/", {"code": code_of_now(secret), "password": PASSWORD})
        assert late.get("/ar/desk/").status_code == 200


def test_an_administrator_without_the_factor_that_is_due_is_led_to_it(administrator: StaffMember) -> None:
    client = Client()
    with time_machine.travel(START, tick=False) as clock:
        sign_in(client, administrator.username)
        assert client.get("/ar/admin/").status_code == 200
        clock.shift(timedelta(days=settings.SECOND_FACTOR_GRACE_DAYS, minutes=1))
        late = Client()
        sign_in(late, administrator.username)
        assert late.get("/ar/admin/", follow=True).redirect_chain[-1][0] == ACCOUNT
        assert late.get("/ar/admin/newsroom/staffmember/")["Location"].startswith("/ar/admin/login/")


@pytest.mark.parametrize("role", ["author", "editor"])
def test_roles_that_need_none_work_without(role: str, db: None) -> None:
    member, client = make_staff(role), Client()
    with time_machine.travel(START, tick=False):
        sign_in(client, member.username)
    assert StaffMember.objects.get(pk=member.pk).second_factor_due_at is None


def test_which_roles_need_one_is_a_setting(settings: Any, db: None) -> None:
    settings.SECOND_FACTOR_ROLES = ["editor"]
    editor, senior = make_staff("editor"), make_staff("standards_editor")
    for member in (editor, senior):
        sign_in(Client(), member.username)
        member.refresh_from_db()
    assert (editor.second_factor_due_at is None, senior.second_factor_due_at is None) == (False, True)


@pytest.mark.parametrize("answer", ["", "x", "{}", "[]", "null", '{"id": 1}', '{"id": "a", "response": {}}', '"' * 400])
def test_what_is_no_answer_of_a_device_opens_nothing(editor: StaffMember, answer: str) -> None:
    with_app(editor)
    client = half_way(editor)
    response = client.post(SECOND, {"answer": answer})
    assert (response.status_code, is_signed_in(client)) == (422, False)


@pytest.mark.parametrize("answer", ["", "x", "{}", "[]", "null", '{"id": 1, "response": {"attestationObject": "AA"}}'])
def test_what_is_no_answer_of_a_device_becomes_no_passkey(
    signed_in: Callable[[StaffMember], Client], editor: StaffMember, answer: str
) -> None:
    client = signed_in(editor)
    client.post(f"{ACCOUNT}passkeys/begin/")
    response = client.post(f"{ACCOUNT}passkeys/add/", {"name": "هاتف", "password": PASSWORD, "answer": answer})
    assert (response.status_code, Authenticator.objects.count()) == (422, 0)
    assert fields_in(response.content.decode(), "name") == ["هاتف"]


def set_up(client: Client, **more: str) -> Any:
    """Sets up an app as far as the password goes; `more` are further answers."""
    secret = begun_secret(client)
    return client.post(f"{ACCOUNT}app/", {"code": code_of_now(secret), "password": PASSWORD, **more})


def test_a_new_factor_ends_every_other_session(editor: StaffMember) -> None:
    this, other = Client(), Client()
    for browser in (this, other):
        sign_in(browser, editor.username)
    assert set_up(this).status_code == 200
    assert (this.get(ACCOUNT).status_code, other.get(ACCOUNT).status_code) == (200, 302)
    assert set_up_refused(other)


def set_up_refused(client: Client) -> bool:
    """Whether a browser that is signed in no more is led to the sign-in from every page that changes factors."""
    pages = ("app/begin/", "app/", "app/remove/", "passkeys/begin/", "passkeys/add/", "recovery-codes/", "password/")
    answers = [client.post(f"{ACCOUNT}{page}", {"password": PASSWORD, "old_password": PASSWORD}) for page in pages]
    return all(
        answer.status_code == 403 or answer.headers.get("Location", "").startswith(SIGN_IN) for answer in answers
    )


def test_a_session_from_before_the_factor_is_asked_for_it(editor: StaffMember) -> None:
    before = Client()
    before.force_login(editor)
    assert before.get("/ar/desk/").status_code == 200
    secret = with_app(editor)
    for address in ("/ar/desk/", ACCOUNT, "/ar/desk/account/keys/"):
        assert before.get(address)["Location"] == f"{SIGN_IN}?next={address}"
    assert set_up_refused(before)
    assert sign_in(before, editor.username)["Location"] == SECOND
    assert give(before, code_of_now(secret)).status_code == 302
    assert before.get("/ar/desk/").status_code == 200


def test_an_administrators_session_from_before_the_factor_opens_no_administration(administrator: StaffMember) -> None:
    before = Client()
    before.force_login(administrator)
    assert before.get("/ar/admin/").status_code == 200
    with_app(administrator)
    assert before.get("/ar/admin/", follow=True).redirect_chain[-1][0].startswith(SIGN_IN)


def test_taking_a_factor_away_ends_every_other_session(editor: StaffMember) -> None:
    with_app(editor)
    codes = second_factor.make_recovery_codes(editor)
    browsers = [half_way(editor) for _number in range(2)]
    for browser, code in zip(browsers, codes[:2], strict=True):
        give(browser, code)
    this, other = browsers
    assert this.post(f"{ACCOUNT}app/remove/", {"password": PASSWORD, "factor": codes[2]})["Location"] == ACCOUNT
    assert (this.get(ACCOUNT).status_code, other.get(ACCOUNT).status_code) == (200, 302)


@pytest.mark.parametrize("typed", ["", "000000", "12345678"])
def test_a_session_alone_changes_no_factor(
    signed_in: Callable[[StaffMember], Client], editor: StaffMember, typed: str
) -> None:
    secret = with_app(editor)
    codes = second_factor.make_recovery_codes(editor)
    client = signed_in(editor)
    client.post(f"{ACCOUNT}passkeys/begin/")
    pages: dict[str, dict[str, Any]] = {
        "app/remove/": {},
        "recovery-codes/": {},
        "passkeys/add/": {"name": "x"},
        "keys/": {"name": "x", "days": 30},
    }
    for page, fields in pages.items():
        answer = client.post(f"{ACCOUNT}{page}", {"password": PASSWORD, "factor": typed, **fields})
        assert (page, answer.status_code, "factor" in answer.context["form"].errors) == (page, 422, True)
        assert 'id="id_factor_error"' in answer.content.decode()
    replaced = set_up(client, factor=typed)
    assert (replaced.status_code, stored_secret(editor), StaffChange.objects.count()) == (422, secret, 0)
    made = client.post(f"{ACCOUNT}recovery-codes/", {"password": PASSWORD, "factor": codes[0]})
    assert (made.status_code, len(made.context["codes"])) == (200, 10)


def test_codes_of_the_second_step_are_guessed_ten_times_on_ones_own_pages(
    signed_in: Callable[[StaffMember], Client], editor: StaffMember
) -> None:
    with time_machine.travel(START, tick=False):
        secret = with_app(editor)
        client = signed_in(editor)
        for _number in range(10):
            client.post(f"{ACCOUNT}recovery-codes/", {"password": PASSWORD, "factor": wrong_code(secret)})
        right = {"password": PASSWORD, "factor": code_of_now(secret)}
        assert client.post(f"{ACCOUNT}recovery-codes/", right).status_code == 422
    assert StaffChange.objects.count() == 0


def test_a_passkey_just_used_stands_for_a_code_for_ten_minutes(
    signed_in: Callable[[StaffMember], Client], editor: StaffMember
) -> None:
    with time_machine.travel(START, tick=False) as clock:
        with_app(editor)
        client = signed_in(editor)
        session = client.session
        session["passkey_at"] = START.timestamp()
        session.save()
        clock.shift(timedelta(minutes=9, seconds=59))
        assert client.post(f"{ACCOUNT}recovery-codes/", {"password": PASSWORD}).status_code == 200
        clock.shift(timedelta(seconds=1))
        assert client.post(f"{ACCOUNT}recovery-codes/", {"password": PASSWORD}).status_code == 422
