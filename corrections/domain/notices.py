"""Notices: drafted from what changed, published in the transaction that changes the article, listed for all."""

from collections.abc import Sequence
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from corrections.domain.relations import readers_behind
from corrections.enums import NoticeKind, Remedy
from corrections.models import Case, Decision, Notice
from newsroom.articles import Content
from newsroom.differences import ELLIPSIS, BlockChange, Span, as_data, block_differences, excerpt
from newsroom.html import blocks
from newsroom.models import Revision

#: Words around a change that a drafted notice repeats.
CONTEXT_WORDS = 4
#: The kind of notice that each remedy publishes; the silent ones publish none.
KIND_OF_REMEDY = {
    Remedy.CORRECTION: NoticeKind.CORRECTION,
    Remedy.CLARIFICATION: NoticeKind.CLARIFICATION,
    Remedy.UPDATE: NoticeKind.UPDATE,
    Remedy.EDITORS_NOTE: NoticeKind.EDITORS_NOTE,
    Remedy.RIGHT_OF_REPLY: NoticeKind.RIGHT_OF_REPLY,
    Remedy.APOLOGY: NoticeKind.APOLOGY,
    Remedy.RETRACTION: NoticeKind.RETRACTION,
    Remedy.TAKEDOWN: NoticeKind.RETRACTION,
}


def differences(before: Content, after: Content) -> list[BlockChange]:
    """What changes between two contents, in reading order: headline, standfirst, paragraphs, caption, credit."""
    return block_differences(_texts(before), _texts(after))


def draft(remedy: str, before: Content, after: Content, language: str) -> str:
    """A first wording of the notice, always for an editor to finish; in the article's language.

    Where words were replaced it states the error and the right words.
    """
    wrong, right = _first_change(differences(before, after))
    with translation.override(language):
        return _draft(remedy, wrong, right)


def publish(decision: Decision, case: Case, revision: Revision | None, *, now: datetime) -> Notice | None:
    """Writes the notice of a decision that has just come into force, unless its remedy is a silent one.

    `revision` is the one the decision made, if it changed the article; its differences are stored with the
    notice. Called inside the transaction that revises or withdraws the article.
    """
    kind = KIND_OF_REMEDY.get(Remedy(decision.remedy))
    if kind is None:
        return None
    changes: Sequence[BlockChange] = []
    if revision is not None:
        changes = differences(Content.of(decision.revision), Content.of(revision))
    return Notice.objects.create(
        article_id=case.article_id,
        decision=decision,
        kind=kind,
        language=case.article.language,
        text=decision.notice_text,
        revision=revision,
        changes=as_data([change for change in changes if change.kind != "equal"]),
        prompted_by=readers_behind(case),
        published_at=now,
    )


def notices_of(article_id: int) -> list[Notice]:
    """The notices that stand on one article, newest first (one query). Those whose decision was taken back stand in the
    register alone, which says so."""
    return list(standing().filter(article_id=article_id).order_by("-published_at", "-id"))


def standing() -> QuerySet[Notice]:
    """The notices whose decision has not been taken back."""
    return Notice.objects.exclude(decision__state=Decision.State.TAKEN_BACK)


def _texts(content: Content) -> list[str]:
    paragraphs = [block.text for block in blocks(content.body)]
    texts = [content.title, content.standfirst, *paragraphs, content.caption, content.credit]
    return [text for text in texts if text]


def _first_change(changes: list[BlockChange]) -> tuple[str, str]:
    """The first changed words as they stood and as they stand, each with a few words around; empty where none."""
    for change in changes:
        if change.kind == "added":
            return "", change.spans[0].text
        if change.kind == "changed":
            spans = excerpt(change.spans, CONTEXT_WORDS)
            return _joined(spans, "delete"), _joined(spans, "insert")
    return "", ""


def _joined(spans: Sequence[Span], operation: str) -> str:
    texts = [span.text for span in spans if span.operation in ("equal", operation)]
    return "".join(texts).strip(f"{ELLIPSIS} .،,")


def _draft(remedy: str, wrong: str, right: str) -> str:
    if remedy == Remedy.CORRECTION:
        return _("An earlier version of this article said: “%(wrong)s”. It now says: “%(right)s”.") % {
            "wrong": wrong or "…",
            "right": right or "…",
        }
    drafts = {
        Remedy.CLARIFICATION: _("A sentence has been added to make clear that %(clarification)s."),
        Remedy.UPDATE: _("New information since publication: %(update)s."),
        Remedy.RIGHT_OF_REPLY: _("A reply by %(body)s, who appears in this article, now stands at its end."),
        Remedy.RETRACTION: _("This article was withdrawn because %(reason)s. This notice stays in its place."),
        Remedy.TAKEDOWN: _("This article was withdrawn because %(reason)s. This notice stays in its place."),
        Remedy.APOLOGY: _("%(outlet)s apologises for this error."),
    }
    outlet = settings.SITE_NAMES[translation.get_language() or settings.LANGUAGE_CODE]
    filling = {
        "clarification": right or "…",
        "update": right or "…",
        "body": "…",
        "reason": "…",
        "outlet": outlet,
    }
    return drafts.get(Remedy(remedy), "") % filling if remedy in drafts else ""
