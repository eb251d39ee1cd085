"""What editors have begun to write on a case: kept for each by itself, whatever the others do meanwhile.

Drafts hold an editor's words, perhaps about a reader: they stand in no event and no log, are seen by their author
alone, go when they are sent, and in time.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from corrections.domain.faults import Fault, refuse_if
from corrections.models import Case, Draft
from corrections.rules import Actor

#: The forms of a case that people write in.
FORMS = ("text", "refuse", "reopen", "decide")
#: Code points of one draft: an article and everything written about it.
MOST_CHARACTERS = 400_000

Words = Mapping[str, Sequence[str]]


def keep(case: Case, form: str, words: Words, *, actor: Actor, now: datetime) -> Draft | None:
    """Keeps what somebody has typed into a form, instead of what was kept before; nothing where nothing is typed.

    Raises Refused (of the field "draft") where it is far too long.
    """
    typed = {_storable(name): [_storable(text) for text in texts] for name, texts in words.items()}
    if not any(text.strip() for texts in typed.values() for text in texts):
        discard(case, form, actor=actor)
        return None
    is_too_long = sum(len(text) for texts in typed.values() for text in texts) > MOST_CHARACTERS
    refuse_if([Fault("draft", _("This is too long to be kept as a draft"))] if is_too_long else [])
    draft = Draft(case_id=case.pk, author_id=actor.staff_id, form=form, words=typed, kept_at=now)
    Draft.objects.bulk_create(
        [draft],
        update_conflicts=True,
        unique_fields=["case", "author", "form"],
        update_fields=["words", "kept_at"],
    )
    return draft


def draft_of(case: Case, form: str, *, actor: Actor) -> Draft | None:
    """What somebody has kept of one form."""
    return Draft.objects.filter(case=case, author=actor.staff_id, form=form).first()


def discard(case: Case, form: str, *, actor: Actor) -> None:
    """Forgets what somebody has kept of one form."""
    Draft.objects.filter(case=case, author=actor.staff_id, form=form).delete()


@contextmanager
def sending(case: Case, form: str, *, actor: Actor) -> Iterator[None]:
    """What is sent inside is a draft no longer; where it could not be sent, the draft stays."""
    with transaction.atomic():
        yield
        if form in FORMS:
            discard(case, form, actor=actor)


def _storable(text: str) -> str:
    return text.replace("\0", "")


def forget(now: datetime) -> None:
    """Deletes the drafts that nobody has touched for long."""
    Draft.objects.filter(kept_at__lt=now - timedelta(days=settings.DRAFTS_KEPT_DAYS)).delete()
