"""Addresses of the pages of an own case: they name it, so that a reload shows the same one whatever another tab has
opened meanwhile. The number opens nothing; the browser's session does (grants)."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import override

from corrections.models import Case
from corrections.reader.other_language import other_language

_FIELD = "report"


def address_of(name: str, case: Case) -> str:
    """The path of a page in the language in force, with the number of the case that it shows."""
    return f"{reverse(name)}?{_FIELD}={case.number}"


def address_in_other_language(name: str, case: Case) -> str:
    """The same in the language that the page is not in."""
    with override(other_language()):
        return address_of(name, case)


def number_asked(request: HttpRequest) -> str | None:
    """The number that a page's address names; None where it names none: then the case last turned to is meant."""
    return request.GET.get(_FIELD)
