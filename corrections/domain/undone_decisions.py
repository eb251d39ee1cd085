"""What taking back a step of a decision does to the decision; the case itself is corrections.domain.undo's."""

from datetime import datetime
from typing import Any

from django.db.models import Q

from corrections.domain.moves import take_back
from corrections.domain.timeline import By
from corrections.enums import WITHDRAWING_REMEDIES, ActorKind, Happening, Status, WaitingOn
from corrections.models import Case, Decision, Event
from newsroom import articles
from newsroom.articles import Content
from newsroom.models import Revision


def along_with(event: Event) -> list[Event]:
    """What a decision brought about besides its own event: its notice, and the news to those who were joined."""
    of_decision = Q(happening=Happening.LEAD_DECIDED, data__decision=event.data["decision"])
    notice = Q(happening=Happening.NOTICE_PUBLISHED, case=event.case_id, sequence=event.sequence + 1)
    of_article = Event.objects.filter(case__article=event.case.article_id)
    return list(of_article.filter(of_decision | notice).select_related("case"))


def take_back_decision(case: Case, event: Event, now: datetime) -> dict[str, Any]:
    """A decision holds no more: the article says again what it said before, in a revision that everybody sees, the
    notice is marked, the readers of joined reports are told nothing, and the case goes back into review.

    Raises articles.ArticleChanged when the article was revised since.
    """
    decision = Decision.objects.select_related("revision", "published_revision").get(pk=event.data["decision"])
    _restore_article(decision, case, event, now)
    _take_back(decision.pk, now)
    by = By(ActorKind.STAFF, event.staff_member_id)
    for told in along_with(event):
        if told.happening == Happening.LEAD_DECIDED:
            take_back(told.case, told, by=by, expected_version=told.case.version, now=now)
    return {"status": Status.IN_REVIEW, "waiting_on": WaitingOn.NOBODY}


def take_back_proposal(case: Case, event: Event, now: datetime) -> dict[str, Any]:
    """A proposed decision no longer waits for a signature; its words stay, to be proposed anew."""
    _take_back(event.data["decision"], now)
    return {}


def propose_again(case: Case, event: Event, now: datetime) -> dict[str, Any]:
    """A refused decision waits for its signature again."""
    _set_state(event, Decision.State.PROPOSED)
    return {}


def put_in_force_again(case: Case, event: Event, now: datetime) -> dict[str, Any]:
    """The decision of a reopened case holds again; a promised time is never shortened."""
    _set_state(event, Decision.State.LIVE)
    return {"decision_due_at": case.decision_due_at}


def _restore_article(decision: Decision, case: Case, event: Event, now: datetime) -> None:
    if decision.remedy in WITHDRAWING_REMEDIES:
        articles.reinstate(case.article_id, expected_revision=decision.revision.number)
    elif decision.published_revision is not None:
        articles.revise(
            case.article_id,
            Content.of(decision.revision),
            change=Revision.Change.RESTORATION,
            origin=Revision.Origin.DESK,
            expected_revision=decision.published_revision.number,
            by=event.staff_member,
            now=now,
        )


def _take_back(decision_id: int, now: datetime) -> None:
    Decision.objects.filter(pk=decision_id).update(state=Decision.State.TAKEN_BACK, taken_back_at=now)


def _set_state(event: Event, state: Decision.State) -> None:
    Decision.objects.filter(pk=event.data["decision"]).update(state=state)
