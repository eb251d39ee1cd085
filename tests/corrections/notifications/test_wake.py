import os
import threading

import pytest
from celery import current_app

from corrections.notifications import wake
from corrections.notifications.wake import KEPT, SAID_ONE_BY_ONE, Waker


class Broker:
    """Stands for a broker: keeps what it is told, and can be frozen."""

    def __init__(self) -> None:
        self.heard: list[list[int]] = []
        self.answers = threading.Event()
        self.answers.set()
        self.spoken_to = threading.Event()

    def say(self, ids: list[int]) -> None:
        self.spoken_to.set()
        self.answers.wait(10)
        self.heard.append(list(ids))


@pytest.fixture
def broker(monkeypatch: pytest.MonkeyPatch) -> Broker:
    stand_in = Broker()
    monkeypatch.setattr(wake, "say", stand_in.say)
    monkeypatch.setattr(wake, "PAUSE", 0)
    return stand_in


def wait_for(broker: Broker, ids: list[int]) -> bool:
    done = threading.Event()
    for _ in range(500):
        if [one for heard in broker.heard for one in heard] == ids:
            return True
        done.wait(0.01)
    return False


def test_the_broker_hears_of_new_deliveries(broker: Broker) -> None:
    Waker().wake([1, 2])
    assert wait_for(broker, [1, 2])


def test_a_frozen_broker_holds_nobody_who_wakes(broker: Broker) -> None:
    broker.answers.clear()
    waker = Waker()
    waker.wake([1])
    assert broker.spoken_to.wait(5)
    for number in range(2, 100):
        waker.wake([number])
    assert broker.heard == []
    broker.answers.set()
    assert wait_for(broker, list(range(1, 100)))


def test_a_broker_that_fails_is_told_the_next_time(broker: Broker, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []

    def fail_first(ids: list[int]) -> None:
        tries.append(ids)
        if len(tries) == 1:
            raise ConnectionError
        broker.say(ids)

    monkeypatch.setattr(wake, "say", fail_first)
    waker = Waker()
    waker.wake([1])
    while not tries:
        threading.Event().wait(0.01)
    waker.wake([2])
    assert wait_for(broker, [2])


def test_a_broker_that_is_away_for_long_costs_no_memory(broker: Broker) -> None:
    broker.answers.clear()
    waker = Waker()
    waker.wake([-1])
    assert broker.spoken_to.wait(5)
    for number in range(10 * KEPT):
        waker.wake([number])
    assert len(waker._ids) <= KEPT
    broker.answers.set()
    assert wait_for(broker, [-1, *range(9 * KEPT, 10 * KEPT)])


def test_one_thread_wakes_for_the_whole_process(broker: Broker) -> None:
    waker = Waker()
    pressers = [threading.Thread(target=waker.wake, args=([number],)) for number in range(50)]
    before = {thread.ident for thread in threading.enumerate() if thread.name == "outbox-waker"}
    for presser in pressers:
        presser.start()
    for presser in pressers:
        presser.join()
    after = {thread.ident for thread in threading.enumerate() if thread.name == "outbox-waker"}
    assert len(after - before) == 1


def test_a_forked_process_wakes_with_a_thread_of_its_own(broker: Broker) -> None:
    wake.wake([1])
    assert wait_for(broker, [1])
    child = os.fork()
    if child == 0:
        broker.heard.clear()
        wake.wake([2])
        os._exit(0 if wait_for(broker, [2]) else 1)
    assert os.waitpid(child, 0)[1] == 0


def test_waking_never_raises(monkeypatch: pytest.MonkeyPatch) -> None:
    def no_more_threads(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", no_more_threads)
    monkeypatch.setattr(wake, "_waker", Waker())
    wake.wake([1])


def test_many_deliveries_are_said_in_one_word(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[tuple[str, object]] = []
    monkeypatch.setattr(current_app, "send_task", lambda name, args=None, **options: said.append((name, args)))
    wake.say([7])
    wake.say(list(range(SAID_ONE_BY_ONE + 1)))
    assert said == [("corrections.deliver", [7]), ("corrections.sweep_outbox", None)]
