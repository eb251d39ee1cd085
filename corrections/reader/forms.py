"""The readers' forms: only their shape. Whether the words are right is the domain's question."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from corrections.domain.faults import Fault
from corrections.enums import Credit, Kind, Problem, Relation
from corrections.models import Clause

#: Code points that a field takes in before the domain even looks: enough to say by how much a text is too long.
_ROOM = 500_000

_PROBLEM_HINTS = {Problem.FACT: _("Name, number, date, place, title")}


class TextField(forms.CharField):
    """A text of the reader, as it was typed: nothing is stripped, so nothing typed is lost in an error."""

    def __init__(self, label: Any, hint: Any = "", *, rows: int = 6, optional: bool = False) -> None:
        attributes = {"dir": "auto", "rows": rows, **({"class": "short"} if rows < 4 else {})}
        super().__init__(
            label=label,
            help_text=hint,
            required=False,
            strip=False,
            max_length=_ROOM,
            widget=forms.Textarea(attrs=attributes),
        )
        self.is_optional = optional


class ReportForm(forms.Form):
    """What both flows ask: how to reply, the trap for programs, the token that makes the form one intention."""

    form_token = forms.CharField(required=False, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 1, widget=forms.HiddenInput)
    reply = forms.ChoiceField(
        label=_("How should we reply?"),
        help_text=_("A way to reply helps if the desk needs to ask you something."),
        choices=[("mail", _("By e-mail")), ("receipt", _("Without e-mail"))],
        widget=forms.RadioSelect,
        required=False,
    )
    address = forms.CharField(
        label=_("E-mail address"),
        required=False,
        max_length=1000,
        widget=forms.TextInput(
            attrs={
                "class": "mid",
                "dir": "ltr",
                "inputmode": "email",
                "autocapitalize": "none",
                "autocomplete": "email",
                "spellcheck": "false",
            }
        ),
    )
    website = forms.CharField(required=False, max_length=_ROOM)

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", use_required_attribute=False, **kwargs)

    def add_faults(self, faults: Iterable[Fault]) -> None:
        """Puts the domain's faults beside the fields they belong to."""
        for fault in faults:
            self.add_error(fault.field if fault.field in self.fields else None, str(fault.message))

    def words(self) -> dict[str, Any]:
        """The answers in the terms of a Submission."""
        data = self.cleaned_data
        return {
            "revision_number": data.get("revision"),
            "text": data.get("text", ""),
            "wants_mail": data.get("reply") == "mail",
            "address": data.get("address", ""),
            "honeypot": data.get("website", ""),
        }


class CorrectionForm(ReportForm):
    """Something is wrong, or an important detail is missing."""

    problem = forms.ChoiceField(
        label=_("What kind of problem is it?"), required=False, widget=forms.RadioSelect, choices=Problem.choices
    )
    text = TextField(_("What is correct?"), _("One or two sentences are enough. Any language is fine."))
    sources = TextField(
        _("How can we check it?"),
        _("A link, a document, or how you know: you were there, it is your field…"),
        rows=2,
        optional=True,
    )
    name = forms.CharField(
        label=_("Your name"),
        required=False,
        max_length=1000,
        widget=forms.TextInput(attrs={"class": "mid", "dir": "auto", "autocomplete": "name"}),
    )
    credit = forms.ChoiceField(
        label=_("If we publish a correction, how should we credit it?"),
        required=False,
        widget=forms.RadioSelect,
        choices=Credit.choices,
    )
    field_order = ["problem", "text", "sources", "reply", "address", "credit", "name"]

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        _set_choices(
            self,
            "problem",
            [(value, _hinted(label, _PROBLEM_HINTS.get(Problem(value)))) for value, label in Problem.choices],
        )
        _add_receipt_hint(self)

    def words(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            **super().words(),
            "problem": data.get("problem", ""),
            "sources": data.get("sources", ""),
            "credit": data.get("credit") or Credit.NONE,
            "name": data.get("name", "") if data.get("credit") == Credit.NAME else "",
        }


class ComplaintForm(ReportForm):
    """A clause of the code of ethics, or a professional standard."""

    clauses = forms.MultipleChoiceField(
        label=_("What is the complaint about?"),
        help_text=_("Choose all that apply."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = TextField(
        _("What happened?"), _("It helps to name the sentence or picture and say why it breaks a standard.")
    )
    relation = forms.ChoiceField(
        label=_("Your connection to the story"),
        help_text=_("We ask only to set priority. You do not need a direct connection to complain."),
        required=False,
        widget=forms.RadioSelect,
        choices=Relation.choices,
    )
    remedy_sought = TextField(_("What would put it right?"), rows=2, optional=True)
    field_order = ["clauses", "text", "relation", "remedy_sought", "reply", "address"]

    def __init__(self, data: Any = None, *, clauses: Iterable[Clause], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        language = get_language() or "ar"
        choices = [(clause.key, _hinted(clause.name_in(language), clause.hint_in(language))) for clause in clauses]
        _set_choices(self, "clauses", choices)
        for name in ("text", "remedy_sought"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        _add_receipt_hint(self)

    def words(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            **super().words(),
            "clause_keys": tuple(data.get("clauses", [])),
            "relation": data.get("relation", ""),
            "remedy_sought": data.get("remedy_sought", ""),
        }


class ReplyForm(forms.Form):
    """The reader writes on the own case's page."""

    form_token = forms.CharField(required=False, widget=forms.HiddenInput)
    text = TextField(_("Your answer"), rows=3)

    def __init__(self, data: Any = None, *, asked: bool, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", use_required_attribute=False, **kwargs)
        if not asked:
            self.fields["text"].label = _("Add information")


class ReceiptForm(forms.Form):
    """Where a receipt is typed."""

    receipt = forms.CharField(
        label=_("Your secret follow-up code"),
        help_text=_("24 digits; spaces do not matter, Arabic digits are fine."),
        required=False,
        max_length=500,
        widget=forms.TextInput(
            attrs={"class": "mid", "dir": "ltr", "inputmode": "numeric", "autocomplete": "off", "spellcheck": "false"}
        ),
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="", use_required_attribute=False)


def kind_of(form: ReportForm) -> str:
    """The kind that a filled-in form makes: a missing detail is an addition."""
    if isinstance(form, ComplaintForm):
        return Kind.COMPLAINT
    return Kind.ADDITION if form.cleaned_data.get("problem") == Problem.MISSING else Kind.CORRECTION


def _hinted(label: Any, hint: Any) -> SafeString | str:
    return format_html('{}<span class="hint">{}</span>', label, hint) if hint else str(label)


def _set_choices(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - names are written above
    field.choices = choices


def _add_receipt_hint(form: forms.Form) -> None:
    hint = _("After sending you get a secret code that opens your report on any device.")
    _set_choices(form, "reply", [("mail", _("By e-mail")), ("receipt", _hinted(_("Without e-mail"), hint))])
