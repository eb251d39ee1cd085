"""What PostgreSQL does by other means than SQLite: the search from its trigram index, lengths of time, figures."""

import json

import pytest

from tests.corrections.figures_at_borders import EXPECTED
from tests.services.newsroom import running_newsroom

pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("journeys")]


def test_every_pair_is_found_and_slips_too_from_the_index_and_lengths_are_those_of_the_moments() -> None:
    with running_newsroom(with_servers=True) as newsroom:
        printed = newsroom.manage("shell", "--no-imports", "-c", "import tests.journeys.on_postgresql")
    answers = json.loads(printed.strip().splitlines()[-1])
    assert (answers["pairs"], answers["slips"], answers["strangers"]) == ([], [], [])
    assert ["Bitmap Index Scan on articles_by_words" in plan for plan in answers["plans"]] == [True, True]
    assert answers["lengths"]["database"] == answers["lengths"]["moments"] == [11, 46813.0, 320489.0]
    assert answers["pages"] == [True] * 5
    assert answers["figures"] == EXPECTED
    assert answers["beside"] == [True] * 3
    assert answers["races"] == [True] * 30


def test_accounts_change_while_colleagues_work_and_neither_keeps_the_other_from_it() -> None:
    with running_newsroom(with_servers=True) as newsroom:
        printed = newsroom.manage("shell", "--no-imports", "-c", "import tests.journeys.accounts_on_postgresql")
    answers = json.loads(printed.strip().splitlines()[-1])
    assert answers == {"taken_back": [True] * 8, "written": True}


def test_a_report_is_stored_while_the_article_that_it_is_about_is_being_edited() -> None:
    with running_newsroom(with_servers=True) as newsroom:
        printed = newsroom.manage("shell", "--no-imports", "-c", "import tests.journeys.editing_on_postgresql")
    assert json.loads(printed.strip().splitlines()[-1]) == {"stored": True, "edited_alone": True}
