"""Small forms of the case page. Each carries the version of the case that its author saw."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corrections.domain.faults import Fault
from corrections.enums import Kind, Severity

_ROOM = 500_000


class ActionForm(forms.Form):
    """What every action brings: the version it was decided on."""

    expected_version = forms.IntegerField(min_value=1, max_value=2**31 - 2, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label_suffix="", use_required_attribute=False, **kwargs)

    def add_faults(self, faults: tuple[Fault, ...]) -> None:
        """Puts the domain's faults beside the fields they belong to."""
        for fault in faults:
            self.add_error(fault.field if fault.field in self.fields else None, str(fault.message))


def _words(label: Any, hint: Any = "", rows: int = 4) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=hint,
        required=False,
        strip=False,
        max_length=_ROOM,
        widget=forms.Textarea(attrs={"dir": "auto", "rows": rows}),
    )


class TextForm(ActionForm):
    """An action with words: question, message, note."""

    text = _words(_("Message text"))


class ReasonForm(ActionForm):
    """An action with a reason for the record."""

    reason = _words(_("Reason"), rows=2)


class AssignForm(ActionForm):
    assignee = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1)


class SeverityForm(ActionForm):
    severity = forms.ChoiceField(choices=Severity.choices, required=False)


class KindForm(ActionForm):
    kind = forms.ChoiceField(choices=Kind.choices)
    clauses = forms.CharField(required=False, max_length=200)


class LeadForm(ActionForm):
    lead = forms.RegexField(r"^\s*[0-9\u0660-\u0669]{4}\s*/\s*[0-9\u0660-\u0669]{1,9}\s*$", required=False)
