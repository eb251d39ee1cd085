"""The people of the newsroom: who changes what about whom, what becomes of their cases, and how somebody comes in."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from corrections.domain import api_tokens, assignment, moves, staff
from corrections.models import Case, Delivery
from corrections.notifications import render
from corrections.notifications.deliver import WITH_EVERYTHING
from newsroom import second_factor
from newsroom import staff as accounts
from newsroom.config.logs import WithoutReaders
from newsroom.models import Article, Change, StaffChange, StaffMember
from newsroom.staff import Account
from tests.corrections.desk.authenticator import with_app
from tests.corrections.desk.steps import HOSTILE, fields_in, happenings, now, press, stored, text_of
from tests.corrections.desk.test_sessions import browser, is_in
from tests.corrections.desk.test_sign_in import PASSWORD, is_signed_in, sign_in
from tests.factories import as_actor, make_article, make_case, make_section, make_staff

STAFF = "/ar/desk/staff/"
NEW = "a long and other password"


@pytest.fixture
def office(signed_in: Callable[[StaffMember], Client], administrator: StaffMember) -> Client:
    """The administrator's browser."""
    return signed_in(administrator)


def fields_of(member: StaffMember, **changed: Any) -> dict[str, Any]:
    """The form of an account as it stands, with some answers changed."""
    return {
        "display_name": member.display_name,
        "email": member.email,
        "role": member.role,
        "language": member.language,
        "sections": member.section_ids,
        "seen": accounts.newest_change(member),
        **changed,
    }


def page_of(member: StaffMember, action: str = "") -> str:
    return f"{STAFF}{member.pk}/{action}"


def invite(office: Client, username: str = "hala", **changed: Any) -> Any:
    fields = {"display_name": "هالة م.", "email": "hala@example.org", "role": "editor", "language": "ar", **changed}
    return office.post(f"{STAFF}invite/", {"username": username, **fields})


def mailed(username: str) -> str:
    """The address of the page that the newest mail to somebody leads to."""
    mail = Delivery.objects.select_related(*WITH_EVERYTHING).filter(staff_member__username=username).latest("pk")
    link = re.search(r"https?://[^/]+(/\w\w/desk/join/\S+/)", render.mail_for(mail).plain)
    assert link
    return link[1]


ADDRESSES = ["", "invite/", "{}/", "{}/deactivate/", "{}/activate/", "{}/reset-factors/", "{}/link/"]


@pytest.mark.parametrize("role", ["author", "editor", "standards_editor"])
@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_but_administrators_comes_near_the_staff(
    signed_in: Callable[[StaffMember], Client], editor: StaffMember, role: str, address: str, method: str
) -> None:
    client = signed_in(make_staff(role))
    response = getattr(client, method)(STAFF + address.format(editor.pk), fields_of(editor, role="administrator"))
    assert response.status_code in (403, 405)
    assert editor.email not in response.content.decode()
    editor.refresh_from_db()
    assert (editor.role, editor.is_active, StaffChange.objects.count()) == ("editor", True, 0)


def test_everybody_is_listed_with_role_sections_and_second_step(office: Client, editor: StaffMember) -> None:
    StaffMember.objects.filter(pk=editor.pk).update(section_ids=[make_section().pk])
    closed = make_staff("author", is_active=False, display_name=HOSTILE)
    with_app(editor)
    page = office.get(STAFF)
    shown = {listed.member.pk: (listed.has_factor, names) for listed, names in page.context["rows"]}
    assert shown[editor.pk] == (True, ["خدمات"])
    assert closed.pk in shown
    assert "<script>alert" not in page.content.decode()


