"""Asking for a review of a decision, and taking that back, on the own case's page."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corrections.domain import reviews
from corrections.domain.abuse import TooMany
from corrections.domain.cases import CaseChanged
from corrections.domain.faults import Refused
from corrections.models import Case
from corrections.reader.my_case import for_opened_case, show_case, when_expired_with
from corrections.reader.see_other import SeeOther
from corrections.workflow import MoveNotAllowed
from newsroom.network import client_address
from newsroom.privacy import private


@when_expired_with("reason")
@private
@require_POST
@for_opened_case
def ask(request: HttpRequest, case: Case) -> HttpResponse:
    """Takes the reasons and sends the case into review; a second press finds it there."""
    if reviews.asks(case, case.events.all()):
        return SeeOther(reverse("reader:my_case"))
    reason = request.POST.get("reason", "")
    try:
        reviews.ask(case, reason, source=client_address(request), now=timezone.now())
    except Refused as refused:
        message = str(refused.faults[0].message)
        return show_case(request, case, HTTPStatus.UNPROCESSABLE_ENTITY, message, faulty="reason", reason=reason)
    except reviews.ReviewNotOpen:
        message = _("A review of this decision can no longer be asked for")
        return show_case(request, case, HTTPStatus.CONFLICT, message, reason=reason)
    except (CaseChanged, MoveNotAllowed):
        message = _("The desk changed the case at the same moment. Press the button again")
        return show_case(request, case, HTTPStatus.CONFLICT, message, reason=reason)
    except TooMany:
        message = _("Too many messages; try again later. Your text is still here")
        return show_case(request, case, HTTPStatus.TOO_MANY_REQUESTS, message, reason=reason)
    return SeeOther(reverse("reader:my_case"))


@private
@require_POST
@for_opened_case
def take_back(request: HttpRequest, case: Case) -> HttpResponse:
    """Takes the request for a review back; a second press finds it taken back."""
    try:
        reviews.take_back(case, now=timezone.now())
    except reviews.NotAsking:
        return SeeOther(reverse("reader:my_case"))
    except (CaseChanged, MoveNotAllowed):
        message = _("The desk changed the case at the same moment. Look at it again before you take the review back")
        return show_case(request, case, HTTPStatus.CONFLICT, message)
    return SeeOther(reverse("reader:my_case"))
