"""What a reader should see before writing about a passage: that it was corrected, or that others reported it.

Counts and published notices alone; nothing of what others wrote.
"""

from dataclasses import dataclass
from itertools import pairwise

from corrections.domain import notices
from corrections.domain.places import Place, edits_in
from corrections.enums import OPEN_STATUSES, Part
from corrections.models import Notice, Passage
from corrections.passages import State, carried, carry, overlap, touches
from newsroom.articles import Content
from newsroom.edits import running_text
from newsroom.models import Article, Revision

#: Beyond this many the number says no more.
MOST_COUNTED = 1000


@dataclass(frozen=True)
class Known:
    """What is known of a passage: whether it has changed since the reader's revision, the notices of those changes, and
    how many readers wait."""

    is_changed: bool
    corrected_by: list[Notice]
    readers: int


def known_of(article: Article, seen: Revision, place: Place | None) -> Known | None:
    """What is known of a place in the revision that the reader saw; None where nothing is (four queries at most)."""
    if place is None:
        return None
    edits = dict(Revision.objects.filter(article=article).values_list("number", "edits"))
    is_changed = article.latest != seen.number and _has_changed(article, seen, place, edits)
    corrected_by = _corrections(article, seen, place, edits) if is_changed else []
    known = Known(is_changed, corrected_by, _readers(article, seen, place, edits))
    return known if known.is_changed or known.readers else None


Edits = dict[int, dict[str, list[list[int]]]]


def _corrections(article: Article, seen: Revision, place: Place, edits: Edits) -> list[Notice]:
    numbers = _photos_changed(article, seen) if place.quote is None else _words_changed(article, seen, place, edits)
    since = notices.standing().filter(article=article, revision__number__in=numbers)
    return list(since.order_by("-published_at", "-id"))


def _words_changed(article: Article, seen: Revision, place: Place, edits: Edits) -> list[int]:
    """The later revisions in which words of the place changed, and no others: a notice on them is about it."""
    assert place.quote is not None  # noqa: S101 - asked by the caller
    start, end = place.quote.start, place.quote.end
    numbers = []
    for number in range(seen.number + 1, article.latest + 1):
        made = edits_in(edits[number], place.part)
        if touches(start, end, made):
            numbers.append(number)
        start, end = carry(start, end, made)
    return numbers


def _photos_changed(article: Article, seen: Revision) -> list[int]:
    """The later revisions that brought another photo, or took it away."""
    photos = Revision.objects.filter(article=article, number__gte=seen.number).order_by("number")
    found = list(photos.values_list("number", "photo_id"))
    return [number for (_before, photo), (number, other) in pairwise(found) if photo != other]


def _has_changed(article: Article, seen: Revision, place: Place, edits: Edits) -> bool:
    latest = Revision.objects.get(article=article, number=article.latest)
    if place.quote is None:
        return latest.photo_id != seen.photo_id
    later = [edits_in(edits[number], place.part) for number in range(seen.number + 1, article.latest + 1)]
    text = running_text(Content.of(latest).words()[place.part])
    return carried(place.quote, later, text).state != State.THERE


def _readers(article: Article, seen: Revision, place: Place, edits: Edits) -> int:
    # None that was set apart as suspicious: a flood must learn nothing about itself.
    reported = Passage.objects.filter(case__article=article, case__status__in=OPEN_STATUSES, part=place.part)
    if place.part == Part.PHOTO or place.quote is None:
        return reported.count()
    mine = _today(place.quote.start, place.quote.end, seen.number, place.part, article.latest, edits)
    others = reported.values_list("start", "end", "case__revision__number")[:MOST_COUNTED]
    return sum(
        overlap(mine, _today(start, end, number, place.part, article.latest, edits)) for start, end, number in others
    )


def _today(start: int, end: int, number: int, part: str, latest: int, edits: Edits) -> tuple[int, int]:
    """Where a passage of one revision stands in the latest."""
    for later in range(number + 1, latest + 1):
        start, end = carry(start, end, edits_in(edits[later], part))
    return start, end
