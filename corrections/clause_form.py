"""The administration's form for a clause of the code: it fills in what corrections.domain.code asks for."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from corrections.domain import code
from corrections.domain.code import Arrangement, ClauseWords
from corrections.models import Clause

WORDS = list(ClauseWords.__dataclass_fields__)


class ClauseForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs alone
    """A new clause, or the next version of one."""

    in_force = forms.BooleanField(
        label=_("In force"),
        required=False,
        initial=True,
        help_text=_("A clause out of force is offered no longer; its versions stay readable. It is never deleted."),
    )

    class Meta:
        model = Clause
        fields = ["key", "part", "position", *WORDS]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.initial["in_force"] = self.instance.retired_at is None
        self._seen = self.instance.version if self.instance.pk else None

    def clean_key(self) -> str:
        """A new clause has a key of its own."""
        key = str(self.cleaned_data["key"])
        if self._seen is None and code.versions_of(key):
            raise forms.ValidationError(_("Another clause has this key already, or had it once."))
        return key

    def clean(self) -> dict[str, Any]:
        """Refuses what the writer would refuse, while everything typed is still in the form."""
        data = super().clean() or {}
        newest = code.versions_of(self.instance.key)[:1] if self._seen else []
        if newest and newest[0].version != self._seen:
            self.add_error(None, _("Somebody else has changed the clause meanwhile. Open its newest version."))
        words_changed = {*WORDS} & {*self.changed_data}
        if self._seen and words_changed and not data.get("in_force"):
            self.add_error("in_force", _("A clause that is not in force cannot be given other words."))
        return data

    def write(self, now: datetime) -> Clause:
        """Publishes, moves or retires through the one writer; `now` is when a new version comes into force.

        Raises code.ClauseChanged where another version came between the check and this.
        """
        data = self.cleaned_data
        return code.keep_clause(
            data.get("key") or self.instance.key,
            ClauseWords(**{name: data[name] for name in WORDS}),
            Arrangement(data["part"], data["position"]),
            seen=self._seen,
            in_force=data["in_force"] or self._seen is None,
            now=now,
        )