@pytest.mark.parametrize("path", ["", "own"])
def test_the_pages_take_the_same_few_queries_however_many_people_there_are(
    office: Client, editor: StaffMember, administrator: StaffMember, path: str
) -> None:
    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert office.get(page_of(editor) if path else STAFF).status_code == 200
        return len(queries)

    for _number in range(3):
        make_staff("editor")
        accounts.note(editor, Change.DETAILS, by=administrator, now=now())
    few = counted()
    StaffMember.objects.bulk_create(
        StaffMember(username=f"u{number}", display_name=f"u{number}", role="editor", password="!x")
        for number in range(297)
    )
    StaffChange.objects.bulk_create(
        StaffChange(member=editor, made_by=administrator, change="details", made_at=now()) for _number in range(297)
    )
    assert (counted(), few <= 12) == (few, True)


def test_somebody_is_invited_by_a_mail_and_chooses_the_password(office: Client) -> None:
    assert invite(office)["Location"] == STAFF
    member = StaffMember.objects.get(username="hala")
    assert (member.has_usable_password(), member.role, member.language) == (False, "editor", "ar")
    link, guest = mailed("hala"), Client()
    for _look in range(3):
        assert guest.get(link).status_code == 200
    assert guest.post(link, {"new_password1": NEW, "new_password2": NEW})["Location"] == "/ar/desk/sign-in/"
    sign_in(guest, "hala", NEW)
    assert is_signed_in(guest)
    assert [each.change for each in StaffChange.objects.filter(member=member)] == ["joined", "invited"]


def test_the_mail_holds_no_password_and_comes_in_its_readers_language(office: Client) -> None:
    invite(office, "sam", language="en", role="administrator")
    mail = render.mail_for(Delivery.objects.select_related(*WITH_EVERYTHING).get(staff_member__username="sam"))
    assert (mail.address, mail.subject) == ("hala@example.org", "Your account on the corrections desk")
    assert "Article" not in mail.plain + mail.html
    assert StaffMember.objects.get(username="sam").is_staff


def test_a_link_works_once_for_three_days_and_only_the_newest(office: Client) -> None:
    invite(office)
    member, first = StaffMember.objects.get(username="hala"), mailed("hala")
    office.post(page_of(member, "link/"))
    newest, guest = mailed("hala"), Client()
    assert (guest.get(first).status_code, guest.get(newest).status_code) == (404, 200)
    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        assert guest.get(newest).status_code == 404
    assert guest.post(newest, {"new_password1": NEW, "new_password2": NEW}).status_code == 302
    assert guest.post(newest, {"new_password1": NEW + "2", "new_password2": NEW + "2"}).status_code == 404
    assert StaffMember.objects.get(username="hala").check_password(NEW)


@pytest.mark.parametrize("changed", [{"email": "right@example.org"}, {"role": "administrator"}])
def test_another_address_or_role_ends_the_link_that_is_out_and_mails_a_new_one(
    office: Client, changed: dict[str, str]
) -> None:
    invite(office, email="wrong@example.org")
    member, first = StaffMember.objects.get(username="hala"), mailed("hala")
    office.post(page_of(member), fields_of(member, **changed))
    assert Client().post(first, {"new_password1": NEW, "new_password2": NEW}).status_code == 404
    newest = Delivery.objects.select_related(*WITH_EVERYTHING).filter(staff_member=member).latest("pk")
    assert render.mail_for(newest).address == changed.get("email", "wrong@example.org")
    assert Client().get(mailed("hala")).status_code == 200


def test_another_language_leaves_the_link_that_is_out(office: Client) -> None:
    invite(office)
    member, first = StaffMember.objects.get(username="hala"), mailed("hala")
    office.post(page_of(member), fields_of(member, language="en"))
    assert (Client().get(first).status_code, Delivery.objects.filter(staff_member=member).count()) == (200, 1)


def test_somebody_who_has_joined_gets_no_link_with_another_address(office: Client, editor: StaffMember) -> None:
    office.post(page_of(editor), fields_of(editor, email="other@example.org"))
    assert not Delivery.objects.filter(staff_member=editor).exists()


