"""The readers' forms: only their shape. Whether the words are right is the domain's question, so no field here
refuses anything: what Django refuses is blanked, and a blanked field would lose words or be called empty."""

from collections.abc import Iterable
from itertools import islice
from typing import Any

from django import forms
from django.forms.boundfield import BoundWidget
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from corrections import desk_settings
from corrections.code_parts import CodePart
from corrections.domain import code
from corrections.domain.faults import Fault
from corrections.enums import Credit, Kind, Problem, Sought
from corrections.models import Clause
from corrections.reader import choices
from corrections.reader.choices import hinted
from newsroom.uploads.pictures import LONGEST_SIDE

#: Digits of the largest number that a revision can have.
_LONGEST_NUMBER = 9

#: What a browser offers to choose; what is taken is decided by content.
ACCEPTED_FILES = "image/jpeg,image/png,image/webp,application/pdf"

_PROBLEM_HINTS = {Problem.FACT: _("Name, number, date, place, title")}


class Typed(forms.CharField):
    """What the reader typed, as it was typed; only the size of a request bounds it."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, **kwargs)
        self.validators = []


class Chosen(forms.ChoiceField):
    """What the reader chose, also where it is no choice of ours."""

    def validate(self, value: Any) -> None:
        """Accepts everything."""


class ChosenMany(forms.MultipleChoiceField):
    """The same, several times."""

    def validate(self, value: Any) -> None:
        """Accepts everything."""


class TextField(Typed):
    """A text of several lines."""

    def __init__(self, label: Any, hint: Any = "", *, rows: int = 6, optional: bool = False) -> None:
        attributes = {"dir": "auto", "rows": rows, **({"class": "short"} if rows < 4 else {})}
        super().__init__(
            label=label,
            help_text=hint,
            widget=forms.Textarea(attrs=attributes),
        )
        self.is_optional = optional


class AddressField(Typed):
    """An e-mail address. Not type="email": browsers then change what was typed (Chromium turns an Arabic comma into
    "xn--")."""

    def __init__(self) -> None:
        attributes = {
            "class": "mid",
            "dir": "ltr",
            "inputmode": "email",
            "autocapitalize": "none",
            "autocomplete": "email",
            "spellcheck": "false",
        }
        super().__init__(label=_("E-mail address"), widget=forms.TextInput(attrs=attributes))


class ReportForm(forms.Form):
    """What both flows ask: how to reply, the trap for programs, the token that makes the form one intention."""

    form_token = Typed(widget=forms.HiddenInput)
    revision = Typed(widget=forms.HiddenInput)
    #: Where in that revision (domain.places).
    place = Typed(widget=forms.HiddenInput)
    reply = Chosen(
        label=_("How should we reply?"),
        help_text=_("A way to reply helps if the desk needs to ask you something."),
        choices=[("mail", _("By e-mail")), ("receipt", _("Without e-mail"))],
        widget=forms.RadioSelect,
        required=False,
    )
    address = AddressField()
    website = Typed()

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", use_required_attribute=False, **kwargs)

    def add_faults(self, faults: Iterable[Fault]) -> None:
        """Puts the domain's faults beside the fields they belong to."""
        for fault in faults:
            self.add_error(fault.field if fault.field in self.fields else None, str(fault.message))

    def key_ending(self) -> str:
        """What tells the submissions of one form apart; nothing where it makes only one."""
        return ""

    def words(self) -> dict[str, Any]:
        """The answers in the terms of a Submission."""
        data = self.cleaned_data
        return {
            "revision_number": number_of(data["revision"]),
            "place": data["place"],
            "text": data["text"],
            # An address that came without an answer of ours about the reply was given to be written to.
            "wants_mail": data["reply"] == "mail" or (data["reply"] != "receipt" and bool(data["address"])),
            "address": data["address"],
            "honeypot": data["website"],
        }


class CorrectionForm(ReportForm):
    """Something is wrong, or an important detail is missing."""

    #: The number of this error among several of one sending (errors_together).
    error = Typed(widget=forms.HiddenInput)
    proposed = TextField(
        _("The passage as it should read"), _("Change only the words that are wrong."), rows=3, optional=True
    )
    problem = Chosen(
        label=_("What kind of problem is it?"), required=False, widget=forms.RadioSelect, choices=Problem.choices
    )
    text = TextField(_("What is correct?"), _("One or two sentences are enough. Any language is fine."))
    sources = TextField(
        _("How can we check it?"),
        _("A link, a document, or how you know: you were there, it is your field…"),
        rows=2,
        optional=True,
    )
    name = Typed(
        label=_("Your name"),
        widget=forms.TextInput(attrs={"class": "mid", "dir": "auto", "autocomplete": "name"}),
    )
    credit = Chosen(
        label=_("If we publish a correction, how should we credit it?"),
        required=False,
        widget=forms.RadioSelect,
        choices=Credit.choices,
    )
    field_order = ["proposed", "problem", "text", "sources", "reply", "address", "credit", "name"]

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        _set_choices(
            self,
            "problem",
            [(value, hinted(label, _PROBLEM_HINTS.get(Problem(value)))) for value, label in Problem.choices],
        )
        _set_choices(self, "credit", [(Credit.NONE, Credit.NONE.label), (Credit.NAME, _("With the name I write here"))])
        _add_receipt_hint(self)

    def key_ending(self) -> str:
        number = number_of(self.cleaned_data["error"]) or 1
        return f"/{number}" if number > 1 else ""

    def words(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            **super().words(),
            "problem": data["problem"],
            "proposed": data["proposed"],
            "sources": data["sources"],
            "credit": data["credit"] or Credit.NONE,
            "name": data["name"] if data["credit"] == Credit.NAME else "",
        }


