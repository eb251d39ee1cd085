"""Who was promised what, and what arrived."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tests.chaos.faults import Faults
from tests.chaos.readers import Submission
from tests.chaos.world import World
from tests.services.smtp import Accepted

DESK = "desk@example.org"
#: One mail in so many submissions may come twice, with the same Message-ID: SMTP has no transactions.
SUBMISSIONS_PER_DUPLICATE = 500
LONGEST_WAIT_FOR_BROKER = 1.0


@dataclass(frozen=True)
class Reconciliation:
    """The books of one run."""

    submissions: int
    receipted: int
    lost: int
    cases_too_many: int
    mails_expected: int
    mails_missing: int
    duplicates: int
    duplicates_with_other_message_id: int
    not_settled: int
    slowest: float
    slowest_at_peace: float
    slowest_while_broker_silent: float
    requests_while_broker_silent: int
    faults: dict[str, int]
    seconds: float

    @property
    def is_sound(self) -> bool:
        """Whether the run kept every promise."""
        nothing = (
            self.submissions - self.receipted,
            self.lost,
            self.cases_too_many,
            self.mails_missing,
            self.duplicates_with_other_message_id,
            self.not_settled,
        )
        allowed = max(1, self.submissions // SUBMISSIONS_PER_DUPLICATE)
        in_time = self.wait_for_broker <= LONGEST_WAIT_FOR_BROKER
        return not any(nothing) and self.duplicates <= allowed and in_time

    @property
    def wait_for_broker(self) -> float:
        """Seconds that a silent broker added to the slowest request, on a computer as busy as this one was."""
        return max(0.0, self.slowest_while_broker_silent - self.slowest_at_peace)

    def table(self) -> str:
        """The books as a table for people."""
        rows = [
            ("submissions", self.submissions),
            ("receipted", self.receipted),
            ("receipted and lost", self.lost),
            ("cases nobody has a receipt for", self.cases_too_many),
            ("mails expected", self.mails_expected),
            ("mails missing", self.mails_missing),
            ("mails twice", self.duplicates),
            ("  of them with another Message-ID", self.duplicates_with_other_message_id),
            ("mails not settled in the outbox", self.not_settled),
            ("slowest request, seconds", f"{self.slowest:.2f}"),
            ("slowest at peace, seconds", f"{self.slowest_at_peace:.2f}"),
            ("slowest while the broker was silent, seconds", f"{self.slowest_while_broker_silent:.2f}"),
            ("requests while the broker was silent", self.requests_while_broker_silent),
            ("faults", sum(self.faults.values())),
            *((f"  {name.replace('_', ' ')}", count) for name, count in sorted(self.faults.items())),
            ("seconds in all", f"{self.seconds:.0f}"),
        ]
        return "\n".join(f"{name:<52}{value:>12}" for name, value in rows)


def reconcile(world: World, submissions: Sequence[Submission], faults: Faults, seconds: float) -> Reconciliation:
    """Compares what readers hold, what the database holds and what the mail server accepted."""
    receipted = [submission for submission in submissions if submission.receipt]
    cases = {f"{year}/{sequence:04}" for year, sequence in _numbers(world)}
    expected = {(submission.address, submission.case_number) for submission in receipted}
    expected |= {(DESK, submission.case_number) for submission in receipted}
    arrived = _arrived(world.sink.messages())
    twice = {letter: ids for letter, ids in arrived.items() if len(ids) > 1}
    silent = _durations_within(receipted, faults.broker_silent)
    return Reconciliation(
        submissions=len(submissions),
        receipted=len(receipted),
        lost=sum(submission.case_number not in cases for submission in receipted),
        cases_too_many=len(cases) - len({submission.case_number for submission in receipted}),
        mails_expected=len(expected),
        mails_missing=len(expected - arrived.keys()),
        duplicates=sum(len(ids) - 1 for ids in twice.values()),
        duplicates_with_other_message_id=sum(len(set(ids)) > 1 for ids in twice.values()),
        not_settled=world.waiting_mails(),
        slowest_at_peace=max(_durations_within(receipted, faults.peaceful), default=0),
        slowest=max((attempt.answered - attempt.sent for one in receipted for attempt in one.attempts), default=0),
        slowest_while_broker_silent=max(silent, default=0),
        requests_while_broker_silent=len(silent),
        faults=dict(faults.done),
        seconds=seconds,
    )


def _numbers(world: World) -> list[tuple[int, int]]:
    rows = world.ask("SELECT year, sequence FROM corrections_case")
    return [(int(str(year)), int(str(sequence))) for year, sequence in rows]


def _arrived(messages: Sequence[Accepted]) -> dict[tuple[str, str], list[str]]:
    """The Message-IDs that arrived of each letter; a letter is known by its recipient and case number."""
    letters: dict[tuple[str, str], list[str]] = defaultdict(list)
    for message in messages:
        number = re.search(r"\d{4}/\d{4,}$", str(message.message["Subject"]))
        for recipient in message.recipients:
            letters[recipient, number[0] if number else ""].append(message.message_id)
    return letters


def _durations_within(submissions: Sequence[Submission], spans: Sequence[tuple[float, float]]) -> list[float]:
    """How long the requests took that were sent while the broker was silent."""
    return [
        attempt.answered - attempt.sent
        for submission in submissions
        for attempt in submission.attempts
        if any(since <= attempt.sent <= until for since, until in spans)
    ]
