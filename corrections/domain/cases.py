"""The guarded update under every change of a case."""

from datetime import datetime
from typing import Any

from django.db.models import Model

from corrections.concerns import concerns
from corrections.models import Case, Event

#: The fields of a case by name and by column.
_FIELDS = {name: field for field in Case._meta.concrete_fields for name in (field.name, field.attname)}


class CaseChanged(Exception):
    """Somebody changed the case since the version that the change was made on; nothing was written."""

    def __init__(self, expected: int, found: int) -> None:
        super().__init__(f"expected version {expected}, found {found}")
        self.expected = expected
        self.found = found


def version_to_write(case: Case, meant: str, *, seen: int) -> int:
    """The version on which an action is written that was meant (`meant` is what it makes happen) on version `seen`.

    It is the one at which `case` was read, so that everything was checked on the case as it is, where nothing that
    happened between the two concerns the action (corrections.concerns). Raises CaseChanged where something does.
    """
    if seen == case.version:
        return seen
    meanwhile = Event.objects.filter(case=case, sequence__gt=seen, sequence__lte=case.version)
    happened = list(meanwhile.values_list("happening", flat=True))
    if len(happened) != case.version - seen or any(concerns(each, meant) for each in happened):
        raise CaseChanged(seen, case.version)
    return case.version


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


def values_before(case: Case, changes: dict[str, Any]) -> dict[str, Any]:
    """What the fields hold now that `changes` gives another value, as an event keeps it: ids, coded words, moments."""
    columns = {_FIELDS[name].attname: value for name, value in changes.items()}
    after = {column: value.pk if isinstance(value, Model) else value for column, value in columns.items()}
    held = {column: getattr(case, column) for column in columns}
    return {column: _plain(value) for column, value in held.items() if value != after[column]}


def values_again(before: dict[str, Any]) -> dict[str, Any]:
    """What an event has kept of a case's fields, as the fields hold it."""
    return {column: _FIELDS[column].to_python(value) for column, value in before.items()}


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, datetime) else value
