"""How a reader's file leaves the site: as a download that nothing can run."""

from django.http import HttpResponse

from corrections.models import Attachment, Case
from newsroom.uploads.kinds import FileKind


def file_answer(case: Case, file: Attachment, content: bytes) -> HttpResponse:
    """The bytes of a file under a name of ours, never shown in the page, kept in no cache.

    Even a browser that ignores the declared type and the order to save it has no script, no form and no origin there.
    """
    kind = FileKind(file.kind)
    response = HttpResponse(content, content_type=kind.media_type)
    response["Content-Disposition"] = f'attachment; filename="{case.year}-{case.sequence:04d}-{file.position}.{kind}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response
