"""Keys for programs: everybody makes their own, nobody another's, and none opens more than its owner may now."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from corrections.domain import api_tokens
from corrections.models import ApiToken
from newsroom.models import StaffChange, StaffMember
from tests.corrections.desk.authenticator import with_app
from tests.corrections.desk.steps import HOSTILE, fields_in, now, text_of
from tests.corrections.desk.test_second_factor import START
from tests.corrections.desk.test_sign_in import PASSWORD
from tests.factories import make_staff

KEYS = "/ar/desk/account/keys/"
CASES = "/api/v1/desk/cases/"
SignedIn = Callable[[StaffMember], Client]


def make(client: Client, **fields: Any) -> Any:
    return client.post(KEYS, {"name": "تقرير", "days": "30", "password": PASSWORD, **fields})


def key_for(member: StaffMember, *, may_write: bool = False) -> tuple[ApiToken, str]:
    return api_tokens.make(member, name="برنامج", may_write=may_write, days=30, now=now())


def opens(key: str) -> int:
    return int(Client().get(CASES, headers={"Authorization": f"Bearer {key}"}).status_code)


def noted(member: StaffMember) -> list[tuple[str, StaffMember | None]]:
    return [(each.change, each.made_by) for each in StaffChange.objects.filter(member=member).order_by("pk")]


def test_an_editor_makes_a_key_that_is_shown_once_and_opens_the_desk(signed_in: SignedIn, editor: StaffMember) -> None:
    client = signed_in(editor)
    answer = make(client)
    key, row = answer.context["key"], ApiToken.objects.get()
    assert (answer.status_code, row.staff_member, row.name, row.may_write) == (200, editor, "تقرير", False)
    assert row.expires_at - row.created_at == timedelta(days=30)
    assert opens(key) == 200
    later = client.get(KEYS).content.decode()
    assert (key in answer.content.decode(), key in later, row.prefix in later) == (True, False, True)
    assert noted(editor) == [("key_made", editor)]
    assert answer["Cache-Control"] == "no-store, private"


def test_the_list_says_when_a_key_was_used_last_to_the_hour(signed_in: SignedIn, editor: StaffMember) -> None:
    with time_machine.travel(START, tick=False) as clock:
        row, key = key_for(editor)
        used = []
        for minutes in (0, 59, 1):
            clock.shift(timedelta(minutes=minutes))
            opens(key)
            row.refresh_from_db()
            used.append(row.used_at)
    assert used == [START, START, START + timedelta(hours=1)]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"password": "no"}, "password"), ({"name": " "}, "name"), ({"name": "x" * 81}, "name"), ({"days": "9"}, "days")],
)
def test_a_key_is_made_with_the_password_a_name_and_a_lifetime(
    signed_in: SignedIn, editor: StaffMember, wrong: dict[str, str], field: str
) -> None:
    answer = make(signed_in(editor), **wrong)
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert (ApiToken.objects.count(), noted(editor)) == (0, [])


def test_a_hostile_name_is_text(signed_in: SignedIn, editor: StaffMember) -> None:
    answer = make(signed_in(editor), name=HOSTILE[:70])
    assert "<script>alert" not in answer.content.decode()


def test_passwords_are_guessed_ten_times_here_too(signed_in: SignedIn, editor: StaffMember) -> None:
    client = signed_in(editor)
    with time_machine.travel(START, tick=False):
        for _number in range(10):
            make(client, password="wrong")
        assert make(client).status_code == 422
    assert ApiToken.objects.count() == 0


def test_the_twenty_first_key_is_refused(signed_in: SignedIn, editor: StaffMember) -> None:
    for _number in range(api_tokens.MOST_KEYS):
        key_for(editor)
    answer = make(signed_in(editor))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["name"])
    assert fields_in(answer.content.decode(), "name") == ["تقرير"]


def test_looking_at_the_keys_makes_and_ends_none(signed_in: SignedIn, editor: StaffMember) -> None:
    row, key = key_for(editor)
    client = signed_in(editor)
    for address in (KEYS, f"{KEYS}{row.pk}/revoke/"):
        assert client.get(address).status_code == 200
    assert (opens(key), ApiToken.objects.count(), noted(editor)) == (200, 1, [("key_made", editor)])


def test_a_key_is_revoked_with_the_password_and_noted(signed_in: SignedIn, editor: StaffMember) -> None:
    row, key = key_for(editor)
    client = signed_in(editor)
    assert client.post(f"{KEYS}{row.pk}/revoke/", {"password": "wrong"}).status_code == 422
    assert opens(key) == 200
    assert client.post(f"{KEYS}{row.pk}/revoke/", {"password": PASSWORD})["Location"] == KEYS
    assert (opens(key), noted(editor)) == (401, [("key_made", editor), ("keys_revoked", editor)])
    assert client.post(f"{KEYS}{row.pk}/revoke/", {"password": PASSWORD}).status_code == 404


def test_a_stranger_is_led_to_the_sign_in(stranger: Client, editor: StaffMember) -> None:
    row, key = key_for(editor)
    for address in (KEYS, f"{KEYS}{row.pk}/revoke/", f"/ar/desk/staff/{editor.pk}/keys/{row.pk}/revoke/"):
        answer = stranger.post(address)
        assert (answer.status_code, "/desk/sign-in/" in answer["Location"]) == (302, True)
    assert opens(key) == 200


def test_another_persons_key_is_not_found_and_not_shown(
    signed_in: SignedIn, editor: StaffMember, second_editor: StaffMember
) -> None:
    row, key = key_for(editor)
    other = signed_in(second_editor)
    assert row.prefix not in other.get(KEYS).content.decode()
    assert other.post(f"{KEYS}{row.pk}/revoke/", {"password": PASSWORD}).status_code == 404
    assert other.post(f"/ar/desk/staff/{editor.pk}/keys/{row.pk}/revoke/").status_code == 403
    assert opens(key) == 200


def test_an_author_has_a_page_that_says_why_there_is_nothing_to_open(signed_in: SignedIn, author: StaffMember) -> None:
    client = signed_in(author)
    page = client.get(KEYS)
    assert (page.status_code, page.context["form"]) == (200, None)
    assert "هذا الدور لا يعمل في المكتب" in text_of(page)
    assert (make(client).status_code, ApiToken.objects.count()) == (403, 0)


def test_a_key_opens_no_more_than_its_owner_may_now(editor: StaffMember) -> None:
    key = key_for(editor)[1]
    StaffMember.objects.filter(pk=editor.pk).update(role="author")
    assert opens(key) == 403
    StaffMember.objects.filter(pk=editor.pk).update(role="editor", is_active=False)
    assert opens(key) == 401


def test_a_key_waits_for_the_second_step_that_its_owner_has_not_set_up(standards_editor: StaffMember) -> None:
    key = key_for(standards_editor)[1]
    overdue = StaffMember.objects.filter(pk=standards_editor.pk)
    overdue.update(second_factor_due_at=timezone.now() - timedelta(days=1))
    assert opens(key) == 403
    with_app(standards_editor)
    assert opens(key) == 200


def test_an_administrator_sees_a_colleagues_keys_and_ends_one_but_makes_none(
    signed_in: SignedIn, administrator: StaffMember, editor: StaffMember
) -> None:
    (first, key), (_second, other) = key_for(editor), key_for(editor)
    client = signed_in(administrator)
    page = client.get(f"/ar/desk/staff/{editor.pk}/").content.decode()
    assert (first.prefix in page, key in page) == (True, False)
    revoke = f"/ar/desk/staff/{editor.pk}/keys/{first.pk}/revoke/"
    assert client.get(revoke).status_code == 405
    assert client.post(revoke)["Location"] == f"/ar/desk/staff/{editor.pk}/"
    assert (opens(key), opens(other)) == (401, 200)
    assert noted(editor)[-1] == ("keys_revoked", administrator)
    assert client.post(f"/ar/desk/staff/{make_staff('editor').pk}/keys/{_second.pk}/revoke/").status_code == 404
    make(client, staff_member=editor.pk)
    assert ApiToken.objects.latest("pk").staff_member == administrator


def test_keys_end_when_the_account_is_closed(
    signed_in: SignedIn, administrator: StaffMember, editor: StaffMember
) -> None:
    row, key = key_for(editor)
    client = signed_in(administrator)
    client.post(f"/ar/desk/staff/{editor.pk}/deactivate/")
    client.post(f"/ar/desk/staff/{editor.pk}/activate/")
    row.refresh_from_db()
    assert (opens(key), row.revoked_at is None) == (401, False)
