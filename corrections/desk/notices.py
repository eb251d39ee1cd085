"""What the desk has published."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from corrections.desk.access import desk_only
from corrections.domain import register
from corrections.rules import Actor


@require_safe
@desk_only
def show_notices(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Every published notice, of all languages, newest first."""
    asked = request.GET.get("page", "1")
    page = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
    return render(request, "corrections/desk/notices.html", {"register": register.public_notices(None, page)})
