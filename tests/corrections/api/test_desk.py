"""The desk for programs: a key acts in its owner's name, under the same rules as the pages."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from corrections.api.desk import STEP_FUNCTIONS
from corrections.domain import api_tokens
from corrections.models import ApiToken, Case, Event, Notice
from newsroom.models import Article, StaffMember
from tests.corrections.api.conftest import Program
from tests.corrections.api.test_public import problem
from tests.factories import NOW, make_article, make_case

Key = Callable[..., str]


def path_of(case: Case, end: str = "") -> str:
    return f"desk/cases/{case.year}/{case.sequence}/{end}"


def step(name: str, case: Case, **fields: Any) -> dict[str, Any]:
    return {"step": name, "expected_version": case.version, **fields}


@pytest.mark.parametrize("header", ["", "Bearer wrong", "Basic eDp5", "Bearer "])
def test_without_a_good_key_nothing_opens(ask: Program, article: Article, header: str) -> None:
    case = make_case(article)
    headers = {"Authorization": header} if header else {}
    for method, path in (("get", "desk/cases/"), ("get", path_of(case)), ("post", path_of(case, "steps/"))):
        assert problem(ask(method, path, **headers))[0] == 401


def test_a_revoked_or_expired_key_is_none(ask: Program, key_of: Key, editor: StaffMember) -> None:
    revoked, expired = key_of(editor), key_of(editor, days=-1)
    api_tokens.revoke(ApiToken.objects.earliest("pk"), by=editor, now=NOW)
    assert [problem(ask("get", "desk/cases/", key=key))[0] for key in (revoked, expired)] == [401, 401]


def test_authors_have_no_desk(ask: Program, key_of: Key, author: StaffMember) -> None:
    assert problem(ask("get", "desk/cases/", key=key_of(author)))[0] == 403


def test_a_reading_key_does_not_write(ask: Program, key_of: Key, editor: StaffMember, article: Article) -> None:
    case, key = make_case(article), key_of(editor, may_write=False)
    assert ask("get", path_of(case), key=key).status_code == 200
    assert problem(ask("post", path_of(case, "steps/"), step("claim", case), key=key))[0] == 403
    assert Event.objects.count() == 1


def test_of_two_claims_one_wins_and_the_other_learns_the_version(
    ask: Program, key_of: Key, editor: StaffMember, second_editor: StaffMember, article: Article
) -> None:
    case = make_case(article)
    first = ask("post", path_of(case, "steps/"), step("claim", case), key=key_of(editor))
    second = ask(
        "post", path_of(case, "steps/"), step("hold", case) | {"hold_reason": "abuse"}, key=key_of(second_editor)
    )
    assert (first.status_code, first.json()["status"]) == (200, "in_review")
    assert problem(second) == (409, "case-changed")
    assert (second.json()["expected_version"], second.json()["version"]) == (1, 2)


def test_a_move_that_does_not_start_here_changes_nothing(
    ask: Program, key_of: Key, editor: StaffMember, article: Article
) -> None:
    case = make_case(article)
    for name in ("close", "sign", "release", "unlink_duplicate"):
        code, kind = problem(ask("post", path_of(case, "steps/"), step(name, case), key=key_of(editor)))
        assert (code, kind) in ((409, "move-not-allowed"), (403, "not-allowed"))
    assert problem(ask("post", path_of(case, "steps/"), step("confirm", case), key=key_of(editor)))[0] == 400
    case.refresh_from_db()
    assert (case.status, case.version) == ("new", 1)


def test_a_complaint_about_ones_own_article_does_not_exist_for_its_maker(
    ask: Program, key_of: Key, editor: StaffMember
) -> None:
    own = make_article("ar", by=editor)
    case = make_case(own, kind="complaint")
    assert problem(ask("get", path_of(case), key=key_of(editor))) == (404, "case-not-found")
    assert ask("get", "desk/cases/", key=key_of(editor)).json()["rows"] == []


def test_a_correction_is_decided_with_the_edit_and_the_notice(
    ask: Program, key_of: Key, editor: StaffMember, article: Article
) -> None:
    case, key = make_case(article), key_of(editor)
    ask("post", path_of(case, "steps/"), step("claim", case), key=key)
    body = article.revisions.get().body.replace("12,000", "1,200")
    decision = {
        "expected_version": 2,
        "finding": "upheld",
        "remedy": "correction",
        "reason": "تحققنا من الرقم.",
        "notice_text": "الصحيح 1,200.",
        "content": {"made_from": 1, "title": article.revisions.get().title, "body": body},
    }
    answer = ask("post", path_of(case, "decisions/"), decision, key=key)
    assert (answer.status_code, answer.json()["status"]) == (201, "decided")
    assert Notice.objects.get().text == "الصحيح 1,200."
    assert "1,200" in article.revisions.get(number=2).body


def test_an_editor_does_not_decide_a_complaint(
    ask: Program, key_of: Key, editor: StaffMember, article: Article
) -> None:
    case, key = make_case(article, kind="complaint"), key_of(editor)
    ask("post", path_of(case, "steps/"), step("claim", case), key=key)
    decision = {"expected_version": 2, "finding": "upheld", "remedy": "none", "reason": "x", "clauses": ["fairness"]}
    assert problem(ask("post", path_of(case, "decisions/"), decision, key=key)) == (403, "not-allowed")


@pytest.mark.parametrize("path", ["desk/cases/2025/999/", "desk/cases/0/0/", f"desk/cases/{10**20}/{10**20}/"])
def test_a_number_without_a_case_is_not_found(ask: Program, key_of: Key, editor: StaffMember, path: str) -> None:
    assert problem(ask("get", path, key=key_of(editor)))[0] == 404


def test_the_queue_takes_the_same_queries_for_3_cases_and_for_300(
    ask: Program, key_of: Key, editor: StaffMember, article: Article
) -> None:
    key, counts, rows = key_of(editor), [], []
    # Once an hour the use of the key is noted.
    ask("get", "desk/cases/", key=key)
    for number in (3, 297):
        for _case in range(number):
            make_case(article)
        with CaptureQueriesContext(connection) as queries:
            rows = ask("get", "desk/cases/", key=key).json()["rows"]
        counts.append(len(queries))
    assert len(rows) == 25
    assert counts[0] == counts[1] <= 12


def test_a_program_takes_its_step_back_once(ask: Program, key_of: Key, editor: StaffMember, article: Article) -> None:
    case, key = make_case(article), key_of(editor)
    ask("post", path_of(case, "steps/"), step("claim", case), key=key)
    back = {"step": "undo", "undone": 2, "expected_version": 2}
    answer = ask("post", path_of(case, "steps/"), back, key=key).json()
    assert (answer["status"], answer["events"][-1]["happening"]) == ("new", "undone")
    again = ask("post", path_of(case, "steps/"), {**back, "expected_version": 3}, key=key)
    assert problem(again) == (409, "cannot-undo")
    assert again.json()["detail"]


def test_words_that_were_taken_back_do_not_leave_through_the_interface(
    ask: Program, key_of: Key, editor: StaffMember, article: Article
) -> None:
    case, key = make_case(article), key_of(editor)
    ask("post", path_of(case, "steps/"), {**step("note", case), "text": "canary"}, key=key)
    answer = ask("post", path_of(case, "steps/"), {"step": "undo", "undone": 2, "expected_version": 2}, key=key)
    assert "canary" not in answer.content.decode()
    assert answer.json()["messages"][-1]["taken_back_at"]


@pytest.mark.parametrize("kind", ["correction", "complaint"])
def test_who_worked_on_the_article_takes_no_step_and_decides_nothing(
    ask: Program, key_of: Key, editor: StaffMember, kind: str
) -> None:
    own = make_article("ar", by=editor)
    case, key = make_case(own, kind=kind), key_of(editor)
    refused = 404 if kind == "complaint" else 403
    needs = {"text": "x", "severity": "minor", "assignee": editor.pk, "lead": f"{case.year}/{case.sequence:04d}"}
    for name in set(STEP_FUNCTIONS) - {"note", "link_duplicate"}:
        body = step(name, case, undone=1, **needs)
        assert problem(ask("post", path_of(case, "steps/"), body, key=key))[0] == refused, name
    decision = {"expected_version": 1, "finding": "not_upheld", "remedy": "none", "reason": "x"}
    assert problem(ask("post", path_of(case, "decisions/"), decision, key=key))[0] == refused
    assert Event.objects.count() == 1
