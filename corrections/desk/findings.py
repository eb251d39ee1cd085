"""What a finding is called. Complaints are upheld or not; of a note one says whether it was right."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corrections.enums import Finding, Kind, Remedy

_OF_NOTES = {
    Finding.UPHELD: _("The note is right"),
    Finding.PARTLY_UPHELD: _("The note is partly right"),
    Finding.NOT_UPHELD: _("The note is not right"),
}
_OF_COMPLAINTS = {
    Finding.UPHELD: _("The complaint is upheld"),
    Finding.PARTLY_UPHELD: _("The complaint is partly upheld"),
    Finding.NOT_UPHELD: _("The complaint is not upheld"),
}


def finding_words(kind: str, finding: str) -> str | Promise:
    """The finding in words that fit the kind of case."""
    known = Finding(finding)
    words = _OF_COMPLAINTS if kind == Kind.COMPLAINT else _OF_NOTES
    return words.get(known, known.label)


def finding_choices(kind: str) -> list[tuple[str, str | Promise]]:
    """Every finding with its words."""
    return [(finding.value, finding_words(kind, finding)) for finding in Finding]


def finding_of(kind: str, finding: str, remedy: str) -> str:
    """The finding chosen; for a note, where none was, what follows from the remedy: a change means it was right."""
    if finding or kind == Kind.COMPLAINT:
        return finding
    return Finding.NOT_UPHELD if remedy == Remedy.NONE else Finding.UPHELD
