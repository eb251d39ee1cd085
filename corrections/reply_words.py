"""The words of a reply template: variables that the case fills, slots that the editor fills. Pure.

A variable is written {number}; which there are stands in VARIABLES. A slot is written [[what we found]] and has to be
replaced before anything is sent.
"""

import re
from collections.abc import Iterable, Mapping

VARIABLES = (
    "number",
    "kind",
    "article",
    "received_on",
    "decision_due",
    "site_name",
    "complaint_page",
    "policy_page",
)
_VARIABLE = re.compile(r"\{\s*([^\W\d]\w*)\s*\}")
_SLOT = re.compile(r"\[\[(.*?)\]\]", re.DOTALL)
#: What is left of a slot whose other half was deleted.
_HALF_SLOT = re.compile(r"\[\[|\]\]")


def variables_in(text: str) -> list[str]:
    """The names of the variables in a text, each once, in their order."""
    return list(dict.fromkeys(_VARIABLE.findall(text)))


def unknown_variables(text: str) -> list[str]:
    """Those that no case can fill."""
    return [name for name in variables_in(text) if name not in VARIABLES]


def slots_in(text: str) -> list[str]:
    """What the slots of a text ask for; a half slot counts, with the words of its line."""
    whole = [" ".join(words.split()) or "…" for words in _SLOT.findall(text)]
    halves = (line for line in _SLOT.sub("", text).splitlines() if _HALF_SLOT.search(line))
    return list(dict.fromkeys([*whole, *(_HALF_SLOT.sub("", line).strip() or "…" for line in halves)]))


def is_unfinished(text: str) -> bool:
    """Whether a slot or a variable still stands in a text, so that it cannot be sent."""
    return bool(slots_in(text) or variables_in(text))


def has_broken_slot(text: str) -> bool:
    """Whether a slot of a template does not begin, end or say what it asks for."""
    return bool(_HALF_SLOT.search(_SLOT.sub("", text))) or any(not words.strip() for words in _SLOT.findall(text))


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its variables replaced, in one pass: a value that looks like a variable is not replaced again."""
    return _VARIABLE.sub(lambda found: values.get(found[1], found[0]), text)


def listed(names: Iterable[str]) -> str:
    """Names of variables as a sentence quotes them."""
    return " ".join(f"{{{name}}}" for name in names)
