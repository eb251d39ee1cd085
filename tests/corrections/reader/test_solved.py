"""Was it solved? Asked once after the decision, answered with one press."""

from collections.abc import Callable

import pytest
from django.test import Client

from corrections.domain import decisions
from corrections.domain.intake import Receipted
from corrections.domain.proposal import Proposal
from corrections.models import Case, Event
from newsroom.models import Article, StaffMember
from tests.corrections.reader.pages import open_case, press, take_up
from tests.factories import NOW, as_actor, submit

MY_CASE, SOLVED = "/ar/my-case/", "/ar/my-case/solved/"
QUESTION = "هل حُلّت المسألة؟"


@pytest.fixture
def decided(reader: Client, article: Article, editor: StaffMember) -> Receipted:
    receipted = submit(article)
    case = Case.objects.get()
    take_up(case, editor)
    case.refresh_from_db()
    proposal = Proposal("not_upheld", "none", "لا خطأ في النص.")
    decisions.decide(case, proposal, actor=as_actor(editor), expected_version=case.version, now=NOW)
    open_case(reader, receipted)
    return receipted


@pytest.mark.parametrize(("answer", "words"), [("yes", "نعم"), ("partly", "جزئيًا"), ("no", "لا")])
def test_the_answer_is_kept_and_shown_to_reader_and_desk(
    reader: Client,
    decided: Receipted,
    editor: StaffMember,
    signed_in: Callable[[StaffMember], Client],
    answer: str,
    words: str,
) -> None:
    assert 'name="solved" value="yes"' in reader.get(MY_CASE).content.decode()
    press(reader, MY_CASE, SOLVED, solved=answer)
    page = reader.get(MY_CASE).content.decode()
    assert (Case.objects.get().solved, f"{QUESTION} <strong>{words}</strong>" in page) == (answer, True)
    assert 'name="solved"' not in page
    case = decided.case
    desk = signed_in(editor).get(f"/ar/desk/cases/{case.year}/{case.sequence}/").content.decode()
    assert f"<dt>حُلّت المسألة بحسب صاحب الطلب</dt><dd>{words}</dd>" in desk


def test_it_is_answered_once(reader: Client, decided: Receipted) -> None:
    fields = {"case": decided.case.number}
    press(reader, MY_CASE, SOLVED, solved="no")
    assert press(reader, MY_CASE, SOLVED, solved="yes", **fields).status_code == 303
    assert (Case.objects.get().solved, Event.objects.filter(happening="solved_said").count()) == ("no", 1)


@pytest.mark.parametrize("answer", ["", "maybe", "YES", "1"])
def test_what_is_no_answer_changes_nothing(reader: Client, decided: Receipted, answer: str) -> None:
    version = Case.objects.get().version
    assert press(reader, MY_CASE, SOLVED, solved=answer).status_code == 303
    assert (Case.objects.get().solved, Case.objects.get().version) == ("", version)


def test_nobody_is_asked_before_the_decision(reader: Client, article: Article) -> None:
    receipted = submit(article)
    open_case(reader, receipted)
    assert QUESTION not in reader.get(MY_CASE).content.decode()
    press(reader, MY_CASE, SOLVED, solved="yes")
    assert Case.objects.get().solved == ""


def test_no_stranger_answers(decided: Receipted) -> None:
    Client().post(SOLVED, {"case": decided.case.number, "solved": "yes"})
    assert Case.objects.get().solved == ""
