"""What the complaint form offers to choose from."""

from collections.abc import Iterable
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from corrections.code_parts import CodePart
from corrections.enums import Relation
from corrections.models import Clause

#: Who is writing, in the order of the form: whom it concerns, who writes for somebody, who writes as a reader. The
#: words of the enum stand below as the hint, since the desk reads those.
_WRITERS = {
    Relation.SUBJECT: _("It concerns me"),
    Relation.FAMILY: _("I write for someone in my family"),
    Relation.BEHALF: _("I write for somebody else"),
    Relation.READER: _("I write as a reader"),
}


def clause_choices(parts: Iterable[tuple[CodePart, list[Clause]]], language: str) -> list[tuple[str, Any]]:
    """The clauses by their keys, each with its hint, in the order of the code."""
    return [
        (clause.key, hinted(clause.name_in(language), clause.hint_in(language)))
        for _part, clauses in parts
        for clause in clauses
    ]


def relation_choices() -> list[tuple[str, Any]]:
    """Who is writing, each with what it means; it may be left unsaid."""
    return [
        *((relation.value, hinted(words, relation.label)) for relation, words in _WRITERS.items()),
        (Relation.UNSAID.value, Relation.UNSAID.label),
    ]


def hinted(label: Any, hint: Any) -> SafeString | str:
    """A choice with a line of explanation below it."""
    return format_html('{}<span class="hint">{}</span>', label, hint) if hint else str(label)
