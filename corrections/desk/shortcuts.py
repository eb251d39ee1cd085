"""Keyboard shortcuts, on or off for each person (WCAG 2.1.4)."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from corrections.desk.access import desk_only, member_of
from corrections.rules import Actor
from newsroom.staff import set_shortcuts


@require_POST
@desk_only
def switch(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Keeps the choice with the account, so that it holds on every computer."""
    set_shortcuts(member_of(request), on=request.POST.get("shortcuts") == "on")
    return HttpResponseRedirect(reverse("desk:queue"))
