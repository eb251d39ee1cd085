"""Coming back to a case: by typing the receipt, or by a link in a mail."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from corrections.domain import opening
from corrections.domain.abuse import TooMany
from corrections.domain.cases import CaseChanged
from corrections.models import Case
from corrections.reader import grants
from corrections.reader.forms import ReceiptForm
from corrections.reader.see_other import SeeOther
from corrections.receipts import ReceiptIncomplete, ReceiptMistyped, ReceiptNotDigits
from newsroom.expired_forms import when_expired
from newsroom.network import client_address
from newsroom.privacy import private, without_address
from newsroom.queries import title_of


def _expired(request: HttpRequest) -> HttpResponse:
    form = ReceiptForm(request.POST)
    form.add_error(None, _("This page expired. Press the button again"))
    return _show(request, form, HTTPStatus.FORBIDDEN)


@without_address
def _link_expired(request: HttpRequest, token: str) -> HttpResponse:
    """The same page with a fresh button."""
    case = opening.linked_case(token, timezone.now())
    return _show_link(request, case, HTTPStatus.FORBIDDEN, _("This page expired. Press the button again"))


@when_expired(_expired)
@private
@require_http_methods(["GET", "HEAD", "POST"])
def open_case(request: HttpRequest) -> HttpResponse:
    """Asks for the receipt; a POST opens the case for this browser."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _show(request, form, HTTPStatus.OK)
    now = timezone.now()
    try:
        case = opening.open_with_receipt(request.POST.get("receipt", ""), source=client_address(request), now=now)
    except (ReceiptNotDigits, ReceiptIncomplete, ReceiptMistyped, opening.ReceiptUnknown) as error:
        form.add_error("receipt", _sentence(error))
        return _show(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    except TooMany as too_many:
        return _too_many(request, form, too_many)
    grants.grant(request, case, now)
    return SeeOther(reverse("reader:my_case"))


def ask_again(request: HttpRequest, typed: str) -> HttpResponse:
    """The page that asks for the receipt, for words that cannot be taken without it: 403, and the words to copy."""
    form = ReceiptForm({})
    form.add_error(None, _("The report is no longer open in this browser. Its code opens it again"))
    return _show(request, form, HTTPStatus.FORBIDDEN, typed)


@when_expired(_link_expired)
@private
@without_address
@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button: mail scanners open every link, so only the button (a POST) spends it."""
    now = timezone.now()
    if request.method != "POST":
        linked = opening.linked_case(token, now)
        return _show_link(request, linked, HTTPStatus.OK if linked else HTTPStatus.NOT_FOUND)
    try:
        case = opening.open_with_link(token, source=client_address(request), now=now)
    except opening.LinkUnknown:
        return _show_link(request, None, HTTPStatus.NOT_FOUND)
    except TooMany as too_many:
        return _too_many(request, ReceiptForm({}), too_many)
    except CaseChanged:
        message = _("The desk changed the case at the same moment. Press the button again")
        return _show_link(request, opening.linked_case(token, now), HTTPStatus.CONFLICT, message)
    grants.grant(request, case, now)
    return SeeOther(reverse("reader:my_case"))


def _sentence(error: Exception) -> str:
    if isinstance(error, ReceiptMistyped):
        return _("One of the digits is mistyped: compare it with the code you kept")
    if isinstance(error, ReceiptIncomplete):
        count = error.count
        return ngettext(
            "A code has 24 digits; there is %(count)s here", "A code has 24 digits; there are %(count)s here", count
        ) % {"count": count}
    return _("No report has this code. A code has 24 digits")


def _too_many(request: HttpRequest, form: ReceiptForm, too_many: TooMany) -> HttpResponse:
    form.add_error(None, _("Too many tries from this network. Try again later"))
    response = _show(request, form, HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(too_many.retry_after_seconds)
    return response


def _show(request: HttpRequest, form: ReceiptForm, status: HTTPStatus, typed: str = "") -> HttpResponse:
    return render(request, "corrections/reader/open_case.html", {"form": form, "typed": typed}, status=status)


def _show_link(request: HttpRequest, case: Case | None, status: HTTPStatus, message: str = "") -> HttpResponse:
    context = {"case": case, "title": title_of(case.article) if case else "", "message": message}
    return render(request, "corrections/reader/open_link.html", context, status=status)
