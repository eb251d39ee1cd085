"""Who is at which case, for the small script that asks for it again and again."""

import re

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_POST, require_safe

from corrections.desk.access import case_only, clock, desk_only
from corrections.domain import presence
from corrections.models import Case
from corrections.rules import Actor

#: Cases of one list that are looked up at once; a page has fewer.
_MOST_CASES = 100
_TEMPLATE = "corrections/desk/here.html"
_KEYS = re.compile(r"[0-9]{1,18}(?:,[0-9]{1,18})*", re.ASCII)


@require_POST
@case_only
def be_here(request: HttpRequest, actor: Actor, case: Case) -> HttpResponse:
    """Notes that somebody looks at a case, writes on it or goes away; answers with who else is there."""
    now, doing = clock(), request.POST.get("doing", "")
    if doing == "leaving":
        presence.leave(case, actor=actor)
    else:
        presence.be_here(case, is_writing=doing == "writing", actor=actor, now=now)
    here = presence.others_at([case.pk], actor, now).get(case.pk, [])
    return render(request, _TEMPLATE, {"here": here})


@require_safe
@desk_only
def show_presences(request: HttpRequest, actor: Actor) -> HttpResponse:
    """Who is at the cases of a list, by their keys, as the rows of the list show it."""
    asked = _KEYS.fullmatch(request.GET.get("cases", ""))
    keys = list(map(int, asked[0].split(",")))[:_MOST_CASES] if asked else []
    here = presence.others_at(keys, actor, clock())
    return JsonResponse({str(key): render_to_string(_TEMPLATE, {"here": there}) for key, there in here.items()})
