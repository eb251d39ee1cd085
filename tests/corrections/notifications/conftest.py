"""What the tests of the outbox share: a case whose reader can be written to, and events on it."""

from collections.abc import Callable
from typing import Any

import pytest

from corrections.domain.timeline import CLOCK, READER, By, record, staff
from corrections.enums import Happening
from corrections.models import Case, Event
from corrections.notifications.deliver import deliver_due
from newsroom.models import Article, StaffMember
from tests.factories import NOW, as_actor, make_case

__all__ = ["CLOCK", "NOW", "READER"]

Happen = Callable[..., Event]


def by_staff(member: StaffMember) -> By:
    return staff(as_actor(member))


def deliver_all() -> int:
    """Carries out everything that is due, as the worker does; `sent_at` is NOW."""
    return deliver_due(100, lambda: NOW)


@pytest.fixture
def case(article: Article) -> Case:
    """A correction of a reader with an address; its two first mails are not sent yet."""
    return make_case(article, wants_mail=True, address="reader@example.net")


@pytest.fixture
def happen(case: Case) -> Happen:
    """Lets something happen to the case, as the domain would record it."""

    def record_event(happening: Happening, by: By = CLOCK, **fields: Any) -> Event:
        fields.setdefault("now", NOW)
        return record(case, happening, by=by, expected_version=case.version, **fields)

    return record_event
