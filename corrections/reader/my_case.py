"""The reader's own case: where it stands, writing more, withdrawing, erasing, leaving."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from corrections.domain import conversation, identity, opening, withdrawal
from corrections.domain.abuse import TooMany
from corrections.domain.cases import CaseChanged
from corrections.domain.faults import Refused
from corrections.domain.reader_page import reader_page
from corrections.enums import Status, WaitingOn
from corrections.models import Case
from corrections.reader import grants
from corrections.reader.entrance import ask_again
from corrections.reader.form_tokens import fresh_token, returned_token
from corrections.reader.forms import ReplyForm
from corrections.reader.own_pages import address_in_other_language, number_asked
from corrections.reader.see_other import SeeOther
from corrections.tokens import FormToken
from corrections.workflow import MoveNotAllowed
from newsroom.expired_forms import when_expired
from newsroom.network import client_address
from newsroom.privacy import View, private

PURPOSE = "reader writes"
CaseView = Callable[[HttpRequest, Case], HttpResponse]


def for_opened_case(view: CaseView) -> Callable[[HttpRequest], HttpResponse]:
    """The view with the case that this browser has opened; without one, the page that asks for the receipt, which
    shows what the reader had written meanwhile. A form names its case, because another tab may have opened another; an
    address may, and means the case last turned to where it does not."""

    @wraps(view)
    def with_case(request: HttpRequest) -> HttpResponse:
        case = _case_of(request)
        if case is None:
            return _without_case(request)
        if request.method == "POST":
            grants.turn_to(request, case)
        return view(request, case)

    return with_case


def _case_of(request: HttpRequest) -> Case | None:
    number = request.POST.get("case", "") if request.method == "POST" else number_asked(request)
    return grants.granted_case(request, timezone.now(), number)


def _without_case(request: HttpRequest) -> HttpResponse:
    typed = request.POST.get("text", "") or request.POST.get("reason", "")
    return ask_again(request, typed) if typed.strip() else SeeOther(reverse("reader:open_case"))


def when_expired_with(field: str) -> Callable[[View], View]:
    """The view of a form on the case's page; where the form has expired, that page again with what stood in its field,
    or the page that asks for the receipt with the words to copy."""

    def expired(request: HttpRequest) -> HttpResponse:
        case, typed = _case_of(request), request.POST.get(field, "")
        if case is None:
            return ask_again(request, typed)
        message = _("This page expired. Your text is still here; press send again")
        return show_case(request, case, HTTPStatus.FORBIDDEN, message, **{field: typed})

    return when_expired(expired)


@private
@require_safe
@for_opened_case
def my_case(request: HttpRequest, case: Case) -> HttpResponse:
    """Where the case stands, in plain words."""
    return _show(request, case, _reply_form(case), HTTPStatus.OK)


@private
@require_POST
@for_opened_case
def turn(request: HttpRequest, case: Case) -> HttpResponse:
    """Shows another of the reports that this browser has opened."""
    return SeeOther(reverse("reader:my_case"))


def _write_expired(request: HttpRequest) -> HttpResponse:
    case = _case_of(request)
    return ask_again(request, request.POST.get("text", "")) if case is None else _expired_form(request, case)


@when_expired(_write_expired)
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
        _send(request, case, form.cleaned_data["text"], token, now)
    except Refused as refused:
        form.add_error("text", [str(fault.message) for fault in refused.faults])
        return _show(request, case, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    except TooMany as too_many:
        return _too_many(request, case, form, too_many)
    except (CaseChanged, MoveNotAllowed):
        form.add_error(None, _("The desk changed the case at the same moment. Press send again"))
        return _show(request, _as_it_stands(case), form, HTTPStatus.CONFLICT)
    return SeeOther(reverse("reader:my_case"))


def _send(request: HttpRequest, case: Case, text: str, token: FormToken, now: datetime) -> None:
    # Other words from the same page (it came back with the browser's back button) are another message.
    key = f"{token.submission_key} {text}"
    source = client_address(request)
    try:
        conversation.reader_writes(case, text, submission_key=key, source=source, now=now)
    except (CaseChanged, MoveNotAllowed):
        # The desk, or the other half of a double press, was faster: once more on the case as it stands now.
        conversation.reader_writes(_as_it_stands(case), text, submission_key=key, source=source, now=now)


def _as_it_stands(case: Case) -> Case:
    return opening.fetch_opened(case.pk) or case


@private
@require_POST
@for_opened_case
def withdraw(request: HttpRequest, case: Case) -> HttpResponse:
    """Takes the report back; a second press finds it withdrawn."""
    if case.status == Status.WITHDRAWN:
        return SeeOther(reverse("reader:my_case"))
    try:
        withdrawal.withdraw(case, now=timezone.now())
    except (CaseChanged, MoveNotAllowed):
        message = _("The desk changed the case at the same moment. Look at it again before you withdraw")
        return _conflict(request, case, message)
    return SeeOther(reverse("reader:my_case"))


@private
@require_POST
@for_opened_case
def erase(request: HttpRequest, case: Case) -> HttpResponse:
    """Erases name, address and files."""
    try:
        identity.erase(case, now=timezone.now())
    except CaseChanged:
        message = _("The desk changed the case at the same moment. Press the button again")
        return _conflict(request, case, message)
    return SeeOther(reverse("reader:my_case"))


@private
@require_POST
def end(request: HttpRequest) -> HttpResponse:
    """Forgets the case on this device and leads to the front page."""
    grants.end(request)
    response = SeeOther(reverse("newsroom:front"))
    response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response


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
    return case.waiting_on == WaitingOn.READER


def _too_many(request: HttpRequest, case: Case, form: ReplyForm, too_many: TooMany) -> HttpResponse:
    form.add_error(None, _("Too many messages; try again later. Your text is still here"))
    response = _show(request, case, form, HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(too_many.retry_after_seconds)
    return response


def _conflict(request: HttpRequest, case: Case, message: str) -> HttpResponse:
    return show_case(request, case, HTTPStatus.CONFLICT, message)


def show_case(
    request: HttpRequest, case: Case, status: HTTPStatus, message: str = "", *, faulty: str = "", **typed: str
) -> HttpResponse:
    """The page of an opened case as it now stands, with a message and what was typed (`address`, `reason`).

    `faulty` names the field that the message is about, if it is about one: it is said there too.
    """
    current = _as_it_stands(case)
    refused = {"message": message, "faulty": faulty, "typed": typed}
    return _show(request, current, _reply_form(current), status, refused)


def _show(
    request: HttpRequest,
    case: Case,
    form: ReplyForm,
    status: HTTPStatus,
    refused: Mapping[str, Any] | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {
        "page": reader_page(case),
        "form": form,
        "now": timezone.now(),
        # The address that a form was sent to cannot be asked for again.
        "other_language_url": address_in_other_language("reader:my_case", case),
        **(refused or {}),
    }
    return render(request, "corrections/reader/my_case.html", context, status=status)
