"""Where in an article a report points: found in the revision that the reader saw, and what became of it since."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, F, TextField, Value, When

from corrections.enums import Part
from corrections.models import Case as ReportedCase
from corrections.models import Passage
from corrections.passages import Carried, Marked, Quote, State, carried, carry, cut, paragraphs_around
from newsroom.articles import Content
from newsroom.differences import Span, word_differences
from newsroom.edits import Edit, from_data, running_text
from newsroom.models import Article, Revision

#: "2.51-3.7": from paragraph 2, code point 51, to paragraph 3, code point 7; "2" is the whole paragraph.
_IN_BODY = re.compile(r"([0-9]{1,5})(?:\.([0-9]{1,7})-([0-9]{1,5})\.([0-9]{1,7}))?", re.ASCII)


@dataclass(frozen=True)
class Place:
    """A part of a revision and the words in it that are meant; a photo has none."""

    part: Part
    quote: Quote | None

    @property
    def exact(self) -> str:
        return self.quote.exact if self.quote else ""


@dataclass(frozen=True)
class Choice:
    """A place that can be chosen without selecting words; `paragraph` counts those of the text from 1."""

    value: str
    part: Part
    words: str
    paragraph: int | None = None


@dataclass(frozen=True)
class ThenAndNow:
    """A passage as its reader saw it and as it stands today; `now` is empty where it was removed."""

    part: Part
    then: str
    state: State
    now: str
    proposed: str
    revision: int
    latest: int
    #: Where it stands in each revision, and the paragraphs of its part there; no words of an article that is withdrawn.
    seen: tuple[int, int]
    seen_in: Revision
    stands: tuple[int, int]
    stands_in: Sequence[str]

    @property
    def then_around(self) -> list[Marked]:
        """The whole paragraphs in which the reader saw it; none around a photo."""
        return paragraphs_around(Content.of(self.seen_in).words().get(self.part, []), *self.seen)

    @property
    def now_around(self) -> list[Marked]:
        """The whole paragraphs in which it stands today; none where it was removed, or is a photo."""
        return paragraphs_around(self.stands_in, *self.stands)

    @property
    def proposed_paragraphs(self) -> list[list[Span]]:
        """What the reader would change, word by word, as one paragraph; empty where nothing was proposed."""
        return [word_differences(self.then, self.proposed)] if self.proposed else []


def find_place(revision: Revision, typed: str) -> Place | None:
    """The place that an address or a form names ("2.51-3.7", "2", "title"); None for anything that is no place in this
    revision: the report is then about the whole article."""
    words = Content.of(revision).words()
    if typed == Part.PHOTO:
        return Place(Part.PHOTO, None) if revision.photo_id else None
    if typed in Part and typed != Part.BODY:
        return _place(Part(typed), words[typed], 0, len(running_text(words[typed])))
    found = _IN_BODY.fullmatch(typed)
    return _place_in_body(words["body"], found) if found else None


def shown(article: Article, revision_number: int | None, typed: str) -> tuple[Revision, Place | None]:
    """The revision that a form is about (the latest where it names none of this article) and the place in it.

    A withdrawn article shows no words, and so no place. One query.
    """
    seen = Revision.objects.filter(article=article, number__in=[revision_number or 0, article.latest])
    by_number = {revision.number: revision for revision in seen}
    revision = by_number.get(revision_number or 0) or by_number[article.latest]
    if article.is_withdrawn or (revision_number or revision.number) != revision.number:
        return revision, None
    return revision, find_place(revision, typed)


def choices(revision: Revision) -> list[Choice]:
    """Every place of a revision that can be chosen by name, in reading order."""
    words = Content.of(revision).words()
    body = [Choice(str(number), Part.BODY, text, number) for number, text in enumerate(words["body"], start=1)]
    photo = [Choice(Part.PHOTO, Part.PHOTO, revision.photo_alternative)] if revision.photo_id else []
    lines = {part: [Choice(part, part, text) for text in words[part]] for part in _LINES}
    return [
        *lines[Part.TITLE],
        *lines[Part.STANDFIRST],
        *photo,
        *lines[Part.CAPTION],
        *lines[Part.CREDIT],
        *body,
    ]


def proposed_words(place: Place | None, typed: str) -> str:
    """What the reader would have instead of the passage; empty where nothing was changed or there are no words."""
    if place is None or not place.exact or typed.split() == place.exact.split():
        return ""
    return typed


def write(case: ReportedCase, place: Place, proposed: str) -> Passage:
    """Stores a passage with its case, in the caller's transaction."""
    quote = place.quote or Quote(0, 0, "", "", "")
    return Passage.objects.create(
        case=case,
        part=place.part,
        start=quote.start,
        end=quote.end,
        exact=quote.exact,
        prefix=quote.prefix,
        suffix=quote.suffix,
        proposed=proposed,
    )


