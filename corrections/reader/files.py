"""Evidence on the own case: the text is with the desk already, so a broken upload costs one file and no word."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from corrections import desk_settings
from corrections.domain import evidence
from corrections.domain.abuse import TooMany
from corrections.domain.cases import CaseChanged
from corrections.domain.faults import Refused
from corrections.domain.opening import fetch_opened
from corrections.domain.reader_page import is_sensitive
from corrections.file_answer import file_answer
from corrections.models import Case
from corrections.reader import grants
from corrections.reader.form_tokens import fresh_token, returned_token
from corrections.reader.forms import FileForm
from corrections.reader.my_case import for_opened_case
from corrections.reader.own_pages import address_in_other_language
from corrections.reader.see_other import SeeOther
from newsroom.expired_forms import when_expired
from newsroom.file_limits import takes_file
from newsroom.network import client_address
from newsroom.privacy import private

PURPOSE = "reader adds file"
FileView = Callable[[HttpRequest, Case, int], HttpResponse]


@for_opened_case
def _expired(request: HttpRequest, case: Case) -> HttpResponse:
    return _out_of_date(request, case)


@when_expired(_expired)
@takes_file(evidence.largest_file)
@private
@require_http_methods(["GET", "HEAD", "POST"])
@for_opened_case
def files(request: HttpRequest, case: Case) -> HttpResponse:
    """The files of the case with a place for one more; a POST adds it, one at a time, so that a weak link that breaks
    loses that one alone."""
    if request.method != "POST":
        return _show(request, case, _form(), HTTPStatus.OK)
    return _add(request, case)


def _add(request: HttpRequest, case: Case) -> HttpResponse:
    now = timezone.now()
    token = returned_token(request.POST.get("form_token", ""), PURPOSE, now)
    if token is None:
        return _out_of_date(request, case)
    upload = request.FILES.get("file")
    sent = {
        "content": upload.read() if upload else b"",
        "called": upload.name if upload else "",
        "submission_key": token.submission_key,
        "source": client_address(request),
        "now": now,
    }
    try:
        _add_as_it_stands(case, sent)
    except Refused as refused:
        return _refused(request, case, HTTPStatus.UNPROCESSABLE_ENTITY, str(refused.faults[0].message))
    except TooMany as too_many:
        response = _refused(request, case, HTTPStatus.TOO_MANY_REQUESTS, _("Too many files; try again later"))
        response["Retry-After"] = str(too_many.retry_after_seconds)
        return response
    except evidence.FileNotKept:
        message = _("The file could not be stored. Your report is safe; try again later")
        return _refused(request, case, HTTPStatus.SERVICE_UNAVAILABLE, message)
    except CaseChanged:
        message = _("The desk changed the case at the same moment. Choose the file again and send it")
        return _refused(request, case, HTTPStatus.CONFLICT, message)
    return SeeOther(reverse("reader:files"))


def _add_as_it_stands(case: Case, sent: dict[str, object]) -> None:
    try:
        evidence.add(case, **sent)  # type: ignore[arg-type]  # as _add has put it together
    except CaseChanged:
        # The desk, or the other half of a double press, was faster: once more on the case as it stands now.
        evidence.add(fetch_opened(case.pk) or case, **sent)  # type: ignore[arg-type]  # as above


def of_named_case(view: FileView) -> Callable[..., HttpResponse]:
    """The view with the opened case whose number the address names; any other case is a 404."""

    @wraps(view)
    def with_case(request: HttpRequest, year: int, sequence: int, position: int) -> HttpResponse:
        case = grants.granted_case(request, timezone.now(), f"{year}/{sequence:04d}")
        if case is None:
            raise Http404
        try:
            return view(request, case, position)
        except evidence.FileUnknown as error:
            raise Http404 from error

    return with_case


@private
@require_safe
@of_named_case
def download(request: HttpRequest, case: Case, position: int) -> HttpResponse:
    """One of the reader's own files, as it was kept."""
    return file_answer(case, *evidence.content_of(case, position))


@private
@require_POST
@of_named_case
def remove(request: HttpRequest, case: Case, position: int) -> HttpResponse:
    """Takes a file back; a second press finds it gone."""
    grants.turn_to(request, case)
    try:
        evidence.remove(case, position, now=timezone.now())
    except evidence.FileUnknown:
        return SeeOther(reverse("reader:files"))
    except CaseChanged:
        message = _("The desk changed the case at the same moment. Press the button again")
        return _refused(request, case, HTTPStatus.CONFLICT, message)
    return SeeOther(reverse("reader:files"))


def _out_of_date(request: HttpRequest, case: Case) -> HttpResponse:
    return _refused(request, case, HTTPStatus.FORBIDDEN, _("This page expired. Choose the file again and send it"))


def _form() -> FileForm:
    return FileForm(initial={"form_token": fresh_token(PURPOSE, timezone.now())})


def _refused(request: HttpRequest, case: Case, status: HTTPStatus, message: str) -> HttpResponse:
    form = FileForm({"form_token": fresh_token(PURPOSE, timezone.now())})
    form.is_valid()
    form.add_error("file", message)
    return _show(request, case, form, status)


def _show(request: HttpRequest, case: Case, form: FileForm, status: HTTPStatus) -> HttpResponse:
    found = evidence.files_of(case)
    context = {
        "case": case,
        "form": form,
        "files": found,
        "may_add": evidence.takes_files(case) and len(found) < desk_settings.current().evidence_files,
        "most": desk_settings.current().evidence_files,
        "is_sensitive": is_sensitive(case),
        "other_language_url": address_in_other_language("reader:files", case),
    }
    return render(request, "corrections/reader/files.html", context, status=status)
