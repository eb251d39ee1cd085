"""What the desk has published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corrections.desk.access import desk_only
from corrections.desk.addresses import other_language_url
from corrections.domain import register
from corrections.rules import Actor
from newsroom.paging import page_asked


@require_safe
@desk_only
def show_notices(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every published notice, of all languages, newest first."""
    context = {
        "place": "notices",
        "other_language_url": other_language_url(request.get_full_path()),
        "register": register.public_notices(None, page_asked(request)),
    }
    return render(request, "corrections/desk/notices.html", context)
