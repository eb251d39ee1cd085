"""The desk's settings: who sets them, what holds, what a preview shows, and that nothing is overwritten."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as environment
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from corrections import desk_settings
from corrections.domain import assignment, evidence, presence, settings_publishing
from corrections.models import Case, SettingsVersion
from newsroom.models import Article, StaffMember
from tests.corrections.desk.steps import HOSTILE, fields_in, now, text_of
from tests.factories import NOW, as_actor, make_case, make_staff

SETTINGS = "/ar/desk/settings/"


@pytest.fixture
def office(signed_in: Callable[[StaffMember], Client], administrator: StaffMember) -> Client:
    """The administrator's browser."""
    return signed_in(administrator)


def filled_in(**changed: Any) -> dict[str, Any]:
    """The form as it stands, with some answers changed; an answer of None is left out."""
    values = desk_settings.current()
    fields = {**values.values(), "expected": values.number, **changed}
    return {name: value for name, value in fields.items() if value is not None and value is not False}


def publish(office: Client, **changed: Any) -> Any:
    return office.post(SETTINGS, {**filled_in(**changed), "publish": "yes"})


@pytest.mark.parametrize("role", ["author", "editor", "standards_editor"])
@pytest.mark.parametrize("address", ["", "preview/promise/"])
def test_nobody_but_administrators_sets_anything(
    signed_in: Callable[[StaffMember], Client], role: str, address: str
) -> None:
    client = signed_in(make_staff(role))
    assert client.get(SETTINGS).status_code == 403
    answer = client.post(SETTINGS + address, {**filled_in(identity_kept_days=1), "publish": "yes"})
    assert (answer.status_code, SettingsVersion.objects.count()) == (403, 0)


def test_the_environment_holds_until_something_is_published(office: Client) -> None:
    assert desk_settings.current() == desk_settings.of_environment()
    assert fields_in(office.get(SETTINGS).content.decode(), "identity_kept_days") == [
        str(environment.IDENTITY_KEPT_DAYS)
    ]
    assert publish(office, identity_kept_days=30).status_code == 302
    assert (desk_settings.current().identity_kept_days, desk_settings.current().number) == (30, 1)


def test_what_is_published_wins_over_the_environment_and_the_pages_print_it(office: Client, settings: Any) -> None:
    publish(office, identity_kept_days=31, safety_watched_at_night=True)
    settings.IDENTITY_KEPT_DAYS = 77
    page = Client().get("/ar/how-we-correct/").content.decode()
    assert ("31" in page, "77" in page) == (True, False)


def test_a_value_that_no_version_knows_is_the_environments(administrator: StaffMember, settings: Any) -> None:
    SettingsVersion.objects.create(
        number=1, values={"evidence_files": 7}, published_at=now(), published_by=administrator
    )
    settings.EVIDENCE_MEGABYTES = 9
    values = desk_settings.current()
    assert (values.evidence_files, values.evidence_megabytes, evidence.largest_file()) == (7, 9, 9 * 1024 * 1024)


def test_checking_says_what_would_change_and_writes_nothing(office: Client) -> None:
    answer = office.post(SETTINGS, {**filled_in(identity_kept_days=30, emergency_numbers="112"), "check": "yes"})
    days = environment.IDENTITY_KEPT_DAYS
    assert [(before, after) for _label, before, after in answer.context["checked"]] == [("—", "112"), (str(days), "30")]
    assert (answer.status_code, SettingsVersion.objects.count()) == (200, 0)


@pytest.mark.parametrize("page", ["promise", "complaints"])
def test_a_preview_is_the_readers_page_with_the_new_settings_and_writes_nothing(office: Client, page: str) -> None:
    answer = office.post(f"{SETTINGS}preview/{page}/", filled_in(identity_kept_days=43))
    assert (answer.status_code, "43" in text_of(answer), SettingsVersion.objects.count()) == (200, True, 0)
    assert answer["Cache-Control"] == "no-store, private"
    public = Client().get("/ar/how-we-correct/")
    assert "43" not in text_of(public)


def test_a_page_that_is_no_preview_is_not_found(office: Client) -> None:
    assert office.post(f"{SETTINGS}preview/queue/", filled_in()).status_code == 404
    assert office.get(f"{SETTINGS}preview/promise/").status_code == 405


WRONG = [
    ("identity_kept_days", "0"),
    ("identity_kept_days", "x"),
    ("identity_kept_days", ""),
    ("evidence_files", "21"),
    ("evidence_megabytes", "999"),
    ("undo_seconds", "-1"),
    ("claim_holds_working_days", "0"),
    ("presence_seconds", "9"),
    ("digest_hour", "24"),
    ("legal_address", "nobody"),
    ("quick_leave_address", "javascript:alert(1)"),
    ("quick_leave_address", "http://example.org/"),
    ("quick_leave_address", "//example.org"),
    ("second_factor_roles", "owner"),
]


@pytest.mark.parametrize(("name", "value"), WRONG)
@pytest.mark.parametrize("address", ["", "preview/promise/"])
def test_bad_settings_are_said_beside_the_field_and_lose_nothing(
    office: Client, name: str, value: str, address: str
) -> None:
    answer = office.post(
        SETTINGS + address, {**filled_in(emergency_numbers=HOSTILE[:90]), name: value, "publish": "yes"}
    )
    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [name])
    assert fields_in(answer.content.decode(), "emergency_numbers") == [HOSTILE[:90]]
    assert ("<script>alert" in answer.content.decode(), SettingsVersion.objects.count()) == (False, 0)


