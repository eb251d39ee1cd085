"""How long things took: the median and the ninth decile, by the database itself where it can."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Aggregate, BooleanField, Count, DurationField, ExpressionWrapper, F, Field, Q, QuerySet


@dataclass(frozen=True)
class Spread:
    """How long something took: of `count` times half took at most `median`, nine of ten at most `ninth_decile`."""

    count: int
    median: timedelta | None
    ninth_decile: timedelta | None


class Stage(NamedTuple):
    """From one moment of a row to another; rows without one of them, or outside `condition`, do not count."""

    begins: str
    ends: str
    condition: Q = Q()


class Quantiles(Aggregate):
    """The median and the ninth decile in seconds, by PostgreSQL itself (percentile_cont is linear too)."""

    # date_part, not EXTRACT, whose decimal numbers are sorted at half the speed.
    function = "percentile_cont"
    template = "%(function)s(ARRAY[0.5, 0.9]) WITHIN GROUP (ORDER BY date_part('epoch', %(expressions)s))"
    output_field = Field()


def spreads(rows: QuerySet[Any], stages: Mapping[str, Stage]) -> dict[str, Spread]:
    """The spread of every stage (one query). PostgreSQL counts itself; for SQLite, which cannot, moments are read."""
    if connection.vendor == "postgresql":
        return _counted(rows, stages)
    return _read(rows, stages)


def spreads_by(rows: QuerySet[Any], key: str, stage: Stage) -> dict[str, Spread]:
    """The spread of one stage for every value of a column, without a condition (one query)."""
    if connection.vendor == "postgresql":
        asked = {"how_many": Count(stage.ends), "quantiles": Quantiles(_length(stage))}
        groups: list[Any] = list(rows.values(key).annotate(**asked).order_by())
        return {group[key]: _spread(group["how_many"], group["quantiles"]) for group in groups}
    lengths: dict[str, list[timedelta]] = {}
    for name, begins, ends in rows.values_list(key, stage.begins, stage.ends).order_by():
        lengths.setdefault(name, []).append(ends - begins)
    return {name: spread_of(sorted(each)) for name, each in lengths.items()}


def spread_of(lengths: list[timedelta]) -> Spread:
    """The spread of lengths in ascending order."""
    if not lengths:
        return Spread(0, None, None)
    return Spread(len(lengths), _quantile(lengths, 0.5), _quantile(lengths, 0.9))


def _counted(rows: QuerySet[Any], stages: Mapping[str, Stage]) -> dict[str, Spread]:
    asked: dict[str, Aggregate] = {}
    for name, stage in stages.items():
        # Without one of its moments a row has no length, and what is nothing counts in neither. (Counting the moment
        # costs less than a length.)
        both = stage.condition & Q(**{f"{stage.begins}__isnull": False})
        asked[f"{name}_count"] = Count(stage.ends, filter=both)
        asked[f"{name}_quantiles"] = Quantiles(_length(stage), filter=stage.condition or None)
    found = rows.aggregate(**asked)
    return {name: _spread(found[f"{name}_count"], found[f"{name}_quantiles"]) for name in stages}


def _length(stage: Stage) -> Any:
    return ExpressionWrapper(F(stage.ends) - F(stage.begins), output_field=DurationField())


def _spread(count: int, quantiles: list[float] | None) -> Spread:
    if not count or quantiles is None:
        return Spread(0, None, None)
    median, ninth_decile = (timedelta(seconds=seconds) for seconds in quantiles)
    return Spread(count, median, ninth_decile)


def _read(rows: QuerySet[Any], stages: Mapping[str, Stage]) -> dict[str, Spread]:
    # The conditions as columns of their own, so that all stages come in one query.
    applies = {f"applies_{name}": ExpressionWrapper(stage.condition, BooleanField()) for name, stage in stages.items()}
    conditional = {name: column for name, column in applies.items() if stages[name.removeprefix("applies_")].condition}
    names = [name for stage in stages.values() for name in (stage.begins, stage.ends)]
    read = list(rows.annotate(**conditional).values(*names, *conditional))
    return {
        name: spread_of(
            sorted(
                row[stage.ends] - row[stage.begins]
                for row in read
                if row[stage.begins] and row[stage.ends] and row.get(f"applies_{name}", True)
            )
        )
        for name, stage in stages.items()
    }


def _quantile(lengths: list[timedelta], share: float) -> timedelta:
    """Linear between the two nearest values (the definition of spreadsheets: PERCENTILE.INC)."""
    place = share * (len(lengths) - 1)
    below = int(place)
    if below + 1 == len(lengths):
        return lengths[below]
    lower, upper = next(pairwise(lengths[below : below + 2]))
    return lower + (upper - lower) * (place - below)
