"""A choice of cases, from a list or a whole view, as fixed cases at fixed versions that travel in a form.

Two bytes or less for each case: a preview of 10,000 fits into a field of a form, so that nothing is written before
somebody says so. What comes back is no proof of anything: every case is looked up again with the eyes of the person.
"""

import base64
import binascii
import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from corrections.domain.access import LARGEST_NUMBER, visible_cases
from corrections.domain.queue_filters import QueueFilters, chosen_cases
from corrections.models import Case
from corrections.rules import Actor
from newsroom.text import fold_digits

#: Cases at most, and what their list may take when it is unpacked.
MOST_CASES = 200_000
_LARGEST = 16 * MOST_CASES
_NUMBER = re.compile(r"\s*([0-9]{1,4})/([0-9]{1,10})\s*", re.ASCII)
#: Cases that one query asks for by their keys: SQLite takes no more than 32,766 values.
_AT_ONCE = 10_000

#: A case's key and the version at which it was seen.
Seen = tuple[int, int]


class SelectionUnreadable(Exception):
    """What came back is no choice of cases."""


def by_numbers(actor: Actor, numbers: Sequence[str]) -> QuerySet[Case]:
    """The cases of these numbers that the person may see; what is no number is nothing."""
    by_year: dict[int, list[int]] = {}
    for number in numbers[:MOST_CASES]:
        read = _NUMBER.fullmatch(fold_digits(number))
        if read and int(read[2]) <= LARGEST_NUMBER:
            by_year.setdefault(int(read[1]), []).append(int(read[2]))
    named = [Q(year=year, sequence__in=sequences) for year, sequences in by_year.items()]
    return Case.objects.filter(visible_cases(actor)).filter(reduce(or_, named)) if named else Case.objects.none()


def by_view(actor: Actor, filters: QueueFilters, now: datetime) -> QuerySet[Case]:
    """Every case of a view, whatever page of it is shown."""
    return chosen_cases(actor, filters, now)


def by_keys(actor: Actor, keys: Sequence[int]) -> Iterator[QuerySet[Case]]:
    """The cases of these keys that the person may see, in as many questions as the database needs."""
    for start in range(0, len(keys), _AT_ONCE):
        yield Case.objects.filter(visible_cases(actor), pk__in=keys[start : start + _AT_ONCE])


def pack(seen: Iterable[Seen]) -> str:
    """Cases with their versions as one word for a form, by key: distances, seven bits to a byte."""
    written, last = bytearray(), 0
    for key, version in sorted(seen):
        written += _written(key - last) + _written(version)
        last = key
    return base64.urlsafe_b64encode(zlib.compress(bytes(written), 9)).decode()


def unpack(packed: str) -> list[Seen]:
    """The cases of such a word. Raises SelectionUnreadable."""
    try:
        reader = zlib.decompressobj()
        written = reader.decompress(base64.urlsafe_b64decode(packed.encode()), _LARGEST)
    except (binascii.Error, ValueError, zlib.error):
        raise SelectionUnreadable from None
    if reader.unconsumed_tail or not reader.eof:
        raise SelectionUnreadable
    numbers = list(_numbers(written))
    if len(numbers) % 2 or len(numbers) > 2 * MOST_CASES:
        raise SelectionUnreadable
    seen, key = [], 0
    for distance, version in zip(numbers[::2], numbers[1::2], strict=True):
        key += distance
        seen.append((key, version))
    if any(not (0 < each <= 2**62 and 0 <= version <= LARGEST_NUMBER) for each, version in seen):
        raise SelectionUnreadable
    return seen


def _written(number: int) -> bytes:
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*written, number])


def _numbers(written: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in written:
        number |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            yield number
            number = shift = 0
        elif shift > 63:
            raise SelectionUnreadable
    if shift:
        raise SelectionUnreadable
