"""What staff members choose for themselves."""

from newsroom.models import StaffMember


def set_shortcuts(member: StaffMember, *, on: bool) -> None:
    """Switches keyboard shortcuts on or off for a person (one UPDATE)."""
    StaffMember.objects.filter(pk=member.pk).update(keyboard_shortcuts=on)
