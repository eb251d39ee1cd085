"""What an editor proposes to decide, and what would have to be mended in it first."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from corrections.domain.faults import Fault, length_fault
from corrections.enums import (
    EDITING_REMEDIES,
    SILENT_REMEDIES,
    WITHDRAWING_REMEDIES,
    Finding,
    Ground,
    Kind,
    Remedy,
)
from corrections.models import Case
from newsroom.articles import Content, ContentIncomplete, beyond_bound, cleaned
from newsroom.html import RichTextRefused
from newsroom.text import clean_text

#: Findings under which the article may be changed at all.
_CHANGING_FINDINGS = (Finding.UPHELD, Finding.PARTLY_UPHELD, Finding.RESOLVED)


@dataclass(frozen=True)
class Proposal:
    """A decision as an editor has filled it in. `content` is the article as it is to be, for editing remedies;
    `judged` the number of the revision it was made from (None: the latest, for decisions that edit nothing)."""

    finding: str
    remedy: str
    reason: str
    ground: str = ""
    note: str = ""
    reason_translation: str = ""
    clause_keys: tuple[str, ...] = ()
    notice_text: str = ""
    content: Content | None = None
    judged: int | None = None


def with_clean_words(proposal: Proposal) -> Proposal:
    """The proposal without what only deceives or breaks a feed. The article's own words are cleaned by its writer."""
    return replace(
        proposal,
        reason=clean_text(proposal.reason),
        reason_translation=clean_text(proposal.reason_translation),
        note=clean_text(proposal.note),
        notice_text=clean_text(proposal.notice_text),
    )


def faults_of(case: Case, proposal: Proposal, before: Content) -> list[Fault]:
    """Everything to mend before the proposal (with clean words) can be decided, in the order of the form."""
    return [
        *_choice_faults(case, proposal),
        *_content_faults(proposal, before),
        *_reason_faults(proposal),
        *_notice_faults(proposal),
    ]


def _choice_faults(case: Case, proposal: Proposal) -> list[Fault]:
    faults = []
    if proposal.finding not in Finding:
        faults.append(Fault("finding", _("Choose a finding")))
    if proposal.remedy not in Remedy:
        faults.append(Fault("remedy", _("Choose what is done")))
    if proposal.finding == Finding.INADMISSIBLE and proposal.ground not in (set(Ground) - {Ground.NONE}):
        faults.append(Fault("ground", _("Choose why the case is inadmissible")))
    if faults:
        return faults
    changes = proposal.remedy != Remedy.NONE
    if changes and proposal.finding not in _CHANGING_FINDINGS:
        faults.append(Fault("remedy", _("With this finding nothing is changed: choose “No change”")))
    if case.kind == Kind.COMPLAINT and proposal.finding == Finding.UPHELD and not proposal.clause_keys:
        faults.append(Fault("clauses", _("Choose at least one item")))
    return faults


def _content_faults(proposal: Proposal, before: Content) -> list[Fault]:
    if proposal.remedy not in EDITING_REMEDIES:
        return []
    if proposal.content is None:
        return [_unchanged()]
    try:
        after = cleaned(proposal.content)
    except ContentIncomplete as incomplete:
        return [Fault(incomplete.field, _("The article needs a headline and a text"))]
    except RichTextRefused:
        return [Fault("body", _("The text of the article is too long or nested too deeply"))]
    if after == before:
        return [_unchanged()]
    beyond = beyond_bound(proposal.remedy, before, after)
    return [Fault("remedy", beyond.label)] if beyond else []


def _unchanged() -> Fault:
    return Fault("body", _("Change the words of the article, or choose a remedy that leaves them"))


def _reason_faults(proposal: Proposal) -> list[Fault]:
    if not proposal.reason:
        return [Fault("reason", _("Give the reasons; the reader sees them"))]
    return [
        *length_fault("reason", proposal.reason),
        *length_fault("reason_translation", proposal.reason_translation),
        *length_fault("note", proposal.note),
    ]


def _notice_faults(proposal: Proposal) -> list[Fault]:
    wanted = proposal.remedy in WITHDRAWING_REMEDIES or proposal.remedy not in SILENT_REMEDIES
    if wanted and not proposal.notice_text:
        return [Fault("notice_text", _("Write the notice that the public will read"))]
    if "…" in proposal.notice_text and wanted:
        return [Fault("notice_text", _("Complete the notice where it shows …"))]
    return length_fault("notice_text", proposal.notice_text)
