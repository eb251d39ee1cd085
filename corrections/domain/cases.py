"""The guarded update under every change of a case."""

from typing import Any

from corrections.models import Case


class CaseChanged(Exception):
    """Somebody changed the case since the version that the change was made on; nothing was written."""

    def __init__(self, expected: int, found: int) -> None:
        super().__init__(f"expected version {expected}, found {found}")
        self.expected = expected
        self.found = found


def lock_case(case: Case, *, expected_version: int) -> None:
    """Locks a case's row until the end of the transaction, for changes that write other rows before the guarded
    update: the loser of two simultaneous decisions gets CaseChanged, not a broken constraint. Raises CaseChanged."""
    found = Case.objects.select_for_update().values_list("version", flat=True).get(pk=case.pk)
    if found != expected_version:
        raise CaseChanged(expected_version, found)


def change_case(case: Case, *, expected_version: int, **changes: Any) -> int:
    """Writes `changes` and raises the version in one UPDATE that succeeds only at `expected_version`.

    Returns the new version, which `case` (and the changed fields on it) then carries. Raises CaseChanged.
    """
    new_version = expected_version + 1
    updated = Case.objects.filter(pk=case.pk, version=expected_version).update(version=new_version, **changes)
    if not updated:
        raise CaseChanged(expected_version, Case.objects.values_list("version", flat=True).get(pk=case.pk))
    for field, value in {"version": new_version, **changes}.items():
        setattr(case, field, value)
    return new_version
