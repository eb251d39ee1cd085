"""What taking back a step of a decision does to the decision; the case itself is corrections.domain.undo's."""

from datetime import datetime
from typing import Any

from corrections.models import Case, Decision, Event


def take_back_proposal(case: Case, event: Event, now: datetime) -> dict[str, Any]:
    """A proposed decision no longer waits for a signature; its words stay, to be proposed anew."""
    _set_state(event, Decision.State.TAKEN_BACK)
    return {}


def propose_again(case: Case, event: Event, now: datetime) -> dict[str, Any]:
    """A refused decision waits for its signature again."""
    _set_state(event, Decision.State.PROPOSED)
    return {}


def put_in_force_again(case: Case, event: Event, now: datetime) -> dict[str, Any]:
    """The decision of a reopened case holds again; a promised time is never shortened."""
    _set_state(event, Decision.State.LIVE)
    return {"decision_due_at": case.decision_due_at}


def _set_state(event: Event, state: Decision.State) -> None:
    Decision.objects.filter(pk=event.data["decision"]).update(state=state)