@pytest.mark.parametrize("change", ["flip", "number", "short", "closed"])
def test_no_other_link_sets_a_password(office: Client, change: str) -> None:
    invite(office)
    link = mailed("hala")
    number, token = link.strip("/").split("/")[-2:]
    wrong = {
        "flip": f"/ar/desk/join/{number}/{token[:-1]}{'A' if token[-1] != 'A' else 'B'}/",
        "number": f"/ar/desk/join/{10**25}/{token}/",
        "short": f"/ar/desk/join/{number}/x/",
        "closed": link,
    }[change]
    if change == "closed":
        office.post(page_of(StaffMember.objects.get(username="hala"), "deactivate/"))
    answer = Client().post(wrong, {"new_password1": NEW, "new_password2": NEW})
    assert (answer.status_code, StaffMember.objects.get(username="hala").has_usable_password()) == (404, False)


@pytest.mark.parametrize("password", ["", "short", "hala@example.org", "password1234"])
def test_a_weak_password_is_refused_beside_the_field(office: Client, password: str) -> None:
    invite(office)
    answer = Client().post(mailed("hala"), {"new_password1": password, "new_password2": password})
    assert (answer.status_code, "new_password2" in answer.context["form"].errors) == (422, True)
    assert not StaffMember.objects.get(username="hala").has_usable_password()


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"username": ""}, "username"),
        ({"username": "two words"}, "username"),
        ({"username": HOSTILE}, "username"),
        ({"username": "TAKEN"}, "username"),
        ({"email": "x@"}, "email"),
        ({"display_name": " "}, "display_name"),
        ({"role": "owner"}, "role"),
        ({"sections": ["999"]}, "sections"),
    ],
)
def test_a_refused_invitation_keeps_what_was_typed(office: Client, changed: dict[str, Any], wrong: str) -> None:
    make_staff("editor", username="taken")
    answer = invite(office, **{"username": "hala", **changed})
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [wrong])
    assert "hala@example.org" in answer.content.decode() or wrong == "email"
    assert Delivery.objects.count() == StaffChange.objects.count() == 0


def test_changes_are_noted_one_by_one_without_names_or_addresses(
    office: Client, administrator: StaffMember, editor: StaffMember
) -> None:
    section = make_section()
    changed = {"role": "author", "language": "en", "sections": [section.pk], "email": "new@example.org"}
    office.post(page_of(editor), fields_of(editor, **changed))
    editor.refresh_from_db()
    assert (editor.role, editor.language, editor.section_ids, editor.email) == (
        "author",
        "en",
        [section.pk],
        "new@example.org",
    )
    noted = {each.change: each for each in StaffChange.objects.filter(member=editor)}
    assert set(noted) == {"role", "language", "sections", "details"}
    assert noted["role"].data == {"from": "editor", "to": "author"}
    assert {each.made_by_id for each in noted.values()} == {administrator.pk}
    assert "example.org" not in str([each.data for each in noted.values()])


def test_the_second_of_two_administrators_does_not_silently_undo_the_first(
    office: Client, editor: StaffMember, signed_in: Callable[[StaffMember], Client]
) -> None:
    elsewhere = signed_in(make_staff("administrator"))
    before = editor.email
    page = office.get(page_of(editor)).content.decode()
    stale = fields_of(editor, email="new@example.org", seen=fields_in(page, "seen")[0])
    elsewhere.post(page_of(editor), fields_of(editor, role="author"))
    refused = office.post(page_of(editor), stale)
    editor.refresh_from_db()
    assert (refused.status_code, editor.role, editor.email) == (409, "author", before)
    assert "new@example.org" in refused.content.decode()
    again = {**stale, "role": "author", "seen": fields_in(refused.content.decode(), "seen")[0]}
    assert office.post(page_of(editor), again).status_code == 302
    editor.refresh_from_db()
    assert (editor.role, editor.email) == ("author", "new@example.org")


def test_saving_what_holds_already_notes_nothing(office: Client, editor: StaffMember) -> None:
    assert office.post(page_of(editor), fields_of(editor)).status_code == 302
    assert StaffChange.objects.count() == 0


