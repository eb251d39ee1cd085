"""The letters that a decision will send, word for word, before it is made; and where none goes, why not."""

from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from corrections.domain.review_window import offers_review
from corrections.enums import Status
from corrections.models import Case, Decision
from corrections.notifications.render import WrittenLetter, outcome_letter


@dataclass(frozen=True)
class PreviewedLetter:
    """One letter, to how many `readers` of the same language it goes; or none, and the `reason` why not."""

    language: str
    readers: int
    is_joined: bool
    letter: WrittenLetter | None = None
    reason: "str | Promise" = ""


def letters_of(case: Case, decision: Decision) -> list[PreviewedLetter]:
    """The letter to the reader of a case, then those to the readers of reports joined to it, one for each language.

    `decision` need not be stored. One query, however many are joined; give the case with its identity and revision.
    """
    decision.case = case  # the letters ask in which language its reasons are; the page has it already
    joined = Case.objects.filter(lead=case, status=Status.DUPLICATE).select_related("identity", "revision")
    groups: dict[tuple[str, str], PreviewedLetter] = {}
    for other in joined.order_by("pk"):
        reason = _why_none(other)
        key = (other.language, str(reason))
        known = groups.get(key)
        groups[key] = replace(known, readers=known.readers + 1) if known else _preview(other, decision, case, reason)
    return [_preview(case, decision, case, _why_none(case)), *groups.values()]


def _preview(case: Case, decision: Decision, answered_by: Case, reason: "str | Promise") -> PreviewedLetter:
    letter = None if reason else outcome_letter(case, decision, offers_review=offers_review(case, answered_by))
    return PreviewedLetter(case.language, 1, case is not answered_by, letter, reason)


def _why_none(case: Case) -> "str | Promise":
    """The same questions that the outbox asks (notifications.recipients, notifications.restraint)."""
    identity = getattr(case, "identity", None)
    if identity is None or (not identity.address_sealed and identity.erased_at is None):
        return _("No letter, for want of an address. The decision stands on the follow-up page, which the code opens.")
    if identity.erased_at is not None:
        return _("No letter, for the address has been deleted. The decision stands on the follow-up page.")
    if identity.confirmed_at is None:
        return _("No letter, for the address is not confirmed. The decision stands on the follow-up page.")
    return ""
