"""Small forms of the case page. Each carries the version of the case that its author saw, and each stands in its
own slot of the page: the one that could not be taken comes back filled in, with what is wrong beside the field."""

from collections.abc import Sequence
from typing import Any, Self, cast

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from corrections.domain import drafts
from corrections.domain.faults import Fault
from corrections.enums import Kind, Severity
from corrections.models import Draft
from corrections.work_choices import HoldReason

_ROOM = 500_000
_NOTHING = ("", "—")


class ActionForm(forms.Form):
    """What every action brings: the version it was decided on."""

    expected_version = forms.IntegerField(
        min_value=1,
        max_value=2**31 - 2,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("The form is incomplete. Open the case again")
        ),
    )

    def __init__(self, *args: Any, slot: str = "id", **kwargs: Any) -> None:
        settings = {"auto_id": f"{slot}_%s", "label_suffix": "", "use_required_attribute": False}
        super().__init__(*args, **{**settings, **kwargs})
        self.slot = slot
        #: What its author has kept of it; None where nothing is kept.
        self.draft: Draft | None = None

    @property
    def keeps_draft(self) -> bool:
        """Whether people write in it, so that what they have begun is kept."""
        return self.slot in drafts.FORMS

    def with_draft(self, draft: Draft | None) -> Self:
        """This form, empty as it is, with what its author has kept of it."""
        if draft:
            self.draft = draft
            self.initial = {**self.initial, **self._answers_in(draft)}
        return self

    def _answers_in(self, draft: Draft) -> dict[str, Any]:
        kept = QueryDict(mutable=True)
        for name, texts in draft.words.items():
            kept.setlist(name, texts)
        return {
            name: field.widget.value_from_datadict(kept, {}, name)
            for name, field in self.fields.items()
            if name in draft.words and not name.startswith("expected_")
        }

    def add_faults(self, faults: Sequence[Fault]) -> list[Fault]:
        """Puts the domain's faults beside the fields they belong to; returns those of no field of this form."""
        for fault in faults:
            if fault.field in self.fields:
                self.add_error(fault.field, str(fault.message))
        return [fault for fault in faults if fault.field not in self.fields]

    def with_answers(self, **answers: Any) -> Self:
        """This form with some answers written in, so that pressing again sends them."""
        data = cast("QueryDict", self.data).copy()
        for name, value in answers.items():
            data[name] = str(value)
        self.data = data
        return self

    def offer(self, choices: dict[str, list[tuple[str, Any]]]) -> Self:
        """This form with the choices that the page has for its fields; a field without any is not shown."""
        for name in choices.keys() & self.fields.keys():
            if choices[name]:
                attributes = self.fields[name].widget.attrs
                self.fields[name].widget = forms.Select(choices=[_NOTHING, *choices[name]], attrs=attributes)
            else:
                self.fields[name].widget = forms.HiddenInput()
        return self

    def answers(self) -> list[tuple[str, list[str]]]:
        """What its author wrote or chose, as a page shows it: the name of the field, and its words."""
        filled = ((bound, _in_words(bound.field, bound.data)) for bound in self.visible_fields())
        return [(str(bound.label), texts) for bound, texts in filled if any(text.strip() for text in texts)]

    def words(self) -> list[str]:
        """What its author had written or chosen, as it came; nothing that the page had put in by itself."""
        names = [name for name, field in self.fields.items() if not field.widget.is_hidden]
        return [text for text in (str(self.data.get(name, "")) for name in names) if text.strip()]


def _in_words(field: forms.Field, answer: Any) -> list[str]:
    """An answer as it came, or by the names of what was chosen."""
    choices = dict(getattr(field.widget, "choices", ()))
    given = answer if isinstance(answer, list) else [answer or ""]
    return [str(choices.get(each, each)) for each in given]


class TextField(forms.CharField):
    """Words as they were typed; whether there are any, and not too many, is the domain's question."""

    def __init__(self, label: Any, hint: Any = "", *, rows: int = 4) -> None:
        attributes = {"dir": "auto", "rows": rows, **({"class": "short"} if rows < 4 else {})}
        super().__init__(
            label=label,
            help_text=hint,
            required=False,
            strip=False,
            max_length=_ROOM,
            widget=forms.Textarea(attrs=attributes),
        )


class NamesField(forms.MultipleChoiceField):
    """Colleagues ticked in a list; whether they may be mentioned is the domain's question."""

    def valid_value(self, value: Any) -> bool:
        return True


