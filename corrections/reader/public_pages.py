"""What everybody may read: the register of notices, and one notice."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from corrections.domain import register
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


def _address(language: str, name: str, *numbers: int) -> str:
    with override(language):
        return reverse(name, args=numbers)
