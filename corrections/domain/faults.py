"""What is wrong with words that came in, said so that a person can mend it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corrections.enums import Purpose

#: Code points that a message may have. Enough for two printed pages; the database and every page hold it easily.
LONGEST_TEXT = 4000


@dataclass(frozen=True)
class Fault:
    """One thing to mend: the field it belongs to and a sentence that says how."""

    field: str
    message: str | Promise


class Refused(Exception):
    """Words were not accepted; nothing was written."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__(", ".join(fault.field for fault in faults))
        self.faults = tuple(faults)


def refuse_if(faults: Sequence[Fault]) -> None:
    """Raises Refused when there is anything to mend."""
    if faults:
        raise Refused(faults)


def length_fault(field: str, text: str, longest: int = LONGEST_TEXT) -> list[Fault]:
    """The fault of a text that is too long, with the number of characters to cut."""
    if len(text) <= longest:
        return []
    return [
        Fault(
            field,
            _("The text is longer than %(longest)s characters. Shorten it by %(excess)s")
            % {"longest": f"{longest:,}", "excess": f"{len(text) - longest:,}"},
        )
    ]


_MISSING = {
    Purpose.QUESTION: _("Write the question"),
    Purpose.NOTE: _("Write the note"),
    Purpose.TO_READER: _("Write the message"),
    Purpose.ANSWER: _("Write your answer"),
    Purpose.ADDED: _("Write what you want to add"),
}


def text_faults(field: str, text: str, purpose: Purpose, longest: int = LONGEST_TEXT) -> list[Fault]:
    """The faults of a required text."""
    if not text.strip():
        return [Fault(field, _MISSING.get(purpose, _("Describe the error or the missing detail")))]
    return length_fault(field, text, longest)
