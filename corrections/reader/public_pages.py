"""What everybody may read: the register of notices, one notice, and what the site promises."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from corrections.domain import clocks, code, register
from corrections.enums import Kind
from newsroom.paging import page_asked
from newsroom.views import public


@require_safe
@public
def notices(request: HttpRequest) -> HttpResponse:
    """Every notice of one language by month, newest first."""
    found = register.public_notices(get_language(), page_asked(request))
    context = {"register": found, "months": register.months(found.notices)}
    return render(request, "corrections/reader/notices.html", context)


@require_safe
@public
def notice(request: HttpRequest, number: int) -> HttpResponse:
    """One notice under its own address, in the language it was published in."""
    try:
        found = register.notice(number)
    except register.NoticeNotFound as error:
        raise Http404 from error
    if found.language != get_language():
        return HttpResponsePermanentRedirect(_address(found.language, "reader:notice", number))
    other = "en" if found.language == "ar" else "ar"
    context = {"notice": found, "other_language_url": _address(other, "reader:notices")}
    return render(request, "corrections/reader/notice.html", context)


@require_safe
@public
def promise(request: HttpRequest) -> HttpResponse:
    """How errors are handled, from the live configuration: promise and clocks cannot differ."""
    context = {
        "promise": clocks.promise_of(Kind.CORRECTION),
        "weekend": _weekend(),
        "kept_days": settings.IDENTITY_KEPT_DAYS,
    }
    return render(request, "corrections/reader/promise.html", context)


@require_safe
@public
def complaints(request: HttpRequest) -> HttpResponse:
    """How complaints are handled, from the live configuration like the corrections' promise."""
    context = {
        "promise": clocks.promise_of(Kind.COMPLAINT),
        "weekend": _weekend(),
        "holidays": clocks.coming_holidays(timezone.localdate()),
        "kept_days": settings.IDENTITY_KEPT_DAYS,
    }
    return render(request, "corrections/reader/complaints.html", context)


@require_safe
@public
def code_of_ethics(request: HttpRequest) -> HttpResponse:
    """The clauses in force with their words, each with its earlier versions."""
    return render(request, "corrections/reader/code.html", {"code": code.published_code()})


def _weekend() -> list[str]:
    return [str(WEEKDAYS[day]) for day in sorted(settings.SITE_WEEKEND)]


def _address(language: str, name: str, *numbers: int) -> str:
    with override(language):
        return reverse(name, args=numbers)
