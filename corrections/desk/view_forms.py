"""The forms of saved views."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corrections.domain.faults import Refused

_ROOM = 2000


class NameForm(forms.Form):
    """A name, as it was typed; what is wrong with it the domain says."""

    name = forms.CharField(label=_("Name of the view"), required=False, max_length=_ROOM)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "use_required_attribute": False, **kwargs})
        self.fields["name"].widget.attrs |= {"dir": "auto", "maxlength": 60, "autocomplete": "off"}

    def add_faults(self, error: Exception) -> None:
        """Puts what is wrong beside the name."""
        for fault in error.faults if isinstance(error, Refused) else ():
            self.add_error("name", str(fault.message))


class SaveForm(NameForm):
    """The current filters under a name; whether everybody on the desk sees it is asked of those who may say so."""

    shared = forms.BooleanField(label=_("Everybody on the desk sees it"), required=False)
    filters = forms.CharField(widget=forms.HiddenInput, required=False, max_length=_ROOM)

    def __init__(self, *args: Any, may_share: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "save_%s", **kwargs})
        if not may_share:
            del self.fields["shared"]


class RenameForm(NameForm):
    """Another name for a view that is there."""

    def __init__(self, *args: Any, view: int, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": f"view{view}_%s", **kwargs})
        self.view = view
