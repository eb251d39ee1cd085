"""Deciding: finding, remedy and reasons; the edit of the article and its notice in the same transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from corrections.domain import clocks, code, notice_drafts, notices, relations, review_window, reviews
from corrections.domain.access import facts_of, require
from corrections.domain.cases import lock_case, version_to_write
from corrections.domain.faults import refuse_if
from corrections.domain.moves import move_by_staff, require_reason
from corrections.domain.outcome_letters import PreviewedLetter, letters_of
from corrections.domain.procedures_in_force import procedure_of
from corrections.domain.proposal import Proposal, faults_of, with_clean_words
from corrections.domain.timeline import record, staff
from corrections.enums import (
    EDITING_REMEDIES,
    SILENT_REMEDIES,
    WITHDRAWING_REMEDIES,
    Happening,
    Move,
    Purpose,
    Remedy,
    Status,
    WaitingOn,
)
from corrections.models import Case, Decision, Event, Message
from corrections.notifications import outbox
from corrections.rules import Actor, may_decide, may_sign
from corrections.workflow import TRANSITIONS, transition_for
from newsroom import articles
from newsroom.articles import Content
from newsroom.differences import BlockChange
from newsroom.models import Revision


@dataclass(frozen=True)
class Preview:
    """What a proposal would do, shown before anything is written."""

    differences: list[BlockChange]
    notice_text: str
    #: A notice is due, and no whole sentences of the article say what changed.
    notice_to_write: bool
    needs_second_signature: bool
    #: Whether the public sees anything of it: another text, a notice.
    publishes: bool
    letters: list[PreviewedLetter]


def needs_second_signature(case: Case, proposal: Proposal) -> bool:
    """Whether the procedure lets nobody decide this alone (serious outcomes)."""
    return procedure_of(case).needs_second_signature(proposal.finding, proposal.remedy)


def preview(case: Case, proposal: Proposal) -> Preview:
    """Shows the change of the article and the notice; writes nothing. Raises Refused (but not for an absent
    notice, which it drafts where whole sentences say what changed)."""
    proposal = with_clean_words(proposal)
    before = Content.of(articles.latest_revision(case.article))
    refuse_if([fault for fault in faults_of(case, proposal, before) if fault.field != "notice_text"])
    after = articles.cleaned(proposal.content) if _edits(proposal) and proposal.content else before
    differences = notices.differences(before, after)
    drafted = notice_drafts.draft(proposal.remedy, differences, case.article.language)
    return Preview(
        differences=differences,
        notice_text=proposal.notice_text or drafted,
        notice_to_write=not drafted and not proposal.notice_text and proposal.remedy not in SILENT_REMEDIES,
        needs_second_signature=needs_second_signature(case, proposal),
        publishes=proposal.remedy != Remedy.NONE,
        letters=letters_of(case, _as_decided(case, proposal)),
    )


def _as_decided(case: Case, proposal: Proposal) -> Decision:
    """The decision that a proposal would make, as its letters see it; not stored."""
    return Decision(
        case=case,
        finding=proposal.finding,
        ground=proposal.ground,
        remedy=proposal.remedy,
        reason=proposal.reason,
        reason_translation=proposal.reason_translation,
        notice_text=proposal.notice_text,
    )


def decide(case: Case, proposal: Proposal, *, actor: Actor, expected_version: int, now: datetime) -> Decision:
    """Decides, or proposes where a second person has to sign.

    In one transaction: checks the rules and the words; writes the decision; when it comes into force revises or
    withdraws the article, publishes the notice, takes the step with its event and letters. When it waits for a
    signature, the article as it is to be is kept with the decision and nothing is published.
    Raises NotAllowed, Refused, MoveNotAllowed, CaseChanged, articles.ArticleChanged, articles.ArticleIsWithdrawn.
    """
    require(may_decide, actor, facts_of(case))
    proposal = with_clean_words(proposal)
    judged = articles.latest_revision(case.article)
    _require_judged(proposal, judged)
    refuse_if(faults_of(case, proposal, Content.of(judged)))
    waits = needs_second_signature(case, proposal)
    with transaction.atomic():
        step = Move.PROPOSE if waits else Move.DECIDE
        read_at = version_to_write(case, TRANSITIONS[step].happening, seen=expected_version)
        lock_case(case, expected_version=read_at)
        transition_for(step, Status(case.status), WaitingOn(case.waiting_on))
        decision = _write(case, proposal, judged, waits, actor, now)
        data = _about(decision) if waits else _about(decision) | review_window.review_data(case, case, now)
        changes = {} if waits else _decided(case, now)
        move_by_staff(case, step, actor=actor, expected_version=read_at, now=now, data=data, **changes)
        if not waits:
            _bring_into_force(decision, case, actor, now)
    return decision


def sign(case: Case, *, actor: Actor, expected_version: int, now: datetime) -> Decision:
    """The second signature: publishes exactly what was proposed.

    Raises NotAllowed (the proposer cannot sign), MoveNotAllowed, CaseChanged, and articles.ArticleChanged when
    the article was revised since the proposal: then the decision has to be taken anew.
    """
    require(may_sign, actor, facts_of(case))
    with transaction.atomic():
        decision = _proposed(case)
        data = _about(decision) | {"signed": True} | review_window.review_data(case, case, now)
        move_by_staff(
            case,
            Move.SIGN,
            actor=actor,
            expected_version=expected_version,
            now=now,
            data=data,
            **_decided(case, now),
        )
        decision.state = Decision.State.LIVE
        decision.signed_by_id, decision.signed_at = actor.staff_id, now
        decision.save(update_fields=["state", "signed_by", "signed_at"])
        _bring_into_force(decision, case, actor, now)
    return decision


def refuse_signature(case: Case, reason: str, *, actor: Actor, expected_version: int, now: datetime) -> Event:
    """Sends a proposed decision back with a reason, kept as an internal note. Raises Refused, NotAllowed,
    MoveNotAllowed, CaseChanged."""
    require(may_sign, actor, facts_of(case))
    why = require_reason(reason)
    with transaction.atomic():
        decision = _proposed(case)
        event = move_by_staff(
            case,
            Move.REFUSE_SIGNATURE,
            actor=actor,
            expected_version=expected_version,
            now=now,
            data={"decision": decision.pk},
        )
        _set_state(decision, Decision.State.REFUSED)
        _note(event, why, actor, now)
    return event


def given_back(case: Case) -> Decision | None:
    """The decision whose words stand in the form again: taken back, or its signature refused, and none made since."""
    newest = Decision.objects.filter(case=case).select_related("revision").order_by("-pk").first()
    return newest if newest and newest.state in (Decision.State.TAKEN_BACK, Decision.State.REFUSED) else None


def reopen(case: Case, reason: str, *, actor: Actor, expected_version: int, now: datetime) -> Event:
    """Takes a decided case up again; its decision is superseded, what was published stays published.

    Raises Refused, NotAllowed, MoveNotAllowed, CaseChanged.
    """
    why = require_reason(reason)
    live = Decision.objects.filter(case=case, state=Decision.State.LIVE).first()
    with transaction.atomic():
        event = move_by_staff(
            case,
            Move.REOPEN,
            actor=actor,
            expected_version=expected_version,
            now=now,
            data={"decision": live.pk} if live else {},
            decided_at=None,
            closed_at=None,
            decision_due_at=clocks.due_again(case, procedure_of(case).decide, now),
        )
        if live:
            _set_state(live, Decision.State.SUPERSEDED)
        _note(event, why, actor, now)
    return event


def _require_judged(proposal: Proposal, latest: Revision) -> None:
    """What was edited in an earlier revision would undo what was published since. Raises ArticleChanged."""
    if proposal.judged not in (None, latest.number):
        raise articles.ArticleChanged(proposal.judged or 0, latest.number)


def _edits(proposal: Proposal) -> bool:
    return proposal.remedy in EDITING_REMEDIES


def _about(decision: Decision) -> dict[str, Any]:
    return {"decision": decision.pk, "finding": decision.finding, "remedy": decision.remedy}


def _decided(case: Case, now: datetime) -> dict[str, Any]:
    return {"decided_at": now, "first_reply_at": case.first_reply_at or now}


def _write(case: Case, proposal: Proposal, judged: Revision, waits: bool, actor: Actor, now: datetime) -> Decision:
    content = articles.cleaned(proposal.content).as_data() if _edits(proposal) and proposal.content else None
    decision = Decision.objects.create(
        case=case,
        state=Decision.State.PROPOSED if waits else Decision.State.LIVE,
        finding=proposal.finding,
        ground=proposal.ground,
        remedy=proposal.remedy,
        revision=judged,
        reason=proposal.reason,
        reason_translation=proposal.reason_translation,
        note=proposal.note,
        notice_text=proposal.notice_text,
        proposed_content=content,
        decided_by_id=actor.staff_id,
        decided_at=now,
    )
    decision.clauses.set(clause for clause in code.clauses_for(case) if clause.key in proposal.clause_keys)
    return decision


def _bring_into_force(decision: Decision, case: Case, actor: Actor, now: datetime) -> None:
    revision = _change_article(decision, case, actor, now)
    notice = notices.publish(decision, case, revision, now=now)
    if notice is not None:
        published = record(
            case,
            Happening.NOTICE_PUBLISHED,
            by=staff(actor),
            expected_version=case.version,
            now=now,
            data={"notice": notice.pk},
        )
        outbox.announce(notice, published)
    alone = reviews.told_alone(case, decision)
    relations.tell_duplicates(case, decision.pk, by=staff(actor), now=now, alone=alone)


def _change_article(decision: Decision, case: Case, actor: Actor, now: datetime) -> Revision | None:
    judged = decision.revision.number
    if decision.remedy in WITHDRAWING_REMEDIES:
        articles.withdraw(
            case.article_id,
            reason=decision.notice_text,
            expected_revision=judged,
            by=decision.decided_by,
            now=now,
            origin=Revision.Origin.DESK,
        )
        return None
    if decision.proposed_content is None:
        return None
    revision = articles.revise(
        case.article_id,
        Content(**decision.proposed_content),
        change=decision.remedy,
        origin=Revision.Origin.DESK,
        expected_revision=judged,
        by=decision.decided_by,
        now=now,
    )
    decision.published_revision = revision
    decision.save(update_fields=["published_revision"])
    return revision


def _proposed(case: Case) -> Decision:
    return Decision.objects.select_related("revision").get(case=case, state=Decision.State.PROPOSED)


def _set_state(decision: Decision, state: Decision.State) -> None:
    Decision.objects.filter(pk=decision.pk).update(state=state)


def _note(event: Event, text: str, actor: Actor, now: datetime) -> None:
    Message.objects.create(
        case_id=event.case_id,
        event=event,
        purpose=Purpose.NOTE,
        text=text,
        written_at=now,
        written_by_id=actor.staff_id,
    )
