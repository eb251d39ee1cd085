"""Limits and suspicion. Limits are kept per source with a key that lives one day; no address is stored, and one
source's flood never closes the door for others. Suspicion holds a case for the desk's eyes; it never drops one."""

import secrets
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F

from corrections.keys import hashed
from corrections.models import Budget, DayKey
from corrections.tokens import source_hash


class TooMany(Exception):
    """The source has used up an allowance; it may try again after `retry_after_seconds`."""

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(f"again after {retry_after_seconds} s")
        self.retry_after_seconds = retry_after_seconds


@dataclass(frozen=True)
class Allowance:
    """How often one source may do something in a window of `seconds`."""

    name: str
    count: int
    seconds: int


SUBMIT = Allowance("submit", settings.SUBMISSIONS_PER_HOUR, 3600)
OPEN_CASE = Allowance("open case", 20, 3600)
#: Programs of readers ask again and again; guesses stay hopeless (76 random bits).
READ_CASE = Allowance("read case", 600, 3600)
READER_WRITE = Allowance("reader writes", 30, 3600)
#: Each is decoded in a process of its own, which costs more than words do.
ADD_FILE = Allowance("add file", 30, 3600)
FOLLOW = Allowance("follow", 20, 3600)
GIVE_STATEMENT = Allowance("give statement", 30, 3600)
#: Of one network; what is guessed at one account from everywhere is counted by newsroom.guesses.
SIGN_IN = Allowance("sign in", 10, 900)
#: Codes of an app have six digits: beside the password, for one person, whatever the source.
SECOND_FACTOR = Allowance("second factor", 10, 900)
#: Guesses of a mailed link stay hopeless (256 bits); this only bounds the work.
JOIN = Allowance("join", 60, 900)
API_READ = Allowance("api read", 600, 3600)
API_WRITE = Allowance("api write", 600, 3600)


def spend(allowance: Allowance, source: str, now: datetime) -> None:
    """Counts one use by a source (a network address).

    One upsert in a transaction of its own, kept even when what follows fails. Raises TooMany.
    """
    _spend(allowance, _source_key(allowance, source, now), now)


def spend_by_name(allowance: Allowance, name: str, now: datetime) -> None:
    """The same for something that is not a network address, such as the person at the second step."""
    _spend(allowance, _name_key(allowance, name, now), now)


def came_from_here(name: str, source: str, now: datetime) -> bool:
    """Whether something of this name came from the source's network before, today; from now on it has. What is kept is
    a keyed hash, for a day."""
    day = Allowance(f"came {name}", 0, 86_400)
    return _count(_source_key(day, source, now), _window_start(day, now)) > 1


def give_back(allowance: Allowance, source: str, now: datetime) -> None:
    """Takes back what a try has spent that turned out to be rightful (a sign-in that succeeded)."""
    _give_back(allowance, _source_key(allowance, source, now), now)


def give_back_by_name(allowance: Allowance, name: str, now: datetime) -> None:
    """The same for what only a name has spent."""
    _give_back(allowance, _name_key(allowance, name, now), now)


def forget_old_budgets(now: datetime) -> int:
    """Deletes the keys of past days and counters older than a day; returns how many counters."""
    DayKey.objects.filter(day__lt=now.date()).delete()
    return Budget.objects.filter(window_starts_at__lt=now - timedelta(days=1)).delete()[0]


@dataclass(frozen=True)
class Signs:
    """What was seen of a submission: counts and yes or no, never the words."""

    honeypot_filled: bool
    too_fast: bool
    controls: int
    links: int

    def as_data(self) -> dict[str, int]:
        """The signs that were seen, for the case."""
        seen = {
            "honeypot": int(self.honeypot_filled),
            "too_fast": int(self.too_fast),
            "controls": self.controls,
            "links": self.links,
        }
        return {name: count for name, count in seen.items() if count}

    @property
    def are_suspicious(self) -> bool:
        """Whether the desk should look before the case runs: a filled trap, an inhuman pace together with links,
        overriding marks in number, or a list of links."""
        paced_spam = self.too_fast and self.links > 0
        return self.honeypot_filled or paced_spam or self.controls >= 4 or self.links >= 6


def _window_start(allowance: Allowance, now: datetime) -> datetime:
    seconds = int(now.timestamp())
    return datetime.fromtimestamp(seconds - seconds % allowance.seconds, UTC)


def _source_key(allowance: Allowance, source: str, now: datetime) -> str:
    return hashed(f"budget {allowance.name}", source_hash(_key_of_day(now), source))


def _name_key(allowance: Allowance, name: str, now: datetime) -> str:
    return hashed(f"budget {allowance.name} {now:%Y%m%d}", name)


def _give_back(allowance: Allowance, key: str, now: datetime) -> None:
    window = _window_start(allowance, now)
    Budget.objects.filter(key=key, window_starts_at=window, used__gt=0).update(used=F("used") - 1)


def _spend(allowance: Allowance, key: str, now: datetime) -> None:
    window = _window_start(allowance, now)
    if _count(key, window) > allowance.count:
        end = window + timedelta(seconds=allowance.seconds)
        raise TooMany(max(1, int((end - now).total_seconds())))


def _key_of_day(now: datetime) -> bytes:
    key, _made = DayKey.objects.get_or_create(day=now.date(), defaults={"key": secrets.token_hex(32)})
    return bytes.fromhex(key.key)


def _count(key: str, window: datetime) -> int:
    try:
        with transaction.atomic():
            Budget.objects.create(key=key, window_starts_at=window, used=1)
            return 1
    except IntegrityError:
        rows = Budget.objects.filter(key=key, window_starts_at=window)
        rows.update(used=F("used") + 1)
        return rows.values_list("used", flat=True).get()
