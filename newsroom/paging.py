"""The page of a list that an address asks for."""

from django.http import HttpRequest

#: Beyond this nobody turns pages; the database would count its way there.
LAST_PAGE = 10_000


def page_asked(request: HttpRequest) -> int:
    """The number in `?page=`; the first page for anything that is no number."""
    asked = request.GET.get("page", "1")
    is_number = asked.isascii() and asked.isdigit() and len(asked) < 7
    return min(int(asked), LAST_PAGE) if is_number else 1
