"""The only writer of procedures: drafts that promise nobody anything, and the versions that they become."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from corrections.domain.access import require
from corrections.domain.faults import Fault, refuse_if
from corrections.domain.procedures_in_force import version_for
from corrections.enums import Kind
from corrections.models import ProcedureDraft, ProcedureVersion
from corrections.presets import PRESETS
from corrections.procedures import CLOCKS, LONGEST, Office, Procedure, as_data
from corrections.rules import Actor, may_set_promises

MOST_EXTENSIONS = 5


class DraftChanged(Exception):
    """Somebody else saved, published or discarded the draft, or published another version; nothing was written."""


def draft_of(kind: str) -> ProcedureDraft | None:
    """The draft for one kind of case, if there is one (one query)."""
    return ProcedureDraft.objects.select_related("saved_by").filter(kind=kind).first()


def drafts() -> dict[str, ProcedureDraft]:
    """Every draft by its kind of case (one query)."""
    return {draft.kind: draft for draft in ProcedureDraft.objects.all()}


def versions_of(kind: str) -> list[ProcedureVersion]:
    """Every version for one kind of case, the newest first (one query)."""
    return list(ProcedureVersion.objects.filter(kind=kind).select_related("published_by"))


def begin_from(kind: str, preset: str, *, actor: Actor, seen: int, now: datetime) -> ProcedureDraft:
    """Begins a draft with the figures of a preset, in the place of the draft that was seen (0 for none).

    Raises NotAllowed, DraftChanged, KeyError for a preset that does not exist.
    """
    return save_draft(kind, PRESETS[preset].procedures[kind], actor=actor, seen=seen, preset=preset, now=now)


def save_draft(
    kind: str, terms: Procedure, *, actor: Actor, seen: int, preset: str | None = None, now: datetime
) -> ProcedureDraft:
    """Keeps a draft. `seen` is the revision that its author knows, 0 for a new one; without a `preset` it stays what it
    was begun from. Raises Refused, NotAllowed, DraftChanged."""
    require(may_set_promises, actor)
    refuse_if(faults_of(kind, terms))
    with transaction.atomic():
        in_force = version_for(kind)
        standing = ProcedureDraft.objects.select_for_update().filter(kind=kind).first()
        if (standing.revision if standing else 0) != seen:
            raise DraftChanged
        draft = standing or ProcedureDraft(kind=kind, revision=0, preset=in_force.preset, begun_at=in_force.version)
        draft.data, draft.revision = as_data(terms), draft.revision + 1
        draft.begun_at = in_force.version
        draft.saved_at, draft.saved_by_id = now, actor.staff_id
        draft.preset = draft.preset if preset is None else preset
        draft.save()
    return draft


def publish(kind: str, *, actor: Actor, seen: int, now: datetime) -> ProcedureVersion:
    """Puts a draft into force: what comes in from now on is promised its clocks; cases keep the version they have.

    In one transaction: ends the version in force, writes the next one, deletes the draft. Raises NotAllowed,
    DraftChanged where the draft is not the one seen, or was begun from a version no longer in force.
    """
    require(may_set_promises, actor)
    with transaction.atomic():
        draft = ProcedureDraft.objects.select_for_update().filter(kind=kind, revision=seen).first()
        in_force = ProcedureVersion.objects.select_for_update().get(kind=kind, retired_at=None)
        if draft is None or draft.begun_at != in_force.version:
            raise DraftChanged
        ProcedureVersion.objects.filter(pk=in_force.pk).update(retired_at=now)
        published = ProcedureVersion.objects.create(
            kind=kind,
            version=in_force.version + 1,
            preset=draft.preset,
            data=draft.data,
            published_at=now,
            published_by_id=actor.staff_id,
        )
        draft.delete()
    return published


def discard(kind: str, *, actor: Actor, seen: int) -> None:
    """Throws the draft away that was seen; one that is gone already is no obstacle.

    Raises NotAllowed, DraftChanged where somebody else has saved it since.
    """
    require(may_set_promises, actor)
    with transaction.atomic():
        ProcedureDraft.objects.filter(kind=kind, revision=seen).delete()
        if ProcedureDraft.objects.filter(kind=kind).exists():
            raise DraftChanged


def faults_of(kind: str, terms: Procedure) -> list[Fault]:
    """What stands against keeping a procedure, by the names of its parts."""
    faults = []
    for name in CLOCKS:
        clock = getattr(terms, name)
        longest = LONGEST[clock.unit]
        if not 1 <= clock.amount <= longest:
            faults.append(Fault(name, _("Give a number from 1 to %(longest)s") % {"longest": longest}))
    if not 0 <= terms.extensions <= MOST_EXTENSIONS:
        faults.append(Fault("extensions", _("Give a number from 0 to %(longest)s") % {"longest": MOST_EXTENSIONS}))
    if kind == Kind.COMPLAINT and terms.decided_by != Office.STANDARDS:
        faults.append(Fault("decided_by", _("Complaints are decided by the standards editors")))
    return faults
