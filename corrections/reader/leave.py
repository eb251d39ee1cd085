"""Leaving quickly, for complaints about safety or privacy alone: at once to another page, and this device forgets."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from corrections import desk_settings
from corrections.reader.see_other import SeeOther
from newsroom.privacy import private


@private
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Leads to the neutral page that the newsroom has chosen, or its front page, and has the browser forget this site.

    A link and no form, so that it works at once and the policy for forms lets it lead elsewhere. It changes nothing
    here: without its cookie the browser's session opens nothing any more, and it ends by itself within the hour.
    """
    response = SeeOther(desk_settings.current().quick_leave_address or reverse("newsroom:front"))
    # A picture or a link on another site must not sign its visitors out of this one.
    if request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin"):
        response["Clear-Site-Data"] = '"cache", "cookies", "storage"'
    return response