@pytest.mark.parametrize(
    "statement", ["UPDATE newsroom_staffchange SET change = 'x'", "DELETE FROM newsroom_staffchange"]
)
def test_what_was_noted_stays(office: Client, editor: StaffMember, statement: str) -> None:
    office.post(page_of(editor), fields_of(editor, language="en"))
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(statement)


def test_nobody_takes_their_own_role_or_closes_their_own_account(
    signed_in: Callable[[StaffMember], Client], administrator: StaffMember
) -> None:
    make_staff("administrator")
    with_app(administrator)
    office = signed_in(administrator)
    answer = office.post(page_of(administrator), fields_of(administrator, role="editor"))
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["role"])
    for action in ("deactivate/", "reset-factors/"):
        assert office.post(page_of(administrator, action)).status_code == 409
    administrator.refresh_from_db()
    assert (administrator.role, administrator.is_active) == ("administrator", True)
    assert second_factor.has_second_factor(administrator)


def test_the_last_administrator_stays(administrator: StaffMember) -> None:
    other = make_staff("administrator")
    staff.deactivate(other, by=administrator, now=now())
    for attempt in (
        lambda: accounts.deactivate(administrator, by=other, now=now()),
        lambda: accounts.change(
            administrator, Account("x", "x@example.org", "editor", "ar"), seen=0, by=other, now=now()
        ),
    ):
        with pytest.raises(accounts.LastAdministrator):
            attempt()
    administrator.refresh_from_db()
    assert (administrator.is_active, administrator.role) == (True, "administrator")


def test_closing_an_account_gives_its_open_cases_to_nobody_and_ends_its_sessions(
    office: Client, administrator: StaffMember, editor: StaffMember, case_in_review: Case, complaint: Case
) -> None:
    Case.objects.filter(pk=complaint.pk).update(status="closed", assigned_to=editor, decided_at=now())
    client = browser(editor)
    version = stored(case_in_review).version
    office.post(page_of(editor, "deactivate/"))
    assert (stored(case_in_review).assigned_to, stored(complaint).assigned_to) == (None, editor)
    event = case_in_review.events.latest("sequence")
    assert (event.happening, event.sequence, event.data, event.staff_member) == (
        "unassigned",
        version + 1,
        {"from": editor.pk},
        administrator,
    )
    assert (is_in(client), sign_in(Client(), editor.username).status_code) == (False, 422)
    office.post(page_of(editor, "deactivate/"))
    assert happenings(case_in_review).count("unassigned") == 1
    office.post(page_of(editor, "activate/"))
    assert sign_in(Client(), editor.username).status_code == 302


def test_closing_an_account_gives_the_held_cases_to_nobody_too(
    office: Client, editor: StaffMember, case_in_review: Case
) -> None:
    case = stored(case_in_review)
    moves.hold(case, "campaign", actor=as_actor(editor), expected_version=case.version, now=now())
    assert stored(case).assigned_to == editor
    office.post(page_of(editor, "deactivate/"))
    assert (stored(case).status, stored(case).assigned_to, happenings(case)[-1]) == ("held", None, "unassigned")


@pytest.mark.parametrize(("changed", "kept"), [({"role": "author"}, False), ({"role": "standards_editor"}, True)])
def test_another_role_keeps_only_the_cases_that_it_may_work_on(
    office: Client, editor: StaffMember, case_in_review: Case, changed: dict[str, str], kept: bool
) -> None:
    client = browser(editor)
    office.post(page_of(editor), fields_of(editor, **changed))
    assert ((stored(case_in_review).assigned_to is not None), is_in(client)) == (kept, False)


