"""A few rows of another table that come with the row they belong to, as one JSON list without a query of their own;
and several counts of other tables that come with one row in the same way."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Aggregate, Count, Func, JSONField, OuterRef, Q, QuerySet, Subquery, Value


class _ArrayOf(Func):
    """The values of one row. (Django's own JSONArray asks SQLite in every process whether it knows JSON.)"""

    function = "JSON_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_BUILD_ARRAY", **context)


class _ListOf(Aggregate):
    """The values of a group as one list."""

    function = "JSON_GROUP_ARRAY"
    output_field = JSONField()

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, function="JSONB_AGG", **context)


def listed(rows: QuerySet[Any], belonging_to: str, outer: str, *values: str) -> Subquery:
    """To annotate with: for every row of `rows` whose `belonging_to` is the outer row's `outer`, a list of its values.

    In no order, and None where there is no row. Words and numbers come as they are, moments would be text.
    """
    return all_listed(rows.filter(**{belonging_to: OuterRef(outer)}), *values)


def all_listed(rows: QuerySet[Any], *values: str) -> Subquery:
    """To annotate with: the values of every row of `rows`, whatever the outer row is. Days come as text (ISO)."""
    in_one = rows.order_by().annotate(_group=Value(1)).values("_group")
    return Subquery(in_one.annotate(_listed=_ListOf(_ArrayOf(*values))).values("_listed"), output_field=JSONField())


def counted(rows: QuerySet[Any], conditions: Iterable[Q]) -> Subquery:
    """To annotate with: how many of `rows` meet which of the conditions, as a list in their order; None where there is
    no row at all. The rows are read once for all of it."""
    in_one = rows.order_by().annotate(_group=Value(1)).values("_group")
    numbers = _ArrayOf(*(Count(Value(1), filter=condition or None) for condition in conditions))
    return Subquery(in_one.annotate(_counted=numbers).values("_counted"), output_field=JSONField())
