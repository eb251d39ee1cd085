"""Where a form leads after it was taken: to a page of its own, so that a reload sends nothing again."""

from http import HTTPStatus

from django.http import HttpResponseRedirect


class SeeOther(HttpResponseRedirect):
    """303: whatever was sent, what follows is a GET."""

    status_code = HTTPStatus.SEE_OTHER
