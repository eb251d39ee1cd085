"""Forms of one's own account. Whatever weakens or strengthens it asks for the password once more."""

from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.utils.translation import gettext_lazy as _

from newsroom import second_factor
from newsroom.models import StaffMember
from newsroom.second_factor import LONGEST_NAME

_LONGEST_ANSWER = 100_000
_SHORT = {"class": "mid", "dir": "ltr", "autocomplete": "off"}


class Plain(forms.Form):
    """As all forms here: nothing behind the labels, errors said by us and not by the browser."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "use_required_attribute": False, **kwargs})


def _code_field(label: Any, hint: Any, missing: Any) -> forms.CharField:
    attributes = {**_SHORT, "inputmode": "numeric", "autocomplete": "one-time-code"}
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=60,
        widget=forms.TextInput(attrs=attributes),
        error_messages={"required": missing},
    )


def _hint(factors: second_factor.Factors) -> Any:
    if factors.has_app:
        return _("Six digits from the app, or a recovery code of eight digits.")
    return _("A recovery code of eight digits. Within ten minutes of a sign-in with a passkey none is needed.")


class CodeForm(Plain):
    """The second factor at the sign-in: a code, or what a passkey answers (which a script puts in)."""

    code = _code_field(
        _("Code"),
        _("Six digits from the app, or a recovery code of eight digits."),
        _("Give the code from the app, or a recovery code"),
    )


class ConfirmForm(Plain):
    """The password of the person who is signed in and, where they have one, the second factor: a session that was left
    open, or stolen, changes no account. The code is checked last (account_steps.is_confirmed), for it is spent by that.
    """

    asks_factor = True

    password = forms.CharField(
        label=_("Your password"),
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"class": "mid", "dir": "ltr", "autocomplete": "current-password"}),
        error_messages={"required": _("Give your password")},
    )

    def __init__(self, member: StaffMember, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.member = member
        factors = second_factor.factors_of(member) if self.asks_factor else None
        if factors and factors.is_set_up:
            self.fields["factor"] = _code_field(_("Code of the second step"), _hint(factors), "")
            self.fields["factor"].required = False

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.member.check_password(password):
            raise forms.ValidationError(_("This is not your password."))
        return password


class PasswordForm(ConfirmForm):
    """The password alone, for what opens nothing to anybody."""

    asks_factor = False


class AppForm(ConfirmForm):
    """A code that shows that the app has the secret."""

    code = _code_field(_("Code that the app shows"), _("Six digits."), _("Give the code that the app shows"))
    field_order = ["code", "password"]


class PasskeyForm(ConfirmForm):
    """A name for the device, and what it answered."""

    name = forms.CharField(
        label=_("Name of the device"),
        help_text=_("For you alone, such as “work telephone”."),
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"class": "mid", "dir": "auto", "autocomplete": "off"}),
        error_messages={"required": _("Give the device a name")},
    )
    answer = forms.JSONField(
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": _("The device has not answered. Try once more.")},
    )
    field_order = ["name", "password", "answer"]


class NewPasswordForm(PasswordChangeForm):
    """The present password, and a new one twice."""

    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_incorrect": _("This is not your password."),
        "password_mismatch": _("The two new passwords differ."),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", "use_required_attribute": False, **kwargs})
        for name, field in self.fields.items():
            field.widget.attrs |= {"class": "mid", "dir": "ltr"}
            # The page says what a password must have.
            field.help_text = ""
            field.widget.attrs.pop("autofocus", None)
            field.error_messages["required"] = str(MISSING[name])


MISSING = {
    "old_password": _("Give your password"),
    "new_password1": _("Give a new password"),
    "new_password2": _("Give the new password once more"),
}
