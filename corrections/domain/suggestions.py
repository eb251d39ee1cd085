"""What readers would have an article say: the words that they proposed, where the passage still stands as they saw it.

The proposals of joined reports are answered by the same decision and stand beside the case's own.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from corrections.domain.places import carried_through, edits_in
from corrections.domain.relations import joined_apart
from corrections.enums import Part
from corrections.models import Case, Passage
from newsroom.articles import Content
from newsroom.differences import Span, word_differences
from newsroom.edits import Edit, running_text
from newsroom.models import Revision

#: Different proposals that are shown.
MOST_SHOWN = 12


@dataclass(frozen=True)
class Suggestion:
    """`words` instead of `exact`, which stands in the latest revision from `start` up to `end` of its part.

    `case` is the number of the first report that says so, `reports` how many do.
    """

    case: str
    part: Part
    start: int
    end: int
    exact: str
    words: str
    reports: int = 1

    @property
    def differences(self) -> list[list[Span]]:
        """What would change, word by word, as one paragraph."""
        return [word_differences(self.exact, self.words)]


def suggestions_for(case: Case, latest: Content) -> list[Suggestion]:
    """The proposals that can be put into the latest revision as they are: the case's own first, then those of joined
    reports, most frequent first. One query (that of relations.joined_apart), and one more where some passage is of an
    earlier revision."""
    if case.article.is_withdrawn:
        return []
    passages = _passages(case)
    words = latest.words()
    later = _edits_after(case, min((seen for _number, seen, _passage in passages), default=case.article.latest))
    found: dict[tuple[object, ...], Suggestion] = {}
    for number, seen, passage in passages:
        start, end = carried_through(passage, _edits(later, seen, passage.part))
        if start < end and running_text(words[passage.part])[start:end] == passage.exact:
            new = Suggestion(number, Part(passage.part), start, end, passage.exact, _lines(passage.proposed))
            key = (new.part, start, end, new.words)
            found[key] = replace(found[key], reports=found[key].reports + 1) if key in found else new
    own = [each for each in found.values() if each.case == case.number]
    others = sorted((each for each in found.values() if each.case != case.number), key=lambda each: -each.reports)
    return [*own, *others][:MOST_SHOWN]


def _passages(case: Case) -> list[tuple[str, int, Passage]]:
    """The passages with proposed words: the number of their case, and of the revision that its reader saw."""
    own: Passage | None = getattr(case, "passage", None)
    found = [(case.number, case.revision.number, own)] if own and own.proposed and own.exact else []
    joined = [
        (each, getattr(each, "passage", None)) for each in joined_apart(case) if each.article_id == case.article_id
    ]
    return [
        *found,
        *(
            (each.number, each.revision.number, there)
            for each, there in joined
            if there and there.proposed and there.exact
        ),
    ]


def _edits_after(case: Case, seen: int) -> Sequence[tuple[int, dict[str, list[list[int]]]]]:
    if seen >= case.article.latest:
        return []
    later = Revision.objects.filter(article=case.article_id, number__gt=seen).order_by("number")
    return list(later.values_list("number", "edits"))


def _edits(later: Sequence[tuple[int, dict[str, list[list[int]]]]], seen: int, part: str) -> Iterable[Sequence[Edit]]:
    return [edits_in(stored, part) for number, stored in later if number > seen]


def _lines(proposed: str) -> str:
    """Without blank lines and spaces at the ends, as the words of a passage are."""
    return "\n".join(line.strip() for line in proposed.splitlines() if line.strip())
