"""Saying once, on the own case's page, whether it was solved."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from corrections.domain import afterwards
from corrections.domain.cases import CaseChanged
from corrections.models import Case
from corrections.reader.my_case import for_opened_case, show_case
from corrections.reader.see_other import SeeOther
from newsroom.privacy import private


@private
@require_POST
@for_opened_case
def say(request: HttpRequest, case: Case) -> HttpResponse:
    """Keeps the pressed answer; a second press, or one that is none, leads back to the page as it is."""
    try:
        afterwards.say_solved(case, request.POST.get("solved", ""), now=timezone.now())
    except afterwards.NotAsked:
        return SeeOther(reverse("reader:my_case"))
    except CaseChanged:
        message = _("The desk changed the case at the same moment. Press the button again")
        return show_case(request, case, HTTPStatus.CONFLICT, message)
    return SeeOther(reverse("reader:my_case"))
