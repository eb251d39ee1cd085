"""What a reader's browser may see, kept in its session for an hour each: the cases it has opened, and the receipts it
was just given (sealed, because sessions lie in the database). Several, so that a second tab takes nothing away from the
first."""

from datetime import datetime, timedelta
from typing import Any

from django.http import HttpRequest

from corrections.domain import opening
from corrections.domain.sendings import sending_of
from corrections.keys import sealer
from corrections.models import Case
from corrections.sealing import CannotUnseal

LIFETIME = timedelta(hours=1)
#: A receipt is shown until its reader says that it is kept, or for this long: a first answer that a weak link lost, or
#: a browser that reloads, must not cost the only key; a page left open on a shared device must not show it for ever.
RECEIPT_SHOWN = timedelta(minutes=15)
_OPENED = "opened_cases"


def grant(request: HttpRequest, case: Case, now: datetime, receipt: str = "") -> None:
    """Lets this browser see a case, and what was sent together with it, for an hour; shows the case first, and its
    receipt where one was just given."""
    request.session.cycle_key()
    opened = {number: other for number, other in _opened(request).items() if _lasts(other, now)}
    others = [other for other in sending_of(case) if other != case]
    for each, secret in [*((other, "") for other in others), (case, receipt)]:
        granted = {
            "case": each.pk,
            "until": (now + LIFETIME).isoformat(),
            "receipt": sealer().seal(secret) if secret else "",
            "receipt_until": (now + RECEIPT_SHOWN).isoformat(),
        }
        opened = {**_without(opened, each.number), each.number: granted}
    request.session[_OPENED] = opened
    request.session.set_expiry(int(LIFETIME.total_seconds()))


def granted_case(request: HttpRequest, now: datetime, number: str | None = None) -> Case | None:
    """The case with this number, or without one the case last turned to, while the hour of its opening lasts."""
    opened = _opened(request)
    granted = opened.get(next(reversed(opened), "") if number is None else number)
    return opening.fetch_opened(granted["case"]) if granted and _lasts(granted, now) else None


def turn_to(request: HttpRequest, case: Case) -> None:
    """Makes an opened case the one whose page this browser shows."""
    opened = _opened(request)
    request.session[_OPENED] = {**_without(opened, case.number), case.number: opened[case.number]}


def granted_receipt(request: HttpRequest, case: Case, now: datetime) -> str:
    """The receipt of an opened case while it may be shown, or nothing."""
    granted = _opened(request)[case.number]
    if not granted["receipt"] or datetime.fromisoformat(granted["receipt_until"]) < now:
        return ""
    try:
        return sealer().unseal(granted["receipt"])
    except CannotUnseal:
        return ""


def forget_receipt(request: HttpRequest, case: Case) -> None:
    """The receipt of an opened case is not shown again; the case stays open."""
    opened = _opened(request)
    request.session[_OPENED] = {**opened, case.number: {**opened[case.number], "receipt": ""}}


def end(request: HttpRequest) -> None:
    """Forgets everything in this browser's session."""
    request.session.flush()


def _opened(request: HttpRequest) -> dict[str, dict[str, Any]]:
    """By number, the case last turned to at the end."""
    opened: dict[str, dict[str, Any]] = request.session.get(_OPENED, {})
    return opened


def _lasts(granted: dict[str, Any], now: datetime) -> bool:
    return datetime.fromisoformat(granted["until"]) >= now


def _without(opened: dict[str, dict[str, Any]], number: str) -> dict[str, dict[str, Any]]:
    return {other: granted for other, granted in opened.items() if other != number}
