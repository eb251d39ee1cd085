"""What everybody may read: the register of notices, and one notice."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from corrections.domain import register
from corrections.reader.other_language import address_in, other_language
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
        return HttpResponsePermanentRedirect(address_in(found.language, "reader:notice", number))
    context = {"notice": found, "other_language_url": address_in(other_language(), "reader:notices")}
    return render(request, "corrections/reader/notice.html", context)