def then_and_now(case: ReportedCase) -> ThenAndNow | None:
    """The passage of a case (fetched with its passage, article and revision) as it stood and as it stands; None where
    the report is about the whole article. One query where the article was revised since, else none."""
    passage: Passage | None = getattr(case, "passage", None)
    if passage is None:
        return None
    now, texts = _now(passage, case.article, case.revision)
    return ThenAndNow(
        part=Part(passage.part),
        then=passage.exact,
        state=now.state,
        now=now.words,
        proposed=passage.proposed,
        revision=case.revision.number,
        latest=case.article.latest,
        seen=(passage.start, passage.end),
        seen_in=case.revision,
        stands=(now.start, now.end),
        stands_in=texts,
    )


def _now(passage: Passage, article: Article, seen: Revision) -> tuple[Carried, Sequence[str]]:
    """What became of a passage, and the paragraphs of its part as they stand today."""
    quote = Quote(passage.start, passage.end, passage.exact, passage.prefix, passage.suffix)
    if article.is_withdrawn:
        return Carried(State.REMOVED, quote.start, quote.start, ""), []
    if article.latest == seen.number:
        return Carried(State.THERE, quote.start, quote.end, quote.exact), []
    later = _later(article, seen)
    latest = later[-1]
    if passage.part == Part.PHOTO:
        return _photo_now(seen, latest), []
    edits = [edits_in(revision.edits, passage.part) for revision in later]
    texts = Content.of(latest).words()[passage.part]
    return carried(quote, edits, running_text(texts)), texts


def _later(article: Article, seen: Revision) -> list[Revision]:
    """The revisions after one, in order; only the last has its text, which may be long."""
    body = Case(When(number=article.latest, then=F("body")), default=Value(""), output_field=TextField())
    later = Revision.objects.filter(article=article, number__gt=seen.number).order_by("number")
    found: list[Revision] = []
    for revision in later.defer("body").annotate(text=body):
        revision.body = revision.text
        found.append(revision)
    return found


def _photo_now(seen: Revision, latest: Revision) -> Carried:
    if latest.photo_id is None:
        return Carried(State.REMOVED, 0, 0, "")
    return Carried(State.THERE if latest.photo_id == seen.photo_id else State.CHANGED, 0, 0, "")


def carried_through(passage: Passage, revisions: Iterable[Sequence[Edit]]) -> tuple[int, int]:
    """Where a passage stands after the edits of later revisions of its part, in order."""
    place = passage.start, passage.end
    for edits in revisions:
        place = carry(*place, edits)
    return place


def edits_in(stored: dict[str, list[list[int]]], part: str) -> list[Edit]:
    """The edits that one revision made in a part."""
    return from_data(stored.get(part, []))


_LINES = (Part.TITLE, Part.STANDFIRST, Part.CAPTION, Part.CREDIT)


def _place_in_body(paragraphs: Sequence[str], found: re.Match[str]) -> Place | None:
    first, last = int(found[1]), int(found[3] or found[1])
    if not 1 <= first <= last <= len(paragraphs):
        return None
    start = len(running_text(paragraphs[: first - 1])) + min(int(found[2] or 0), len(paragraphs[first - 1]))
    reach = len(paragraphs[last - 1])
    end = len(running_text(paragraphs[: last - 1])) + min(int(found[4]) if found[4] else reach, reach)
    return _place(Part.BODY, paragraphs, start, end)


def _place(part: Part, texts: Sequence[str], start: int, end: int) -> Place | None:
    quote = cut(running_text(texts), start, end)
    return Place(part, quote) if quote else None
