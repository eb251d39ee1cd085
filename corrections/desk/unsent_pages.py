"""The doors of what was written and not sent: back to it, and throwing it away."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from corrections.desk import unsent
from corrections.desk.access import clock, desk_only, member_of
from corrections.rules import Actor


@require_safe
@desk_only
def show(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Leads to the page on which the kept form stands. (A form of no page of its own stands here: `unsent.instead`.)"""
    note = unsent.read(request, member_of(request), clock())
    return HttpResponseRedirect(note.page if note else reverse("desk:queue"))


@require_POST
@desk_only
def discard(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Throws away what was kept; leads to the page on which it stood."""
    note = unsent.read(request, member_of(request), clock())
    unsent.forget(request)
    is_page = note is not None and note.page != reverse("desk:unsent")
    return HttpResponseRedirect(note.page if note and is_page else reverse("desk:queue"))
