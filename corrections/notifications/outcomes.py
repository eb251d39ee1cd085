"""Which decision letter says what was decided: readers are told the outcome, not the state of a case."""

from collections.abc import Mapping
from types import MappingProxyType

from corrections.enums import WITHDRAWING_REMEDIES, Finding, Kind, Remedy
from corrections.models import Decision

_FINDINGS_THAT_SAY_IT_ALL: Mapping[str, str] = MappingProxyType(
    {
        Finding.INADMISSIBLE: "inadmissible",
        Finding.NO_FINDING: "no_finding",
        Finding.RESOLVED: "resolved",
    }
)
_COMPLAINTS: Mapping[str, str] = MappingProxyType(
    {
        Finding.UPHELD: "complaint_upheld",
        Finding.PARTLY_UPHELD: "complaint_partly_upheld",
        Finding.NOT_UPHELD: "complaint_not_upheld",
    }
)
_REMEDIES: Mapping[str, str] = MappingProxyType(
    {
        Remedy.MINOR_FIX: "fixed",
        Remedy.CORRECTION: "corrected",
        Remedy.CLARIFICATION: "clarified",
        Remedy.UPDATE: "updated",
        Remedy.EDITORS_NOTE: "noted",
        Remedy.RIGHT_OF_REPLY: "replied",
        Remedy.APOLOGY: "apologised",
    }
)


def letter_of(decision: Decision, kind: str) -> str:
    """The template of the letter that tells a reader of a case of this kind about the decision."""
    if decision.finding in _FINDINGS_THAT_SAY_IT_ALL:
        return _FINDINGS_THAT_SAY_IT_ALL[decision.finding]
    if kind == Kind.COMPLAINT:
        return _COMPLAINTS[decision.finding]
    if decision.remedy in WITHDRAWING_REMEDIES:
        return "retracted"
    if decision.finding == Finding.NOT_UPHELD and decision.remedy == Remedy.NONE:
        return "declined"
    return _REMEDIES.get(decision.remedy, "decided")
