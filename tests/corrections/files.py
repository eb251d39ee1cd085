"""Pictures and documents as readers send them, and some as nobody should."""

import io
from collections.abc import Callable
from datetime import datetime
from itertools import count

import pikepdf
from PIL import Image

from corrections.domain import evidence
from corrections.models import Attachment, Case
from newsroom.uploads import rewrite
from newsroom.uploads.kinds import FileKind
from tests.factories import NOW

#: What a camera and a word processor write beside the content.
SECRET = b"33.5138 N 36.2765 E, Huda al-Ali"
_numbers = count(1)


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 30)) -> bytes:
    """A picture that carries a place and a name in its metadata."""
    buffer = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    Image.new("RGB", size, "red").save(buffer, form, exif=exif)
    return buffer.getvalue()


def document(change: Callable[[pikepdf.Pdf], None] = lambda _pdf: None, **how: object) -> bytes:
    """A PDF of one page with its maker's name; `change` adds to it what a test needs."""
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.docinfo["/Author"] = SECRET.decode()
    change(pdf)
    buffer = io.BytesIO()
    pdf.save(buffer, **how)  # type: ignore[arg-type]  # as pikepdf takes them
    return buffer.getvalue()


def add_file(
    case: Case, content: bytes | None = None, *, called: str = "photo.jpg", key: str = "", now: datetime = NOW
) -> Attachment:
    """Adds a file to a case as its reader would."""
    submission_key = key or f"a file of the tests, number {next(_numbers)}"
    event = evidence.add(
        case,
        picture() if content is None else content,
        called=called,
        submission_key=submission_key,
        source="192.0.2.7",
        now=now,
    )
    return Attachment.objects.get(event=event)


def clean(content: bytes) -> tuple[FileKind, bytes]:
    """What becomes of a file."""
    done = rewrite.rewrite(content)
    return done.kind, done.content
