"""The form of a decision, without the article's words (corrections.desk.article_editing)."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from corrections.desk.forms import ActionForm
from corrections.enums import Finding, Ground, Kind, Remedy
from corrections.models import Clause

REMEDY_HINTS = {
    Remedy.CORRECTION: _("The text was wrong: change it and publish a notice at the top"),
    Remedy.CLARIFICATION: _("Right but unclear: add a sentence and a notice"),
    Remedy.UPDATE: _("New information since publication, not an error"),
    Remedy.NONE: _("With reasons the reader will see"),
    Remedy.MINOR_FIX: _("Spelling and the like: logged as a version, no notice"),
    Remedy.EDITORS_NOTE: _("A notice without a change of the text"),
    Remedy.RIGHT_OF_REPLY: _("Add the reply to the text; a notice points to it"),
    Remedy.RETRACTION: _("The article is withdrawn; the notice stands in its place. Needs a second signature"),
    Remedy.TAKEDOWN: _("The article is taken down; a stub stays. Needs a second signature"),
}
_ROOM = 500_000


def _words(label: Any, hint: Any = "", rows: int = 4) -> forms.CharField:
    widget = forms.Textarea(attrs={"dir": "auto", "rows": rows})
    return forms.CharField(label=label, help_text=hint, required=False, strip=False, max_length=_ROOM, widget=widget)


class DecideForm(ActionForm):
    """Finding, remedy, reasons and notice."""

    finding = forms.ChoiceField(label=_("Finding"), choices=Finding.choices, widget=forms.RadioSelect, required=False)
    ground = forms.ChoiceField(label=_("If inadmissible: why"), choices=Ground.choices, required=False)
    clauses = forms.MultipleChoiceField(label=_("Clauses"), widget=forms.CheckboxSelectMultiple, required=False)
    remedy = forms.ChoiceField(
        label=_("What is done"), choices=Remedy.choices, widget=forms.RadioSelect, required=False
    )
    reason = _words(_("Reasons"), _("The reader sees them."), rows=5)
    notice_text = _words(
        _("Published notice"),
        _("State the error and the right fact, without repeating harm. Left empty, the preview drafts it."),
    )
    note = _words(_("Internal note"), _("For the desk alone."), rows=2)

    def __init__(self, *args: Any, kind: Kind, clauses: Iterable[Clause], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._again = {"kind": kind, "clauses": list(clauses)}
        language = get_language() or "ar"
        remedies = self.fields["remedy"]
        chosen = self.fields["clauses"]
        assert isinstance(remedies, forms.ChoiceField)  # noqa: S101 - declared above
        assert isinstance(chosen, forms.MultipleChoiceField)  # noqa: S101 - declared above
        remedies.choices = [(remedy.value, _hinted(remedy)) for remedy in REMEDY_ORDER]
        if kind == Kind.COMPLAINT:
            chosen.choices = [(clause.key, clause.name_in(language)) for clause in self._again["clauses"]]
        else:
            chosen.widget = forms.MultipleHiddenInput()

    def with_notice(self, text: str) -> "DecideForm":
        """The same answers with another notice."""
        return self._with(notice_text=text)

    def with_version(self, version: int) -> "DecideForm":
        """The same answers, decided on the case as it is now."""
        return self._with(expected_version=str(version))

    def _with(self, **answers: str) -> "DecideForm":
        data = self.data.copy()
        for name, value in answers.items():
            data[name] = value
        form = DecideForm(data, **self._again)
        form.is_valid()
        return form


#: As an editor looks for them: the usual ones first.
REMEDY_ORDER = (
    Remedy.CORRECTION,
    Remedy.CLARIFICATION,
    Remedy.UPDATE,
    Remedy.NONE,
    Remedy.MINOR_FIX,
    Remedy.EDITORS_NOTE,
    Remedy.RIGHT_OF_REPLY,
    Remedy.APOLOGY,
    Remedy.RETRACTION,
    Remedy.TAKEDOWN,
)


def _hinted(remedy: Remedy) -> Any:
    hint = REMEDY_HINTS.get(remedy)
    return format_html('{}<span class="hint">{}</span>', remedy.label, hint) if hint else remedy.label
