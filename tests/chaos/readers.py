"""Readers' programs: they submit with an idempotency key and try again with the same key until they have a receipt."""

import random
import time
import uuid
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import httpx

from tests.chaos.world import World

CLIENTS = 6
#: Seconds that a program waits for an answer before it tries again.
PATIENCE = 15.0
PAUSE = 0.1
#: Seconds that a program rests between two reports, on average: the run has to last for every kind of fault.
REST = 0.5
GIVEN_UP_AFTER = 180.0


@dataclass(frozen=True)
class Attempt:
    """One request: when it was sent and answered (monotonic seconds)."""

    sent: float
    answered: float


@dataclass
class Submission:
    """One reader's report and what came back for it."""

    number_in_run: int
    key: str = field(default_factory=lambda: uuid.uuid4().hex)
    case_number: str = ""
    receipt: str = ""
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"reader{self.number_in_run}@readers.example.net"

    @property
    def network(self) -> str:
        """An address in a network of its own, so that the limits for one source are not what is measured."""
        high, low = divmod(self.number_in_run, 250)
        return f"10.{high % 250}.{low}.{1 + high // 250}"


def submit_all(world: World, count: int) -> list[Submission]:
    """Submits `count` reports with several programs at once; returns when each is receipted or was given up."""
    submissions = [Submission(number) for number in range(count)]
    with ThreadPoolExecutor(CLIENTS) as programs, httpx.Client(timeout=PATIENCE) as client:
        list(programs.map(lambda submission: _submit(world, client, submission), submissions))
    return submissions


def _submit(world: World, client: httpx.Client, submission: Submission) -> None:
    time.sleep(random.uniform(0, 2 * REST))
    given_up = time.monotonic() + GIVEN_UP_AFTER
    for answer in _answers(world, client, submission):
        if answer is not None and answer.status_code < 500:
            _keep_receipt(submission, answer)
            return
        if time.monotonic() > given_up:
            return
        time.sleep(PAUSE * random.uniform(0.5, 1.5))


def _keep_receipt(submission: Submission, answer: httpx.Response) -> None:
    """A refusal is an answer too, and leaves the reader without a receipt."""
    if answer.status_code in (200, 201):
        received = answer.json()
        submission.case_number, submission.receipt = received["number"], received["receipt"]


def _answers(world: World, client: httpx.Client, submission: Submission) -> Iterator[httpx.Response | None]:
    while True:
        sent = time.monotonic()
        try:
            answer = client.post(
                f"{world.url}/api/v1/cases/", json=_report(world, submission), headers=_headers(submission)
            )
        except httpx.HTTPError:
            answer = None
        if answer is not None:
            submission.attempts.append(Attempt(sent, time.monotonic()))
        yield answer


def _report(world: World, submission: Submission) -> dict[str, object]:
    return {
        "kind": "correction",
        "article": world.article,
        "language": "ar" if submission.number_in_run % 2 else "en",
        "problem": "fact",
        "text": f"The figure is 1,200 and not 12,000 (report {submission.number_in_run}).",
        "address": submission.address,
    }


def _headers(submission: Submission) -> dict[str, str]:
    return {"Idempotency-Key": submission.key, "X-Forwarded-For": submission.network}
