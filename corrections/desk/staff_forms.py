"""Forms about the people of the newsroom, for administrators and for whoever was invited."""

from typing import Any

from django import forms
from django.contrib.auth.forms import SetPasswordForm
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from corrections.desk.account_forms import MISSING, Plain
from newsroom.models import StaffMember
from newsroom.models.languages import Language
from newsroom.models.staff import Role
from newsroom.queries import sections
from newsroom.staff import Account, newest_change
from newsroom.text import clean_line


class AccountForm(Plain):
    """Name, address, role, language and sections of somebody, and the newest change that its author has seen."""

    seen = forms.IntegerField(required=False, min_value=0, max_value=2**63 - 1, widget=forms.HiddenInput)
    display_name = forms.CharField(
        label=_("Name as colleagues and articles show it"),
        max_length=120,
        widget=forms.TextInput(attrs={"class": "mid", "dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Give the name")},
    )
    email = forms.EmailField(
        label=_("Address for mails"),
        max_length=254,
        widget=forms.TextInput(attrs={"class": "mid", "dir": "ltr", "autocomplete": "off", "inputmode": "email"}),
        error_messages={
            "required": _("Give the address"),
            "invalid": _("This e-mail address is incomplete. A correct one looks like name@example.com"),
        },
    )
    role = forms.ChoiceField(
        label=_("Role"), choices=Role.choices, widget=forms.RadioSelect, error_messages={"required": _("Choose a role")}
    )
    language = forms.ChoiceField(label=_("Language of mails"), choices=Language.choices, widget=forms.RadioSelect)
    sections = forms.TypedMultipleChoiceField(
        label=_("Sections"),
        help_text=_("Only their cases are seen. None chosen: all."),
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args: Any, language: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sections"].choices = [(each.pk, each.name_in(language)) for each in sections()]  # type: ignore[attr-defined]

    def account(self) -> Account:
        """What was chosen."""
        data = self.cleaned_data
        return Account(
            display_name=clean_line(data["display_name"]),
            email=data["email"],
            role=data["role"],
            language=data["language"],
            section_ids=tuple(sorted(data["sections"])),
        )


def initial_of(member: StaffMember) -> dict[str, Any]:
    """What the form shows of an account."""
    return {
        "display_name": member.display_name,
        "email": member.email,
        "role": member.role,
        "language": member.language,
        "sections": member.section_ids,
        "seen": newest_change(member),
    }


class InvitationForm(AccountForm):
    """The same with a user name, which stays."""

    #: There is nothing yet that somebody else could change.
    seen = None  # type: ignore[assignment]  # how a form leaves a field out
    username = forms.CharField(
        label=_("User name"),
        help_text=_("For the sign-in. It stays as it is."),
        max_length=60,
        validators=[RegexValidator(r"^[\w.@+-]+\Z", _("Letters, digits and . @ + - _ alone"))],
        widget=forms.TextInput(attrs={"class": "mid", "dir": "ltr", "autocomplete": "off"}),
        error_messages={"required": _("Give a user name")},
    )
    field_order = ["username"]


class JoinForm(SetPasswordForm):  # type: ignore[type-arg]  # generic in the stubs alone
    """A password, twice."""

    error_messages = {**SetPasswordForm.error_messages, "password_mismatch": _("The two new passwords differ.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "use_required_attribute": False, **kwargs})
        for name, field in self.fields.items():
            field.widget.attrs |= {"class": "mid", "dir": "ltr"}
            # The page says what a password must have.
            field.help_text = ""
            field.error_messages["required"] = str(MISSING[name])
