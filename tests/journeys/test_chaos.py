import pytest

from tests.chaos.faults import Faults
from tests.chaos.readers import submit_all
from tests.chaos.reconciliation import reconcile
from tests.chaos.run import run_chaos
from tests.chaos.world import running_world

pytestmark = [pytest.mark.chaos, pytest.mark.xdist_group("chaos")]

SUBMISSIONS = 500


def test_nothing_is_lost_and_nothing_told_twice_whatever_dies() -> None:
    books = run_chaos(SUBMISSIONS)
    assert books.is_sound, books.table()
    assert books.mails_expected == 2 * SUBMISSIONS
    assert min(books.faults.values()) >= 1, books.table()


def test_everybody_is_told_while_there_is_no_broker_at_all() -> None:
    with running_world() as world:
        world.valkey.kill()
        for worker in world.workers:
            worker.kill()
        submissions = submit_all(world, 20)
        world.sink.wait_for(40, seconds=60)
        books = reconcile(world, submissions, Faults(world), 0)
    assert (books.receipted, books.mails_missing, books.duplicates) == (20, 0, 0)