@pytest.mark.parametrize("how", ["link/", "deactivate/", "reset-factors/", "role", "own password"])
def test_what_ends_all_sessions_ends_the_keys_for_machines_too(
    office: Client, editor: StaffMember, administrator: StaffMember, how: str
) -> None:
    expires = now() + timedelta(days=30)
    keys = {
        member: api_tokens.issue(member, name="t", may_write=True, expires_at=expires, now=now())[1]
        for member in (editor, administrator)
    }
    if how == "role":
        office.post(page_of(editor), fields_of(editor, role="standards_editor"))
    elif how == "own password":
        fields = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
        assert browser(editor).post("/ar/desk/account/password/", fields).status_code == 302
    else:
        office.post(page_of(editor, how))
    office.post(page_of(editor, "activate/"))
    assert [api_tokens.authenticate(keys[each], now()) is None for each in (editor, administrator)] == [True, False]
    noted = StaffChange.objects.get(member=editor, change="keys_revoked")
    assert (noted.made_by, noted.data) == (editor if how == "own password" else administrator, {"count": 1})


def test_another_language_or_address_leaves_the_keys(office: Client, editor: StaffMember) -> None:
    expires = now() + timedelta(days=30)
    key = api_tokens.issue(editor, name="t", may_write=True, expires_at=expires, now=now())[1]
    office.post(page_of(editor), fields_of(editor, language="en", email="new@example.org"))
    assert api_tokens.authenticate(key, now()) is not None
    assert not StaffChange.objects.filter(change="keys_revoked").exists()


def test_other_sections_keep_only_their_cases(office: Client, editor: StaffMember) -> None:
    culture, economy = make_section("culture"), make_section("economy")
    cases = [make_case(make_article(section=section), now=now()) for section in (culture, economy)]
    for case in cases:
        assignment.claim(case, actor=as_actor(editor), expected_version=case.version, now=now())
    office.post(page_of(editor), fields_of(editor, sections=[culture.pk]))
    assert [stored(case).assigned_to for case in cases] == [editor, None]


def test_a_lost_second_factor_is_reset_by_an_administrator_and_noted(
    office: Client, administrator: StaffMember, editor: StaffMember
) -> None:
    with_app(editor)
    second_factor.make_recovery_codes(editor)
    assert office.post(page_of(editor, "reset-factors/")).status_code == 302
    assert second_factor.factors_of(editor) == second_factor.Factors(False, (), 0)
    assert [(each.change, each.made_by) for each in StaffChange.objects.all()] == [("factors_reset", administrator)]
    assert sign_in(Client(), editor.username)["Location"] == "/ar/desk/"


def test_a_mail_alone_never_resets_a_second_factor(office: Client, editor: StaffMember) -> None:
    with_app(editor)
    office.post(page_of(editor, "link/"))
    guest = Client()
    guest.post(mailed(editor.username), {"new_password1": NEW, "new_password2": NEW})
    assert sign_in(guest, editor.username, NEW)["Location"].endswith("/sign-in/second-factor/")
    assert not is_signed_in(guest)


def test_an_anonymous_post_sets_no_role_and_no_other_internal_field(office: Client, db: None) -> None:
    invite(office)
    data = {"new_password1": NEW, "new_password2": NEW, "role": "administrator", "is_staff": "on", "is_superuser": "on"}
    Client().post(mailed("hala"), data)
    member = StaffMember.objects.get(username="hala")
    assert (member.role, member.is_staff, member.is_superuser) == ("editor", False, False)
    for address in ("", "invite/", "1/", "1/deactivate/"):
        assert Client().post(STAFF + address, {"role": "administrator"}).status_code in (302, 403, 405)
    assert StaffMember.objects.filter(role="administrator").count() == 1


@pytest.mark.parametrize("number", [0, 999, 10**30])
@pytest.mark.parametrize("action", ["", "deactivate/", "activate/", "reset-factors/", "link/"])
def test_nobody_who_is_not_there_is_found(office: Client, number: int, action: str) -> None:
    assert office.post(f"{STAFF}{number}/{action}").status_code == 404


