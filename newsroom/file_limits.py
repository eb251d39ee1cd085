"""How large a file an address takes. Every other address takes none."""

from collections.abc import Callable
from typing import TypeVar

from django.http import HttpRequest

from newsroom.privacy import View

_View = TypeVar("_View", bound=View)
MEGABYTE = 1024 * 1024
#: A body may be so many times larger than the file that is taken: one that is a little too large is read to its end,
#: so that the answer can stand beside the field instead of a broken connection.
_PATIENCE = 4


def takes_file(largest: Callable[[], int]) -> Callable[[_View], _View]:
    """The view with the number of bytes that a file sent to it may have, asked at each request."""

    def with_limit(view: _View) -> _View:
        view.largest_file = largest  # type: ignore[attr-defined]  # no type declares attributes of functions
        return view

    return with_limit


def largest_file(view: View) -> int:
    """The bytes that a file sent to a view may have; 0 where it takes none."""
    limit: Callable[[], int] | None = getattr(view, "largest_file", None)
    return limit() if limit else 0


def largest_body(view: View, words: int) -> int:
    """The bytes that a request to a view may have, of which `words` for everything that is no file."""
    return words + _PATIENCE * largest_file(view)


def accept_files(request: HttpRequest, largest: int) -> None:
    """Notes how many bytes of a file are kept while the request is read."""
    request.largest_file = largest  # type: ignore[attr-defined]  # as above


def accepted(request: HttpRequest) -> int:
    """What accept_files noted; 0 where nothing was."""
    return int(getattr(request, "largest_file", 0))
