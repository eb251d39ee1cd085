"""The files that came with a case, for those who may see the case."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from corrections.desk.access import case_only
from corrections.domain import evidence
from corrections.file_answer import file_answer
from corrections.models import Case
from corrections.rules import Actor


@require_safe
@case_only
def download(request: HttpRequest, actor: Actor, case: Case, position: int) -> HttpResponse:
    """One file, as a download."""
    try:
        return file_answer(case, *evidence.content_of(case, position))
    except evidence.FileUnknown as error:
        raise Http404 from error
