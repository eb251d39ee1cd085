"""The record of a case: the page, and the pack for an outside body."""

import csv
import hashlib
import io
import json
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape
from pytest_django import Settings

from corrections.domain import access, answering, consents, conversation, decisions, extensions, handover, reviews
from corrections.domain.faults import Refused
from corrections.domain.proposal import Proposal
from corrections.models import Attachment, Case, Event, Message
from corrections.notifications.links import statement_token
from newsroom import articles
from newsroom.models import Article, StaffMember
from newsroom.photos import store_photo
from tests.corrections.desk.steps import HOSTILE, address_of, now, press, stored, text_of
from tests.corrections.files import add_file, picture
from tests.corrections.reader.pages import take_up
from tests.corrections.statements import QUESTION, ask_statement
from tests.factories import ARABIC, as_actor, make_article, make_case

CANARIES = ("canary-name", "canary@example.net")
FORMULA = '=HYPERLINK("http://example.org")'


@pytest.fixture
def full_case(article: Article, standards_editor: StaffMember, administrator: StaffMember, author: StaffMember) -> Case:
    """A decided complaint with a file, a note, a statement, a decision and a notice."""
    case = make_case(
        article,
        now=now(),
        kind="complaint",
        text="لم يُسأل أحد.",
        name=CANARIES[0],
        address=CANARIES[1],
        wants_mail=True,
        place="2",
    )
    add_file(case, now=now())
    case.refresh_from_db()
    take_up(case, standards_editor)
    actor = as_actor(standards_editor)
    conversation.add_note(case, "secret-note", actor=actor, expected_version=stored(case).version, now=now())
    statement = ask_statement(case, standards_editor, author, now=now())
    answering.give(statement_token(statement.seed), HOSTILE, seen=0, source="192.0.2.8", now=now())
    fresh = stored(case)
    proposal = Proposal("upheld", "editors_note", FORMULA, clause_keys=("fairness",), notice_text="ملاحظة المحرر.")
    decisions.decide(fresh, proposal, actor=actor, expected_version=fresh.version, now=now())
    return stored(case)


def pack(client: Client, case: Case, **fields: Any) -> bytes:
    response = press(client, case, "pack", **fields)
    assert response.status_code == 200, response.content[:500]
    return b"".join(response.streaming_content)


def consented(case: Case, member: StaffMember, at: datetime | None = None) -> None:
    fresh = stored(case)
    consents.consent(fresh, actor=as_actor(member), expected_version=fresh.version, now=at or now())


