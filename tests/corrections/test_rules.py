"""Who may do what, as a table: roles, conflict, kind of case."""

from dataclasses import replace

import pytest

from corrections.enums import Kind, Move
from corrections.rules import (
    READER_MOVES,
    Actor,
    CaseFacts,
    may_assign,
    may_decide,
    may_move,
    may_reveal_identity,
    may_see_case,
    may_sign,
    may_work_on,
)

ROLES = ("author", "editor", "standards_editor", "administrator", "")
ME, OTHER = 1, 2


def facts(kind: Kind = Kind.CORRECTION, *, conflict: bool = False, proposed_by: int | None = None) -> CaseFacts:
    return CaseFacts(kind, frozenset({ME} if conflict else {OTHER}), proposed_by)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("conflict", [False, True])
@pytest.mark.parametrize("kind", list(Kind))
def test_the_whole_table(role: str, kind: Kind, conflict: bool) -> None:
    actor, case = Actor(ME, role), facts(kind, conflict=conflict)
    on_desk = role in ("editor", "standards_editor", "administrator")
    senior = role in ("standards_editor", "administrator")
    complaint = kind == Kind.COMPLAINT
    assert may_see_case(actor, case) == (on_desk and not (conflict and complaint))
    assert may_work_on(actor, case) == (on_desk and not conflict)
    assert may_reveal_identity(actor, case) == (on_desk and not conflict)
    assert may_decide(actor, case) == (on_desk and not conflict and (senior or not complaint))
    assert may_move(actor, case, Move.REOPEN) == (senior and not conflict)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("conflict", [False, True])
def test_what_was_a_complaint_is_hidden_as_one_and_decided_as_what_it_has_become(role: str, conflict: bool) -> None:
    actor, now = Actor(ME, role), facts(conflict=conflict)
    once = replace(now, was_complaint=True)
    assert may_see_case(actor, once) == may_see_case(actor, facts(Kind.COMPLAINT, conflict=conflict))
    assert (may_work_on(actor, once), may_decide(actor, once)) == (may_work_on(actor, now), may_decide(actor, now))


@pytest.mark.parametrize("role", ["editor", "standards_editor", "administrator"])
@pytest.mark.parametrize(
    ("own", "section", "inside"),
    [((), 1, True), ((), None, True), ((1,), 1, True), ((1, 2), 2, True), ((1,), 2, False), ((1,), None, False)],
)
def test_somebody_of_a_section_works_on_its_cases_alone(
    role: str, own: tuple[int, ...], section: int | None, inside: bool
) -> None:
    actor, case = Actor(ME, role, frozenset(own)), CaseFacts(Kind.CORRECTION, section=section)
    assert may_see_case(actor, case) == may_work_on(actor, case) == may_decide(actor, case) == inside
    assert may_assign(Actor(OTHER, "editor"), case, actor) == inside


@pytest.mark.parametrize("move", sorted(READER_MOVES))
@pytest.mark.parametrize("role", ROLES)
def test_nobody_on_the_desk_speaks_for_the_reader(role: str, move: Move) -> None:
    assert not may_move(Actor(ME, role), facts(), move)


@pytest.mark.parametrize(("proposer", "may"), [(None, False), (ME, False), (OTHER, True)])
def test_a_second_signature_is_another_persons(proposer: int | None, may: bool) -> None:
    assert may_sign(Actor(ME, "editor"), facts(proposed_by=proposer)) == may


def test_a_case_is_not_handed_to_the_articles_author() -> None:
    case = CaseFacts(Kind.CORRECTION, frozenset({OTHER}))
    assert not may_assign(Actor(ME, "editor"), case, Actor(OTHER, "editor"))
    assert may_assign(Actor(ME, "editor"), case, Actor(3, "editor"))
    assert not may_assign(Actor(ME, "editor"), case, Actor(3, "author"))
