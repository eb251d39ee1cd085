"""The kinds of file that strangers may send, told by their content: a name and a declared type prove nothing."""

from enum import StrEnum


class FileKind(StrEnum):
    """What a file is once it has been rewritten. The value is also the ending of its name."""

    JPEG = "jpg"
    PNG = "png"
    PDF = "pdf"

    @property
    def media_type(self) -> str:
        """As an answer declares it."""
        return {FileKind.JPEG: "image/jpeg", FileKind.PNG: "image/png", FileKind.PDF: "application/pdf"}[self]

    @property
    def is_picture(self) -> bool:
        """A picture, in distinction from a document."""
        return self is not FileKind.PDF


class FileRefused(Exception):
    """A file is not taken; `reason` is a coded word: empty, kind, damaged, locked, active, too-much."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def looks_like_document(content: bytes) -> bool:
    """Whether the bytes begin as a PDF does (ISO 32000-1, 7.5.2); some readers search further, we do not."""
    return content.startswith(b"%PDF-")


def looks_like_picture(content: bytes) -> bool:
    """Whether the bytes begin as a JPEG, a PNG or a WebP does."""
    is_webp = content[:4] == b"RIFF" and content[8:12] == b"WEBP"
    return is_webp or content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
