"""PDFs, taken apart and written anew: only what the pages refer to, nothing that runs, nothing about its maker."""

import io
from collections.abc import Iterator
from typing import Any

import pikepdf

from newsroom.uploads.kinds import FileKind, FileRefused

#: Actions that run, send or open something (ISO 32000-1, 12.6.4). No harmless part has such a value under any key, so a
#: key that is damaged hides none of them.
_ACTIONS = {
    "/JavaScript",
    "/Launch",
    "/SubmitForm",
    "/ImportData",
    "/ResetForm",
    "/GoToE",
    "/Rendition",
    "/RichMediaExecute",
}
#: Kinds of annotations and actions that carry or play something (12.5.6). Fonts and layers may be called so too.
_CARRIERS = {"/RichMedia", "/Movie", "/Sound", "/Screen", "/3D", "/FileAttachment"}
#: Keys that only such parts have: a script, files within the file, forms of another language.
_ACTIVE_KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA"}
#: Keys beside the content that tell of its maker and history.
_TELLING = ("/Metadata", "/PieceInfo", "/LastModified")


def rewritten(content: bytes) -> tuple[FileKind, bytes]:
    """A PDF as evidence: written anew from its pages, so that earlier versions, bytes before and behind it, its
    maker's name and what cameras wrote into its pictures stay behind.

    Raises FileRefused: damaged (also where a reader could repair it), locked (a password is needed), active (a script,
    a file within it, or another part that does something).
    """
    try:
        with pikepdf.open(io.BytesIO(content), attempt_recovery=False) as document:
            for part in _parts(document):
                _refuse_active(part)
                _forget_maker(part)
            return FileKind.PDF, _written(document)
    except pikepdf.PasswordError as error:
        raise FileRefused("locked") from error
    except MemoryError as error:
        raise FileRefused("too-much") from error
    except (pikepdf.PdfError, pikepdf.ForeignObjectError, ValueError, RuntimeError) as error:
        raise FileRefused("damaged") from error


def _parts(document: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Every dictionary and stream, also those written inside others."""
    waiting: list[Any] = [*document.objects, document.trailer]
    while waiting:
        part = waiting.pop()
        if isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
            yield part
        waiting.extend(value for value in _inside(part) if isinstance(value, pikepdf.Object) and not value.is_indirect)


def _inside(part: Any) -> list[Any]:
    if isinstance(part, pikepdf.Array):
        return list(part)
    if isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
        return [value for _key, value in part.items()]
    return []


def _refuse_active(part: pikepdf.Object) -> None:
    named = {key: str(value) for key, value in part.items() if isinstance(value, pikepdf.Name)}
    is_carrier = bool(_CARRIERS & {named.get("/S"), named.get("/Subtype")})
    if is_carrier or _ACTIONS & set(named.values()) or _ACTIVE_KEYS & set(part.keys()):
        raise FileRefused("active")


def _forget_maker(part: pikepdf.Object) -> None:
    for key in _TELLING:
        if key in part:
            del part[key]
    if isinstance(part, pikepdf.Stream) and part.get("/Filter") == pikepdf.Name.DCTDecode:
        parameters = part.get("/DecodeParms")
        kept = parameters if isinstance(parameters, pikepdf.Dictionary) else None
        part.write(without_camera_notes(part.read_raw_bytes()), filter=pikepdf.Name.DCTDecode, decode_parms=kept)


def without_camera_notes(picture: bytes) -> bytes:
    """A JPEG stream without its comments and application segments, pixels untouched.

    Kept are APP0 and APP14, which say how the colours are meant. What is not built as a JPEG stays as it is.
    Source of the segments: ITU-T T.81, annex B.
    """
    if not picture.startswith(b"\xff\xd8"):
        return picture
    kept, at = [b"\xff\xd8"], 2
    while picture[at : at + 1] == b"\xff" and picture[at + 1 : at + 2] not in (b"\xda", b""):
        marker, length = picture[at + 1], int.from_bytes(picture[at + 2 : at + 4])
        is_note = marker == 0xFE or (0xE1 <= marker <= 0xEF and marker != 0xEE)
        if not is_note:
            kept.append(picture[at : at + 2 + length])
        at += 2 + max(length, 2)
    return b"".join([*kept, picture[at:]])


def _written(document: pikepdf.Pdf) -> bytes:
    if "/Info" in document.trailer:
        del document.trailer["/Info"]
    buffer = io.BytesIO()
    # An identifier made from the content alone: the old one could tie the copy to its original.
    document.save(buffer, deterministic_id=True, encryption=False)
    return buffer.getvalue()
