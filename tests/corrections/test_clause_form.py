"""The code of ethics in the administration: other words are a new version, nothing said is ever changed or deleted."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from corrections.clause_form import WORDS
from corrections.models import Clause
from newsroom.models import Article, StaffMember
from tests.factories import make_case

ADMIN = "/en/admin/corrections/clause"


@pytest.fixture
def office(signed_in: Callable[[StaffMember], Client], administrator: StaffMember) -> Client:
    """The administrator's browser."""
    return signed_in(administrator)


@pytest.fixture
def clause(db: None) -> Clause:
    return Clause.objects.get(key="fairness")


def filled_in(clause: Clause, **changes: Any) -> dict[str, Any]:
    """The form of a clause as it stands, with changes; a box that is not ticked is not sent."""
    fields = {name: getattr(clause, name) for name in ("part", "position", *WORDS)}
    sent = {**fields, "in_force": clause.retired_at is None, **changes}
    return {name: value for name, value in sent.items() if value is not False}


def save(office: Client, clause: Clause, **changes: Any) -> Any:
    answer: Any = office.post(f"{ADMIN}/{clause.pk}/change/", filled_in(clause, **changes))
    return answer


def versions() -> list[tuple[int, str, bool]]:
    rows = Clause.objects.filter(key="fairness").order_by("version")
    return [(row.version, row.name_en, row.retired_at is None) for row in rows]


def test_a_clause_with_other_words_is_a_new_version(office: Client, clause: Clause) -> None:
    assert save(office, clause, name_en="Fairness and balance").status_code == 302
    assert versions() == [(1, clause.name_en, False), (2, "Fairness and balance", True)]
    first, second = Clause.objects.filter(key="fairness").order_by("version")
    assert first.retired_at == second.published_at


def test_a_clause_in_another_place_is_the_same_version(office: Client, clause: Clause) -> None:
    save(office, clause, position=99, part="honesty")
    moved = Clause.objects.get(key="fairness")
    assert (moved.version, moved.position, moved.part) == (1, 99, "honesty")


def test_a_case_keeps_the_words_of_the_clause_it_came_with(office: Client, clause: Clause, article: Article) -> None:
    complaint = make_case(article, now=timezone.now(), kind="complaint", clause_keys=("fairness",))
    save(office, clause, text_en="Other words.")
    assert [(row.version, row.text_en) for row in complaint.clauses.all()] == [(1, clause.text_en)]


def test_clauses_are_retired_and_come_back_as_another_version_but_are_never_deleted(
    office: Client, clause: Clause
) -> None:
    assert office.post(f"{ADMIN}/{clause.pk}/delete/", {"post": "yes"}).status_code == 403
    save(office, clause, in_force=False)
    assert versions() == [(1, clause.name_en, False)]
    save(office, clause, in_force=True)
    assert versions() == [(1, clause.name_en, False), (2, clause.name_en, True)]


def test_a_clause_out_of_force_is_given_no_other_words(office: Client, clause: Clause) -> None:
    page = save(office, clause, in_force=False, name_en="Fairness and balance")
    assert "A clause that is not in force cannot be given other words." in page.content.decode()
    assert versions() == [(1, clause.name_en, True)]


def test_of_two_who_change_a_clause_at_once_the_second_is_told_and_loses_no_word(
    office: Client, clause: Clause
) -> None:
    save(office, clause, name_en="The first")
    page = save(office, clause, name_en="The second").content.decode()
    assert "Somebody else has changed the clause meanwhile. Open its newest version." in page
    assert 'value="The second"' in page
    assert versions() == [(1, clause.name_en, False), (2, "The first", True)]


def test_an_earlier_version_is_only_shown(office: Client, clause: Clause) -> None:
    save(office, clause, name_en="The second")
    page = office.get(f"{ADMIN}/{clause.pk}/change/").content.decode()
    assert (clause.text_en in page, 'name="_save"' in page) == (True, False)


def test_a_new_clause_has_a_key_of_its_own(office: Client, clause: Clause) -> None:
    fields = filled_in(clause, name_en="Another")
    refused = office.post(f"{ADMIN}/add/", {**fields, "key": "fairness"}).content.decode()
    assert "Another clause has this key already, or had it once." in refused
    assert office.post(f"{ADMIN}/add/", {**fields, "key": "balance"}).status_code == 302
    made = Clause.objects.get(key="balance")
    assert (made.version, made.name_en, made.retired_at) == (1, "Another", None)
