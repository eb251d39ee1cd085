"""Headers that every answer carries, and a door before the doors for requests that are no text."""

import codecs
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from corrections import desk_settings
from newsroom.config import errors
from newsroom.file_limits import accept_files, largest_body, largest_file
from newsroom.privacy import View

Answer = Callable[[HttpRequest], HttpResponse]

_HEADERS = {
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class SecurityHeaders:
    """Adds what Django's own middleware and django-csp do not."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        for name, value in _HEADERS.items():
            response.setdefault(name, value)
        return response


class SettingsOfTheRequest:
    """Has the desk's settings read once at most for the answer to one request."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with desk_settings.kept_once():
            return self.get_response(request)


class HeadWithoutBody:
    """Answers HEAD with the headers of GET and no body, which the web server would otherwise warn of each time."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "HEAD" and not response.streaming:
            response.setdefault("Content-Length", str(len(response.content)))
            response.content = b""
        return response


class BadRequestText:
    """Answers 400 where the address or the query holds a zero byte or half a character, which no database stores,
    or where a form declares another encoding than UTF-8, and gives a page to a refused method, which Django answers
    with nothing."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # The encoding first: another one reaches codecs that fail, or makes half characters, which no page can show.
        if not _is_unicode(request) or _is_no_text(request.path_info) or any(map(_is_no_text, _query_texts(request))):
            return errors.bad_request(request)
        response = self.get_response(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.streaming and not response.content:
            return errors.method_not_allowed(request, response.get("Allow", ""))
        return response


class RequestSize:
    """Refuses a form with files that is far larger than its address takes, before a byte of it is read (Django bounds
    words, never files), and notes how much of a file is kept. What has no length is read as empty by the server."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: View, _args: Any, _kwargs: Any) -> HttpResponse | None:
        """Runs before the check of the CSRF token, which reads the form."""
        if request.content_type != "multipart/form-data":
            return None
        largest = largest_file(view)
        length = request.META.get("CONTENT_LENGTH") or "0"
        # What stands between the parts of a form counts here and not there.
        if not length.isdigit() or int(length) > largest_body(view, 2 * settings.DATA_UPLOAD_MAX_MEMORY_SIZE):
            return errors.too_large(request, largest)
        accept_files(request, largest)
        return None


def _query_texts(request: HttpRequest) -> list[str]:
    return [text for name, values in request.GET.lists() for text in (name, *values)]


def _is_unicode(request: HttpRequest) -> bool:
    # Django has already left out names that no codec has.
    return codecs.lookup(request.encoding or "utf-8").name == "utf-8"


def _is_no_text(text: str) -> bool:
    return "\0" in text or any("\ud800" <= character <= "\udfff" for character in text)
