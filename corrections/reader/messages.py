"""A copy of the messages of the own case, to keep."""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from corrections.domain.reader_page import reader_page
from corrections.models import Case
from corrections.reader.my_case import for_opened_case
from corrections.reader.receipt_files import plain_file
from newsroom.privacy import private


@private
@require_safe
@for_opened_case
def download(request: HttpRequest, case: Case) -> HttpResponse:
    """The timeline with its messages as a text file, oldest first; neither receipt nor name nor address is in it."""
    page = reader_page(case)
    words = render_to_string("corrections/reader/messages.txt", {"page": page, "lines": reversed(page.timeline)})
    return plain_file(words, f"{case.year}-{case.sequence:04d}-messages.txt")
