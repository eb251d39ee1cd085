"""The form of the desk's settings."""

from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from corrections.desk.account_forms import Plain
from corrections.desk_settings import DeskSettings
from newsroom.models.staff import Role
from newsroom.text import clean_line, isolated

_LTR = {"class": "mid", "dir": "ltr", "autocomplete": "off"}
#: Kept together: in Arabic text its slashes would be drawn before its letters.
_SCHEME = isolated("https://")
_NO_ADDRESS = format_lazy(_("Give a whole address that begins with {scheme}"), scheme=_SCHEME)
_INCOMPLETE = _("This e-mail address is incomplete. A correct one looks like name@example.com")


def _address(label: Any) -> forms.EmailField:
    return forms.EmailField(
        label=label,
        required=False,
        max_length=254,
        widget=forms.TextInput(attrs={**_LTR, "inputmode": "email"}),
        error_messages={"invalid": _INCOMPLETE},
    )


def _number(label: Any, hint: Any, least: int, most: int) -> forms.IntegerField:
    wrong = format_lazy(_("Give a whole number from {least} to {most}"), least=least, most=most)
    field = forms.IntegerField(
        label=label,
        help_text=hint,
        widget=forms.TextInput(attrs={"class": "few", "dir": "ltr", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": wrong, "invalid": wrong},
    )
    field.validators = [MinValueValidator(least, wrong), MaxValueValidator(most, wrong)]
    return field


class SettingsForm(Plain):
    """Everything that a newsroom decides for itself, and the version on which it was decided."""

    expected = forms.IntegerField(min_value=0, max_value=2**31 - 2, widget=forms.HiddenInput)
    safety_watched_at_night = forms.BooleanField(
        label=_("Somebody looks at reports about people’s safety at every hour"),
        help_text=_("Only then the pages say so."),
        required=False,
    )
    emergency_numbers = forms.CharField(
        label=_("Emergency numbers"),
        help_text=_("As they are printed beside “in danger”. What is empty is not printed."),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs=_LTR),
    )
    advertising_address = _address(_("E-mail address for advertisements"))
    comments_address = _address(_("E-mail address for comments"))
    legal_address = _address(_("E-mail address for legal claims"))
    quick_leave_address = forms.CharField(
        label=_("Where “Leave quickly” leads"),
        help_text=format_lazy(
            _("A neutral page of another site, with {scheme}. Empty: the front page."), scheme=_SCHEME
        ),
        required=False,
        max_length=300,
        validators=[URLValidator(schemes=["https"], message=_NO_ADDRESS)],
        widget=forms.TextInput(attrs=_LTR),
    )
    identity_kept_days = _number(
        _("Days after closing until names, addresses and files of readers are erased"),
        _("Readers who have written already were promised what holds now: a longer time breaks that promise."),
        1,
        3650,
    )
    evidence_files = _number(_("Files that a reader may add to one report"), "", 0, 20)
    evidence_megabytes = _number(_("Megabytes that each file may have"), _("The proxy’s limit must be larger."), 1, 25)
    undo_seconds = _number(
        _("Seconds in which sending can be undone"), _("Letters wait that long. 0: they leave at once."), 0, 120
    )
    claim_holds_working_days = _number(
        _("Working days that a taken case stays with whoever took it"),
        _("Each step of its owner begins them anew. Cases that are taken already keep their day until then."),
        1,
        60,
    )
    presence_seconds = _number(
        _("Seconds for which somebody is shown at a case"),
        _("Since the browser was last heard of. Open pages report three times as often."),
        10,
        600,
    )
    digest_hour = _number(
        _("Hour of the daily and weekly mails about views"),
        _("From 0 to 23, by the clock of the newsroom; on working days."),
        0,
        23,
    )
    second_factor_roles = forms.MultipleChoiceField(
        label=_("Roles that need a second step at the sign-in"),
        required=False,
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
    )

    def chosen(self) -> DeskSettings:
        """The settings that were filled in."""
        data = {**self.cleaned_data, "emergency_numbers": clean_line(self.cleaned_data["emergency_numbers"])}
        roles = tuple(sorted(data.pop("second_factor_roles")))
        return DeskSettings(
            **{name: value for name, value in data.items() if name != "expected"}, second_factor_roles=roles
        )


def initial_of(values: DeskSettings) -> dict[str, Any]:
    """What the form shows of settings."""
    return {**values.values(), "expected": values.number}


def label_of(name: str) -> str | Promise:
    """The name of a setting as the form has it."""
    return SettingsForm.base_fields[name].label or name


def in_words(name: str, value: Any) -> str:
    """A value of a setting for people."""
    if name == "second_factor_roles":
        value = [str(Role(each).label) for each in value]
        return pgettext("between things", ", ").join(value) or "—"
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    return str(value) if value != "" else "—"
