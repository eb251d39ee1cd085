"""What is said when something goes wrong, in the reader's language, without losing what was typed."""

from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.urls import resolve
from django.utils import translation
from django.utils.translation import get_language_from_path

from newsroom.expired_forms import answer_when_expired
from newsroom.file_limits import MEGABYTE
from newsroom.privacy import private

#: Fields of a form that are no words of the person who filled it in.
_NOT_TYPED = ("csrfmiddlewaretoken", "form_token", "expected_version", "website", "next", "case")


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; 413 where the body is larger than any form of ours, which Django finds out while it reads the CSRF token."""
    if isinstance(exception, RequestDataTooBig):
        return _page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    return _page(request, HTTPStatus.BAD_REQUEST)


def too_large(request: HttpRequest, largest_file: int) -> HttpResponse:
    """413 for a form with files, with the number of bytes that a file may have there (0: none is taken)."""
    return _page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, largest_file=largest_file)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _page(request, HTTPStatus.NOT_FOUND)


def method_not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """405 with a page, where Django answers with an empty one; `allowed` is the header Allow of its answer."""
    response = _page(request, HTTPStatus.METHOD_NOT_ALLOWED)
    response["Allow"] = allowed
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(request, HTTPStatus.INTERNAL_SERVER_ERROR)


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponseBase:
    """The answer to a form without a valid CSRF token: 403, with the words still in the form.

    A door that can show its form again says how with newsroom.expired_forms.when_expired; for every other door the
    words are shown to be copied.
    """
    try:
        match = resolve(request.path_info)
    except Http404:
        return not_found(request)
    answer = answer_when_expired(match.func) or _words_to_copy
    with translation.override(_language_of(request)):
        response = private(answer)(request, **match.kwargs)
        # An answer that leads elsewhere (to the sign-in) has to keep doing so.
        if response.status_code == HTTPStatus.OK:
            response.status_code = HTTPStatus.FORBIDDEN
        return response


def _words_to_copy(request: HttpRequest, **_arguments: object) -> HttpResponse:
    return _page(request, HTTPStatus.FORBIDDEN, template="errors/form_expired.html", typed=_typed(request))


def _typed(request: HttpRequest) -> list[str]:
    return [
        value
        for name, values in request.POST.lists()
        if name not in _NOT_TYPED and "password" not in name
        for value in values
        if value.strip()
    ]


def _page(
    request: HttpRequest,
    status: HTTPStatus,
    *,
    template: str = "",
    typed: list[str] | None = None,
    largest_file: int = 0,
) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        problem = {"type": f"/problems/{status.value}", "title": status.phrase, "status": status.value}
        return JsonResponse(problem, status=status, content_type="application/problem+json")
    with translation.override(_language_of(request)):
        return render(
            request,
            template or f"errors/{status.value}.html",
            {"typed": typed or [], "is_error_page": True, "megabytes": largest_file // MEGABYTE},
            status=status,
        )


def _language_of(request: HttpRequest) -> str:
    return get_language_from_path(request.path_info) or settings.LANGUAGE_CODE
