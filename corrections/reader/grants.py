"""What a reader's browser may see, kept in its session for an hour: the case it has opened, the receipt it was just
given (sealed, because sessions lie in the database)."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from corrections.domain import opening
from corrections.keys import sealer
from corrections.models import Case
from corrections.sealing import CannotUnseal

LIFETIME = timedelta(hours=1)
_CASE, _RECEIPT, _UNTIL = "opened_case", "sealed_receipt", "opened_until"


def grant(request: HttpRequest, case: Case, now: datetime, receipt: str = "") -> None:
    """Lets this browser see one case for an hour, and show its receipt where one was just given."""
    request.session.cycle_key()
    request.session[_CASE] = case.pk
    request.session[_UNTIL] = (now + LIFETIME).isoformat()
    request.session[_RECEIPT] = sealer().seal(receipt) if receipt else ""
    request.session.set_expiry(int(LIFETIME.total_seconds()))


def granted_case(request: HttpRequest, now: datetime) -> Case | None:
    """The case that this browser has opened, while the hour lasts."""
    until = request.session.get(_UNTIL)
    if until is None or datetime.fromisoformat(until) < now:
        return None
    return opening.fetch_opened(request.session[_CASE])


def granted_receipt(request: HttpRequest) -> str:
    """The receipt to show on the confirmation, or nothing."""
    try:
        return sealer().unseal(request.session.get(_RECEIPT) or "")
    except CannotUnseal:
        return ""


def end(request: HttpRequest) -> None:
    """Forgets everything in this browser's session."""
    request.session.flush()
