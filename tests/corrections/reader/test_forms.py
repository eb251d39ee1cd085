"""The forms take in whatever comes and lose none of it; whether it is right is asked elsewhere."""

from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corrections.models import Clause
from corrections.reader.forms import ComplaintForm, CorrectionForm, ReportForm, kind_of

ANYTHING = st.text(st.characters(), max_size=200)


def make(kind: str, data: dict[str, Any]) -> ReportForm:
    clauses = [Clause(key="privacy", part="protection", name_ar="الخصوصية", name_en="Privacy")]
    return ComplaintForm(data, clauses=clauses) if kind == "complaint" else CorrectionForm(data)


@pytest.mark.parametrize("kind", ["correction", "complaint"])
@given(data=st.data())
def test_no_field_refuses_or_changes_what_was_typed(kind: str, data: st.DataObject) -> None:
    names = [name for name in make(kind, {}).fields if name not in ("clauses", "sought")]
    typed = {name: data.draw(ANYTHING) for name in names}
    form = make(kind, typed)
    assert (form.is_valid(), dict(form.errors)) == (True, {})
    assert {name: form.cleaned_data[name] for name in names} == typed


@given(revision=ANYTHING | st.integers().map(str))
@example(revision="9" * 30)
@example(revision="١")
def test_a_revision_is_a_small_number_or_none(revision: str) -> None:
    form = make("correction", {"revision": revision})
    form.is_valid()
    number = form.words()["revision_number"]
    assert number is None or (str(number) == revision.lstrip("0") or number == 0)
    assert number is None or 0 <= number < 2**31


@pytest.mark.parametrize(
    ("reply", "address", "wanted"),
    [
        ("mail", "", True),
        ("mail", "reader@example.org", True),
        ("receipt", "", False),
        ("receipt", "reader@example.org", False),
        ("", "", False),
        ("", "reader@example.org", True),
        ("x", "reader@example.org", True),
    ],
)
def test_a_mail_is_wanted_by_the_answer_and_else_by_the_address(reply: str, address: str, wanted: bool) -> None:
    form = make("correction", {"reply": reply, "address": address})
    form.is_valid()
    assert form.words()["wants_mail"] is wanted


@pytest.mark.parametrize(("credit", "name"), [("none", ""), ("name", "نور"), ("", ""), ("x", "")])
def test_a_name_is_taken_where_it_may_be_named(credit: str, name: str) -> None:
    form = make("correction", {"credit": credit, "name": "نور"})
    form.is_valid()
    assert form.words()["name"] == name


@pytest.mark.parametrize(
    ("kind", "problem", "made"),
    [
        ("correction", "fact", "correction"),
        ("correction", "missing", "addition"),
        ("correction", "x", "correction"),
        ("complaint", "missing", "complaint"),
    ],
)
def test_a_missing_detail_makes_an_addition(kind: str, problem: str, made: str) -> None:
    form = make(kind, {"problem": problem})
    form.is_valid()
    assert kind_of(form) == made
