"""The two flows from the foot of an article: filled in, checked, sent and receipted.

Every step is a POST of the whole form to the same address; `step` says what the pressed button asks for. Nothing is
written before "send", and nothing typed is kept anywhere but on the page.
"""

import re
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from corrections.domain import intake
from corrections.domain.abuse import TooMany
from corrections.reader import errors_together, grants
from corrections.reader.flows import COMPLAINT, CORRECTION, Flow, NeedsMending, submissions_of
from corrections.reader.form_page import FormPage
from corrections.reader.form_tokens import returned_token
from corrections.reader.own_pages import address_of
from corrections.reader.see_other import SeeOther
from corrections.tokens import FormToken
from newsroom import queries
from newsroom.expired_forms import when_expired
from newsroom.models import Article
from newsroom.network import client_address
from newsroom.privacy import private

#: A step that names one of several errors: "change-2".
_NUMBERED = re.compile(r"(change|remove)-([0-9]{1,2})", re.ASCII)


def _correction_expired(request: HttpRequest, number: int) -> HttpResponse:
    return FormPage(request, _article(number), CORRECTION).expired(timezone.now())


def _complaint_expired(request: HttpRequest, number: int) -> HttpResponse:
    return FormPage(request, _article(number), COMPLAINT).expired(timezone.now())


@when_expired(_correction_expired)
@private
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, number: int) -> HttpResponse:
    """The correction form; a POST checks it, and one that says so sends it."""
    return _serve(request, number, CORRECTION)


@when_expired(_complaint_expired)
@private
@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: HttpRequest, number: int) -> HttpResponse:
    """The complaint form; a POST checks it, and one that says so sends it."""
    return _serve(request, number, COMPLAINT)


def _serve(request: HttpRequest, number: int, flow: Flow) -> HttpResponse:
    page = FormPage(request, _article(number), flow)
    now = timezone.now()
    if request.method != "POST":
        return page.empty(now)
    token = returned_token(request.POST.get("form_token", ""), flow.purpose, now)
    if token is None:
        return page.expired(now)
    try:
        return _send(page, token, now) if request.POST.get("step") == "send" else _turn(page, token)
    except NeedsMending as faulty:
        return page.with_faults(faulty)


def _turn(page: FormPage, token: FormToken) -> HttpResponse:
    """The steps that only lead from the form to its check and back."""
    data: QueryDict = page.request.POST
    step = data.get("step", "")
    plain = {"change": page.filled, "place": page.choosing, "placed": page.placed}
    if step in plain:
        return plain[step](data)
    if not page.flow.takes_several:
        return page.checked(data, submissions_of(page.flow, data, page.article, token))
    numbered = _NUMBERED.fullmatch(step)
    if numbered and numbered[1] == "change":
        return page.filled(errors_together.turned_to(data, int(numbered[2])))
    if numbered:
        data = errors_together.without(data, int(numbered[2]))
    submissions = submissions_of(page.flow, data, page.article, token)
    if step == "another":
        return page.filled(errors_together.with_another(data))
    return page.checked(data, submissions)


def _send(page: FormPage, token: FormToken, now: datetime) -> HttpResponse:
    request = page.request
    submissions = submissions_of(page.flow, request.POST, page.article, token)
    try:
        sent = intake.submit_together(list(submissions.values()), source=client_address(request), now=now)
    except intake.SubmissionDiffers as differs:
        return page.sent_before(submissions, differs, now)
    except TooMany as too_many:
        return page.too_many(submissions, too_many)
    grants.grant(request, sent[0].case, now, sent[0].receipt)
    return SeeOther(address_of("reader:received", sent[0].case))


def _article(number: int) -> Article:
    try:
        return queries.find_article(number)
    except queries.ArticleNotFound as error:
        raise Http404 from error
