"""The form of a decision, without the article's words (corrections.desk.article_editing)."""

from collections.abc import Collection, Iterable
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from corrections.desk.findings import finding_choices
from corrections.desk.forms import ActionForm, TextField
from corrections.enums import Finding, Ground, Kind, Remedy
from corrections.models import Clause

REMEDY_HINTS = {
    Remedy.CORRECTION: _("The text was wrong: change it and publish a notice at the top"),
    Remedy.CLARIFICATION: _("Right but unclear: add a sentence and a notice"),
    Remedy.UPDATE: _("New information since publication, not an error"),
    Remedy.NONE: _("With reasons the reader will see"),
    Remedy.MINOR_FIX: _("Spelling and a word or two, no number: logged as a version, no notice"),
    Remedy.EDITORS_NOTE: _("A notice without a change of the text"),
    Remedy.RIGHT_OF_REPLY: _("Add the reply to the text; a notice points to it"),
    Remedy.RETRACTION: _("The article is withdrawn; the notice stands in its place. Needs a second signature"),
    Remedy.TAKEDOWN: _("The article is taken down; a stub stays. Needs a second signature"),
}
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


class DecideForm(ActionForm):
    """Finding, remedy, reasons and notice, and on which versions of the case and the article they were made."""

    expected_revision = forms.IntegerField(
        min_value=1,
        max_value=2**31 - 2,
        widget=forms.HiddenInput,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("The form is incomplete. Open the case again")
        ),
    )
    remedy = forms.ChoiceField(
        label=_("What is done"), choices=Remedy.choices, widget=forms.RadioSelect, required=False
    )
    notice_text = TextField(
        _("Published notice"),
        _(
            "State the error and the right fact, without repeating harm. Left empty, the preview drafts it where it "
            "safely can."
        ),
    )
    reason = TextField(_("Reasons"), _("The reader sees them."), rows=5)
    reason_translation = TextField(
        _("Reasons in the other language"),
        _("Readers who wrote in it are joined to this case. Left empty, their page says that there is none."),
        rows=5,
    )
    note = TextField(_("Internal note"), _("For the desk alone."), rows=2)
    finding = forms.ChoiceField(label=_("Finding"), choices=Finding.choices, widget=forms.RadioSelect, required=False)
    ground = forms.ChoiceField(label=_("If inadmissible: why"), choices=Ground.choices, required=False)
    clauses = forms.MultipleChoiceField(label=_("Clauses"), widget=forms.CheckboxSelectMultiple, required=False)

    def __init__(
        self,
        *args: Any,
        kind: Kind,
        code: Iterable[Clause],
        chosen: Collection[str] = (),
        answers_both_languages: bool = False,
        **kwargs: Any,
    ) -> None:
        """`chosen` are the keys of the clauses that the reader named."""
        super().__init__(*args, **kwargs)
        if not answers_both_languages:
            del self.fields["reason_translation"]
        language = get_language() or "ar"
        clauses = [(clause.key, _marked(clause.name_in(language), clause.key in chosen)) for clause in code]
        self.fields["remedy"].choices = [(remedy.value, _hinted(remedy)) for remedy in REMEDY_ORDER]  # type: ignore[attr-defined]  # a Field to the stubs
        self.fields["finding"].choices = finding_choices(kind)  # type: ignore[attr-defined]  # a Field to the stubs
        self.fields["clauses"].choices = clauses  # type: ignore[attr-defined]  # a Field to the stubs
        if kind != Kind.COMPLAINT:
            self.fields["finding"].help_text = _("Left open, it follows from what is done.")
            del self.fields["clauses"]


def _marked(name: str, is_chosen: bool) -> Any:
    return format_html('{}<span class="hint">{}</span>', name, _("The reader chose it")) if is_chosen else name


def _hinted(remedy: Remedy) -> Any:
    hint = REMEDY_HINTS.get(remedy)
    return format_html('{}<span class="hint">{}</span>', remedy.label, hint) if hint else remedy.label
