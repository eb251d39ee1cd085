"""What an editor has begun to write: kept for that editor alone, until it is sent, discarded or old."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from corrections.domain import conversation, retention
from corrections.models import Case, Draft
from newsroom import articles
from newsroom.articles import Content
from newsroom.models import Article, Revision, StaffMember
from tests.corrections.desk.steps import HOSTILE, address_of, fields_in, happenings, now, press, stored, text_of
from tests.factories import as_actor

WORDS = "لم نجد خطأ في الرقم،\r\nوسنعود إليكم."


def keep(client: Client, case: Case, form: str = "text", *, script: bool = False, **fields: Any) -> Any:
    headers = {"Accept": "application/json"} if script else {}
    return client.post(address_of(case, "keep_draft", form=form), fields, headers=headers)


def decision_page(client: Client, case: Case) -> str:
    return client.get(address_of(case, "decide")).content.decode()


def test_what_is_kept_stands_in_its_field_again_with_the_moment(desk: Client, case_in_review: Case) -> None:
    response = keep(desk, case_in_review, text=WORDS)
    assert (response.status_code, response["Location"]) == (302, address_of(case_in_review))
    page = desk.get(address_of(case_in_review))
    assert fields_in(page.content.decode(), "text") == [WORDS]
    assert "حُفظت المسودة" in text_of(page)


def test_a_zero_byte_is_kept_neither_in_words_nor_in_the_name_of_a_field(desk: Client, case_in_review: Case) -> None:
    desk.post(address_of(case_in_review, "keep_draft", form="text"), {"text\0": "قبل\0بعد"})
    assert Draft.objects.get().words == {"text": ["قبلبعد"]}


def test_choosing_what_is_being_added_is_no_draft_without_words(desk: Client, case_in_review: Case) -> None:
    assert keep(desk, case_in_review, text="", addition="message", script=True).json() == {"sentence": ""}
    assert not Draft.objects.exists()


def test_the_script_is_told_in_a_sentence(desk: Client, case_in_review: Case) -> None:
    response = keep(desk, case_in_review, text=WORDS, script=True)
    kept = Draft.objects.get()
    assert response.json()["sentence"].endswith(f"{timezone.localtime(kept.kept_at):%H:%M}")
    assert keep(desk, case_in_review, text="  ", script=True).json() == {"sentence": ""}
    assert not Draft.objects.exists()


def test_a_draft_survives_what_everybody_else_does_and_another_computer(
    desk: Client,
    signed_in: Callable[[StaffMember], Client],
    editor: StaffMember,
    second_editor: StaffMember,
    case_in_review: Case,
) -> None:
    keep(desk, case_in_review, text=WORDS)
    case = stored(case_in_review)
    for act in (conversation.add_note, conversation.write_to_reader, conversation.ask_reader):
        act(case, "من زميل.", actor=as_actor(second_editor), expected_version=case.version, now=now())
    desk.logout()
    page = signed_in(editor).get(address_of(case)).content.decode()
    assert len(fields_in(page, "text")) == 1
    assert "لم نجد خطأ في الرقم" in fields_in(page, "text")[0]


def test_nobody_else_sees_a_draft(desk: Client, standards_desk: Client, case_in_review: Case) -> None:
    keep(desk, case_in_review, text=WORDS)
    assert "لم نجد خطأ" not in standards_desk.get(address_of(case_in_review)).content.decode()


def test_what_is_sent_is_a_draft_no_longer(desk: Client, case_in_review: Case) -> None:
    keep(desk, case_in_review, text=WORDS)
    keep(desk, case_in_review, form="decide", reason="لأن.")
    press(desk, case_in_review, "note", text=WORDS)
    assert list(Draft.objects.values_list("form", flat=True)) == ["decide"]


def test_what_could_not_be_sent_stays_a_draft(desk: Client, second_editor: StaffMember, case_in_review: Case) -> None:
    seen = case_in_review.version
    keep(desk, case_in_review, text=WORDS)
    conversation.write_to_reader(
        case_in_review, "شكرًا.", actor=as_actor(second_editor), expected_version=seen, now=now()
    )
    assert press(desk, case_in_review, "message", text=WORDS, expected_version=seen).status_code == 409
    assert Draft.objects.count() == 1


def test_a_draft_is_discarded_with_one_press(desk: Client, case_in_review: Case) -> None:
    keep(desk, case_in_review, text=WORDS)
    desk.post(address_of(case_in_review, "discard_draft", form="text"))
    assert not Draft.objects.exists()
    assert fields_in(desk.get(address_of(case_in_review)).content.decode(), "text") == [""]


def test_a_draft_is_no_change_of_the_case(desk: Client, case_in_review: Case) -> None:
    before = happenings(case_in_review)
    keep(desk, case_in_review, text=WORDS)
    assert (happenings(case_in_review), stored(case_in_review).version) == (before, case_in_review.version)


def test_a_decision_is_kept_with_the_words_of_the_article(desk: Client, case_in_review: Case) -> None:
    typed: dict[str, Any] = {
        "remedy": "correction",
        "reason": "الرقم خطأ.",
        "notice_text": "صححنا الرقم.",
        "title": "عودة المياه",
        "expected_revision": "1",
    }
    response = keep(desk, case_in_review, form="decide", **typed)
    assert response["Location"] == address_of(case_in_review, "decide")
    page = decision_page(desk, case_in_review)
    for name in ("reason", "notice_text", "title"):
        assert fields_in(page, name) == [typed[name]]
    assert 'value="correction" id="id_remedy_0" checked' in " ".join(page.split())
    assert "حُفظت المسودة" in page


def test_a_kept_decision_is_laid_over_what_the_article_has_become(
    desk: Client, case_in_review: Case, article: Article, administrator: StaffMember
) -> None:
    content = Content.of(articles.latest_revision(article))
    keep(desk, case_in_review, form="decide", title=content.title, standfirst="مقدمتي.", expected_revision="1")
    articles.revise(
        article.pk,
        replace(content, title="عنوان جديد"),
        change="update",
        origin=Revision.Origin.NEWSROOM,
        expected_revision=1,
        by=administrator,
        now=now(),
    )
    page = decision_page(desk, case_in_review)
    assert (fields_in(page, "title"), fields_in(page, "standfirst")) == (["عنوان جديد"], ["مقدمتي."])
    assert fields_in(page, "expected_revision") == ["2"]


@pytest.mark.parametrize("revision", ["", "x", "0", "-1", "9" * 40, "\u0663"])
def test_a_kept_decision_on_no_revision_is_no_error_of_ours(desk: Client, case_in_review: Case, revision: str) -> None:
    keep(desk, case_in_review, form="decide", title="عنواني", expected_revision=revision)
    assert fields_in(decision_page(desk, case_in_review), "title") == ["عنواني"]


def test_old_drafts_go_by_themselves(desk: Client, case_in_review: Case) -> None:
    keep(desk, case_in_review, text=WORDS)
    Draft.objects.update(kept_at=now() - timedelta(days=29))
    retention.erase_expired(now())
    assert Draft.objects.exists()
    Draft.objects.update(kept_at=now() - timedelta(days=31))
    retention.erase_expired(now())
    assert not Draft.objects.exists()


def test_a_draft_from_another_day_says_the_day(desk: Client, case_in_review: Case) -> None:
    keep(desk, case_in_review, text=WORDS)
    Draft.objects.update(kept_at="2026-02-18T09:05:00Z")
    assert "18 شباط، 12:05" in text_of(desk.get(address_of(case_in_review)))


def test_what_is_far_too_long_is_refused_and_said(desk: Client, case_in_review: Case) -> None:
    response = keep(desk, case_in_review, text="ك" * 400_001, script=True)
    assert (response.status_code, response.json()["sentence"]) == (422, "النص أطول من أن يُحفظ مسودةً")
    assert keep(desk, case_in_review, text="ك" * 400_001).status_code == 422
    assert not Draft.objects.exists()


def test_hostile_words_in_a_draft_stay_words(desk: Client, case_in_review: Case) -> None:
    keep(desk, case_in_review, text=HOSTILE)
    page = desk.get(address_of(case_in_review)).content.decode()
    assert ("<script>alert" in page, "alert(1)" in page) == (False, True)


@pytest.mark.parametrize("form", ["severity", "x", "claim"])
def test_only_forms_that_people_write_in_are_kept(desk: Client, case_in_review: Case, form: str) -> None:
    assert keep(desk, case_in_review, form=form, text=WORDS).status_code == 404
    assert desk.post(address_of(case_in_review, "discard_draft", form=form)).status_code == 404


def test_a_draft_on_an_expired_page_is_shown_again(strict_desk: Client, case_in_review: Case) -> None:
    response = strict_desk.post(address_of(case_in_review, "keep_draft", form="text"), {"text": WORDS})
    assert response.status_code == 403
    assert "لم نجد خطأ" in fields_in(response.content.decode(), "text")[0]
    decision = strict_desk.post(address_of(case_in_review, "keep_draft", form="decide"), {"reason": WORDS})
    assert "لم نجد خطأ" in fields_in(decision.content.decode(), "reason")[0]
