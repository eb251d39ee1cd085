"""Several errors in one sending, carried by the form itself: nothing is kept on the server before it is sent.

The form holds one error in its own fields; the others travel with it, each as the JSON of its answers in a hidden
field. Each keeps its number, so that changing one never makes it another.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

#: The fields that belong to one error; all others are asked once for a sending.
ERROR_FIELDS = ("error", "place", "proposed", "problem", "text", "sources")
#: The hidden field of the errors that are not in the form's own fields.
OTHERS = "other_error"
MOST = 10

Answers = dict[str, str]


def errors_of(data: QueryDict) -> list[Answers]:
    """The answers of every error, the one in the form's own fields last. What is no error of ours is left out."""
    others = [answers for answers in map(_read, data.getlist(OTHERS)) if answers]
    return [*others[: MOST - 1], {name: data.get(name, "") for name in ERROR_FIELDS}]


def with_errors(data: QueryDict, errors: Sequence[Answers]) -> QueryDict:
    """The same form with these errors, the last in its own fields."""
    *others, last = errors
    changed = data.copy()
    changed.setlist(OTHERS, [json.dumps(answers) for answers in others])
    for name in ERROR_FIELDS:
        changed[name] = last.get(name, "")
    return changed


def each_error(data: QueryDict) -> list[QueryDict]:
    """The form once for each error, as if it were sent alone, in the order of their numbers."""
    return [with_errors(data, [answers]) for answers in sorted(errors_of(data), key=_number)]


def number_in(data: QueryDict) -> int:
    """The number of the error in the form's own fields."""
    return _number(errors_of(data)[-1])


@dataclass(frozen=True)
class Other:
    """An error that is not in the form's own fields: its number, its words, and what carries it."""

    number: int
    text: str
    carried: str


def others_in(data: QueryDict) -> list[Other]:
    """The errors that are not in the form's own fields, in order."""
    others = [Other(_number(answers), answers.get("text", ""), json.dumps(answers)) for answers in errors_of(data)[:-1]]
    return sorted(others, key=lambda other: other.number)


def with_another(data: QueryDict) -> QueryDict:
    """The form ready for one error more; beyond the limit it stays as it is."""
    errors = errors_of(data)
    if len(errors) >= MOST:
        return data
    return with_errors(data, [*errors, {"error": str(max(map(_number, errors)) + 1)}])


def turned_to(data: QueryDict, number: int) -> QueryDict:
    """The form with the error of this number in its own fields; unchanged where there is none."""
    errors = errors_of(data)
    chosen = [answers for answers in errors if _number(answers) == number]
    return with_errors(data, [answers for answers in errors if answers not in chosen] + chosen) if chosen else data


def without(data: QueryDict, number: int) -> QueryDict:
    """The form without the error of this number; the only one stays."""
    left = [answers for answers in errors_of(data) if _number(answers) != number]
    return with_errors(data, left) if left else data


def _read(typed: str) -> Answers | None:
    try:
        found: Any = json.loads(typed)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    return {name: _text(found[name]) for name in ERROR_FIELDS if isinstance(found.get(name), str)}


def _text(found: str) -> str:
    """JSON can spell halves of characters, which no form brings and no database takes."""
    return found.encode("utf-8", "replace").decode("utf-8")


def _number(answers: Answers) -> int:
    """The number of an error in its sending, from 1."""
    typed = answers.get("error", "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= len(str(MOST)) else 1
