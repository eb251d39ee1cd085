"""The form with which an editor asks somebody for a statement."""

from collections.abc import Collection, Iterable
from typing import Self

from django import forms
from django.utils.translation import gettext_lazy as _

from corrections.desk.forms import ActionForm, TextField
from newsroom.models import StaffMember
from newsroom.models.languages import Language

_NOBODY = ("", "—")


class StatementForm(ActionForm):
    """Whom, in which language, and what; who can be chosen comes with `among`."""

    staff_member = forms.IntegerField(
        label=_("A colleague"),
        help_text=_("The author or another desk. They read what is written here, never the report."),
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        widget=forms.Select,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value"), _("Choose a colleague who can be written to")
        ),
    )
    name = forms.CharField(
        label=_("Or somebody outside: name"),
        required=False,
        strip=False,
        max_length=5000,
        widget=forms.TextInput(attrs={"dir": "auto", "autocomplete": "off"}),
    )
    address = forms.CharField(
        label=_("E-mail address"),
        required=False,
        strip=False,
        max_length=5000,
        widget=forms.TextInput(
            attrs={"dir": "ltr", "inputmode": "email", "autocapitalize": "none", "autocomplete": "off"}
        ),
    )
    language = forms.CharField(
        label=_("Language of the letter to somebody outside"),
        required=False,
        widget=forms.Select(choices=Language.choices),
    )
    question = TextField(
        _("What is asked"),
        _("In your own words: nothing by which whoever wrote to us could be recognised."),
        rows=6,
    )

    def among(self, members: Iterable[StaffMember], authors: Collection[int] = ()) -> Self:
        """This form with the colleagues that can be asked; of the article's `authors` the first is chosen already."""
        choices = [(str(member.pk), _named(member, member.pk in authors)) for member in members]
        self.initial.setdefault("staff_member", next((key for key, _name in choices if int(key) in authors), ""))
        self.fields["staff_member"].widget = forms.Select(choices=[_NOBODY, *choices], attrs={"dir": "auto"})
        return self


def _named(member: StaffMember, is_author: bool) -> str:
    return f"{member.display_name} – {_('wrote the article')}" if is_author else member.display_name
