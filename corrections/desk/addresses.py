"""Addresses of the desk that more than one page needs."""

from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language

from corrections.models import Case


def case_address(case: Case) -> str:
    """The address of a case's page."""
    return reverse("desk:case", args=[case.year, case.sequence])


def place_of(request: HttpRequest) -> str:
    """Where a request belongs among the pages that can be opened: an action belongs to its case."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    match = request.resolver_match
    numbers = match.kwargs if match else {}
    if "year" not in numbers:
        return reverse("desk:queue")
    return reverse("desk:case", args=[numbers["year"], numbers["sequence"]])


def other_language_url(path: str) -> str:
    """The same page in the other language, with its query."""
    return translate_url(path, "en" if get_language() == "ar" else "ar")
