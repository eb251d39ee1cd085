"""The reader's own case: where it stands, writing more, withdrawing, erasing, leaving."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corrections.domain import conversation, identity, withdrawal
from corrections.domain.abuse import TooMany
from corrections.domain.cases import CaseChanged
from corrections.domain.faults import Refused
from corrections.domain.reader_page import reader_page
from corrections.models import Case
from corrections.reader import grants
from corrections.reader.form_tokens import fresh_token, returned_token
from corrections.reader.forms import ReplyForm
from corrections.workflow import MoveNotAllowed
from newsroom.network import client_address
from newsroom.privacy import private

PURPOSE = "reader writes"
CaseView = Callable[[HttpRequest, Case], HttpResponse]


def for_opened_case(view: CaseView) -> Callable[[HttpRequest], HttpResponse]:
    """The view with the case that this browser has opened; without one, the page that asks for the receipt."""

    @wraps(view)
    def with_case(request: HttpRequest) -> HttpResponse:
        case = grants.granted_case(request, timezone.now())
        return HttpResponseRedirect(reverse("reader:open_case")) if case is None else view(request, case)

    return with_case


@private
@require_safe
@for_opened_case
def my_case(request: HttpRequest, case: Case) -> HttpResponse:
    """Where the case stands, in plain words."""
    return _show(request, case, _reply_form(case), HTTPStatus.OK)


@private
@require_POST
@for_opened_case
def write(request: HttpRequest, case: Case) -> HttpResponse:
    """Answers the desk's question, or adds something."""
    form = ReplyForm(request.POST, asked=_is_asked(case))
    form.is_valid()
    now = timezone.now()
    token = returned_token(request.POST.get("form_token", ""), PURPOSE, now)
    if token is None:
        return _expired_form(request, case)
    try:
        conversation.reader_writes(
            case,
            form.cleaned_data.get("text", ""),
            submission_key=token.submission_key,
            source=client_address(request),
            now=now,
        )
    except Refused as refused:
        form.add_error("text", [str(fault.message) for fault in refused.faults])
        return _show(request, case, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    except TooMany:
        form.add_error(None, _("Too many messages; try again later. Your text is still here"))
        return _show(request, case, form, HTTPStatus.TOO_MANY_REQUESTS)
    except (CaseChanged, MoveNotAllowed):
        form.add_error(None, _("The desk changed the case at the same moment. Press send again"))
        return _show(request, case, form, HTTPStatus.CONFLICT)
    return HttpResponseRedirect(reverse("reader:my_case"))


@private
@require_POST
@for_opened_case
def withdraw(request: HttpRequest, case: Case) -> HttpResponse:
    """Takes the report back."""
    try:
        withdrawal.withdraw(case, now=timezone.now())
    except (CaseChanged, MoveNotAllowed):
        form = _reply_form(case)
        message = _("The desk changed the case at the same moment. Look at it again before you withdraw")
        return _show(request, case, form, HTTPStatus.CONFLICT, message)
    return HttpResponseRedirect(reverse("reader:my_case"))


@private
@require_POST
@for_opened_case
def erase(request: HttpRequest, case: Case) -> HttpResponse:
    """Erases name and address."""
    try:
        identity.erase(case, now=timezone.now())
    except CaseChanged:
        message = _("The desk changed the case at the same moment. Press the button again")
        return _show(request, case, _reply_form(case), HTTPStatus.CONFLICT, message)
    return HttpResponseRedirect(reverse("reader:my_case"))


@private
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Forgets the case on this device and leads to the front page."""
    grants.end(request)
    response = HttpResponseRedirect(reverse("newsroom:front"))
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


def _write_expired(request: HttpRequest) -> HttpResponse:
    case = grants.granted_case(request, timezone.now())
    if case is None:
        return HttpResponseRedirect(reverse("reader:open_case"))
    return _expired_form(request, case)


write.on_expired_form = _write_expired  # type: ignore[attr-defined]


def _expired_form(request: HttpRequest, case: Case) -> HttpResponse:
    data = request.POST.copy()
    data["form_token"] = fresh_token(PURPOSE, timezone.now())
    form = ReplyForm(data, asked=_is_asked(case))
    form.is_valid()
    form.add_error(None, _("This page expired. Your text is still here; press send again"))
    return _show(request, case, form, HTTPStatus.FORBIDDEN)


def _reply_form(case: Case) -> ReplyForm:
    return ReplyForm(initial={"form_token": fresh_token(PURPOSE, timezone.now())}, asked=_is_asked(case))


def _is_asked(case: Case) -> bool:
    return case.waiting_on == "reader"


def _show(request: HttpRequest, case: Case, form: ReplyForm, status: HTTPStatus, message: str = "") -> HttpResponse:
    context: dict[str, Any] = {"page": reader_page(case), "form": form, "message": message}
    return render(request, "corrections/reader/my_case.html", context, status=status)
