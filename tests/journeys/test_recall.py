"""A letter that is sent and taken back at the same moment is either out or recalled: never both, never neither."""

import json
from collections import Counter

import pytest

from tests.services.newsroom import running_newsroom

RACES = 40
SCRIPT = f"from tests.journeys.recall_races import main; main({RACES})"


@pytest.mark.xdist_group("journeys")
@pytest.mark.parametrize(
    "with_servers", [pytest.param(True, marks=pytest.mark.postgres, id="postgresql"), pytest.param(False, id="sqlite")]
)
def test_a_letter_is_sent_or_recalled_and_whoever_took_it_back_is_told_which(with_servers: bool) -> None:
    with running_newsroom(with_servers=with_servers) as newsroom:
        printed = newsroom.manage("shell", "--no-imports", "-c", SCRIPT)
        letters = json.loads(printed.strip().splitlines()[-1])
        arrived = Counter(mail.message_id.strip("<>").partition("@")[0] for mail in newsroom.mail.messages())
    ends = Counter((status, taken_back, is_undone, arrived[name]) for name, status, taken_back, is_undone in letters)
    assert set(ends) <= {("sent", False, False, 1), ("recalled", True, True, 0)}, ends
    assert sum(ends.values()) == RACES
    # Both have to win now and then, or nothing was raced for.
    assert len(ends) == 2, ends