class ComplaintForm(ReportForm):
    """A clause of the code of ethics, or a professional standard."""

    clauses = ChosenMany(
        label=_("What is the complaint about?"),
        help_text=_("Choose all that apply."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    text = TextField(
        _("What happened?"), _("It helps to name the sentence or picture and say why it breaks a standard.")
    )
    relation = Chosen(
        label=_("Your connection to the story"),
        help_text=_("We ask only to set priority. You do not need a direct connection to complain."),
        required=False,
        widget=forms.RadioSelect,
    )
    sought = ChosenMany(
        label=_("What would put it right?"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=Sought.choices,
    )
    remedy_sought = TextField(_("In your own words"), rows=2, optional=True)
    field_order = ["clauses", "text", "relation", "sought", "remedy_sought", "reply", "address"]

    def __init__(self, data: Any = None, *, clauses: Iterable[Clause], **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self._parts = code.by_part(clauses)
        _set_choices(self, "clauses", choices.clause_choices(self._parts, get_language() or "ar"))
        _set_choices(self, "relation", choices.relation_choices())
        self.fields["sought"].is_optional = True  # type: ignore[attr-defined]  # read by forms/field.html
        for name in ("text", "remedy_sought"):
            self.fields[name].widget.attrs["autocomplete"] = "off"
        _add_receipt_hint(self)

    def parts(self) -> list[tuple[CodePart, list[BoundWidget]]]:
        """The boxes of the clauses below the parts of the code."""
        boxes = iter(self["clauses"].subwidgets)
        return [(part, list(islice(boxes, len(clauses)))) for part, clauses in self._parts]

    def words(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            **super().words(),
            "clause_keys": tuple(data["clauses"]),
            "sought": tuple(data["sought"]),
            "relation": data["relation"],
            "remedy_sought": data["remedy_sought"],
        }


class ReplyForm(forms.Form):
    """The reader writes on the own case's page."""

    form_token = Typed(widget=forms.HiddenInput)
    text = TextField(_("Your answer"), rows=3)

    def __init__(self, data: Any = None, *, asked: bool, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", use_required_attribute=False, **kwargs)
        if not asked:
            self.fields["text"].label = _("Add information")


class FileForm(forms.Form):
    """Where a file is chosen; whether it is taken is the domain's question (domain.evidence)."""

    form_token = Typed(widget=forms.HiddenInput)
    file = forms.Field(
        label=_("Picture or document"),
        required=False,
        widget=forms.FileInput(attrs={"class": "file", "accept": ACCEPTED_FILES, "data-longest-side": LONGEST_SIDE}),
    )

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, label_suffix="", use_required_attribute=False, **kwargs)
        values = desk_settings.current()
        most, each = values.evidence_files, values.evidence_megabytes
        self.fields["file"].help_text = _("JPEG, PNG, WebP or PDF; files: up to %(most)s, %(each)s MB each.") % {
            "most": most,
            "each": each,
        }


class FollowForm(forms.Form):
    """Where an address is given to be told when an article is corrected."""

    address = AddressField()
    website = Typed()

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, label_suffix="", use_required_attribute=False)


class ReceiptForm(forms.Form):
    """Where a receipt is typed."""

    receipt = Typed(
        label=_("Your secret follow-up code"),
        help_text=_("24 digits; spaces do not matter, Arabic digits are fine."),
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
    return Kind.ADDITION if form.cleaned_data["problem"] == Problem.MISSING else Kind.CORRECTION


def number_of(typed: str) -> int | None:
    """The number of a revision or of an error as a form brings it; None for anything else."""
    is_number = typed.isascii() and typed.isdigit() and len(typed) <= _LONGEST_NUMBER
    return int(typed) if is_number else None


def _set_choices(form: forms.Form, name: str, choices: list[tuple[str, Any]]) -> None:
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 - names are written above
    field.choices = choices


def _add_receipt_hint(form: forms.Form) -> None:
    hint = _("After sending you get a secret code that opens your report on any device.")
    _set_choices(form, "reply", [("mail", _("By e-mail")), ("receipt", hinted(_("Without e-mail"), hint))])