class TextForm(ActionForm):
    """An action with words: question, message, note."""

    text = TextField(
        _("Message text"), _("A question stops the clock until the reader answers. Notes stay on the desk.")
    )
    mentions = NamesField(
        label=_("Mention colleagues in a note"),
        help_text=_("They get a mail without the words of the note. In the note itself: @ and the user name."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    #: What can be added, each under the name of its address: a question, a message, a note.
    additions: Sequence[tuple[str, Any]] = ()

    @property
    def addition(self) -> str:
        """What is marked as being added. Where nothing has been chosen, the last: a note mails nobody."""
        chosen = str(self.data.get("addition", "") or self.initial.get("addition", ""))
        values = [value for value, _label in self.additions]
        return chosen if chosen in values else values[-1]

    def offer(self, choices: dict[str, list[tuple[str, Any]]]) -> Self:
        """The colleagues who may see the case are ticked, not chosen one by one."""
        self.additions = choices["additions"]
        self.fields["mentions"].choices = choices["mentions"]  # type: ignore[attr-defined]  # a Field to the stubs
        return self


class RevealForm(ActionForm):
    reason = TextField(
        _("Why the name and the address have to be seen"),
        _(
            "The reason stands in the case as an internal note, with your name: everybody on the desk who may see the "
            "case reads it. The reader does not."
        ),
        rows=2,
    )


class HandOverForm(ActionForm):
    notes = forms.BooleanField(label=_("With internal notes"), required=False)
    identity = forms.BooleanField(label=_("With the reader’s name and address"), required=False)
    reason = TextField(_("Reason, where the reader is named"), rows=2)


class RefusalForm(ActionForm):
    reason = TextField(_("Reason of the refusal"), rows=2)


class ReopeningForm(ActionForm):
    reason = TextField(_("Reason for reopening"), rows=2)


class SnoozeForm(ActionForm):
    """Until when a case is put aside: a day, or the preset of the button that was pressed."""

    preset = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    until = forms.CharField(
        label=_("Another day"),
        required=False,
        max_length=_ROOM,
        widget=forms.TextInput(
            attrs={"dir": "ltr", "inputmode": "numeric", "autocomplete": "off", "placeholder": "28/11/2026"}
        ),
    )


class HoldForm(ActionForm):
    reason = forms.ChoiceField(
        label=_("Why it is suspicious"),
        choices=[_NOTHING, *HoldReason.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose why the case is held")},
    )


class AssignForm(ActionForm):
    assignee = forms.IntegerField(
        label=_("Assign"),
        required=False,
        min_value=1,
        max_value=2**63 - 1,
        # Names: their direction follows their letters, whatever the page's language.
        widget=forms.Select(attrs={"dir": "auto"}),
        error_messages=dict.fromkeys(("invalid", "min_value", "max_value"), _("Choose who takes the case")),
    )


class SeverityForm(ActionForm):
    severity = forms.CharField(label=_("Severity"), required=False, widget=forms.Select)

    def offer(self, choices: dict[str, list[tuple[str, Any]]]) -> Self:
        """Unlike other choices, "not sorted yet" is one of its own."""
        self.fields["severity"].widget = forms.Select(choices=Severity.choices)
        return self


class GatherForm(ActionForm):
    """One other report and the version of it that was seen."""

    other = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    other_version = forms.IntegerField(required=False, min_value=1, max_value=2**31 - 2, widget=forms.HiddenInput)


class KindForm(ActionForm):
    kind = forms.ChoiceField(
        label=_("Kind"),
        choices=[_NOTHING, *Kind.choices],
        required=False,
        error_messages={"invalid_choice": _("Choose another kind")},
    )
    clauses = forms.CharField(label=_("Clause, for a complaint"), required=False, max_length=200, widget=forms.Select)


class UndoForm(ActionForm):
    """Which step of the case is taken back, by its place in the history."""

    step = forms.IntegerField(
        min_value=1,
        max_value=2**31 - 2,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("The form is incomplete. Open the case again")
        ),
    )


class ExtensionForm(ActionForm):
    amount = forms.IntegerField(
        label=_("Later by"),
        required=False,
        widget=forms.Select,
        error_messages={"invalid": _("Choose by how much the decision is put off")},
    )
    reason = TextField(
        _("Reason, for the reader"),
        _(
            "The reader gets the reason and the new day by letter and on the follow-up page. Once the letter has gone, "
            "this cannot be taken back: a promised day is never brought forward."
        ),
        rows=2,
    )
    reason_translation = TextField(
        _("The same reason in the other language"), _("For readers of joined reports who wrote in it."), rows=2
    )

    def offer(self, choices: dict[str, list[tuple[str, Any]]]) -> Self:
        """The other language is asked for only where reports are joined."""
        if not choices["joined"]:
            del self.fields["reason_translation"]
        return super().offer(choices)


class LeadForm(ActionForm):
    lead = forms.CharField(
        label=_("Number of the leading case"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
