"""The search on PostgreSQL: every pair that holds on SQLite, likeness besides, answered from the trigram index."""

import json

import pytest

from tests.services.newsroom import running_newsroom

pytestmark = [pytest.mark.postgres, pytest.mark.xdist_group("journeys")]


def test_postgresql_finds_every_pair_and_slips_too_from_its_index() -> None:
    with running_newsroom(with_servers=True) as newsroom:
        printed = newsroom.manage("shell", "--no-imports", "-c", "import tests.journeys.search_on_postgresql")
    answers = json.loads(printed.strip().splitlines()[-1])
    assert (answers["pairs"], answers["slips"], answers["strangers"]) == ([], [], [])
    assert ["Bitmap Index Scan on articles_by_words" in plan for plan in answers["plans"]] == [True, True]
