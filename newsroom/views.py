"""Articles for readers. These pages set no cookie and are the same for everybody, so any cache may keep them."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe

from newsroom import queries
from newsroom.addresses import article_address
from newsroom.differences import block_differences
from newsroom.html import blocks, numbered
from newsroom.models import Article, Revision, Section
from newsroom.paging import page_asked

#: Seconds a cache may serve a page, and serve it on while it fetches a newer one.
FRESH, STALE = 60, 600

View = Callable[..., HttpResponse]


def public(view: View) -> View:
    """A page that any cache may keep for a minute; ConditionalGetMiddleware gives it its ETag."""

    @wraps(view)
    def cached(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=FRESH, stale_while_revalidate=STALE)
        return response

    return cached


def root(request: HttpRequest) -> HttpResponse:
    """The bare address leads to the site's first language, whatever the browser says: Arabic is the first."""
    return redirect(f"/{settings.LANGUAGE_CODE}/")


@require_safe
@public
def front(request: HttpRequest) -> HttpResponse:
    """The front page of one language, newest first."""
    return _river(request, None, "newsroom/front.html")


@require_safe
@public
def section(request: HttpRequest, slug: str) -> HttpResponse:
    """The articles of one section."""
    return _river(request, get_object_or_404(Section, slug=slug), "newsroom/section.html")


@require_safe
@public
def article(request: HttpRequest, number: int, slug: str = "") -> HttpResponse:
    """An article; a withdrawn one keeps its address and answers 410 with the reason."""
    page = _found(queries.article_page, number)
    if page.article.language != get_language():
        return HttpResponsePermanentRedirect(article_address(page.article))
    template = "newsroom/withdrawn.html" if page.article.is_withdrawn else "newsroom/article.html"
    context = {
        "page": page,
        "article": page.article,
        "revision": page.revision,
        "address": settings.SITE_URL + article_address(page.article),
        "short_address": f"{settings.SITE_URL}/{page.article.language}/{page.article.pk}/",
        "other_language_url": _front_in_other_language(),
    }
    return render(request, template, context, status=410 if page.article.is_withdrawn else 200)


@require_safe
@public
def revisions(request: HttpRequest, number: int) -> HttpResponse:
    """Every version of an article, for everybody."""
    found = _found(queries.find_article, number)
    _refuse_withdrawn(found)
    if found.language != get_language():
        return _in_its_language(found, "newsroom:revisions", number)
    context = {
        "article": found,
        "revisions": queries.revisions_of(found),
        "other_language_url": _front_in_other_language(),
    }
    return render(request, "newsroom/revisions.html", context)


@require_safe
@public
def revision(request: HttpRequest, number: int, revision: int) -> HttpResponse:
    """One version with what changed against the one before it, in words."""
    found = _found(queries.find_article, number)
    _refuse_withdrawn(found)
    if found.language != get_language():
        return _in_its_language(found, "newsroom:revision", number, revision)
    this, previous = _found(queries.revision_and_previous, found, revision)
    changes = block_differences(_texts(previous), _texts(this)) if previous else []
    context = {
        "article": found,
        "revision": this,
        "previous": previous,
        "changes": changes,
        "body": "" if previous else numbered(this.body),
        "other_language_url": _front_in_other_language(),
    }
    return render(request, "newsroom/revision.html", context)


def _river(request: HttpRequest, chosen: Section | None, template: str) -> HttpResponse:
    language = get_language() or settings.LANGUAGE_CODE
    river = queries.river(language, section=chosen, page=page_asked(request))
    context = {
        "river": river,
        "section": chosen,
        "section_name": chosen.name_in(language) if chosen else "",
        "sections": [(each, each.name_in(language)) for each in queries.sections()],
    }
    return render(request, template, context)


def _found(query: Callable[..., Any], *arguments: Any) -> Any:
    try:
        return query(*arguments)
    except queries.ArticleNotFound as error:
        raise Http404 from error


def _in_its_language(found: Article, name: str, *numbers: int) -> HttpResponse:
    with override(found.language):
        return HttpResponsePermanentRedirect(reverse(name, args=numbers))


def _refuse_withdrawn(found: Article) -> None:
    """What was withdrawn must not be read in its old versions."""
    if found.is_withdrawn:
        raise Http404


def _front_in_other_language() -> str:
    """Where a page that is in one language alone leads to: under the other language it would only lead back."""
    with override("en" if get_language() == "ar" else "ar"):
        return reverse("newsroom:front")


def _texts(revision: Revision) -> list[str]:
    texts = [
        revision.title,
        revision.standfirst,
        *(block.text for block in blocks(revision.body)),
        revision.caption,
        revision.credit,
    ]
    return [text for text in texts if text]
