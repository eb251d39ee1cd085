"""What a reader should see before writing about a passage: that it was corrected, or that others reported it.

Counts and published notices alone; nothing of what others wrote.
"""

from dataclasses import dataclass

from corrections.domain import notices
from corrections.domain.places import Place, edits_in
from corrections.enums import OPEN_STATUSES, Part
from corrections.models import Notice, Passage
from corrections.passages import State, carried, carry, overlap
from newsroom.articles import Content
from newsroom.edits import running_text
from newsroom.models import Article, Revision

#: Beyond this many the number says no more.
MOST_COUNTED = 1000


@dataclass(frozen=True)
class Known:
    """What is known of a passage: notices published since the reader's revision, and how many readers wait."""

    corrected_by: list[Notice]
    readers: int


def known_of(article: Article, seen: Revision, place: Place | None) -> Known | None:
    """What is known of a place in the revision that the reader saw; None where nothing is (three queries at most)."""
    if place is None:
        return None
    edits = dict(Revision.objects.filter(article=article).values_list("number", "edits"))
    known = Known(_corrections(article, seen, place, edits), _readers(article, seen, place, edits))
    return known if known.corrected_by or known.readers else None


Edits = dict[int, dict[str, list[list[int]]]]


def _corrections(article: Article, seen: Revision, place: Place, edits: Edits) -> list[Notice]:
    if article.latest == seen.number or not _has_changed(article, seen, place, edits):
        return []
    since = notices.standing().filter(article=article, revision__number__gt=seen.number)
    return list(since.order_by("-published_at", "-id"))


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
