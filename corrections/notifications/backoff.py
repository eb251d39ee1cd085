"""When a mail is tried again: soon at first, then every two hours, for a day."""

from datetime import timedelta
from random import SystemRandom

FIRST = timedelta(seconds=30)
LONGEST = timedelta(hours=2)
#: With these steps the last attempt is about a day after the first.
LAST_ATTEMPT = 20
#: Attempts after which a row is given up that ends its sender, or cannot even be written as a mail.
LAST_POISONOUS_ATTEMPT = 5
#: The share by which a pause may be longer or shorter, so that a mail server that comes back is not rushed.
SPREAD = 0.2

_random = SystemRandom()


def pause_after(attempt: int) -> timedelta:
    """How long to wait after the given failed attempt (1 is the first)."""
    return middle_pause(attempt) * _random.uniform(1 - SPREAD, 1 + SPREAD)


def middle_pause(attempt: int) -> timedelta:
    """The same without the random part: doubles from half a minute up to two hours."""
    doublings = min(attempt - 1, 20)
    return min(FIRST * float(2**doublings), LONGEST)
