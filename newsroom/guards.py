"""What may stand against a change that the newsroom makes of an article by itself. The newsroom knows nothing of the
reasons: who has some registers a guard at the start, and the writer of articles asks it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.module_loading import import_string

Texts = Mapping[str, Sequence[str]]


@dataclass(frozen=True)
class OwnChange:
    """A change that somebody in the newsroom is about to make: the texts of each part before and after it; without
    `after` the article is withdrawn."""

    article_id: int
    by: int | None
    before: Texts
    after: Texts | None = None


#: Says why a change is not made; nothing where it may be.
Guard = Callable[[OwnChange], "str | Promise"]
_registered: dict[str, None] = {}


def register(guard: str) -> None:
    """Has a guard asked before every such change, by the name that it is imported under (once all models are known)."""
    _registered[guard] = None


def objection_to(change: OwnChange) -> "str | Promise":
    """The sentence of the first guard that objects; nothing where none does."""
    return next((words for name in _registered if (words := _guard(name)(change))), "")


@cache
def _guard(name: str) -> Guard:
    guard: Guard = import_string(name)
    return guard