def opened(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as found:
        return {name: found.read(name) for name in found.namelist()}


def test_the_pack_holds_everything_and_the_hash_of_everything(standards_desk: Client, full_case: Case) -> None:
    parts = opened(pack(standards_desk, full_case))
    manifest = parts.pop("MANIFEST.sha256").decode()
    assert manifest == "".join(f"{hashlib.sha256(content).hexdigest()}  {name}\n" for name, content in parts.items())
    evidence = next(name for name in parts if name.startswith("evidence/"))
    assert set(parts) == {
        *(f"README.{language}.txt" for language in ("ar", "en")),
        *(f"record.{language}.html" for language in ("ar", "en")),
        *(f"clock.{language}.csv" for language in ("ar", "en")),
        "record.json",
        "article/as-the-reader-saw-it.html",
        "article/as-the-reader-saw-it.txt",
        "revisions/0001.html",
        "revisions/0001.txt",
        evidence,
    }
    data = json.loads(parts["record.json"])
    assert [each["text"] for each in data["messages"]] == ["لم يُسأل أحد."]
    assert [(each["question"], each["text"]) for each in data["statements"]] == [
        (QUESTION, Case.objects.get().statements.get().text)
    ]
    assert [(each["finding"], each["reason"], each["notice"]["text"]) for each in data["decisions"]] == [
        ("upheld", FORMULA, "ملاحظة المحرر.")
    ]
    assert [(each["key"], each["version"], set(each["text"])) for each in data["decisions"][0]["clauses"]] == [
        ("fairness", 1, {"ar", "en"})
    ]
    assert "12,000" in parts["article/as-the-reader-saw-it.txt"].decode()


def test_the_clock_says_what_was_promised_paused_and_kept(
    standards_desk: Client, article: Article, standards_editor: StaffMember
) -> None:
    case = make_case(article, now=now())
    press(standards_desk, case, "claim")
    due = stored(case).decision_due_at
    press(standards_desk, case, "ask", text="أين؟")
    press(standards_desk, case, "resume")
    lines = json.loads(opened(pack(standards_desk, case))["record.json"])["clock"]
    assert [(line["happening"], line["runs"], line["first_reply"]) for line in lines] == [
        ("received", True, ""),
        ("question_asked", False, "met"),
        ("resumed", True, ""),
    ]
    assert lines[0]["decide_by"] == due.astimezone(tz=timezone.get_fixed_timezone(0)).isoformat()


def test_no_identity_and_no_note_leave_the_house_unless_they_are_asked_for(
    standards_desk: Client, full_case: Case, administrator: StaffMember, standards_editor: StaffMember
) -> None:
    everything = b"".join(opened(pack(standards_desk, full_case)).values()).decode("utf-8", "replace")
    assert [secret for secret in (*CANARIES, "secret-note") if secret in everything] == []
    refused = press(standards_desk, full_case, "pack", identity="on")
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])
    wanted = {"identity": "on", "notes": "on", "reason": "طلبها مجلس الصحافة"}
    assert press(standards_desk, full_case, "pack", **wanted).status_code == 302
    consented(full_case, administrator)
    told = opened(pack(standards_desk, full_case, **wanted))
    for secret in (*CANARIES, "secret-note"):
        assert secret in told["record.en.html"].decode()
    said = list(Event.objects.filter(case=full_case).order_by("sequence").values_list("happening", "data"))[-5:]
    assert said == [
        ("pack_made", {"notes": False, "identity": False}),
        ("pack_asked", {"notes": True}),
        ("pack_allowed", {"asked_by": standards_editor.pk}),
        ("pack_made", {"notes": True, "identity": True}),
        ("identity_revealed", {}),
    ]
    assert Message.objects.filter(text="طلبها مجلس الصحافة").count() == 2


def test_a_record_that_names_the_reader_takes_two_people(
    standards_desk: Client,
    desk: Client,
    full_case: Case,
    administrator: StaffMember,
    signed_in: Callable[[StaffMember], Client],
) -> None:
    wanted, second = {"identity": "on", "reason": "طلبها مجلس الصحافة"}, signed_in(administrator)
    assert press(standards_desk, full_case, "pack", **wanted).status_code == 302
    assert press(standards_desk, full_case, "pack", **wanted).status_code == 422
    for client in (standards_desk, desk):
        assert press(client, full_case, "allow_pack").status_code == 403
    page = standards_desk.get(address_of(full_case))
    assert ("allow_pack" in page.context["forms"], "بانتظار موافقة شخص ثانٍ" in text_of(page)) == (False, True)
    assert "allow_pack" in second.get(address_of(full_case)).context["forms"]
    assert press(second, full_case, "allow_pack").status_code == 302
    assert press(second, full_case, "allow_pack").status_code == 422
    assert CANARIES[0] in opened(pack(standards_desk, full_case, **wanted))["record.en.html"].decode()
    # The consent was for one pack, and only for whoever asked for it.
    assert press(standards_desk, full_case, "pack", **wanted).status_code == 302
    assert press(second, full_case, "allow_pack").status_code == 302
    assert press(second, full_case, "pack", **wanted).status_code == 302
    assert Event.objects.filter(case=full_case, happening="identity_revealed").count() == 1


