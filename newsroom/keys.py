"""Rows named by their keys."""

import json
from collections.abc import Sequence
from typing import Any

from django.db.models import Field, Lookup, Q


def among(keys: Sequence[int]) -> Q:
    """The condition of the rows that have one of the keys, however many they are."""
    return Q(pk__among=list(keys))


@Field.register_lookup
class Among(Lookup):
    """`pk__among`: whether a whole number is one of a list.

    The list travels as one parameter. `IN` makes one of each: 1,600 of them in the four questions of a page took 25 ms
    of Python.
    """

    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        column, parameters = self.process_lhs(compiler, connection)
        if connection.vendor == "postgresql":
            return f"{column} = ANY(%s)", (*parameters, self.rhs)
        # The column is a name quoted by Django, the keys are a parameter.
        named = f"{column} IN (SELECT value FROM json_each(%s))"  # noqa: S608
        return named, (*parameters, json.dumps(self.rhs))
