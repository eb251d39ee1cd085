"""Everything that goes wrong, as one clear kind of JSON answer (RFC 9457, application/problem+json)."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.utils.encoding import force_str
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response

from corrections.domain.abuse import TooMany
from corrections.domain.access import CaseNotFound, NotAllowed
from corrections.domain.cases import CaseChanged
from corrections.domain.faults import Refused
from corrections.domain.intake import ArticleUnknown, SubmissionDiffers
from corrections.domain.opening import ReceiptUnknown
from corrections.domain.register import NoticeNotFound
from corrections.domain.undo import CannotUndo
from corrections.receipts import ReceiptIncomplete, ReceiptMistyped, ReceiptNotDigits
from corrections.workflow import MoveNotAllowed
from newsroom.articles import ArticleChanged, ArticleIsWithdrawn, NotMinor

#: Error names in the order of looking; the name is the contract, the sentence may change.
_KNOWN: Sequence[tuple[type[Exception], int, str, Callable[[], str]]] = (
    (CaseNotFound, 404, "case-not-found", lambda: _("There is no such case.")),
    (NotAllowed, 403, "not-allowed", lambda: _("The rules do not let you do this on this case.")),
    (CaseChanged, 409, "case-changed", lambda: _("The case was changed since the version you named.")),
    (CannotUndo, 409, "cannot-undo", lambda: _("This step cannot be taken back.")),
    (MoveNotAllowed, 409, "move-not-allowed", lambda: _("This step does not start from the case’s state.")),
    (ArticleChanged, 409, "article-changed", lambda: _("The article was revised in the meantime.")),
    (ArticleIsWithdrawn, 409, "article-withdrawn", lambda: _("The article has been withdrawn.")),
    (NotMinor, 409, "not-a-minor-fix", lambda: _("The change is more than a minor fix.")),
    (ArticleUnknown, 404, "article-not-found", lambda: _("There is no such article.")),
    (NoticeNotFound, 404, "notice-not-found", lambda: _("There is no such notice.")),
    (
        SubmissionDiffers,
        409,
        "key-used-before",
        lambda: _("This Idempotency-Key came before with other words; the earlier report stands."),
    ),
    (ReceiptUnknown, 404, "receipt-unknown", lambda: _("No report has this code. A code has 24 digits")),
    (ReceiptNotDigits, 400, "receipt-malformed", lambda: _("No report has this code. A code has 24 digits")),
    (ReceiptIncomplete, 400, "receipt-malformed", lambda: _("No report has this code. A code has 24 digits")),
    (ReceiptMistyped, 400, "receipt-mistyped", lambda: _("One of the digits is mistyped.")),
    (Http404, 404, "not-found", lambda: _("There is nothing at this address.")),
    (PermissionDenied, 403, "not-allowed", lambda: _("You may not do this.")),
    (RequestDataTooBig, 413, "too-large", lambda: _("The request is too large.")),
    (BadRequest, 400, "malformed", lambda: _("The request cannot be read.")),
)


def as_problem(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: expected exceptions become problems, unexpected ones stay what they are (500)."""
    if isinstance(error, Refused):
        return _refused(error)
    if isinstance(error, TooMany):
        problem = _problem(429, "too-many", _("Too many requests; try again later."))
        problem["Retry-After"] = str(error.retry_after_seconds)
        return problem
    for kind, code, name, sentence in _KNOWN:
        if isinstance(error, kind):
            return _problem(code, name, sentence(), **_facts(error))
    return _framework_problem(error)


def _refused(error: Refused) -> Response:
    faults = [{"field": fault.field, "message": force_str(fault.message)} for fault in error.faults]
    return _problem(422, "refused", _("Some answers have to be mended."), faults=faults)


def _facts(error: Exception) -> dict[str, object]:
    if isinstance(error, CaseChanged):
        return {"expected_version": error.expected, "version": error.found}
    if isinstance(error, CannotUndo):
        return {"detail": force_str(error.reason)}
    return {"number": error.case_number} if isinstance(error, SubmissionDiffers) else {}


def _framework_problem(error: Exception) -> Response | None:
    if isinstance(error, exceptions.ValidationError):
        return _problem(400, "malformed", _("The request cannot be read."), faults=_field_faults(error.detail))
    if isinstance(error, exceptions.ParseError):
        # The reader of JSON says in English alone where it stopped.
        return _problem(400, "malformed", _("The request cannot be read."), detail=force_str(error.detail))
    if isinstance(error, exceptions.APIException):
        return _from_framework(error)
    return None


def _from_framework(error: exceptions.APIException) -> Response:
    response = _problem(error.status_code, str(error.default_code).replace("_", "-"), force_str(error.detail))
    if getattr(error, "auth_header", None):
        response["WWW-Authenticate"] = str(error.auth_header)  # type: ignore[attr-defined]  # set by REST framework alone
    return response


def _field_faults(detail: Any, field: str = "") -> list[dict[str, str]]:
    if isinstance(detail, dict):
        return [fault for key, value in detail.items() for fault in _field_faults(value, f"{field}.{key}".strip("."))]
    if isinstance(detail, list):
        return [fault for value in detail for fault in _field_faults(value, field)]
    return [{"field": field, "message": force_str(detail)}]


def _problem(code: int, name: str, title: str, **facts: object) -> Response:
    return Response(
        {"type": f"/problems/{name}", "title": title, "status": code, **facts},
        status=code,
        content_type="application/problem+json",
    )
