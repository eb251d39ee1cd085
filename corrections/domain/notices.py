"""Notices: published in the transaction that changes the article, listed for all."""

from collections.abc import Sequence
from datetime import datetime

from django.db.models import QuerySet

from corrections.domain.relations import readers_behind
from corrections.enums import NoticeKind, Remedy
from corrections.models import Case, Decision, Notice
from newsroom.articles import Content
from newsroom.differences import BlockChange, as_data, block_differences
from newsroom.html import blocks
from newsroom.models import Revision

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
    # By the few that were taken back: the decisions of the others are not read for it.
    return Notice.objects.exclude(decision__in=Decision.objects.filter(state=Decision.State.TAKEN_BACK).order_by())


def _texts(content: Content) -> list[str]:
    paragraphs = [block.text for block in blocks(content.body)]
    texts = [content.title, content.standfirst, *paragraphs, content.caption, content.credit]
    return [text for text in texts if text]