@pytest.mark.parametrize("late", ["request", "consent"])
def test_a_request_and_a_consent_end_after_seven_days(
    full_case: Case, standards_editor: StaffMember, administrator: StaffMember, late: str
) -> None:
    wanted: dict[str, Any] = {"with_notes": False, "with_identity": True, "reason": "سبب"}

    def made(at: datetime) -> bool:
        case = access.fetch_case(as_actor(standards_editor), full_case.year, full_case.sequence)
        guard: dict[str, Any] = {"actor": as_actor(standards_editor), "expected_version": case.version, "now": at}
        return handover.make(case, **wanted, **guard) is not None

    asked, week = now(), timedelta(days=7, seconds=1)
    assert not made(asked)
    if late == "request":
        with pytest.raises(Refused):
            consented(full_case, administrator, asked + week)
    else:
        consented(full_case, administrator, asked)
        assert not made(asked + week)


def test_the_same_record_gives_the_same_bytes(standards_desk: Client, full_case: Case) -> None:
    assert pack(standards_desk, full_case) == pack(standards_desk, full_case)


def test_a_file_that_is_gone_is_named_as_absent_and_the_pack_is_whole(standards_desk: Client, full_case: Case) -> None:
    storages["evidence"].delete(Attachment.objects.get().stored_name)
    parts = opened(pack(standards_desk, full_case))
    assert [name for name in parts if name.startswith("evidence/")] == ["evidence/1-absent.txt"]
    told = parts["evidence/1-absent.txt"].decode().splitlines()
    assert told[1] == "This file of the reader was no longer there when the pack was made."
    assert "evidence/1-absent.txt" in parts["MANIFEST.sha256"].decode()
    assert Event.objects.filter(happening="pack_made").count() == 1


def test_names_in_the_pack_are_ours_and_hostile_words_stay_words(
    standards_desk: Client, full_case: Case, author: StaffMember
) -> None:
    StaffMember.objects.filter(pk=author.pk).update(display_name="../../etc/passwd")
    parts = opened(pack(standards_desk, full_case))
    assert [name for name in parts if not re.fullmatch(r"[A-Za-z0-9./-]+", name) or ".." in name] == []
    page = parts["record.ar.html"].decode()
    assert ("<script>alert" in page, "<img src=x" in page) == (False, False)


def test_no_word_becomes_a_formula(standards_desk: Client, full_case: Case, standards_editor: StaffMember) -> None:
    rows = list(csv.reader(io.StringIO(opened(pack(standards_desk, full_case))["clock.en.csv"].decode("utf-8-sig"))))
    assert rows[0][:4] == ["When", "What happened", "First reply due", "Decision due"]
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@"))] == []


def test_only_who_decides_complaints_hands_over(
    desk: Client, standards_desk: Client, conflicted: Client, full_case: Case, case: Case
) -> None:
    for client, each, expected in ((desk, full_case, 403), (desk, case, 403), (conflicted, full_case, 404)):
        version = stored(each).version
        assert client.get(address_of(each, "record")).status_code == expected
        assert press(client, each, "pack").status_code == expected
        assert stored(each).version == version
    assert standards_desk.get(address_of(case, "record")).status_code == 200


def test_a_stale_press_hands_nothing_over(standards_desk: Client, full_case: Case) -> None:
    assert press(standards_desk, full_case, "pack", expected_version=1).status_code == 409
    assert Event.objects.filter(happening="pack_made").count() == 0


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_page_shows_the_record_without_identity_and_changes_nothing(
    standards_desk: Client, full_case: Case, language: str, row_counts: Callable[[], dict[str, int]]
) -> None:
    before = row_counts()
    page = standards_desk.get(address_of(full_case, "record").replace("/ar/", f"/{language}/")).content.decode()
    assert row_counts() == before
    assert [secret for secret in (*CANARIES, "secret-note") if secret in page] == []
    for words in ("لم يُسأل أحد.", QUESTION, "ملاحظة المحرر.", "12,000"):
        assert words in page


def test_the_page_costs_the_same_at_3_rows_and_at_300(
    standards_desk: Client, standards_editor: StaffMember, full_case: Case
) -> None:
    few = queries_of(standards_desk, full_case)
    rows = Event.objects.filter(case=full_case).order_by("-sequence").values_list("sequence", flat=True)
    first = rows[0]
    for number in range(60):
        fresh = stored(full_case)
        actor = as_actor(standards_editor)
        conversation.add_note(fresh, f"{number}", actor=actor, expected_version=fresh.version, now=now())
    assert stored(full_case).version == first + 60
    assert queries_of(standards_desk, full_case) == few
    assert few <= 12


