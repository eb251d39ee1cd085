"""Every step has a way back or a stated reason why not, and taking it back leaves a trace."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from corrections import desk_settings
from corrections.domain import (
    access,
    assignment,
    conversation,
    decisions,
    identity,
    moves,
    notices,
    register,
    relations,
    settings_publishing,
    snoozing,
)
from corrections.domain.cases import CaseChanged
from corrections.domain.faults import Refused
from corrections.domain.proposal import Proposal
from corrections.domain.undo import CannotUndo, trail_of, undo, undo_step, undoing, undoing_by
from corrections.models import Announcement, Case, Decision, Delivery, Event, Message, Notice
from corrections.notifications import announcements
from corrections.notifications.deliver import carry_out, claim_next
from corrections.workflow import MoveNotAllowed
from newsroom import articles
from newsroom.articles import Content, latest_revision
from newsroom.days import day_of
from newsroom.models import Article, StaffMember
from tests.corrections.notifications.conftest import deliver_all
from tests.corrections.reader.test_following import follow
from tests.factories import NOW, as_actor, make_article, make_case, make_staff

pytestmark = pytest.mark.django_db

Step = Callable[..., Any]
RETRACTION = Proposal("upheld", "retraction", "السبب", notice_text="سُحب المقال.")
#: What the desk does on a case that it checks, with what each needs.
STEPS: dict[str, Step] = {
    "hold": lambda case, guard: moves.hold(case, "campaign", **guard),
    "assign": lambda case, guard: assignment.assign(case, StaffMember.objects.latest("pk"), **guard),
    "serious": lambda case, guard: assignment.set_severity(case, "serious", **guard),
    "safety": lambda case, guard: assignment.set_severity(case, "safety", **guard),
    "kind": lambda case, guard: assignment.change_kind(case, "complaint", clause_keys=("fairness",), **guard),
    "note": lambda case, guard: conversation.add_note(case, "ملاحظة", **guard),
    "question": lambda case, guard: conversation.ask_reader(case, "ما المصدر؟", **guard),
    "message": lambda case, guard: conversation.write_to_reader(case, "نراجع الرقم.", **guard),
    "snooze": lambda case, guard: snoozing.snooze(case, day_of(NOW) + timedelta(days=7), **guard),
    "join": lambda case, guard: relations.link_duplicate(case, make_case(case.article), **guard),
    "propose": lambda case, guard: decisions.decide(case, RETRACTION, **guard),
}
#: Everything on a case that a step can change, but for its version, the moment of a promise and that it was a complaint
#: for a while, which hides it for good.
KEPT = ("version", "decision_due_at", "was_complaint")
FIELDS = [field.attname for field in Case._meta.concrete_fields if field.attname not in KEPT]


def guard(case: Case, member: StaffMember) -> dict[str, Any]:
    return {"actor": as_actor(member), "expected_version": case.version, "now": NOW}


def values(case: Case) -> dict[str, Any]:
    clauses = list(case.clauses.order_by("pk").values_list("pk", flat=True))
    return {**Case.objects.filter(pk=case.pk).values(*FIELDS).get(), "clauses": clauses}


def newest(case: Case) -> Event:
    return Event.objects.filter(case=case).latest("sequence")


def reason(case: Case, event: Event | None = None, **later: Any) -> str:
    with translation.override("en"):
        return str(undoing(event or newest(case), case, now=NOW + timedelta(**later)).reason)


@pytest.fixture
def case(article: Article, editor: StaffMember) -> Case:
    """A correction of a reader with an address, claimed by the editor; its letters are out."""
    case = make_case(article, wants_mail=True, address="reader@example.net")
    assignment.claim(case, **guard(case, editor))
    deliver_all()
    return case


@pytest.mark.parametrize("name", list(STEPS))
def test_a_step_is_taken_back_whole_and_leaves_its_trace(case: Case, standards_editor: StaffMember, name: str) -> None:
    make_staff("editor")
    before = values(case)
    STEPS[name](case, guard(case, standards_editor))
    step = newest(case)
    assert reason(case) == ""
    undone = undo(case, step, **guard(case, standards_editor))
    assert values(case) == before
    assert (undone.happening, undone.data) == ("undone", {"undone": step.pk, "of": step.happening})
    assert Event.objects.filter(pk=step.pk).exists()
    assert reason(case, step) == "This step has been taken back already."


class AnyOrder(TestCase):
    @settings(max_examples=20, deadline=None)
    @given(st.lists(st.sampled_from([name for name in STEPS if name != "propose"]), max_size=5))
    def test_whatever_was_done_is_undone_from_the_newest_on(self, names: list[str]) -> None:
        # Who may take all of them back: out of a complaint leads the office alone.
        editor = make_staff("standards_editor")
        case = make_case(make_article("ar"), wants_mail=True, address="reader@example.net")
        assignment.claim(case, **guard(case, editor))
        before, promised, taken = values(case), case.decision_due_at, []
        for name in names:
            try:
                STEPS[name](case, guard(case, editor))
            except (Refused, MoveNotAllowed, access.NotAllowed):
                continue
            taken.append(newest(case))
        for step in reversed([step for step in taken if step.before or step.messages.exists()]):
            undo(case, step, **guard(case, editor))
        assert values(case) == before | {"first_reply_at": case.first_reply_at}
        assert case.decision_due_at >= promised


def test_out_of_a_complaint_leads_the_office_alone_by_undoing_too(
    case: Case, editor: StaffMember, standards_editor: StaffMember
) -> None:
    def offered(member: StaffMember, event: Event) -> str:
        actor, facts = as_actor(member), access.facts_of(case)
        with translation.override("en"):
            return str(undoing_by(actor, facts, event, case, now=NOW, trail=trail_of(case)).reason)

    step = assignment.change_kind(case, "complaint", clause_keys=("fairness",), **guard(case, editor))
    assert offered(editor, step) == "This is taken back by the standards editors’ office."
    with pytest.raises(access.NotAllowed):
        undo(case, step, **guard(case, editor))
    assert Case.objects.get(pk=case.pk).kind == "complaint"
    assignment.change_kind(case, "correction", **guard(case, standards_editor))
    step = assignment.change_kind(case, "complaint", clause_keys=("fairness",), **guard(case, standards_editor))
    assert offered(standards_editor, step) == ""
    undo(case, step, **guard(case, standards_editor))
    assert Case.objects.get(pk=case.pk).kind == "correction"


def test_only_the_newest_of_steps_that_build_on_each_other_is_taken_back(case: Case, editor: StaffMember) -> None:
    first = assignment.set_severity(case, "serious", **guard(case, editor))
    note = conversation.add_note(case, "ملاحظة", **guard(case, editor))
    second = assignment.set_severity(case, "safety", **guard(case, editor))
    assert reason(case, first) == "What happened later builds on this step. Take that back first."
    assert (reason(case, note), reason(case, second)) == ("", "")
    with pytest.raises(CannotUndo):
        undo(case, first, **guard(case, editor))
    undo(case, second, **guard(case, editor))
    undo(case, first, **guard(case, editor))
    assert case.severity == ""


def test_nobody_is_sent_to_take_back_what_the_reader_did_since(case: Case, editor: StaffMember) -> None:
    asked = conversation.ask_reader(case, "ما المصدر؟", **guard(case, editor))
    conversation.reader_writes(case, "المصدر", submission_key="k" * 22, source="192.0.2.1", now=NOW)
    assert reason(case, asked) == "What happened later builds on this step and cannot be taken back."


def test_a_stale_undo_writes_nothing(case: Case, editor: StaffMember) -> None:
    step = assignment.set_severity(case, "serious", **guard(case, editor))
    stale = guard(case, editor)
    conversation.add_note(Case.objects.get(pk=case.pk), "ملاحظة", **stale)
    with pytest.raises(CaseChanged):
        undo(case, step, **stale)
    assert Case.objects.get(pk=case.pk).severity == "serious"


def test_a_case_goes_back_to_nobody_where_its_former_owner_may_no_longer_have_it(
    case: Case, editor: StaffMember, second_editor: StaffMember
) -> None:
    other, third = make_staff("editor"), make_staff("editor")
    for former, is_active, expected in ((second_editor, False, None), (other, True, other)):
        assignment.assign(case, former, **guard(case, editor))
        step = assignment.assign(case, third, **guard(case, editor))
        StaffMember.objects.filter(pk=former.pk).update(is_active=is_active)
        undo(case, step, **guard(case, editor))
        assert Case.objects.get(pk=case.pk).assigned_to == expected


def test_nobody_undoes_the_step_of_another(case: Case, editor: StaffMember, second_editor: StaffMember) -> None:
    step = assignment.set_severity(case, "serious", **guard(case, editor))
    with pytest.raises(access.NotAllowed):
        undo(case, step, **guard(case, second_editor))


def test_who_has_since_worked_on_the_article_undoes_nothing_but_notes(
    case: Case, editor: StaffMember, article: Article
) -> None:
    hold = moves.hold(case, "campaign", **guard(case, editor))
    note = conversation.add_note(case, "ملاحظة", **guard(case, editor))
    article.bylines.create(name="محرر", staff_member=editor, position=7)
    with pytest.raises(access.NotAllowed):
        undo(case, hold, **guard(case, editor))
    undo(case, note, **guard(case, editor))


def test_what_was_read_cannot_be_unread(case: Case, editor: StaffMember) -> None:
    identity.reveal(case, reason="سبب", **guard(case, editor))
    assert reason(case) == "What was read cannot be unread."
    with pytest.raises(CannotUndo):
        undo(case, newest(case), **guard(case, editor))


def test_the_steps_of_readers_and_of_the_clock_are_theirs(case: Case, editor: StaffMember) -> None:
    conversation.ask_reader(case, "ما المصدر؟", **guard(case, editor))
    moves.resume_by_clock(case, now=NOW)
    assert reason(case) == "The clock did this; nobody can take it back."
    conversation.reader_writes(case, "المصدر", submission_key="k" * 22, source="192.0.2.1", now=NOW)
    assert reason(case) == "The reader did this; the desk cannot take it back."


def test_there_is_no_step_that_there_is_not(case: Case, editor: StaffMember) -> None:
    with pytest.raises(CannotUndo):
        undo_step(case, 99, **guard(case, editor))


def test_a_step_that_changed_nothing_has_nothing_to_put_back(case: Case, editor: StaffMember) -> None:
    assignment.set_severity(case, "", **guard(case, editor))
    assert reason(case) == "This step left nothing that could be put back."


def test_words_that_were_taken_back_are_shown_no_more_and_kept(case: Case, editor: StaffMember) -> None:
    note = conversation.add_note(case, "ملاحظة", **guard(case, editor))
    undo(case, note, **guard(case, editor))
    message = Message.objects.get(event=note)
    assert (message.words, message.text, message.taken_back_at) == ("", "ملاحظة", NOW)


def test_a_message_is_taken_back_only_before_its_letter_goes_out(
    case: Case, editor: StaffMember, settings: Any
) -> None:
    settings.DELIVERY_HOLD_SECONDS = 15
    step = conversation.write_to_reader(case, "نراجع الرقم.", **guard(case, editor))
    assert deliver_all() == 0
    undo(case, step, **guard(case, editor))
    assert (deliver_all(), Delivery.objects.get(event=step).status) == (0, "recalled")
    settings.DELIVERY_HOLD_SECONDS = 0
    step = conversation.write_to_reader(case, "نراجع الرقم.", **guard(case, editor))
    deliver_all()
    assert reason(case).startswith("The time for that is over")
    with pytest.raises(CannotUndo):
        undo(case, step, **guard(case, editor))
    assert Delivery.objects.get(event=step).status == "sent"


def test_where_no_letter_goes_a_message_is_taken_back_as_long_as_one_would_wait(
    article: Article, editor: StaffMember, settings: Any
) -> None:
    settings.DELIVERY_HOLD_SECONDS = 15
    case = make_case(article)
    conversation.write_to_reader(case, "نراجع الرقم.", **guard(case, editor))
    assert (reason(case, seconds=15), reason(case, seconds=16)[:25]) == ("", "The time for that is over")


def test_the_time_for_undoing_is_the_one_that_administrators_have_set(
    article: Article, editor: StaffMember, administrator: StaffMember
) -> None:
    chosen = replace(desk_settings.current(), undo_seconds=60)
    settings_publishing.publish(chosen, expected=0, by=administrator, now=NOW)
    case = make_case(article)
    conversation.write_to_reader(case, "نراجع الرقم.", **guard(case, editor))
    assert (reason(case, seconds=60), reason(case, seconds=61)[:25]) == ("", "The time for that is over")


def test_who_was_told_of_a_step_is_told_that_it_was_taken_back(
    case: Case, editor: StaffMember, mailoutbox: list[Any]
) -> None:
    lead = make_case(case.article)
    step = relations.link_duplicate(case, lead, **guard(case, editor))
    deliver_all()
    case.reader_seen_at = NOW + timedelta(seconds=1)
    Case.objects.filter(pk=case.pk).update(reader_seen_at=case.reader_seen_at)
    undone = undo(case, step, **guard(case, editor))
    deliver_all()
    assert (case.status, case.lead_id) == ("in_review", None)
    assert [each.template for each in Delivery.objects.filter(event=undone)] == ["taken_back"]
    assert "تراجع" in mailoutbox[-1].subject


def test_a_letter_that_was_folded_into_a_recalled_one_goes_out_itself(
    case: Case, editor: StaffMember, settings: Any
) -> None:
    settings.DELIVERY_HOLD_SECONDS = 15
    first = assignment.change_kind(case, "addition", **guard(case, editor))
    second = conversation.write_to_reader(case, "نراجع الرقم.", **guard(case, editor))
    assert Delivery.objects.get(event=second).status == "folded"
    undo(case, first, **guard(case, editor))
    assert [Delivery.objects.get(event=each).status for each in (first, second)] == ["recalled", "pending"]


def test_a_refused_decision_waits_again_when_the_refusal_is_taken_back(
    case: Case, editor: StaffMember, second_editor: StaffMember
) -> None:
    decisions.decide(case, RETRACTION, **guard(case, editor))
    refused = decisions.refuse_signature(case, "غير كاف", **guard(case, second_editor))
    undo(case, refused, **guard(case, second_editor))
    assert (case.waiting_on, Decision.objects.get().state) == ("second_signature", "proposed")


def test_a_reopened_case_is_decided_again_and_no_promise_is_shortened(
    case: Case, editor: StaffMember, standards_editor: StaffMember
) -> None:
    decisions.decide(case, Proposal("not_upheld", "none", "السبب"), **guard(case, editor))
    later = guard(case, standards_editor) | {"now": NOW + timedelta(days=3)}
    reopened = decisions.reopen(case, "سبب", **later)
    promised = case.decision_due_at
    undo(case, reopened, **(later | {"expected_version": case.version}))
    assert (case.status, case.decided_at, Decision.objects.get().state) == ("decided", NOW, "live")
    assert case.decision_due_at == promised


def test_a_case_separated_from_a_lead_that_was_decided_is_not_joined_again(case: Case, editor: StaffMember) -> None:
    lead = make_case(case.article)
    assignment.claim(lead, **guard(lead, editor))
    relations.link_duplicate(case, lead, **guard(case, editor))
    separated = relations.unlink_duplicate(case, **guard(case, editor))
    decisions.decide(lead, Proposal("not_upheld", "none", "السبب"), **guard(lead, editor))
    with pytest.raises(CannotUndo):
        undo(case, separated, **guard(case, editor))
    assert case.status == "in_review"


@pytest.fixture
def waiting(settings: Any) -> Any:
    """Letters of the desk wait 15 seconds."""
    settings.DELIVERY_HOLD_SECONDS = 15
    return settings


def corrected(case: Case, editor: StaffMember, **fields: Any) -> Event:
    """The second paragraph is corrected by a decision; its event."""
    content = Content.of(latest_revision(case.article))
    content = replace(content, body=content.body.replace("12,000", "1,200"))
    proposal = Proposal("upheld", "correction", "تحققنا", notice_text="الصحيح 1,200.", content=content, **fields)
    decisions.decide(case, proposal, **guard(case, editor))
    return Event.objects.get(case=case, happening="decided")


def test_a_decision_taken_back_in_time_leaves_everything_as_it_stood_and_its_trace(
    case: Case, editor: StaffMember, waiting: Any
) -> None:
    before, words = values(case), latest_revision(case.article).body
    decided = corrected(case, editor)
    undo(case, decided, **guard(case, editor))
    article, decision, notice = Article.objects.get(), Decision.objects.get(), Notice.objects.get()
    assert values(case) == before
    assert (article.latest, latest_revision(article).body) == (3, words)
    assert latest_revision(article).change == "restoration"
    assert (decision.state, decision.taken_back_at) == ("taken_back", NOW)
    assert (notices.notices_of(article.pk), register.notice(notice.pk).taken_back_at) == ([], NOW)  # type: ignore[attr-defined]  # the register adds it
    assert Delivery.objects.get(event=decided).status == "recalled"
    assert deliver_all() == announcements.spread_due(lambda: NOW) == 0


def test_a_decision_taken_back_is_made_anew(case: Case, editor: StaffMember, waiting: Any) -> None:
    undo(case, corrected(case, editor), **guard(case, editor))
    case.article.refresh_from_db()
    decisions.decide(case, Proposal("not_upheld", "none", "السبب"), **guard(case, editor))
    assert [each.state for each in Decision.objects.order_by("pk")] == ["taken_back", "live"]
    assert notices.notices_of(case.article_id) == []


def test_an_article_withdrawn_by_a_signature_stands_again(
    case: Case, editor: StaffMember, second_editor: StaffMember, waiting: Any
) -> None:
    decisions.decide(case, RETRACTION, **guard(case, editor))
    decisions.sign(case, **guard(case, second_editor))
    signed = Event.objects.get(case=case, happening="decided")
    with pytest.raises(access.NotAllowed):
        undo(case, signed, **guard(case, editor))
    undo(case, signed, **guard(case, second_editor))
    assert (Article.objects.get().status, case.status, case.waiting_on) == ("published", "in_review", "")
    assert (Decision.objects.get().state, register.notice(Notice.objects.get().pk).taken_back_at) == ("taken_back", NOW)  # type: ignore[attr-defined]  # the register adds it


def test_a_decision_is_not_taken_back_once_anybody_has_been_told(
    case: Case, editor: StaffMember, second_editor: StaffMember, waiting: Any
) -> None:
    joined = make_case(case.article, wants_mail=True, address="second@example.net")
    relations.link_duplicate(joined, case, **guard(joined, second_editor))
    decided = corrected(case, editor)
    Delivery.objects.filter(event__happening="lead_decided").update(next_attempt_at=NOW)
    assert deliver_all() >= 1
    with pytest.raises(CannotUndo):
        undo(case, decided, **guard(case, editor))
    states = set(Delivery.objects.filter(template="decision").values_list("status", flat=True))
    assert (states, Decision.objects.get().state, Article.objects.get().latest) == ({"pending", "sent"}, "live", 2)


def test_the_readers_of_joined_reports_are_told_nothing_of_a_decision_taken_back(
    case: Case, editor: StaffMember, second_editor: StaffMember, waiting: Any
) -> None:
    joined = make_case(case.article, wants_mail=True, address="second@example.net")
    relations.link_duplicate(joined, case, **guard(joined, second_editor))
    undo(case, corrected(case, editor), **guard(case, editor))
    assert set(Delivery.objects.filter(template="decision").values_list("status", flat=True)) == {"recalled"}
    assert newest(joined).data["of"] == "lead_decided"


def test_followers_hear_of_a_notice_only_when_its_decision_can_no_longer_be_undone(
    case: Case, editor: StaffMember, waiting: Any
) -> None:
    follow(case.article)
    decided = corrected(case, editor)
    assert announcements.spread_due(lambda: NOW) == 0
    Announcement.objects.update(begins_at=NOW)
    assert announcements.spread_due(lambda: NOW) == 1
    with pytest.raises(CannotUndo):
        undo(case, decided, **guard(case, editor))


def test_an_article_revised_since_is_not_overwritten_by_an_undo(
    case: Case, editor: StaffMember, second_editor: StaffMember, waiting: Any
) -> None:
    decided = corrected(case, editor)
    content = replace(Content.of(latest_revision(Article.objects.get())), title="عنوان جديد")
    articles.revise(
        case.article_id, content, change="update", origin="desk", expected_revision=2, by=second_editor, now=NOW
    )
    with pytest.raises(articles.ArticleChanged):
        undo(case, decided, **guard(case, editor))
    assert (Decision.objects.get().state, Delivery.objects.get(event=decided).status) == ("live", "pending")


@pytest.mark.parametrize("first", ["sender", "editor"])
def test_of_sending_and_recalling_exactly_one_happens(
    case: Case, editor: StaffMember, first: str, mailoutbox: list[Any]
) -> None:
    step = conversation.write_to_reader(case, "نراجع الرقم.", **guard(case, editor))
    sent_before, claim = len(mailoutbox), claim_next() if first == "sender" else None
    if claim:
        with pytest.raises(CannotUndo):
            undo(case, step, **guard(case, editor))
        carry_out(claim, lambda: NOW)
    else:
        undo(case, step, **guard(case, editor))
        assert claim_next() is None
    sent = len(mailoutbox) - sent_before
    assert (Delivery.objects.get(event=step).status, sent) == (("sent", 1) if claim else ("recalled", 0))
