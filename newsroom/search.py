"""Words as search finds them in folded text (newsroom.text.fold): whole or in part, with one Arabic prefix or ending
less; and where that finds nothing, on PostgreSQL, nearly the same."""

import re
from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Lookup, Q, TextField

from newsroom.text import fold, without_prefix

#: Words of one search that are looked at.
MOST_WORDS = 8
#: Shorter words are alike by chance.
_SHORTEST_SIMILAR = 4
#: Endings of feminine, dual, plural, relation and possession, as folding leaves them. Three letters stay at least.
_ENDING = re.compile(r"(?<=\w{3})(?:ات|ون|ين|ان|تان|تين|يه|ها|هم|هن|نا|كم|ه|ي|ا)$")


@TextField.register_lookup
class SimilarWord(Lookup):
    """`column__similar_word`: whether a word much like this one stands in the text.

    PostgreSQL's `%>` (pg_trgm), which a trigram index answers; its threshold is a setting of the connection
    (newsroom.config.databases). Other databases find no similar words, only equal pieces.
    """

    lookup_name = "similar_word"

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        if connection.vendor != "postgresql":
            return "1 = 0", ()
        column, column_parameters = self.process_lhs(compiler, connection)
        word, word_parameters = self.process_rhs(compiler, connection)
        return f"{column} %%> {word}", (*column_parameters, *word_parameters)


def matching(words: str, column: str) -> Q:
    """The condition that every word occurs in a folded column; everything where there is no word."""
    found = Q()
    for word in _words(words):
        found &= _any(Q(**{f"{column}__contains": piece}) for piece in pieces_of(word))
    return found


def alike(words: str, column: str) -> Q:
    """The condition that for every word something much like it occurs; for when `matching` finds nothing, because it
    costs far more. Numbers and short words have to occur as they are."""
    found = Q()
    for word in _words(words):
        found &= Q(**{f"{column}__{'similar_word' if _is_long(word) else 'contains'}": word})
    return found


def pieces_of(folded_word: str) -> list[str]:
    """What to look for in a folded text instead of a folded word, the word itself first."""
    bare = without_prefix(folded_word)
    # The ending goes from what the prefix leaves: a joined article must not count among the letters that stay.
    return list(dict.fromkeys([folded_word, bare, _ENDING.sub("", bare)]))


def _words(words: str) -> list[str]:
    return fold(words).split()[:MOST_WORDS]


def _is_long(folded_word: str) -> bool:
    # A joined article makes any two short words alike, so it does not count among the letters.
    has_digit = any(character.isdigit() for character in folded_word)
    return len(without_prefix(folded_word)) >= _SHORTEST_SIMILAR and not has_digit


def _any(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions)
