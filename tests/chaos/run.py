"""One run: readers submit while everything around them fails; then peace, then the books."""

import time
from contextlib import suppress

from tests.chaos.faults import Faults
from tests.chaos.readers import submit_all
from tests.chaos.reconciliation import Reconciliation, reconcile
from tests.chaos.world import running_world
from tests.services.processes import NotInTime, wait_until

#: Seconds in which everything has to be told once nothing fails any more.
PEACE = 120


def run_chaos(count: int) -> Reconciliation:
    """Submits `count` reports under faults of all kinds and reconciles."""
    began = time.monotonic()
    with running_world() as world:
        faults = Faults(world)
        faults.start()
        try:
            submissions = submit_all(world, count)
        finally:
            faults.stop()
        # What is then still waiting stands in the books.
        with suppress(NotInTime):
            wait_until(lambda: not world.waiting_mails(), PEACE, "the end of the outbox", every=0.2)
        return reconcile(world, submissions, faults, time.monotonic() - began)