def test_looking_at_the_staff_changes_nothing(office: Client, editor: StaffMember) -> None:
    before = list(StaffMember.objects.values())
    for address in ADDRESSES:
        for language in ("ar", "en"):
            path = (STAFF + address.format(editor.pk)).replace("/ar/", f"/{language}/")
            assert office.get(path).status_code in (200, 405)
    assert (list(StaffMember.objects.values()), StaffChange.objects.count()) == (before, 0)


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_administration_only_shows_accounts_and_what_was_changed(
    office: Client, editor: StaffMember, method: str
) -> None:
    office.post(page_of(editor), fields_of(editor, language="en"))
    before = list(StaffMember.objects.values())
    noted = StaffChange.objects.get()
    fields = {
        **fields_of(editor, role="administrator"),
        "is_active": "on",
        "is_superuser": "on",
        "password": "x",
        "post": "yes",
    }
    doors = [
        reverse("admin:newsroom_staffmember_add"),
        reverse("admin:newsroom_staffmember_delete", args=[editor.pk]),
        reverse("admin:newsroom_staffchange_delete", args=[noted.pk]),
        reverse("admin:newsroom_staffchange_add"),
    ]
    with translation.override("ar"):
        assert [getattr(office, method)(door, fields).status_code for door in doors] == [403] * len(doors)
    page = reverse("admin:newsroom_staffmember_change", args=[editor.pk])
    assert getattr(office, method)(page, fields).status_code == (200 if method == "get" else 403)
    assert office.get(f"{page}password/").status_code in (302, 404)
    assert (list(StaffMember.objects.values()), StaffChange.objects.count()) == (before, 1)
    moved = getattr(office, method)("/ar/admin/password_change/", {"old_password": PASSWORD})
    assert moved["Location"] == "/ar/desk/account/password/"


@pytest.mark.parametrize("model", ["allauth", "authenticator", "emailaddress", "usersession"])
def test_the_administration_shows_no_secret_of_a_second_factor(office: Client, editor: StaffMember, model: str) -> None:
    secret = with_app(editor)
    index = office.get("/ar/admin/").content.decode()
    assert (model in index.lower(), secret in index) == (False, False)


def test_logs_hold_no_personal_data_and_no_secret(
    office: Client, editor: StaffMember, caplog: pytest.LogCaptureFixture
) -> None:
    secret = with_app(editor)
    with caplog.at_level("INFO"):
        invite(office, "hala")
        Client().get(mailed("hala")[:-2] + "x/")
        sign_in(Client(), editor.username, "a wrong password")
        half_way = Client()
        sign_in(half_way, editor.username)
        half_way.post("/ar/desk/sign-in/second-factor/", {"code": "000000 is wrong"})
    written = [record for record in caplog.records if WithoutReaders().filter(record)]
    lines = "\n".join(record.getMessage() for record in written)
    token = mailed("hala").strip("/").split("/")[-1][:-2]
    telling = [editor.username, editor.email, "hala", "هالة", "wrong", secret, token, "127.0.0.1"]
    assert lines
    assert [word for word in telling if word in lines] == []


def test_an_articles_author_works_on_no_correction_to_it_in_whichever_role(
    office: Client, author: StaffMember, article: Article, signed_in: Callable[[StaffMember], Client]
) -> None:
    case = make_case(article, now=now())
    for role in ("author", "editor", "standards_editor", "administrator"):
        office.post(page_of(author), fields_of(author, role=role, sections=[article.section_id]))
        author.refresh_from_db()
        assert author.role == role
        for name in ("claim", "decide", "severity", "hold"):
            answer = press(signed_in(author), case, name, severity="minor", finding="upheld", remedy="none", reason="x")
            assert answer.status_code in (302, 403, 409, 422), (role, name)
        assert set(happenings(case)) == {"received"}


def test_the_page_speaks_both_languages(office: Client, editor: StaffMember) -> None:
    with translation.override("en"):
        assert "Invite somebody" in text_of(office.get("/en/desk/staff/"))
    assert "دعوة شخص" in text_of(office.get(STAFF))
    assert PASSWORD not in text_of(office.get(page_of(editor)))
