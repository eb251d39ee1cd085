"""What the desk has against a change that the newsroom makes of an article by itself (newsroom.guards): what was
corrected in public is not undone in silence, and nobody changes an article while a report about the own work is open.
"""

from collections.abc import Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from corrections.domain import notices
from corrections.enums import OPEN_STATUSES, Status
from corrections.models import Case, Notice
from newsroom.differences import from_data
from newsroom.guards import OwnChange, Texts
from newsroom.makers import makers_of

_UNDECIDED = (Status.UNCONFIRMED, Status.HELD, *OPEN_STATUSES)
_WORDS_SHOWN = 60


def objection(change: OwnChange) -> "str | Promise":
    """Why this change is left to a colleague or to a decision of the desk; nothing where it is not (three queries)."""
    standing = notices.notices_of(change.article_id)
    if not standing and not Case.objects.filter(article=change.article_id, status__in=_UNDECIDED).exists():
        return ""
    if change.after is None:
        return _(
            "A report about this article is open, or a notice stands on it. "
            "Only a decision of the corrections desk withdraws it, with a second signature."
        )
    if change.by in makers_of(change.article_id).staff_ids:
        return _(
            "A report about this article is open, or a notice stands on it. Those who wrote or edited it leave changes "
            "to a colleague, or to a decision of the corrections desk."
        )
    touched = next(_touched(standing, change.before, change.after), "")
    return _passage_sentence(touched) if touched else ""


def _touched(standing: list[Notice], before: Texts, after: Texts) -> Iterator[str]:
    """The paragraphs that a notice put right and that would change, and those it took away that would come back."""
    now, then = _all(before), _all(after)
    for notice in standing:
        for change in from_data(notice.changes):
            right = "".join(span.text for span in change.spans if span.operation != "delete")
            wrong = "".join(span.text for span in change.spans if span.operation != "insert")
            if change.kind in ("changed", "added") and now.count(right) > then.count(right):
                yield right
            if change.kind in ("changed", "removed") and now.count(wrong) < then.count(wrong):
                yield wrong


def _all(texts: Texts) -> list[str]:
    return [text for part in texts.values() for text in part]


def _passage_sentence(words: str) -> str:
    shown = words if len(words) <= _WORDS_SHOWN else f"{words[:_WORDS_SHOWN].rstrip()}…"
    return _("A notice speaks of this passage, and only a decision of the corrections desk changes it: “%(words)s”") % {
        "words": shown
    }
