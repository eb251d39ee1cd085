"""What an action on many cases needs, as a form: only the fields of the action that was chosen."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corrections.desk.forms import TextField
from corrections.domain.faults import Fault
from corrections.enums import Severity
from corrections.job_enums import BulkAction
from corrections.work_choices import HoldReason
from newsroom.models import StaffMember

#: Longest list of chosen cases that a form brings back.
_ROOM = 900_000
#: The fields that an action asks for, in their order.
FIELDS: dict[str, tuple[str, ...]] = {
    BulkAction.ASSIGN: ("assignee",),
    BulkAction.SEVERITY: ("severity",),
    BulkAction.HOLD: ("reason",),
    BulkAction.JOIN: ("lead",),
    BulkAction.WRITE: ("text_ar", "text_en"),
    BulkAction.SNOOZE: ("until",),
}


class BulkForm(forms.Form):
    """The choice of cases and, of the action, what it needs."""

    action = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    selection = forms.CharField(required=False, max_length=_ROOM, widget=forms.HiddenInput)
    filters = forms.CharField(required=False, max_length=2000, widget=forms.HiddenInput)
    key = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    assignee = forms.IntegerField(
        label=_("Assign to"),
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        widget=forms.Select,
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Choose who takes the cases")),
    )
    severity = forms.CharField(
        label=_("Severity"), required=False, max_length=40, widget=forms.Select(choices=Severity.choices)
    )
    reason = forms.CharField(
        label=_("Why it is suspicious"),
        required=False,
        max_length=40,
        widget=forms.Select(choices=[("", "—"), *HoldReason.choices]),
    )
    lead = forms.CharField(
        label=_("Number of the leading case"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    until = forms.CharField(
        label=_("Put aside until"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"dir": "ltr", "inputmode": "numeric", "placeholder": "28/11/2026"}),
    )
    text_ar = TextField(_("Message in Arabic"), _("Goes to the readers who wrote in Arabic."))
    text_en = TextField(_("Message in English"), _("Goes to the readers who wrote in English."))

    def __init__(self, *args: Any, action: str, members: Sequence[StaffMember] = (), **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "use_required_attribute": False, **kwargs})
        asked = {"action", "selection", "filters", "key", *FIELDS.get(action, ())}
        for name in self.fields.keys() - asked:
            del self.fields[name]
        if "assignee" in self.fields:
            names = [(str(member.pk), member.display_name) for member in members]
            self.fields["assignee"].widget = forms.Select(choices=[("", "—"), *names], attrs={"dir": "auto"})

    def add_faults(self, faults: Sequence[Fault]) -> None:
        """Puts the domain's faults beside the fields they belong to, those of no field at the top."""
        for fault in faults:
            self.add_error(fault.field if fault.field in self.fields else None, str(fault.message))

    def answers(self) -> dict[str, Any]:
        """What was chosen, as domain.bulk_actions.instruction_of takes it."""
        given = self.cleaned_data
        return {
            "action": given["action"],
            "assignee": given.get("assignee"),
            "severity": given.get("severity", ""),
            "reason": given.get("reason", ""),
            "lead": given.get("lead", ""),
            "until": given.get("until", ""),
            "texts": {language: given.get(f"text_{language}", "") for language in ("ar", "en")},
        }
