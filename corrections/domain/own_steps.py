"""What a person has lately done on a case, for its page: what can be undone, what was done just now, words to go on
with. Reads nothing from the database: the page has it all already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from corrections.domain.undo import Trail, Undoing, undoing_by
from corrections.enums import Happening
from corrections.models import Case, Event, Message
from corrections.rules import Actor, CaseFacts

#: Own steps of which the history says whether they can be undone.
SHOWN = 10
#: How long the page goes on saying what was done just now; longer only while a longer time to undo it runs.
JUST_NOW = timedelta(minutes=2)
#: How long the words of a step that was taken back stand in their field again.
_WORDS_STAND = timedelta(hours=1)
#: Events that come along with another and are undone with it.
_COMPANIONS = (Happening.NOTICE_PUBLISHED, Happening.LEAD_DECIDED, Happening.LEAD_EXTENDED)


@dataclass(frozen=True)
class OwnSteps:
    """`undoings` by the id of the event; `latest` is the step that was taken just now, while nothing has followed."""

    undoings: dict[int, Undoing]
    latest: Event | None
    #: The happening that was taken back just now, and its words, to be written anew.
    taken_back: str
    words_back: str

    @property
    def latest_undoing(self) -> Undoing | None:
        """Whether the step that was taken just now can be undone."""
        return self.undoings.get(self.latest.pk) if self.latest else None


def own_steps(
    case: Case, actor: Actor, facts: CaseFacts, trail: Trail, messages: Sequence[Message], *, now: datetime
) -> OwnSteps:
    """The newest steps of one person on a case."""
    own = [event for event in trail.events if event.staff_member_id == actor.staff_id]
    latest = _latest(trail.events, actor, now)
    undoings = {event.pk: undoing_by(actor, facts, event, case, now=now, trail=trail) for event in own[-SHOWN:]}
    return OwnSteps(
        undoings=undoings,
        latest=latest if latest and _is_fresh(latest, undoings.get(latest.pk), now) else None,
        taken_back=latest.data.get("of", "") if latest else "",
        words_back=_words_back(latest, messages),
    )


def _latest(events: Sequence[Event], actor: Actor, now: datetime) -> Event | None:
    steps = [event for event in events if event.happening not in _COMPANIONS]
    newest = steps[-1] if steps else None
    if newest is None or newest.staff_member_id != actor.staff_id or newest.happened_at < now - _WORDS_STAND:
        return None
    return newest


def _is_fresh(step: Event, undoing: Undoing | None, now: datetime) -> bool:
    """Whether the page still says that a step was taken: for a moment, and while its time to be undone runs."""
    ends = undoing.until if undoing and not undoing.reason else None
    return step.happened_at >= now - JUST_NOW or (ends is not None and now < ends)


def _words_back(latest: Event | None, messages: Sequence[Message]) -> str:
    if latest is None or latest.happening != Happening.UNDONE:
        return ""
    undone = latest.data["undone"]
    return next((message.text for message in messages if message.event_id == undone), "")
