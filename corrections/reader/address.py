"""The reader's e-mail address on the own case's page: given, corrected, confirmed again."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corrections.domain import confirmations
from corrections.domain.abuse import TooMany
from corrections.domain.cases import CaseChanged
from corrections.domain.faults import Refused
from corrections.models import Case
from corrections.reader.my_case import for_opened_case, show_case, when_expired_with
from corrections.reader.see_other import SeeOther
from newsroom.network import client_address
from newsroom.privacy import private


@when_expired_with("address")
@private
@require_POST
@for_opened_case
def change(request: HttpRequest, case: Case) -> HttpResponse:
    """Takes another address; a letter with a confirming link goes to it and nothing more to the old one."""
    typed = request.POST.get("address", "")
    try:
        confirmations.change_address(case, typed, source=client_address(request), now=timezone.now())
    except Refused as refused:
        message = str(refused.faults[0].message)
        return show_case(request, case, HTTPStatus.UNPROCESSABLE_ENTITY, message, faulty="address", address=typed)
    except (CaseChanged, TooMany) as error:
        return _not_now(request, case, error, typed)
    return SeeOther(reverse("reader:my_case"))


@private
@require_POST
@for_opened_case
def ask_again(request: HttpRequest, case: Case) -> HttpResponse:
    """Sends the confirming letter once more, at most once an hour to one address."""
    try:
        confirmations.ask_again(case, source=client_address(request), now=timezone.now())
    except confirmations.AskedTooOften:
        message = _("A mail went to this address within the last hour, or three within a day. Try again later")
        return show_case(request, case, HTTPStatus.TOO_MANY_REQUESTS, message)
    except (CaseChanged, TooMany) as error:
        return _not_now(request, case, error)
    return SeeOther(reverse("reader:my_case"))


def _not_now(request: HttpRequest, case: Case, error: Exception, typed: str = "") -> HttpResponse:
    if isinstance(error, TooMany):
        message, status = _("Too many messages; try again later. Your text is still here"), HTTPStatus.TOO_MANY_REQUESTS
    else:
        message = _("The desk changed the case at the same moment. Press the button again")
        status = HTTPStatus.CONFLICT
    return show_case(request, case, status, message, address=typed)
