"""Actions on many cases in words: what is done, which letters go out, how far it has got."""

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from corrections.domain.bulk_actions import Instruction
from corrections.domain.bulk_preview import LetterCount
from corrections.enums import Audience, DeliveryStatus, Severity
from corrections.job_enums import BulkAction
from corrections.work_choices import HoldReason
from newsroom.dates import date_and_year
from newsroom.models.languages import Language

#: What the letters that such an action causes are called.
LETTERS: Mapping[str, str | Promise] = {
    "assigned": _("A case was assigned"),
    "handed_on": _("A case of yours is with somebody else now"),
    "joined": _("Your report was joined to a similar one"),
    "separated": _("Your report is checked on its own again"),
    "decision": _("The decision on your report"),
    "message": _("There is a message from the desk"),
}


class LetterRow(NamedTuple):
    """One line of the table of letters."""

    letter: str | Promise
    audience: str | Promise
    language: str | Promise
    status: str | Promise
    number: int


def letter_rows(letters: Mapping[LetterCount, int]) -> list[LetterRow]:
    """The letters in words, the most frequent first."""
    ordered = sorted(letters.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        LetterRow(
            LETTERS.get(letter.template, letter.template),
            Audience(letter.audience).label,
            Language(letter.language).label,
            DeliveryStatus(letter.status).label,
            count,
        )
        for letter, count in ordered
    ]


def instruction_words(instruction: Instruction) -> str | Promise:
    """To whom, how serious, to which case, until when; nothing for an action that needs nothing."""
    if instruction.assignee:
        return instruction.assignee.display_name
    if instruction.lead:
        return instruction.lead.number
    if instruction.until:
        return date_and_year(instruction.until)
    if instruction.reason:
        return HoldReason(instruction.reason).label
    return Severity(instruction.severity).label if instruction.action == BulkAction.SEVERITY else ""


def progress_sentence(settled: int, total: int) -> str:
    """How far a job has got."""
    return ngettext("%(settled)s of %(total)s case", "%(settled)s of %(total)s cases", total) % {
        "settled": settled,
        "total": total,
    }
