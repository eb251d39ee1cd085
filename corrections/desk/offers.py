"""The forms that a case's page offers: those alone that the workflow and the rules allow."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from django.utils.html import format_html
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from corrections.desk.forms import (
    ActionForm,
    AssignForm,
    ExtensionForm,
    GatherForm,
    HandOverForm,
    HoldForm,
    KindForm,
    LeadForm,
    RefusalForm,
    ReopeningForm,
    RevealForm,
    SeverityForm,
    SnoozeForm,
    TextForm,
    UndoForm,
)
from corrections.domain.clock_words import amount
from corrections.domain.code import active_clauses
from corrections.domain.own_steps import OwnSteps
from corrections.domain.procedures_in_force import procedure_of
from corrections.domain.queries import CasePage
from corrections.enums import Happening, Kind


class Slot(NamedTuple):
    """A place for a form on the page, and what of `CasePage.may` opens it (any of them)."""

    form: type[ActionForm]
    opened_by: frozenset[str]


def _slot(form: type[ActionForm], *opened_by: str) -> Slot:
    return Slot(form, frozenset(opened_by))


SLOTS: Mapping[str, Slot] = {
    "text": _slot(TextForm, "ask_reader", "write", "note"),
    "claim": _slot(ActionForm, "claim", "assign"),
    "hold": _slot(HoldForm, "hold"),
    "release": _slot(ActionForm, "release"),
    "resume": _slot(ActionForm, "resume"),
    "snooze": _slot(SnoozeForm, "snooze"),
    "wake": _slot(ActionForm, "wake"),
    "close": _slot(ActionForm, "close"),
    "unlink": _slot(ActionForm, "unlink_duplicate"),
    "sign": _slot(ActionForm, "sign"),
    "refuse": _slot(RefusalForm, "refuse_signature"),
    "reopen": _slot(ReopeningForm, "reopen"),
    "reveal": _slot(RevealForm, "reveal"),
    "assign": _slot(AssignForm, "assign"),
    "severity": _slot(SeverityForm, "severity"),
    "kind": _slot(KindForm, "kind"),
    "extend": _slot(ExtensionForm, "extend"),
    # Their buttons stand beside each similar report, so the page offers no form of its own.
    "gather": _slot(GatherForm),
    "separate": _slot(GatherForm),
    "duplicate": _slot(LeadForm, "link_duplicate"),
    "pack": _slot(HandOverForm, "hand_over"),
    "allow_pack": _slot(ActionForm, "consent"),
    #: Stands beside each step of the history instead of in a place of its own.
    "undo": _slot(UndoForm),
}


#: Where the words of a step that was taken back are written anew.
_SLOT_OF: Mapping[str, str] = {
    Happening.QUESTION_ASKED: "text",
    Happening.MESSAGE_SENT: "text",
    Happening.NOTE_ADDED: "text",
    Happening.SIGNATURE_REFUSED: "refuse",
    Happening.REOPENED: "reopen",
}


#: What can be added under the messages: what of `CasePage.may` opens it, the name of its address, and its words.
_ADDITIONS = (
    ("write", "message", _("Message to the reader")),
    ("ask_reader", "ask", _("Question to the reader, stops the clock")),
    ("note", "note", _("Internal note, for the desk alone")),
)
_ADDITION_OF: Mapping[str, str] = {Happening.QUESTION_ASKED: "ask", Happening.MESSAGE_SENT: "message"}


def forms_for(page: CasePage, refused: ActionForm | None, staff_id: int, own: OwnSteps) -> dict[str, ActionForm]:
    """The forms by slot, empty but for the one that could not be taken and the one whose words were taken back."""
    case = page.case
    given = {"expected_version": case.version, "assignee": case.assigned_to_id, "severity": case.severity}
    words = {
        "text": own.words_back,
        "reason": own.words_back,
        "addition": _ADDITION_OF.get(own.taken_back or "", "note"),
    }
    choices = _choices(page)
    offered = {}
    for name, slot in SLOTS.items():
        if slot.opened_by & page.may and not _is_needless(name, page, staff_id):
            initial = {**given, **words} if own.taken_back and name == _SLOT_OF.get(own.taken_back, "") else given
            empty = slot.form(slot=name, initial=initial).with_draft(page.people.drafts.get(name))
            form = refused if refused and refused.slot == name else empty
            offered[name] = form.offer(choices)
    return offered


def _is_needless(name: str, page: CasePage, staff_id: int) -> bool:
    """Whether the page has nothing for an allowed action to work on."""
    if name == "claim":
        return page.case.assigned_to_id == staff_id and "claim" not in page.may
    if name == "reveal":
        identity = getattr(page.case, "identity", None)
        return identity is None or identity.erased_at is not None
    return False


def _choices(page: CasePage) -> dict[str, list[tuple[str, Any]]]:
    case = page.case
    language = get_language() or case.language
    wants_clauses = "kind" in page.may and case.kind != Kind.COMPLAINT
    clauses = active_clauses() if wants_clauses else []
    longest = procedure_of(case).extension
    return {
        "additions": [(name, label) for opened_by, name, label in _ADDITIONS if opened_by in page.may],
        "amount": [(str(each), amount(replace(longest, amount=each))) for each in range(1, longest.amount + 1)],
        "assignee": [(str(member.pk), member.display_name) for member in page.people.assignees],
        "mentions": [
            (each.username, format_html('<bdi>{}</bdi> (<bdi dir="ltr">@{}</bdi>)', each.display_name, each.username))
            for each in page.people.colleagues
        ],
        "joined": [("", "")] if page.joined else [],
        "kind": [choice for choice in Kind.choices if choice[0] != case.kind],
        "clauses": [(clause.key, clause.name_in(language)) for clause in clauses],
    }
