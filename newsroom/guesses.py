"""Wrong passwords in a row, whatever network they come from.

The first ten cost nothing. After each further one the next is looked at only after a pause, which doubles with every
ten (30 seconds after the tenth, one hour after the eightieth), and the hundredth is the last (NIST SP 800-63B, 5.2.2).
A right password, or one that was set by a mailed link, begins anew; so do thirty days without a guess. A device on
which somebody has signed in to the account before (newsroom.known_devices), and a session of theirs, are counted apart,
so that strangers cannot shut them out.
"""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from newsroom.models import Guesses

FREE = 10
MOST = 100
FIRST_PAUSE = timedelta(seconds=30)
LONGEST_PAUSE = timedelta(hours=1)
KEPT = timedelta(days=30)


class TooManyGuesses(Exception):
    """The password is not looked at; it may be tried again after `retry_after_seconds`."""

    def __init__(self, retry_after_seconds: int) -> None:
        super().__init__(f"again after {retry_after_seconds} s")
        self.retry_after_seconds = retry_after_seconds


def by_strangers(name: str) -> str:
    """Guesses at somebody's password from devices on which they have never signed in."""
    return f"strangers/{name.casefold()}"


def by_device(name: str, device: str) -> str:
    """Guesses from one device on which they have."""
    return f"device/{device}/{name.casefold()}"


def by_session(name: str, session: str) -> str:
    """Guesses in a session that they have opened."""
    return f"session/{session}/{name.casefold()}"


def count(guessers: str, now: datetime) -> None:
    """Counts a guess before the password is looked at, so that parallel ones count too. Raises TooManyGuesses.

    One guarded UPDATE: of two guesses at the end of a pause one is looked at.
    """
    key = _key(guessers)
    for _again in range(FREE):
        row = Guesses.objects.filter(key=key).first() or _begun(key, now)
        _require_time(row, now)
        seen = Guesses.objects.filter(pk=row.pk, in_a_row=row.in_a_row)
        if seen.update(in_a_row=F("in_a_row") + 1, last_at=now):
            return
    raise TooManyGuesses(1)


def forgive(guessers: str) -> None:
    """The password was right, or is another: the counting begins anew."""
    Guesses.objects.filter(key=_key(guessers)).delete()


def forget_old(now: datetime) -> int:
    """Deletes the counts that nobody has added to for long; returns how many."""
    return int(Guesses.objects.filter(last_at__lt=now - KEPT).delete()[0])


def pause_after(in_a_row: int) -> timedelta:
    """How long the next guess has to wait."""
    if in_a_row < FREE:
        return timedelta(0)
    doubled: int = 2 ** ((in_a_row - FREE) // 10)
    return min(FIRST_PAUSE * doubled, LONGEST_PAUSE)


def _require_time(row: Guesses, now: datetime) -> None:
    ends_at = row.last_at + (KEPT if row.in_a_row >= MOST else pause_after(row.in_a_row))
    if row.in_a_row >= FREE and now < ends_at:
        raise TooManyGuesses(max(1, int((ends_at - now).total_seconds())))


def _begun(key: str, now: datetime) -> Guesses:
    try:
        with transaction.atomic():
            return Guesses.objects.create(key=key, last_at=now)
    except IntegrityError:
        return Guesses.objects.get(key=key)


def _key(guessers: str) -> str:
    return salted_hmac("newsroom.guesses", guessers, algorithm="sha256").hexdigest()
