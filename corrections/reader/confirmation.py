"""After sending: number, receipt, what happens next and by which date."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from corrections.domain import clocks
from corrections.domain.mails import reader_mail_on_its_way
from corrections.domain.sendings import sending_of
from corrections.reader import grants
from corrections.receipts import show_receipt
from newsroom.privacy import private


@private
@require_safe
def received(request: HttpRequest) -> HttpResponse:
    """The confirmation, from the browser's session: the address holds nothing, a reload shows the same."""
    case = grants.granted_case(request, timezone.now())
    if case is None:
        return HttpResponseRedirect(reverse("reader:open_case"))
    receipt = grants.granted_receipt(request, case)
    context = {
        "case": case,
        "sending": sending_of(case),
        # In groups, so that a narrow page breaks the line between them and never inside one.
        "receipt_groups": show_receipt(receipt).split() if receipt else [],
        "promise": clocks.promise_of(case.kind),
        "mail_on_its_way": reader_mail_on_its_way(case),
    }
    return render(request, "corrections/reader/received.html", context)