def queries_of(client: Client, case: Case) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address_of(case, "record")).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    ("language", "words"), [("ar", ("قبل المراجعة:", "في المراجعة:")), ("en", ("Before the review:", "In the review:"))]
)
def test_the_record_tells_the_first_decision_from_that_of_the_review(
    standards_desk: Client, full_case: Case, administrator: StaffMember, language: str, words: tuple[str, str]
) -> None:
    address = address_of(full_case, "record").replace("/ar/", f"/{language}/")
    assert [each for each in words if each in text_of(standards_desk.get(address))] == []
    asked = now()
    reviews.ask(full_case, "لم يُسمع الطرف الآخر", source="192.0.2.9", now=asked)
    proposal = Proposal("partly_upheld", "none", "بعد المراجعة", clause_keys=("fairness",))
    decisions.decide(full_case, proposal, actor=as_actor(administrator), expected_version=full_case.version, now=now())
    page = text_of(standards_desk.get(address))
    assert [page.count(each) for each in words] == [1, 1]
    data = json.loads(opened(pack(standards_desk, full_case))["record.json"])
    assert data["review_asked_at"] == asked.isoformat()
    assert [(each["state"], each["finding"]) for each in data["decisions"]] == [
        ("superseded", "upheld"),
        ("live", "partly_upheld"),
    ]
    assert [each["text"] for each in data["messages"]] == ["لم يُسأل أحد.", "لم يُسمع الطرف الآخر"]


def test_the_pack_holds_the_photo_what_a_later_revision_changed_and_why_the_decision_was_put_off(
    standards_desk: Client, author: StaffMember, standards_editor: StaffMember, settings: Settings, tmp_path: Path
) -> None:
    settings.MEDIA_ROOT = tmp_path
    photo = store_photo(picture())
    pictured = replace(ARABIC, photo_id=photo.pk, photo_alternative="صهريج ماء")
    article = make_article("ar", by=author, content=pictured)
    case = make_case(article)
    later = replace(pictured, body=pictured.body.replace("12,000", "1,200"))
    articles.revise(article.pk, later, change="correction", origin="desk", expected_revision=1, by=author, now=now())
    actor = as_actor(standards_editor)
    extensions.extend(case, 1, FORMULA, actor=actor, expected_version=case.version, now=now())
    parts = opened(pack(standards_desk, case))
    assert parts["article/photo.jpg"] == handover.photo_of(case.revision)
    changes = parts["revisions/0002-changes.txt"].decode()
    assert ("[-12,000-]{+1,200+}" in changes, "revisions/0001-changes.txt" in parts) == (True, False)
    assert [("12,000" in parts[f"revisions/000{number}.txt"].decode()) for number in (1, 2)] == [True, False]
    line = json.loads(parts["record.json"])["clock"][-1]
    assert (line["happening"], line["reason"]) == ("deadline_extended", FORMULA)
    for language in ("ar", "en"):
        rows = list(csv.reader(io.StringIO(parts[f"clock.{language}.csv"].decode("utf-8-sig"))))
        assert [row[-1] for row in rows[1:]] == ["", f"'{FORMULA}"]
    assert escape(FORMULA) in parts["record.en.html"].decode()


@pytest.mark.parametrize(("language", "words"), [("ar", "(قيد المراجعة)"), ("en", "(under review)")])
def test_a_decision_that_waits_for_its_review_has_no_other_in_its_place_yet(
    standards_desk: Client, full_case: Case, language: str, words: str
) -> None:
    address = address_of(full_case, "record").replace("/ar/", f"/{language}/")
    assert words not in text_of(standards_desk.get(address))
    reviews.ask(full_case, "لم يُسمع الطرف الآخر", source="192.0.2.9", now=now())
    page = text_of(standards_desk.get(address))
    assert (page.count(words), "حلّ محله" in page) == (1, False)
    assert {"ar": "النسخة 1", "en": "Version 1"}[language] in page
