"""Undo on the case's page: right after a step, and in the history."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from corrections.desk.urls import urlpatterns
from corrections.enums import Happening
from corrections.models import Case
from newsroom.models import StaffMember
from tests.corrections.desk.steps import address_of, fields_in, happenings, now, press, stored, text_of

#: What each door of the desk that changes something leaves in the history, where an undo or its reason stands
#: (corrections.domain.undo.WAYS_BACK), or why it needs no undo.
DOORS: dict[str, set[Happening] | str] = {
    "sign_in": "one signs out",
    "sign_out": "one signs in",
    "shortcuts": "pressed once more",
    "save_view": "removed again",
    "rename_view": "named back",
    "move_view": "moved back",
    "subscribe": "chosen anew",
    "end_mails": "subscribed again",
    "remove_view": "saved again: nothing but filters is lost",
    "bulk": "only asks",
    "bulk_preview": "only shows",
    **dict.fromkeys(("gather_all", "separate_all"), "only shows what a job would do"),
    "bulk_start": "a job has an undo of its own, case by case through the steps below",
    "job_cancel": "what is left is done in another job",
    **dict.fromkeys(
        ("account", "password", "join", "second_factor", "stay", "end_session", "end_other_sessions"), "own"
    ),
    **dict.fromkeys(("add_passkey", "remove_passkey", "set_up_app", "remove_app", "recovery_codes"), "set up again"),
    **dict.fromkeys(("keys", "revoke_key", "revoke_member_key"), "another key is made"),
    **dict.fromkeys(("begin_app", "begin_passkey"), "forgotten in twenty minutes"),
    **dict.fromkeys(
        ("invite", "send_link", "staff_member", "activate", "deactivate", "reset_factors"), "the other way"
    ),
    **dict.fromkeys(("settings", "settings_preview", "working_week", "holidays", "add_proposed"), "written back"),
    **dict.fromkeys(("remove_holiday", "begin_procedure", "discard_procedure_draft"), "written again"),
    **dict.fromkeys(("procedure", "procedure_preview", "publish_procedure"), "another version follows"),
    "job_undo": "a job of its own, which says what it could not take back",
    "resend": "a mail that has failed is tried again; what is out is out",
    "presence": "it passes by itself",
    "keep_draft": "one discards it",
    "discard_unsent": "one's own words of the last hour, and the button says what it does",
    "discard_draft": "one's own words that nobody else has seen, and the button says what it does",
    "decide": {Happening.DECIDED, Happening.DECISION_PROPOSED},
    "claim": {Happening.CLAIMED, Happening.ASSIGNED},
    "assign": {Happening.ASSIGNED},
    "ask": {Happening.QUESTION_ASKED},
    "message": {Happening.MESSAGE_SENT},
    "note": {Happening.NOTE_ADDED},
    "severity": {Happening.SEVERITY_SET},
    "kind": {Happening.KIND_CHANGED},
    "hold": {Happening.HELD},
    "release": {Happening.RELEASED},
    "resume": {Happening.RESUMED},
    "snooze": {Happening.SNOOZED},
    "wake": {Happening.WOKEN},
    "extend": {Happening.DEADLINE_EXTENDED},
    "close": {Happening.CLOSED},
    "reopen": {Happening.REOPENED},
    "duplicate": {Happening.LINKED},
    "unlink": {Happening.UNLINKED},
    "gather": {Happening.LINKED},
    "separate": {Happening.UNLINKED},
    "sign": {Happening.DECIDED},
    "refuse": {Happening.SIGNATURE_REFUSED},
    "reveal": {Happening.IDENTITY_REVEALED},
    "ask_statement": {Happening.STATEMENT_ASKED},
    "statement_again": {Happening.STATEMENT_AGAIN},
    "withdraw_statement": {Happening.STATEMENT_WITHDRAWN},
    "pack": {Happening.PACK_MADE, Happening.PACK_ASKED},
    "allow_pack": {Happening.PACK_ALLOWED},
    "undo": {Happening.UNDONE},
}
#: Doors through which one only looks.
LOOKING = {
    *("queue", "next", "previous", "arrivals", "statistics", "figures_csv", "figures_json", "cases_csv", "statement"),
    *("unsent", "app_picture", "recovery_codes_file", "deadlines", "simulator", "staff"),
    *("notices", "deliveries", "case", "record", "reply", "file", "views", "jobs", "job", "job_progress", "presences"),
}


def undo(client: Client, case: Case, step: int, **fields: Any) -> Any:
    return press(client, case, "undo", step=step, **fields)


def test_every_door_of_the_desk_has_an_undo_or_a_reason_why_not() -> None:
    assert {str(pattern.name) for pattern in urlpatterns} == set(DOORS) | LOOKING


def test_the_page_says_what_was_done_just_now_and_offers_to_undo_it(desk: Client, case: Case) -> None:
    press(desk, case, "claim")
    response = desk.get(address_of(case))
    page = response.content.decode()
    assert "أُسند الطلب إليّ." in text_of(response)
    assert page.count('data-key="KeyZ"') == 1
    assert fields_in(page, "step") == ["2", "2"]
    assert undo(desk, case, 2)["Location"] == address_of(case)
    assert (stored(case).status, stored(case).assigned_to_id) == ("new", None)
    assert 'data-key="KeyZ"' not in desk.get(address_of(case)).content.decode()


def test_what_was_done_stands_over_the_page_with_its_undo_for_two_minutes(
    desk: Client, case: Case, second_editor: StaffMember
) -> None:
    with time_machine.travel(now(), tick=False) as clock:
        press(desk, case, "assign", assignee=second_editor.pk)
        clock.shift(timedelta(seconds=119))
        bar = desk.get(address_of(case)).content.decode().partition('<div class="done">')[2].partition("</div>")[0]
        assert ('role="status"' in bar, "تراجع" in bar) == (True, True)
        clock.shift(timedelta(seconds=2))
        assert '<div class="done">' not in desk.get(address_of(case)).content.decode()


def test_a_step_of_somebody_else_is_not_offered(desk: Client, standards_desk: Client, case: Case) -> None:
    press(desk, case, "claim")
    page = standards_desk.get(address_of(case)).content.decode()
    assert fields_in(page, "step") == []
    assert undo(standards_desk, case, 2).status_code == 403


def test_the_history_says_why_a_step_cannot_be_undone(desk: Client, case: Case) -> None:
    press(desk, case, "reveal", reason="سؤال عن المصدر")
    response = desk.get(address_of(case))
    assert fields_in(response.content.decode(), "step") == []
    assert "لا تراجع : ما قُرئ لا يُنسى." in " ".join(text_of(response).split())
    refused = undo(desk, case, 2)
    assert refused.status_code == 409
    assert "ما قُرئ لا يُنسى." in text_of(refused)


def test_a_stale_undo_is_refused_with_what_happened_meanwhile(desk: Client, standards_desk: Client, case: Case) -> None:
    press(desk, case, "claim")
    seen = stored(case).version
    press(standards_desk, case, "severity", severity="serious")
    response = undo(desk, case, 2, expected_version=seen)
    assert response.status_code == 409
    assert [change.event.happening for change in response.context["missed"]] == ["severity_set"]
    assert stored(case).status == "in_review"


@pytest.mark.parametrize("step", ["", "0", "-1", "x", "9" * 30])
def test_a_step_that_is_none_is_refused(desk: Client, case: Case, step: str) -> None:
    assert undo(desk, case, step).status_code == 422  # type: ignore[arg-type]  # what a form can send
    assert happenings(case) == ["received"]


def test_a_step_that_there_is_not_is_refused(desk: Client, case: Case) -> None:
    assert undo(desk, case, 42).status_code == 409


@pytest.mark.parametrize("name", ["ask", "message", "note"])
def test_words_that_were_taken_back_stand_in_the_field_again(
    desk: Client, standards_desk: Client, case: Case, settings: Any, name: str
) -> None:
    settings.DELIVERY_HOLD_SECONDS = 15
    press(desk, case, name, text="ما المصدر؟")
    undo(desk, case, 2)
    assert fields_in(desk.get(address_of(case)).content.decode(), "text") == ["ما المصدر؟"]
    others = standards_desk.get(address_of(case))
    assert "ما المصدر؟" not in text_of(others)
    assert "سُحب هذا النص" in text_of(others)


def test_the_reasons_of_a_refusal_stand_in_their_field_again(
    desk: Client, case_in_review: Case, standards_desk: Client, editor: StaffMember
) -> None:
    press(desk, case_in_review, "decide", remedy="retraction", reason="س", notice_text="سُحب.", expected_revision=1)
    press(standards_desk, case_in_review, "refuse", reason="غير كاف")
    undo(standards_desk, case_in_review, stored(case_in_review).version)
    page = standards_desk.get(address_of(case_in_review)).content.decode()
    assert fields_in(page, "reason")[0] == "غير كاف"
