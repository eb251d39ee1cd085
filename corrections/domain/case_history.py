"""What happened to a case, with the words and the mails that hang on it, read in one query."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import FilteredRelation, Q, QuerySet

from corrections.enums import Audience
from corrections.models import Case, Delivery, Event, Message


@dataclass(frozen=True)
class Change:
    """One line of a history with the words that it brought."""

    event: Event
    words: list[Message]


@dataclass(frozen=True)
class CaseHistory:
    """Events by sequence, messages in the order of writing, mails in the order of their making."""

    events: list[Event]
    messages: list[Message]
    deliveries: list[Delivery]

    def since(self, version: int) -> list[Change]:
        """What happened since a version of the case, with its words."""
        later = [event for event in self.events if event.sequence > version]
        words = [message for message in self.messages if message.taken_back_at is None]
        return [Change(event, [each for each in words if each.event_id == event.pk]) for event in later]


def history_of(case: Case) -> CaseHistory:
    """The history of a case (one query): an event brings few messages and few mails, so that their pairs are few too.

    Letters to followers of the article stay out (see domain.mails).
    """
    events: QuerySet[Any] = case.events.order_by("sequence").annotate(
        brought=FilteredRelation("messages"),
        told=FilteredRelation("deliveries", condition=~Q(deliveries__audience=Audience.FOLLOWER)),
    )
    rows = list(events.select_related("staff_member", "attachment", "brought__written_by", "told__staff_member"))
    messages = _each_once(getattr(row, "brought", None) for row in rows)
    deliveries = _each_once(getattr(row, "told", None) for row in rows)
    return CaseHistory(
        events=_each_once(rows),
        messages=sorted(messages, key=lambda message: (message.written_at, message.pk)),
        deliveries=sorted(deliveries, key=lambda delivery: delivery.pk),
    )


def _each_once(rows: Iterable[Any]) -> list[Any]:
    return list({row.pk: row for row in rows if row is not None}.values())
