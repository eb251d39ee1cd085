"""Which procedure holds: for what comes in now, and for a case that came in before."""

from corrections.models import Case, ProcedureVersion
from corrections.procedures import NoProcedure, Office, Procedure


def in_force() -> dict[str, ProcedureVersion]:
    """The version in force of every kind of case (one query)."""
    return {version.kind: version for version in ProcedureVersion.objects.filter(retired_at=None)}


def version_for(kind: str) -> ProcedureVersion:
    """The version in force for one kind of case (one query). Raises NoProcedure."""
    version = ProcedureVersion.objects.filter(kind=kind, retired_at=None).first()
    if version is None:
        raise NoProcedure(kind)
    return version


def procedure_for(kind: str) -> Procedure:
    """What whoever sends this kind of case now is promised (one query). Raises NoProcedure."""
    return version_for(kind).terms


def standards_decide(case: Case) -> bool:
    """Whether the decision is the standards editors'."""
    return procedure_of(case).decided_by == Office.STANDARDS


def procedure_of(case: Case) -> Procedure:
    """What this case came in under (no query where the case was fetched with its `procedure_version`)."""
    return case.procedure_version.terms
