"""The form behind a statement's link."""

from typing import Self, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from corrections.reader.forms import TextField, Typed, number_of


class StatementForm(forms.Form):
    """The statement, and the version that its writer saw."""

    seen = Typed(widget=forms.HiddenInput)
    text = TextField(_("The statement"), rows=12)

    def __init__(self, data: QueryDict | None = None, **kwargs: object) -> None:
        super().__init__(data, label_suffix="", use_required_attribute=False, **kwargs)  # type: ignore[arg-type]

    def version_seen(self) -> int:
        """The version that the page showed; none where it says something else."""
        return number_of(self.cleaned_data["seen"]) or 0

    def seeing(self, version: int) -> Self:
        """This form as the answer to what now stands, so that pressing again replaces it."""
        data = cast("QueryDict", self.data).copy()
        data["seen"] = str(version)
        self.data = data
        return self
