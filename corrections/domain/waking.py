"""What brings a case back that was put aside, before its day comes."""

from typing import Any

from corrections.models import Case


def woken_by(case: Case, staff_id: int | None, changes: dict[str, Any]) -> dict[str, Any]:
    """The further fields that a change writes: any change brings a case back, the reader's and the clock's too.

    Only whoever put it aside may go on adding to it, as long as it stays where it stands in the workflow.
    """
    if case.snoozed_until is None or "snoozed_until" in changes:
        return {}
    is_own = staff_id is not None and staff_id == case.snoozed_by_id
    return {} if is_own and "status" not in changes else {"snoozed_until": None, "snoozed_by_id": None}
