"""CSV: read back as it was, and no cell of it a formula."""

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.spreadsheets import BYTE_ORDER_MARK, as_csv

CORPUS = Path(__file__).parents[1] / "corpora/csv_formula_patt.json"
PATTERNS = json.loads(CORPUS.read_text("utf-8"))
STARTS = set("=+-@\t\r\n|%＝＋－＠–—")


def cells(text: str) -> list[list[str]]:
    assert text.startswith(BYTE_ORDER_MARK)
    return list(csv.reader(io.StringIO(text.removeprefix(BYTE_ORDER_MARK), newline="")))


def test_arabic_and_numbers_come_back_as_they_were() -> None:
    assert cells(as_csv(["البند", "العدد"], [["الدقة، والإنصاف", 12], ['"نعم"', -3]])) == [
        ["البند", "العدد"],
        ["الدقة، والإنصاف", "12"],
        ['"نعم"', "-3"],
    ]


@pytest.mark.parametrize(
    "pattern", ["=1+1", " =cmd|'/C calc'!A0", "@SUM(A1)", "+1", "-1", "\t=1", "＝1", "|x", *PATTERNS]
)
def test_no_pattern_of_the_corpus_starts_a_formula(pattern: str) -> None:
    cell = cells(as_csv(["x"], [[pattern]]))[1][0]
    assert cell.startswith("'") or not (set(cell[:1]) | set(cell.lstrip()[:1])) & STARTS
    assert cell.removeprefix("'") == pattern


TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0'"))


@given(st.lists(st.tuples(TEXTS, TEXTS)))
def test_whatever_stands_in_a_cell_comes_back_and_starts_no_formula(rows: list[tuple[str, str]]) -> None:
    found = cells(as_csv(["a", "b"], rows))[1:]
    assert [tuple(cell.removeprefix("'") for cell in row) for row in found] == rows
    assert not [cell for row in found for cell in row if cell[:1] and cell[0] in STARTS]
