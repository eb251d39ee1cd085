"""Words as search finds them in folded text (newsroom.text.fold): whole or in part, with one Arabic prefix or ending
less, and on PostgreSQL also nearly the same."""

import re
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
    (newsroom.config.settings). Other databases find no similar words, only equal pieces.
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
    for word in fold(words).split()[:MOST_WORDS]:
        found &= _occurs(word, column)
    return found


def pieces_of(folded_word: str) -> list[str]:
    """What to look for in a folded text instead of a folded word, the word itself first."""
    bare = without_prefix(folded_word)
    # The ending goes from what the prefix leaves: a joined article must not count among the letters that stay.
    return list(dict.fromkeys([folded_word, bare, _ENDING.sub("", bare)]))


def _occurs(word: str, column: str) -> Q:
    found = Q()
    for piece in pieces_of(word):
        found |= Q(**{f"{column}__contains": piece})
    # A joined article makes any two short words alike, so it does not count among the letters.
    if len(without_prefix(word)) >= _SHORTEST_SIMILAR and not any(character.isdigit() for character in word):
        found |= Q(**{f"{column}__similar_word": word})
    return found
