"""Following an article by e-mail: asked for, confirmed and ended by one button each."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from corrections.domain import following
from corrections.domain.abuse import TooMany
from corrections.domain.faults import Refused
from corrections.models import Follower
from corrections.reader.forms import FollowForm
from corrections.reader.see_other import SeeOther
from newsroom import queries
from newsroom.expired_forms import when_expired
from newsroom.models import Article
from newsroom.network import client_address
from newsroom.privacy import private, without_address


def _expired(request: HttpRequest, number: int) -> HttpResponse:
    form = FollowForm(request.POST)
    form.add_error(None, _("This page expired. Press the button again"))
    return _show(request, _article(number), form, HTTPStatus.FORBIDDEN)


@when_expired(_expired)
@private
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, number: int) -> HttpResponse:
    """Asks for an address; a POST has the confirming link mailed to it."""
    article = _article(number)
    form = FollowForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _show(request, article, form, HTTPStatus.OK)
    try:
        _ask(request, article)
    except Refused as refused:
        form.add_error("address", [str(fault.message) for fault in refused.faults])
        return _show(request, article, form, HTTPStatus.UNPROCESSABLE_ENTITY)
    except TooMany as too_many:
        form.add_error(None, _("Too many tries from this network. Try again later"))
        response = _show(request, article, form, HTTPStatus.TOO_MANY_REQUESTS)
        response["Retry-After"] = str(too_many.retry_after_seconds)
        return response
    return SeeOther(reverse("reader:follow_asked", args=[article.pk]))


def _ask(request: HttpRequest, article: Article) -> None:
    # Whoever fills in a field that nobody sees is a program, and is told the same as everybody.
    if request.POST.get("website"):
        return
    following.ask(
        article,
        request.POST.get("address", ""),
        language=get_language() or "ar",
        source=client_address(request),
        now=timezone.now(),
    )


@private
@require_safe
def asked(request: HttpRequest, number: int) -> HttpResponse:
    """Says what happens now, the same to everybody: whose address it was is nobody's business."""
    return _page(request, "asked", _article(number))


@private
@without_address
@require_http_methods(["GET", "HEAD", "POST"])
# The address of the page is the secret that a token would be; a page that somebody else has made cannot know it.
@csrf_exempt
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button, because mail scanners open every link; the button confirms the address."""
    now = timezone.now()
    try:
        follower = following.follower_of(token, now) if request.method != "POST" else following.confirm(token, now)
    except following.FollowerUnknown:
        return _gone(request)
    return _page(request, "confirmed" if follower.confirmed_at else "confirm", follower.article, follower)


@private
@without_address
@require_http_methods(["GET", "HEAD", "POST"])
# Mail programs end a subscription by a POST of their own, without cookies and without following a redirect (RFC 8058).
@csrf_exempt
def unfollow(request: HttpRequest, token: str) -> HttpResponse:
    """A page with one button that ends the following; the same POST comes from a mail program's own button."""
    now = timezone.now()
    try:
        follower = following.follower_of(token, now)
        if request.method == "POST":
            following.end(token, now)
            return _page(request, "ended", follower.article)
    except following.FollowerUnknown:
        return _gone(request)
    return _page(request, "end", follower.article, follower)


def _article(number: int) -> Article:
    try:
        return queries.find_article(number)
    except queries.ArticleNotFound as error:
        raise Http404 from error


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "corrections/reader/follow_gone.html", status=HTTPStatus.NOT_FOUND)


def _show(request: HttpRequest, article: Article, form: FollowForm, status: HTTPStatus) -> HttpResponse:
    context = {"article": article, "title": queries.shown_title_of(article), "form": form}
    return render(request, "corrections/reader/follow.html", context, status=status)


def _page(request: HttpRequest, stage: str, article: Article, follower: Follower | None = None) -> HttpResponse:
    context = {"stage": stage, "article": article, "title": queries.shown_title_of(article), "follower": follower}
    return render(request, "corrections/reader/follow_stage.html", context)
