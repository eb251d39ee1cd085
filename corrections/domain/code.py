"""The code of ethics: the clauses that readers and editors choose from, in all their versions."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from corrections.models import Clause

#: What may change without making another clause of it.
_NO_WORDS = {"position", "is_retired", "concerns_safety"}


@dataclass(frozen=True)
class ClauseHistory:
    """A clause as it is in force, and its earlier versions, newest first."""

    clause: Clause
    earlier: list[Clause]


def active_clauses() -> list[Clause]:
    """The clauses in force, in their order."""
    return list(Clause.objects.filter(is_retired=False))


def published_code() -> list[ClauseHistory]:
    """The clauses in force that have words, in their order, each with its earlier versions (one query)."""
    versions: dict[str, list[Clause]] = {}
    for clause in Clause.objects.order_by("position", "key", "-version"):
        versions.setdefault(clause.key, []).append(clause)
    return [
        ClauseHistory(clause, [other for other in versions[clause.key] if other.version < clause.version])
        for found in versions.values()
        for clause in found
        if not clause.is_retired and clause.text_ar
    ]


def add_clause(clause: Clause, now: datetime) -> Clause:
    """Writes the first version of a new clause."""
    clause.made_at = now
    clause.save(force_insert=True)
    return clause


def change_clause(clause: Clause, changed: Collection[str], now: datetime) -> Clause:
    """Writes a clause as an administrator edited it; `changed` names the fields that differ.

    New words make a new version and retire the old one, in one transaction: cases and decisions keep the words they
    were judged by.
    """
    if not set(changed) - _NO_WORDS:
        clause.save()
        return clause
    with transaction.atomic():
        Clause.objects.filter(pk=clause.pk).update(is_retired=True)
        latest = Clause.objects.filter(key=clause.key).aggregate(latest=Max("version"))["latest"]
        clause.pk, clause.version, clause.made_at = None, latest + 1, now
        clause.save(force_insert=True)
    return clause
