"""A first wording of a notice: whole sentences of the article or none. Half a sentence may say the opposite of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from corrections.enums import Remedy
from newsroom.differences import BlockChange
from newsroom.sentences import sentences

#: Changes of one article that a draft still repeats, and the letters of each; more has to be summed up by a person.
MOST_CHANGES = 3
LONGEST_SENTENCES = 400
#: Sentences of a paragraph, before and after, that are compared: the comparison takes quadratic time.
MOST_SENTENCES = 400


@dataclass(frozen=True)
class Replaced:
    """The whole sentences that stood in one place, and those that stand there now; either may be empty."""

    wrong: str
    right: str


def draft(remedy: str, changes: list[BlockChange], language: str) -> str:
    """The first wording, for an editor to finish, in the article's `language`; empty where no whole sentences say
    what changed, and for remedies that publish no notice."""
    with translation.override(language):
        return _draft(remedy, list(_places(changes)))


def _draft(remedy: str, places: list[Replaced]) -> str:
    if remedy == Remedy.CORRECTION:
        return _correction(places)
    if remedy in (Remedy.CLARIFICATION, Remedy.UPDATE):
        return _addition(remedy, _added(places))
    outlet = settings.SITE_NAMES[translation.get_language() or settings.LANGUAGE_CODE]
    drafts = {
        Remedy.RIGHT_OF_REPLY: _("A reply by %(body)s, who appears in this article, now stands at its end."),
        Remedy.RETRACTION: _("This article was withdrawn because %(reason)s. This notice stays in its place."),
        Remedy.TAKEDOWN: _("This article was withdrawn because %(reason)s. This notice stays in its place."),
        Remedy.APOLOGY: _("%(outlet)s apologises for this error."),
    }
    return drafts[Remedy(remedy)] % {"body": "…", "reason": "…", "outlet": outlet} if remedy in drafts else ""


def _correction(places: list[Replaced]) -> str:
    """Only where every change put sentences in the place of others."""
    if not _can_be_told(places) or not all(place.wrong and place.right for place in places):
        return ""
    sentence = _("An earlier version of this article said: “%(wrong)s”. It now says: “%(right)s”.")
    return " ".join(sentence % {"wrong": _bare(place.wrong), "right": _bare(place.right)} for place in places)


def _addition(remedy: str, added: str) -> str:
    if not added:
        return ""
    if remedy == Remedy.UPDATE:
        return _("New information since publication: “%(update)s”.") % {"update": added}
    return _("Added to this article to make it clear: “%(clarification)s”.") % {"clarification": added}


def _added(places: list[Replaced]) -> str:
    """The sentences that were added; nothing where any others were touched."""
    if not _can_be_told(places) or any(place.wrong for place in places):
        return ""
    return _bare(" ".join(place.right for place in places))


def _can_be_told(places: list[Replaced]) -> bool:
    return 0 < len(places) <= MOST_CHANGES and all(
        len(text) <= LONGEST_SENTENCES for place in places for text in (place.wrong, place.right)
    )


def _places(changes: list[BlockChange]) -> Iterator[Replaced]:
    for change in changes:
        if change.kind != "equal":
            yield from _places_within(_side(change, "delete"), _side(change, "insert"))


def _places_within(before: str, after: str) -> Iterator[Replaced]:
    earlier, later = sentences(before), sentences(after)
    if len(earlier) + len(later) > MOST_SENTENCES:
        yield Replaced(before, after)
        return
    for operation, start, end, now_start, now_end in SequenceMatcher(
        None, earlier, later, autojunk=False
    ).get_opcodes():
        if operation != "equal":
            yield Replaced(" ".join(earlier[start:end]), " ".join(later[now_start:now_end]))


def _side(change: BlockChange, operation: str) -> str:
    return "".join(span.text for span in change.spans if span.operation in ("equal", operation))


def _bare(text: str) -> str:
    """Without the full stop, which stands after the closing mark."""
    return text.removesuffix(".")
