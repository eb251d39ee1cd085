"""The code of ethics: which clauses stand, which stood before, and the only writer of them."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import groupby
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Exists, OuterRef, Q, Subquery

from corrections.code_parts import CodePart
from corrections.models import Case, Clause, Decision
from newsroom.listed import listed


class ClauseChanged(Exception):
    """Somebody else wrote a version of the clause meanwhile; nothing was written."""


class WordsOutOfForce(Exception):
    """Other words were given for a clause that is not to be in force; nothing was written."""


@dataclass(frozen=True)
class ClauseWords:
    """What a version of a clause says: published once, never changed."""

    name_ar: str
    name_en: str
    hint_ar: str = ""
    hint_en: str = ""
    text_ar: str = ""
    text_en: str = ""
    concerns_safety: bool = False

    @classmethod
    def of(cls, clause: Clause) -> "ClauseWords":
        """The words of a stored version."""
        return cls(**{name: getattr(clause, name) for name in cls.__dataclass_fields__})


@dataclass(frozen=True)
class Arrangement:
    """Where a clause stands in the code; it may be moved without a new version."""

    part: str
    position: int


class NamedClause(NamedTuple):
    """A clause as a page names it, in the order of the code."""

    position: int
    key: str
    version: int
    name_ar: str
    name_en: str


def active_clauses() -> list[Clause]:
    """The clauses in force, in their order (one query)."""
    return list(Clause.objects.filter(retired_at=None))


def clauses_for(case: Case) -> list[Clause]:
    """What a case may be judged by (one query): the clauses it was filed under, in the words that stood then, and of
    every other clause the version in force."""
    is_filed = Exists(Case.clauses.through.objects.filter(case=case, clause=OuterRef("pk")))
    found = Clause.objects.annotate(is_filed=is_filed).filter(Q(is_filed=True) | Q(retired_at=None))
    by_key = {clause.key: clause for clause in found.order_by("is_filed")}
    return sorted(by_key.values(), key=lambda clause: (clause.position, clause.key))


def clauses_listed(of: type[Case] | type[Decision], belonging_to: str) -> Subquery:
    """What `read_clauses` needs, to annotate cases or decisions with: the clauses that each names come with it."""
    names = (f"clause__{field}" for field in NamedClause._fields)
    return listed(of.clauses.through.objects.all(), belonging_to, "pk", *names)


def read_clauses(row: Any) -> list[NamedClause]:
    """The clauses of a row that was annotated with `clauses_listed` under its own name, in their order."""
    return sorted(NamedClause(*values) for values in row.clauses_listed or ())


def by_part(clauses: Iterable[Clause]) -> list[tuple[CodePart, list[Clause]]]:
    """The clauses below the parts of the code, both in their order; a part without clauses is left out."""
    order = list(CodePart)
    arranged = sorted(clauses, key=lambda clause: order.index(CodePart(clause.part)))
    return [(CodePart(part), list(group)) for part, group in groupby(arranged, key=lambda clause: clause.part)]


def versions_of(key: str) -> list[Clause]:
    """Every version of a clause, the newest first (one query)."""
    return list(Clause.objects.filter(key=key).order_by("-version"))


def retired_clauses() -> list[Clause]:
    """The last versions of the clauses that are no longer in force (one query)."""
    standing = Clause.objects.filter(retired_at=None).values("key")
    last: dict[str, Clause] = {}
    for clause in Clause.objects.exclude(key__in=standing).order_by("key", "version"):
        last[clause.key] = clause
    return sorted(last.values(), key=lambda clause: (clause.position, clause.key))


def keep_clause(
    key: str, words: ClauseWords, arrangement: Arrangement, *, seen: int | None, in_force: bool = True, now: datetime
) -> Clause:
    """Brings a clause into this shape and returns its newest version. Writes in one transaction.

    `seen` is the newest version that the writer knows, None for a new clause. Other words, or a return into force, end
    the version in force at `now` and write the next one; the same words are only moved (`arrangement`), and taken out
    of force where they are not to be in it. Cases and decisions keep the versions they have.
    Raises ClauseChanged when `seen` is not the newest version, WordsOutOfForce for other words of a clause out of
    force.
    """
    with transaction.atomic():
        newest = Clause.objects.select_for_update().filter(key=key).order_by("-version").first()
        if (newest.version if newest else None) != seen:
            raise ClauseChanged
        if newest is None:
            return _publish(key, 1, words, arrangement, now)
        says_the_same = words == ClauseWords.of(newest)
        if not in_force and not says_the_same:
            raise WordsOutOfForce
        if in_force and not (says_the_same and newest.retired_at is None):
            _end(newest, now)
            return _publish(key, newest.version + 1, words, arrangement, now)
        if not in_force:
            _end(newest, now)
        Clause.objects.filter(pk=newest.pk).update(**asdict(arrangement))
    newest.refresh_from_db()
    return newest


def _publish(key: str, version: int, words: ClauseWords, arrangement: Arrangement, now: datetime) -> Clause:
    return Clause.objects.create(key=key, version=version, published_at=now, **asdict(words), **asdict(arrangement))


def _end(clause: Clause, now: datetime) -> None:
    Clause.objects.filter(pk=clause.pk, retired_at=None).update(retired_at=now)
