"""The administration's form for a reply template: it fills in what corrections.domain.replies asks for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corrections.domain import replies
from corrections.domain.replies import ReplyWords
from corrections.models import ReplyTemplate
from corrections.reply_words import VARIABLES, listed

WORDS = list(ReplyWords.__dataclass_fields__)


class ReplyForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs alone
    """A new template, or other words for one."""

    class Meta:
        model = ReplyTemplate
        fields = ["key", *WORDS]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hint = _("Filled by the case: %(variables)s. To be filled by the editor: [[what we found]]")
        for name in ("text_ar", "text_en"):
            self.fields[name].help_text = hint % {"variables": listed(VARIABLES)}
            self.fields[name].widget.attrs["dir"] = "auto"

    def clean(self) -> dict[str, Any]:
        """Refuses what the writer would refuse, while everything typed is still in the form."""
        data = super().clean() or {}
        if all(name in data for name in WORDS):
            for fault in replies.template_faults(self._words()):
                self.add_error(fault.field, str(fault.message))
        return data

    def write(self) -> ReplyTemplate:
        """Keeps the template through its one writer."""
        return replies.keep_template(self.cleaned_data.get("key") or self.instance.key, self._words())

    def _words(self) -> ReplyWords:
        return ReplyWords(**{name: self.cleaned_data[name] for name in WORDS})
