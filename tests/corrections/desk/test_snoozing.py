"""Putting a case aside: out of the open views until a day, back by itself or when somebody does something."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.test import Client

from corrections.domain import conversation
from corrections.domain.cases import CaseChanged
from corrections.domain.snoozing import snooze
from corrections.models import Case, Holiday
from newsroom.days import day_of
from newsroom.models import Article, StaffMember
from tests.corrections.desk.steps import address_of, fields_in, happenings, press, stored, text_of
from tests.factories import as_actor, make_case

QUEUE = "/ar/desk/"
DAMASCUS = ZoneInfo("Asia/Damascus")
#: A Wednesday; the weekend is Friday and Saturday.
WEDNESDAY = datetime(2025, 2, 19, 10, 30, tzinfo=DAMASCUS)
OPEN_VIEWS = ("open", "unassigned", "mine", "waiting", "signature")


@pytest.fixture(autouse=True)
def on_wednesday() -> object:
    with time_machine.travel(WEDNESDAY, tick=False) as traveller:
        yield traveller


def views_with(client: Client, case: Case) -> set[str]:
    """The views in which a case stands, as the rail counts them."""
    views = client.get(QUEUE).context["queue"].counts
    return {
        view for view in views if case.pk in [row.pk for row in client.get(QUEUE, {"view": view}).context["queue"].rows]
    }


def until(case: Case) -> date | None:
    moment = stored(case).snoozed_until
    return day_of(moment) if moment else None


def test_a_case_is_put_aside_until_a_day_and_comes_back_by_itself(
    desk: Client, case_in_review: Case, editor: StaffMember, on_wednesday: time_machine.Traveller
) -> None:
    Case.objects.update(decision_due_at=WEDNESDAY + timedelta(days=30))
    assert views_with(desk, case_in_review) == {"open", "mine", "all"}
    press(desk, case_in_review, "snooze", until="٢٤/٢/٢٠٢٥")
    assert views_with(desk, case_in_review) == {"snoozed", "all"}
    assert "مؤجل حتى 24 شباط" in text_of(desk.get(QUEUE, {"view": "snoozed"}))
    on_wednesday.move_to(datetime(2025, 2, 23, 23, 59, tzinfo=DAMASCUS))
    desk.force_login(editor)
    assert views_with(desk, case_in_review) == {"snoozed", "all"}
    on_wednesday.move_to(datetime(2025, 2, 24, 0, 0, tzinfo=DAMASCUS))
    desk.force_login(editor)
    assert views_with(desk, case_in_review) == {"open", "mine", "all"}
    assert "عاد من التأجيل في 24 شباط" in text_of(desk.get(QUEUE))


@pytest.mark.parametrize(
    ("preset", "day"),
    [("tomorrow", date(2025, 2, 20)), ("working_day", date(2025, 2, 23)), ("week", date(2025, 2, 26))],
)
def test_presets(desk: Client, case: Case, preset: str, day: date) -> None:
    Holiday.objects.create(day=date(2025, 2, 20), name_ar="عطلة", name_en="Holiday")
    press(desk, case, "snooze", preset=preset)
    assert until(case) == day
    assert happenings(case) == ["received", "snoozed"]
    assert case.events.get(happening="snoozed").data == {"until": day.isoformat()}
    assert f"أُجّل الطلب إلى {day.day} شباط." in text_of(desk.get(address_of(case)))


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("", "يلزم يوم بصيغة"),
        ("2/24/2025", "يلزم يوم بصيغة"),
        ("غدًا", "يلزم يوم بصيغة"),
        ("19/2/2025", "يلزم اختيار يوم لاحق"),
        ("1/1/2020", "يلزم اختيار يوم لاحق"),
        ("1/1/2027", "يلزم اختيار يوم في غضون سنة"),
    ],
)
def test_a_day_that_cannot_be_is_said_beside_its_field(desk: Client, case: Case, written: str, words: str) -> None:
    response = press(desk, case, "snooze", until=written)
    page = response.content.decode()
    assert (response.status_code, words in page, fields_in(page, "until")) == (422, True, [written] if written else [])
    assert happenings(case) == ["received"]


def test_a_case_put_aside_is_taken_up_again_with_one_press(desk: Client, case: Case) -> None:
    press(desk, case, "snooze", preset="week")
    page = desk.get(address_of(case)).content.decode()
    assert ('data-key="KeyL"' in page, "/wake/" in page, "/snooze/" in page) == (True, True, False)
    press(desk, case, "wake")
    assert (until(case), happenings(case)[-1], "open" in views_with(desk, case)) == (None, "woken", True)
    assert press(desk, case, "wake").status_code == 409


def test_it_wakes_when_the_reader_answers(desk: Client, case_in_review: Case) -> None:
    press(desk, case_in_review, "ask", text="ما المصدر؟")
    press(desk, case_in_review, "snooze", preset="week")
    assert views_with(desk, case_in_review) == {"snoozed", "all"}
    waiting = stored(case_in_review)
    conversation.reader_writes(waiting, "تقرير البلدية.", submission_key="k" * 32, source="192.0.2.7", now=WEDNESDAY)
    assert until(case_in_review) is None


def test_it_wakes_when_somebody_else_changes_it_and_not_when_one_adds_to_it_oneself(
    desk: Client, case: Case, signed_in: Callable[[StaffMember], Client], second_editor: StaffMember
) -> None:
    press(desk, case, "snooze", preset="week")
    press(desk, case, "note", text="ينتظر اجتماع الغد.")
    press(desk, case, "severity", severity="minor")
    assert until(case) == date(2025, 2, 26)
    press(signed_in(second_editor), case, "note", text="وصل رد.")
    assert until(case) is None


def test_ones_own_step_wakes_it(desk: Client, case: Case) -> None:
    press(desk, case, "snooze", preset="week")
    press(desk, case, "claim")
    assert until(case) is None


@pytest.mark.parametrize("severity", ["", "safety"])
def test_nothing_put_aside_is_hidden_from_what_is_overdue_or_due_today(
    signed_in: Callable[[StaffMember], Client],
    editor: StaffMember,
    case: Case,
    on_wednesday: time_machine.Traveller,
    severity: str,
) -> None:
    desk = signed_in(editor)
    Case.objects.update(severity=severity, decision_due_at=WEDNESDAY + timedelta(hours=2))
    press(desk, case, "snooze", preset="week")
    assert views_with(desk, case) == {"today", "snoozed", "all"}
    on_wednesday.shift(timedelta(hours=3))
    # Signed in anew: a session that nobody uses ends before.
    assert views_with(signed_in(editor), case) == {"overdue", "snoozed", "all"}


def test_a_filter_finds_what_is_put_aside_and_what_is_not(desk: Client, case: Case, article: Article) -> None:
    other = make_case(article, now=WEDNESDAY, text="ملاحظة أخرى.")
    press(desk, case, "snooze", preset="week")
    for answer, found in (("yes", [case.pk]), ("no", [other.pk])):
        assert [row.pk for row in desk.get(QUEUE, {"view": "all", "snoozed": answer}).context["queue"].rows] == found


def test_a_page_older_than_a_colleagues_putting_aside_moves_no_day(
    desk: Client, standards_desk: Client, case: Case, editor: StaffMember
) -> None:
    seen = case.version
    press(standards_desk, case, "snooze", preset="week")
    theirs = until(case)
    response = press(desk, case, "snooze", until="24/2/2025", expected_version=seen)
    assert (response.status_code, until(case)) == (409, theirs)
    assert theirs is not None
    assert "24/2/2025" in text_of(response)
    with pytest.raises(CaseChanged):
        snooze(stored(case), date(2025, 2, 24), actor=as_actor(editor), expected_version=seen, now=WEDNESDAY)


def test_what_is_decided_or_held_cannot_be_put_aside(desk: Client, case: Case) -> None:
    press(desk, case, "hold", reason="campaign")
    assert press(desk, case, "snooze", preset="week").status_code == 409
    assert until(case) is None
