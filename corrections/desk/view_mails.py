"""Mails about a saved view: chosen beside the view, and ended from the mail itself by one button."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from corrections.desk.access import clock, desk_only
from corrections.desk.refusals import expired_sentence
from corrections.desk.views import views_page
from corrections.domain import subscriptions
from corrections.domain.faults import Refused
from corrections.domain.saved_views import ViewUnknown
from corrections.domain.subscriptions import SubscriptionUnknown
from corrections.models import SavedView
from corrections.rules import Actor
from newsroom.expired_forms import when_expired
from newsroom.privacy import private, without_address

LETTERS = "corrections/desk/view_mails.html"


@desk_only
def _subscribe(request: HttpRequest, actor: Actor, view: int) -> HttpResponse:
    rhythm = request.POST.get("rhythm", "")
    try:
        if rhythm:
            subscriptions.subscribe(actor, view, rhythm, now=clock())
        else:
            subscriptions.unsubscribe(actor, view, now=clock())
    except ViewUnknown as error:
        raise Http404 from error
    except Refused as refused:
        faults = {view: str(refused.faults[0].message)}
        return views_page(request, actor, status=HTTPStatus.UNPROCESSABLE_ENTITY, rhythm_faults=faults)
    return HttpResponseRedirect(f"{reverse('desk:views')}?set={view}#view-{view}")


@desk_only
def _expired(request: HttpRequest, actor: Actor, view: int) -> HttpResponse:
    return views_page(request, actor, problem=expired_sentence())


subscribe = when_expired(_expired)(require_POST(_subscribe))


@private
@without_address
@require_http_methods(["GET", "HEAD", "POST"])
# Mail programs end a subscription by a POST of their own, without cookies and without following a redirect (RFC 8058);
# the address of the page is the secret that a token would be.
@csrf_exempt
def end_mails(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button that ends the mails; the same POST comes from a mail program's own button."""
    try:
        if request.method == "POST":
            return _page(request, "ended", subscriptions.end(token, now=clock()).view)
        return _page(request, "end", subscriptions.subscription_of(token).view)
    except SubscriptionUnknown:
        return render(request, LETTERS, {"stage": "gone"}, status=HTTPStatus.NOT_FOUND)


def _page(request: HttpRequest, stage: str, view: SavedView) -> HttpResponse:
    return render(request, LETTERS, {"stage": stage, "view": view})
