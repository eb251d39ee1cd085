"""A claim holds while its owner works on the case; then the case is nobody's again, and its former owner is told."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from corrections.domain import assignment, conversation, deadlines, drafts, snoozing
from corrections.domain.queue import queue
from corrections.domain.queue_filters import QueueFilters
from corrections.models import Case, Delivery
from newsroom import articles
from newsroom.articles import Content
from newsroom.days import beginning_of
from newsroom.models import Article, Revision, StaffMember
from tests.corrections.desk.steps import address_of, happenings, now, stored, text_of
from tests.factories import NOW, as_actor, make_case, make_staff

pytestmark = pytest.mark.django_db

#: NOW is a Sunday morning; two working days later the desk closes at 17:00 in Damascus.
ENDS = NOW.replace(day=18, hour=14)
MINUTE = timedelta(minutes=1)


def guard(case: Case, member: StaffMember, **later: Any) -> dict[str, Any]:
    return {"actor": as_actor(member), "expected_version": stored(case).version, "now": NOW + timedelta(**later)}


def revise(article: Article, by: StaffMember) -> None:
    """A revision made in the newsroom: from now on this person has worked on the article."""
    before = articles.latest_revision(article)
    articles.revise(
        article.pk,
        replace(Content.of(before), title="عنوان آخر"),
        change=Revision.Change.UPDATE,
        origin=Revision.Origin.NEWSROOM,
        expected_revision=before.number,
        by=by,
        now=NOW,
    )


@pytest.fixture
def claimed(article: Article, editor: StaffMember) -> Case:
    case = make_case(article)
    assignment.claim(case, **guard(case, editor))
    return stored(case)


def test_a_claim_holds_two_working_days(claimed: Case) -> None:
    assert claimed.claim_ends_at == ENDS
    assert deadlines.end_lapsed_claims(ENDS) == 0
    assert deadlines.end_lapsed_claims(ENDS + MINUTE) == 1


def test_a_lapsed_claim_frees_the_case_and_tells_its_former_owner(claimed: Case, editor: StaffMember) -> None:
    deadlines.end_lapsed_claims(ENDS + MINUTE)
    case = stored(claimed)
    assert (case.status, case.assigned_to_id, case.claim_ends_at) == ("in_review", None, None)
    event = case.events.latest("sequence")
    assert (event.happening, event.actor_kind, event.data) == ("claim_lapsed", "clock", {"from": editor.pk})
    letter = Delivery.objects.get(event=event)
    assert (letter.template, letter.staff_member_id) == ("claim_lapsed", editor.pk)
    assert deadlines.end_lapsed_claims(ENDS + MINUTE) == 0
    page = queue(as_actor(editor), QueueFilters(view="unassigned"), now=ENDS + MINUTE)
    assert [row.pk for row in page.rows] == [case.pk]


def test_what_its_owner_does_makes_the_claim_hold_anew(claimed: Case, editor: StaffMember) -> None:
    conversation.add_note(claimed, "أراجع.", **guard(claimed, editor, days=1))
    assert stored(claimed).claim_ends_at == ENDS + timedelta(days=1)


def test_what_others_do_makes_no_claim_hold(claimed: Case, second_editor: StaffMember) -> None:
    conversation.add_note(claimed, "رأيي.", **guard(claimed, second_editor, days=1))
    assert stored(claimed).claim_ends_at == ENDS


def test_another_owner_gets_the_whole_time(claimed: Case, editor: StaffMember, second_editor: StaffMember) -> None:
    assignment.assign(claimed, second_editor, **guard(claimed, editor, days=1))
    assert stored(claimed).claim_ends_at == ENDS + timedelta(days=1)


def test_a_case_that_waits_for_the_reader_stays_its_owners(claimed: Case, editor: StaffMember) -> None:
    conversation.ask_reader(claimed, "ما المصدر؟", **guard(claimed, editor))
    assert stored(claimed).claim_ends_at is None
    assert deadlines.end_lapsed_claims(ENDS + timedelta(days=5)) == 0
    case = stored(claimed)
    conversation.reader_writes(
        case, "التقرير.", submission_key="k" * 22, source="192.0.2.9", now=NOW + timedelta(days=2)
    )
    assert stored(claimed).claim_ends_at == ENDS + timedelta(days=2)


@pytest.mark.parametrize("by_its_owner", [True, False])
def test_a_claim_does_not_run_while_the_case_is_put_aside(
    claimed: Case, editor: StaffMember, second_editor: StaffMember, by_its_owner: bool
) -> None:
    until = ENDS.date() + timedelta(days=5)
    who = editor if by_its_owner else second_editor
    snoozing.snooze(claimed, until, **guard(claimed, who))
    back = beginning_of(until)
    assert deadlines.end_lapsed_claims(back) == 0
    case = stored(claimed)
    assert (case.assigned_to, case.snoozed_until) == (editor, back)
    # Two working days from the Sunday on which it comes back.
    assert case.claim_ends_at == ENDS + timedelta(days=7)
    snoozing.wake(case, **guard(case, editor, days=1))
    assert stored(case).claim_ends_at == ENDS + timedelta(days=1)


def test_a_former_owner_who_may_no_longer_know_of_the_case_gets_no_letter(
    claimed: Case, editor: StaffMember, standards_editor: StaffMember
) -> None:
    revise(claimed.article, by=editor)
    assignment.change_kind(claimed, "complaint", clause_keys=("fairness",), **guard(claimed, standards_editor))
    deadlines.end_lapsed_claims(ENDS + MINUTE)
    assert stored(claimed).assigned_to is None
    assert not Delivery.objects.filter(template="claim_lapsed").exists()


def test_whoever_has_just_kept_a_draft_is_at_work(claimed: Case, editor: StaffMember) -> None:
    later = ENDS + timedelta(hours=1)
    drafts.keep(claimed, "text", {"text": ["نكتب"]}, actor=as_actor(editor), now=ENDS)
    assert deadlines.end_lapsed_claims(later) == 0
    assert deadlines.end_lapsed_claims(later + timedelta(days=1)) == 1


def test_a_former_owner_who_has_left_gets_no_letter(claimed: Case, editor: StaffMember) -> None:
    StaffMember.objects.filter(pk=editor.pk).update(is_active=False)
    deadlines.end_lapsed_claims(ENDS + MINUTE)
    assert not Delivery.objects.filter(template="claim_lapsed").exists()


def test_the_page_says_until_when_the_claim_holds(article: Article, editor: StaffMember, client: Client) -> None:
    case = make_case(article, now=now())
    assignment.claim(case, **{**guard(case, editor), "now": now()})
    client.force_login(make_staff("editor"))
    assert "إذا بقي الطلب بلا عمل" in text_of(client.get(address_of(case)))
    assert happenings(case) == ["received", "claimed"]
