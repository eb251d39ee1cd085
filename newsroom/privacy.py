"""Pages that must leave no trace in caches, search engines or the addresses of other sites."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase

View = Callable[..., HttpResponseBase]

#: What a private answer carries. Not "no-referrer": a form on such a page would be sent with `Origin: null`, which
#: the check against forged requests refuses. Other sites learn nothing of the address with "same-origin" either.
PRIVATE_HEADERS = {
    "Cache-Control": "no-store, private",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex, nofollow",
}


def private(view: View) -> View:
    """The view with headers that keep its page out of caches, indexes and referrers."""

    @wraps(view)
    def kept_private(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        for name, value in PRIVATE_HEADERS.items():
            response.setdefault(name, value)
        return response

    return kept_private


def without_referrer(view: View) -> View:
    """The view of an address that is a secret, and whose form needs no other: the next request repeats nothing of it.
    Only for views that are exempt from the check against forged requests (see PRIVATE_HEADERS)."""

    @wraps(view)
    def without(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "no-referrer"
        return response

    return without


def without_address(view: View) -> View:
    """The view of an address that holds a secret: the next request repeats the site's name alone, not the path."""

    @wraps(view)
    def without(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "strict-origin"
        return response

    return without
