"""Coming back to a case: by typing the receipt, or by a link in a mail."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from corrections.domain import opening
from corrections.domain.abuse import TooMany
from corrections.reader import grants
from corrections.reader.forms import ReceiptForm
from corrections.receipts import ReceiptIncomplete, ReceiptMistyped, ReceiptNotDigits
from newsroom.network import client_address
from newsroom.privacy import private, without_address


@private
@require_http_methods(["GET", "HEAD", "POST"])
def open_case(request: HttpRequest) -> HttpResponse:
    """Asks for the receipt; a POST opens the case for this browser."""
    form = ReceiptForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _show(request, form, HTTPStatus.OK)
    now = timezone.now()
    try:
        case = opening.open_with_receipt(request.POST.get("receipt", "")[:500], source=client_address(request), now=now)
    except (ReceiptNotDigits, ReceiptIncomplete, ReceiptMistyped, opening.ReceiptUnknown) as error:
        form.add_error("receipt", _sentence(error))
        return _show(request, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    except TooMany as too_many:
        return _too_many(request, form, too_many)
    grants.grant(request, case, now)
    return HttpResponseRedirect(reverse("reader:my_case"))


@private
@without_address
@require_http_methods(["GET", "HEAD", "POST"])
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button: mail scanners open every link, so only the button (a POST) spends it."""
    now = timezone.now()
    if request.method != "POST":
        good = opening.link_is_good(token, now)
        status = HTTPStatus.OK if good else HTTPStatus.NOT_FOUND
        return render(request, "corrections/reader/open_link.html", {"good": good}, status=status)
    try:
        case = opening.open_with_link(token, source=client_address(request), now=now)
    except opening.LinkUnknown:
        return render(request, "corrections/reader/open_link.html", {"good": False}, status=HTTPStatus.NOT_FOUND)
    except TooMany as too_many:
        return _too_many(request, ReceiptForm(request.POST), too_many)
    grants.grant(request, case, now)
    return HttpResponseRedirect(reverse("reader:my_case"))


def _expired(request: HttpRequest) -> HttpResponse:
    form = ReceiptForm(request.POST)
    form.add_error(None, _("This page expired. Press the button again"))
    return _show(request, form, HTTPStatus.FORBIDDEN)


open_case.on_expired_form = _expired  # type: ignore[attr-defined]


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


def _show(request: HttpRequest, form: ReceiptForm, status: HTTPStatus) -> HttpResponse:
    return render(request, "corrections/reader/open_case.html", {"form": form}, status=status)
