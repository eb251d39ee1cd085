"""The code of ethics: whole from the start, versioned, and a case is judged by the words it was filed under."""

from dataclasses import replace
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from corrections.code_parts import CodePart
from corrections.default_code import DEFAULT_CODE
from corrections.domain import assignment, code, decisions
from corrections.domain.code import Arrangement, ClauseWords
from corrections.domain.proposal import Proposal
from corrections.models import Clause, Decision
from newsroom.models import Article, StaffMember
from tests.factories import NOW, as_actor, make_case

LATER = NOW + timedelta(days=1)


def words_of(key: str) -> ClauseWords:
    return ClauseWords.of(code.versions_of(key)[0])


def change(key: str, *, in_force: bool = True, **words: Any) -> Clause:
    """The next version of a clause, with other words."""
    newest = code.versions_of(key)[0]
    return code.keep_clause(
        key,
        replace(ClauseWords.of(newest), **words),
        Arrangement(newest.part, newest.position),
        seen=newest.version,
        in_force=in_force,
        now=LATER,
    )


def test_the_code_of_a_new_site_is_whole_in_both_languages() -> None:
    assert len(DEFAULT_CODE) == len({clause.key for clause in DEFAULT_CODE}) == 15
    assert [part for part, _group in code.by_part([Clause(**clause._asdict()) for clause in DEFAULT_CODE])] == [
        *CodePart
    ]
    for clause in DEFAULT_CODE:
        arabic, english = clause.text_ar.count("."), clause.text_en.count(".")
        assert (all(clause[:8]), arabic, 2 <= english <= 4) == (True, english, True), clause.key
        assert max(len(clause.hint_ar), len(clause.hint_en)) <= 75, clause.key


@pytest.mark.django_db
def test_a_new_site_has_this_code_in_force() -> None:
    assert [clause.key for clause in code.active_clauses()] == [clause.key for clause in DEFAULT_CODE]


@pytest.mark.django_db
@pytest.mark.parametrize("column", ["name_ar", "text_en", "version", "concerns_safety", "published_at"])
def test_the_database_refuses_to_change_what_a_version_says(column: str) -> None:
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Clause.objects.filter(key="fairness").update(**{column: Clause.objects.values(column)[:1]})
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Clause.objects.filter(key="fairness").delete()


@pytest.mark.django_db
def test_a_version_written_from_an_older_one_is_refused_and_writes_nothing() -> None:
    change("fairness", name_en="Second")
    words, place = words_of("fairness"), Arrangement("people", 3)
    for seen in (1, None):
        with pytest.raises(code.ClauseChanged):
            code.keep_clause("fairness", words, place, seen=seen, now=LATER)
    assert len(code.versions_of("fairness")) == 2


@pytest.mark.django_db
def test_a_complaint_is_judged_by_the_words_it_was_filed_under(article: Article, standards_editor: StaffMember) -> None:
    case = make_case(article, kind="complaint", clause_keys=("fairness",))
    change("fairness", text_en="Other words.")
    change("privacy", text_en="Other words.")
    actor = as_actor(standards_editor)
    assignment.claim(case, actor=actor, expected_version=case.version, now=LATER)
    proposal = Proposal("upheld", "none", "reason", clause_keys=("fairness", "privacy"))
    decision = decisions.decide(case, proposal, actor=actor, expected_version=case.version, now=LATER)
    judged = {clause.key: clause.version for clause in Decision.objects.get(pk=decision.pk).clauses.all()}
    assert judged == {"fairness": 1, "privacy": 2}


@pytest.mark.django_db
def test_a_complaint_is_judged_by_its_clause_also_when_that_was_retired(article: Article) -> None:
    case = make_case(article, kind="complaint", clause_keys=("fairness",))
    change("fairness", in_force=False)
    assert "fairness" in [clause.key for clause in code.clauses_for(case)]
    assert "fairness" not in [clause.key for clause in code.active_clauses()]
    assert [clause.key for clause in code.retired_clauses()] == ["fairness"]


STEPS = st.lists(st.tuples(st.booleans(), st.sampled_from(["A", "B"])), max_size=8)


class WhateverAdministratorsDo(TestCase):
    """Versions follow each other without a gap, and at most one of them is in force."""

    @given(STEPS)
    def test_versions_follow_each_other(self, steps: list[tuple[bool, str]]) -> None:
        arrangement = Arrangement("people", 1)
        newest = code.keep_clause("balance", ClauseWords("أ", "A"), arrangement, seen=None, now=NOW)
        for number, (in_force, name) in enumerate(steps, start=1):
            words = ClauseWords("أ", name if in_force else newest.name_en)
            newest = code.keep_clause(
                "balance", words, arrangement, seen=newest.version, in_force=in_force, now=NOW + timedelta(days=number)
            )
            assert (newest.name_en, newest.retired_at is None) == (words.name_en, in_force)
        versions = code.versions_of("balance")[::-1]
        assert [clause.version for clause in versions] == [*range(1, len(versions) + 1)]
        assert all(one.retired_at and one.retired_at <= two.published_at for one, two in pairwise(versions))
