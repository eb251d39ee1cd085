"""After sending: number, receipt with the ways to keep it, what happens next and by which date."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from corrections.domain import clocks
from corrections.domain.mails import is_mailed_to
from corrections.domain.reader_page import is_sensitive
from corrections.domain.sendings import sending_of
from corrections.models import Case
from corrections.reader import grants, receipt_files
from corrections.reader.own_pages import address_of, number_asked
from corrections.reader.see_other import SeeOther
from corrections.receipts import show_receipt
from newsroom.privacy import private

ReceiptView = Callable[[HttpRequest, Case, str], HttpResponse]


@private
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """The confirmation, from the browser's session: the address holds the number alone, a reload shows the same."""
    now = timezone.now()
    case = grants.granted_case(request, now, number_asked(request))
    if case is None:
        return HttpResponseRedirect(reverse("reader:open_case"))
    receipt = grants.granted_receipt(request, case, now)
    context = {
        "case": case,
        "is_sensitive": is_sensitive(case),
        "sending": sending_of(case),
        # In groups, so that a narrow page breaks the line between them and never inside one.
        "receipt_groups": show_receipt(receipt).split() if receipt else [],
        "shown_minutes": grants.RECEIPT_SHOWN // timedelta(minutes=1),
        "promise": clocks.promise_to(case),
        "is_mailed_to": is_mailed_to(case),
    }
    return render(request, "corrections/reader/received.html", context)


@private
@require_POST
def saved(request: HttpRequest) -> HttpResponse:
    """The reader has kept the receipt: this browser shows it no more."""
    case = grants.granted_case(request, timezone.now(), request.POST.get("case", ""))
    if case is not None:
        grants.forget_receipt(request, case)
    return SeeOther(address_of("reader:received", case) if case else reverse("reader:received"))


def with_receipt(view: ReceiptView) -> Callable[[HttpRequest], HttpResponse]:
    """The view with the receipt of the case that the address names, while it is shown; afterwards nothing is here."""

    @wraps(view)
    def of_shown_receipt(request: HttpRequest) -> HttpResponse:
        now = timezone.now()
        case = grants.granted_case(request, now, number_asked(request))
        receipt = grants.granted_receipt(request, case, now) if case else ""
        if case is None or not receipt:
            raise Http404
        return view(request, case, receipt)

    return of_shown_receipt


@private
@require_safe
@with_receipt
def receipt_text(request: HttpRequest, case: Case, receipt: str) -> HttpResponse:
    """The receipt as a text file to keep; nothing of the report stands in it."""
    address = settings.SITE_URL + reverse("reader:open_case")
    words = receipt_files.text(case, receipt, address)
    return receipt_files.plain_file(words, f"{case.year}-{case.sequence:04d}.txt")


@private
@require_safe
@with_receipt
def receipt_picture(request: HttpRequest, case: Case, receipt: str) -> HttpResponse:
    """The receipt as a QR code."""
    address = settings.SITE_URL + reverse("reader:open_case")
    return HttpResponse(receipt_files.picture(receipt, address), content_type="image/svg+xml")
