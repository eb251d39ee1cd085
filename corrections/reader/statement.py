"""The page behind a statement's link: what the desk asks somebody, and the form for the answer. No sign-in; the address
is the secret, and opening it spends nothing, because mail scanners open every link."""

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from corrections.domain import answering
from corrections.domain.abuse import TooMany
from corrections.domain.cases import CaseChanged
from corrections.domain.faults import Refused
from corrections.reader.see_other import SeeOther
from corrections.reader.statement_form import StatementForm
from newsroom.network import client_address
from newsroom.privacy import private, without_referrer


@private
@without_referrer
@require_http_methods(["GET", "HEAD", "POST"])
# The address of the page is the secret that a token would be; a page that somebody else has made cannot know it.
@csrf_exempt
def statement(request: HttpRequest, token: str) -> HttpResponse:
    """Shows what is asked; a POST gives the statement, or puts another text in its place."""
    if request.method != "POST":
        return _show(request, token)
    form = StatementForm(request.POST)
    form.is_valid()
    text, source = form.cleaned_data["text"], client_address(request)
    try:
        answering.give_as_it_stands(token, text, seen=form.version_seen(), source=source, now=timezone.now())
    except answering.LinkDead:
        return _dead(request, text)
    except Refused as refused:
        form.add_error("text", [str(fault.message) for fault in refused.faults])
        return _show(request, token, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    except TooMany as too_many:
        return _too_many(request, token, form, too_many)
    except (answering.StatementChanged, CaseChanged) as changed:
        form.add_error(None, _sentence_of(changed))
        return _show(request, token, form, HTTPStatus.CONFLICT)
    return SeeOther(request.path)


def _sentence_of(changed: Exception) -> str:
    if isinstance(changed, CaseChanged):
        return _("The desk changed the case at the same moment. Press the button again")
    return _("Another text came through this link meanwhile. It stands below; press again to replace it")


def _too_many(request: HttpRequest, token: str, form: StatementForm, too_many: TooMany) -> HttpResponse:
    form.add_error(None, _("Too many tries from this network. Try again later"))
    response = _show(request, token, form, HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(too_many.retry_after_seconds)
    return response


def _show(
    request: HttpRequest, token: str, refused: StatementForm | None = None, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    try:
        asked = answering.asked_by_link(token, timezone.now())
    except answering.LinkDead:
        return _dead(request, refused.cleaned_data["text"] if refused else "")
    given = {"text": asked.statement.text, "seen": asked.statement.version}
    form = refused.seeing(asked.statement.version) if refused else StatementForm(initial=given)
    context = {"asked": asked, "statement": asked.statement, "form": form, "was_refused": refused is not None}
    return render(request, "corrections/reader/statement.html", context, status=status)


def _dead(request: HttpRequest, typed: str) -> HttpResponse:
    """What was typed is shown once more: it may be wanted elsewhere."""
    context = {"typed": typed}
    return render(request, "corrections/reader/statement_dead.html", context, status=HTTPStatus.NOT_FOUND)