def test_of_two_administrators_the_second_does_not_undo_the_first(office: Client) -> None:
    mine = filled_in(identity_kept_days=30)
    publish(office, evidence_files=1)
    answer = office.post(SETTINGS, {**mine, "publish": "yes"})
    assert (answer.status_code, desk_settings.current().evidence_files) == (409, 1)
    assert desk_settings.current().identity_kept_days == environment.IDENTITY_KEPT_DAYS
    page = answer.content.decode()
    assert (fields_in(page, "identity_kept_days"), fields_in(page, "expected")) == (["30"], ["1"])


def test_publishing_what_holds_already_writes_nothing(office: Client) -> None:
    publish(office)
    assert SettingsVersion.objects.count() == 0


def test_every_version_says_who_when_and_what(office: Client, administrator: StaffMember) -> None:
    publish(office, evidence_files=1)
    publish(office, evidence_files=2, emergency_numbers="112")
    page = office.get(SETTINGS)
    assert [
        (version.number, version.published_by, [(before, after) for _label, before, after in changes])
        for version, changes in page.context["history"]
    ] == [(2, administrator, [("—", "112"), ("1", "2")]), (1, administrator, [(str(environment.EVIDENCE_FILES), "1")])]


@pytest.mark.parametrize(
    "statement", ["UPDATE corrections_settingsversion SET number = 9", "DELETE FROM corrections_settingsversion"]
)
def test_a_version_stays(office: Client, statement: str) -> None:
    publish(office, evidence_files=1)
    with pytest.raises(DatabaseError), connection.cursor() as cursor:
        cursor.execute(statement)


def test_settings_are_read_once_in_a_request_and_only_where_they_are_used(office: Client) -> None:
    publish(office, evidence_files=1)
    for address, most in (("/ar/how-we-correct/", 1), ("/ar/desk/", 1), ("/ar/desk/account/password/", 0)):
        with CaptureQueriesContext(connection) as queries:
            assert office.get(address).status_code == 200
        assert len([each for each in queries if "settingsversion" in each["sql"]]) == most, address


def test_the_page_takes_the_same_few_queries_at_3_and_at_300_versions(
    office: Client, administrator: StaffMember
) -> None:
    def version(number: int) -> SettingsVersion:
        values = {"identity_kept_days": number}
        return SettingsVersion(number=number, values=values, published_at=now(), published_by=administrator)

    def counted() -> int:
        with CaptureQueriesContext(connection) as queries:
            office.get(SETTINGS)
        return len(queries)

    SettingsVersion.objects.bulk_create(version(number) for number in range(1, 4))
    few = counted()
    SettingsVersion.objects.bulk_create(version(number) for number in range(4, 301))
    assert (counted(), few <= 12) == (few, True)


def test_how_long_a_claim_holds_is_set_here_for_what_is_taken_from_then_on(
    office: Client, editor: StaffMember, article: Article
) -> None:
    taken, later = make_case(article), make_case(article)
    guard: dict[str, Any] = {"actor": as_actor(editor), "expected_version": 1, "now": NOW}
    assignment.claim(taken, **guard)
    publish(office, claim_holds_working_days=5)
    assignment.claim(later, **guard)
    # NOW is a Sunday; the desk closes at 17:00 in Damascus and rests on Friday and Saturday.
    assert [Case.objects.get(pk=case.pk).claim_ends_at for case in (taken, later)] == [
        NOW.replace(day=18, hour=14),
        NOW.replace(day=23, hour=14),
    ]


def test_how_long_presence_shows_is_set_here(office: Client, editor: StaffMember, article: Article) -> None:
    case, moment = make_case(article), now()
    presence.be_here(case, is_writing=False, actor=as_actor(editor), now=moment)
    publish(office, presence_seconds=90)
    seen = [
        len(presence.others_at([case.pk], as_actor(make_staff("editor")), moment + timedelta(seconds=seconds)))
        for seconds in (89, 90)
    ]
    page = office.get(f"/ar/desk/cases/{case.year}/{case.sequence}/").content.decode()
    assert (seen, 'data-every="30"' in page) == ([1, 0], True)


def test_roles_that_need_a_second_step_are_set_here(office: Client) -> None:
    publish(office, second_factor_roles=["editor"])
    assert desk_settings.current().second_factor_roles == ("editor",)


@hypothesis_settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    days=st.integers(1, 3650),
    files=st.integers(0, 20),
    watched=st.booleans(),
    numbers=st.text("0123456789 -", max_size=40),
)
def test_what_is_published_is_what_is_read(
    administrator: StaffMember, days: int, files: int, watched: bool, numbers: str
) -> None:
    before = desk_settings.current()
    values = desk_settings.DeskSettings(
        **{
            **before.values(),
            "second_factor_roles": before.second_factor_roles,
            "identity_kept_days": days,
            "evidence_files": files,
            "safety_watched_at_night": watched,
            "emergency_numbers": numbers,
        }
    )
    number = settings_publishing.publish(values, expected=before.number, by=administrator, now=now())
    after = desk_settings.current()
    assert (after.values(), after.number) == (values.values(), number)
    assert number - before.number == bool(settings_publishing.differences(before, values))
    with pytest.raises(settings_publishing.SettingsChanged):
        settings_publishing.publish(before, expected=number + 1, by=administrator, now=now())
