"""The two flows from the foot of an article: a correction or a complaint, sent and receipted."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from corrections.domain import clocks, code, intake
from corrections.domain.abuse import TooMany
from corrections.domain.faults import Refused
from corrections.domain.submission import Submission
from corrections.enums import Channel, Credit, Kind, Relation
from corrections.reader import grants
from corrections.reader.form_tokens import fresh_token, returned_token
from corrections.reader.forms import ComplaintForm, CorrectionForm, ReportForm, kind_of
from corrections.reader.see_other import SeeOther
from corrections.tokens import FormToken
from newsroom import queries
from newsroom.expired_forms import when_expired
from newsroom.models import Article
from newsroom.network import client_address
from newsroom.privacy import private


@dataclass(frozen=True)
class Flow:
    """One of the two forms."""

    purpose: str
    kind: Kind
    template: str
    make_form: Callable[..., ReportForm]


def _complaint_form(*args: Any, **kwargs: Any) -> ComplaintForm:
    return ComplaintForm(*args, clauses=code.active_clauses(), **kwargs)


CORRECTION = Flow("correction", Kind.CORRECTION, "corrections/reader/correction.html", CorrectionForm)
COMPLAINT = Flow("complaint", Kind.COMPLAINT, "corrections/reader/complaint.html", _complaint_form)


def _correction_expired(request: HttpRequest, number: int) -> HttpResponse:
    return _expired(request, number, CORRECTION)


def _complaint_expired(request: HttpRequest, number: int) -> HttpResponse:
    return _expired(request, number, COMPLAINT)


@when_expired(_correction_expired)
@private
@require_http_methods(["GET", "HEAD", "POST"])
def correction(request: HttpRequest, number: int) -> HttpResponse:
    """The correction form; a POST sends it."""
    return _serve(request, number, CORRECTION)


@when_expired(_complaint_expired)
@private
@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: HttpRequest, number: int) -> HttpResponse:
    """The complaint form; a POST sends it."""
    return _serve(request, number, COMPLAINT)


def _serve(request: HttpRequest, number: int, flow: Flow) -> HttpResponse:
    article = _article(number)
    now = timezone.now()
    if request.method == "POST":
        return _send(request, article, flow, now)
    form = flow.make_form(initial=_first_answers(article, flow, now))
    return _show(request, article, flow, form, HTTPStatus.OK)


def _first_answers(article: Article, flow: Flow, now: datetime) -> dict[str, Any]:
    return {
        "form_token": fresh_token(flow.purpose, now),
        "revision": article.latest,
        "reply": "mail",
        "credit": Credit.NONE,
        "relation": Relation.READER,
    }


def _send(request: HttpRequest, article: Article, flow: Flow, now: datetime) -> HttpResponse:
    form = flow.make_form(request.POST)
    form.is_valid()
    token = returned_token(request.POST.get("form_token", ""), flow.purpose, now)
    if token is None:
        return _expired(request, article.pk, flow)
    try:
        receipted = intake.submit(_submission(form, article, token), source=client_address(request), now=now)
    except Refused as refused:
        form.add_faults(refused.faults)
        return _show(request, article, flow, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    except intake.SubmissionDiffers as differs:
        return _sent_before(request, article, flow, differs, now)
    except TooMany as too_many:
        return _too_many(request, article, flow, form, too_many)
    grants.grant(request, receipted.case, now, receipted.receipt)
    return SeeOther(reverse("reader:received"))


def _submission(form: ReportForm, article: Article, token: FormToken) -> Submission:
    return Submission(
        kind=kind_of(form),
        article_id=article.pk,
        language=get_language() or settings.LANGUAGE_CODE,
        channel=Channel.FORM,
        submission_key=token.submission_key,
        form_age_seconds=token.age_seconds,
        **form.words(),
    )


def _sent_before(
    request: HttpRequest, article: Article, flow: Flow, differs: intake.SubmissionDiffers, now: datetime
) -> HttpResponse:
    form = _again(request, flow, now)
    form.add_error(
        None,
        _("This form was already received as report %(number)s. Press send again to send these words as a new report.")
        % {"number": differs.case_number},
    )
    return _show(request, article, flow, form, HTTPStatus.CONFLICT)


def _too_many(request: HttpRequest, article: Article, flow: Flow, form: ReportForm, too_many: TooMany) -> HttpResponse:
    minutes = -(-too_many.retry_after_seconds // 60)
    sentence = ngettext(
        "Many messages came from this network. Try again in %(count)s minute",
        "Many messages came from this network. Try again in %(count)s minutes",
        minutes,
    )
    form.add_error(None, sentence % {"count": minutes})
    response = _show(request, article, flow, form, HTTPStatus.TOO_MANY_REQUESTS)
    response["Retry-After"] = str(too_many.retry_after_seconds)
    return response


def _expired(request: HttpRequest, number: int, flow: Flow) -> HttpResponse:
    """The form again, with everything that was typed and a fresh token: pressing send once more is enough."""
    form = _again(request, flow, timezone.now())
    form.add_error(None, _("This page expired. Your text is still here; press send again"))
    return _show(request, _article(number), flow, form, HTTPStatus.FORBIDDEN)


def _again(request: HttpRequest, flow: Flow, now: datetime) -> ReportForm:
    data = request.POST.copy()
    data["form_token"] = fresh_token(flow.purpose, now)
    form = flow.make_form(data)
    form.is_valid()
    return form


def _show(request: HttpRequest, article: Article, flow: Flow, form: ReportForm, status: HTTPStatus) -> HttpResponse:
    context = {
        "form": form,
        "article": article,
        "title": queries.title_of(article),
        "promise": clocks.promise_of(flow.kind),
        "kept_days": settings.IDENTITY_KEPT_DAYS,
    }
    return render(request, flow.template, context, status=status)


def _article(number: int) -> Article:
    try:
        return queries.find_article(number)
    except queries.ArticleNotFound as error:
        raise Http404 from error
