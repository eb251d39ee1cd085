"""Files of strangers: decided by content, written anew without what they carry, or refused with a reason."""

import io
import resource
import struct
import zlib
from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PIL import Image

from newsroom.uploads import documents, program
from newsroom.uploads.kinds import FileKind, FileRefused
from newsroom.uploads.rewrite import rewrite
from tests.corrections.files import SECRET, clean, document, picture

CORPUS = Path(__file__).parents[2] / "corpora/uploads"
ACTIVE_WORDS = (b"<script", b"alert(", b"<svg", b"<?php", b"<?xml", b"/JavaScript", b"/JS")


def reason(content: bytes) -> str:
    with pytest.raises(FileRefused) as refusal:
        rewrite(content)
    return refusal.value.reason


def outcome_of(content: bytes, rewritten: Callable[[bytes], tuple[FileKind, bytes]] = clean) -> bytes | str:
    """The new bytes, or the reason of the refusal."""
    try:
        return rewritten(content)[1]
    except FileRefused as refusal:
        return refusal.reason


def with_script(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")


def with_script_of_a_page(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pdf.make_stream(b"app.alert(1)"))
    pdf.pages[0].obj.AA = pikepdf.Dictionary(O=action)


def with_named_scripts(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array([])))


def with_launch(pdf: pikepdf.Pdf) -> None:
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F="cmd.exe")
    link = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action)
    pdf.pages[0].obj.Annots = pikepdf.Array([link])


def with_file_inside(pdf: pikepdf.Pdf) -> None:
    pdf.attachments["virus.exe"] = b"MZ"


def with_form_of_another_language(pdf: pikepdf.Pdf) -> None:
    pdf.Root.AcroForm = pikepdf.Dictionary(XFA=pdf.make_stream(b"<xdp/>"))


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (picture("JPEG"), FileKind.JPEG),
        (picture("WEBP"), FileKind.JPEG),
        (picture("PNG"), FileKind.PNG),
        (document(), FileKind.PDF),
    ],
    ids=["jpeg", "webp", "png", "pdf"],
)
def test_each_kind_loses_what_its_maker_wrote_beside_it(content: bytes, kind: FileKind) -> None:
    assert SECRET in content
    found, clean_bytes = clean(content)
    assert (found, SECRET in clean_bytes, content == clean_bytes) == (kind, False, False)


def test_a_rewritten_picture_has_the_pixels_of_the_original() -> None:
    opened = Image.open(io.BytesIO(clean(picture("PNG"))[1]))
    assert (opened.size, opened.convert("RGB").getpixel((5, 5)), opened.info) == ((40, 30), (255, 0, 0), {})


def test_a_large_photo_keeps_three_thousand_pixels() -> None:
    opened = Image.open(io.BytesIO(clean(picture("JPEG", (5000, 2500)))[1]))
    assert opened.size == (3000, 1500)


def test_a_picture_within_a_document_loses_its_place_and_keeps_its_pixels() -> None:
    photo = picture("JPEG")

    def with_photo(pdf: pikepdf.Pdf) -> None:
        image = pdf.make_stream(photo, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=40, Height=30)
        image.ColorSpace, image.BitsPerComponent, image.Filter = pikepdf.Name.DeviceRGB, 8, pikepdf.Name.DCTDecode
        pdf.pages[0].obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Photo=image))

    content = document(with_photo)
    assert SECRET in content
    done = clean(content)[1]
    with pikepdf.open(io.BytesIO(done)) as pdf:
        inside = pdf.pages[0].obj.Resources.XObject.Photo.read_raw_bytes()
    assert SECRET not in done
    assert Image.open(io.BytesIO(inside)).tobytes() == Image.open(io.BytesIO(photo)).tobytes()


def test_an_earlier_version_of_a_document_does_not_survive_behind_the_last_one() -> None:
    first = document(
        lambda pdf: pdf.pages[0].obj.__setattr__("Contents", pdf.make_stream(b"% blacked out later")),
        compress_streams=False,
    )
    # A later version, appended as editors of documents do: the page now has no contents.
    with pikepdf.open(io.BytesIO(first)) as pdf:
        page = pdf.pages[0].obj.objgen[0]
    at = len(first)
    update = f"{page} 0 obj\n<</Type/Page/MediaBox[0 0 9 9]/Parent 3 0 R>>\nendobj\n".encode()
    start = first.rindex(b"startxref")
    previous = int(first[start:].split()[1])
    table = f"xref\n{page} 1\n{at + 1:010} 00000 n \ntrailer\n<</Size 9/Root 1 0 R/Prev {previous}>>\nstartxref\n"
    later = first + b"\n" + update + table.encode() + str(at + 1 + len(update)).encode() + b"\n%%EOF\n"
    assert b"blacked out" in later
    with pikepdf.open(io.BytesIO(clean(later)[1])) as pdf:
        assert [part.read_bytes() for part in pdf.objects if isinstance(part, pikepdf.Stream)] == []


@pytest.mark.parametrize(
    "change",
    [
        with_script,
        with_script_of_a_page,
        with_named_scripts,
        with_launch,
        with_file_inside,
        with_form_of_another_language,
    ],
)
@pytest.mark.parametrize("packed", [False, True])
def test_a_document_that_does_something_is_refused_however_it_is_packed(
    change: Callable[[pikepdf.Pdf], None], packed: bool
) -> None:
    streams = pikepdf.ObjectStreamMode.generate if packed else pikepdf.ObjectStreamMode.disable
    assert reason(document(change, object_stream_mode=streams)) == "active"


def test_a_script_whose_name_is_written_in_numbers_is_a_script() -> None:
    content = document(with_script).replace(b"/JavaScript", b"/J#61v#61Script").replace(b"/JS", b"/J#53")
    assert b"/JavaScript" not in content
    with pytest.raises(FileRefused) as refusal:
        documents.rewritten(_with_right_offsets(content))
    assert refusal.value.reason == "active"


def _with_right_offsets(content: bytes) -> bytes:
    """The same document with the table of its objects made new, its names as they are written."""
    objects = content[: content.rindex(b"xref\n", 0, content.rindex(b"startxref"))]
    numbers = [int(part.split()[-2]) for part in objects.split(b" obj")[:-1]]
    offsets = [objects.index(f"\n{number} 0 obj".encode()) + 1 for number in numbers]
    lines = "".join(f"{number} 1\n{offset:010} 00000 n \n" for number, offset in zip(numbers, offsets, strict=True))
    trailer = content[content.rindex(b"trailer") : content.rindex(b"startxref")]
    return (
        objects
        + b"xref\n0 1\n0000000000 65535 f \n"
        + lines.encode()
        + trailer
        + f"startxref\n{len(objects)}\n%%EOF\n".encode()
    )


def test_a_document_that_only_its_owner_may_open_is_refused() -> None:
    locked = document(encryption=pikepdf.Encryption(user="secret", owner="secret"))
    assert reason(locked) == "locked"


@pytest.mark.parametrize("content", [picture("JPEG"), picture("PNG"), picture("WEBP"), document()])
def test_a_file_cut_off_is_damaged(content: bytes) -> None:
    assert reason(content[: len(content) * 2 // 3]) == "damaged"


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "kind"),
        (b"<!doctype html><script>alert(1)</script>", "kind"),
        (b"GIF89a/*<svg/onload=alert(1)>*/=alert(1)", "kind"),
        (b"PK\x03\x04", "kind"),
        (b"\n%PDF-1.7", "kind"),
        (b"%PDF-1.7\n<script>alert(1)</script>", "damaged"),
        (b"\xff\xd8\xff<svg/onload=alert(1)>", "kind"),
    ],
)
def test_what_is_something_else_in_disguise_is_refused(content: bytes, why: str) -> None:
    assert reason(content) == why


@pytest.mark.parametrize("behind", [b"<script>alert(1)</script>", b"PK\x03\x04", b"\n1 0 obj\n<</S/JavaScript/JS(x)>>"])
@pytest.mark.parametrize("content", [picture("JPEG"), picture("PNG")])
def test_what_hides_behind_a_picture_stays_behind(content: bytes, behind: bytes) -> None:
    assert behind not in clean(content + behind)[1]


@pytest.mark.parametrize("size", [(8000, 8000), (50_000, 50_000)])
def test_a_picture_that_unfolds_to_too_many_pixels_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    header = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert reason(b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IDAT") == "too-much"
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 100 * 1024


def test_a_file_that_uses_up_the_limits_of_its_process_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    buffer = io.BytesIO()
    # Within the number of pixels, but as many bytes again for what is transparent.
    Image.new("RGBA", (7000, 7000), (1, 2, 3, 4)).save(buffer, "PNG")
    assert reason(buffer.getvalue()) == "too-much"
    assert program.MEMORY_BYTES == 512 * 1024 * 1024


@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()), ids=lambda path: path.name)
def test_hostile_uploads_lose_their_load_or_are_refused(path: Path) -> None:
    outcome = outcome_of(path.read_bytes())
    if isinstance(outcome, str):
        assert outcome in ("kind", "damaged")
    else:
        assert [word for word in ACTIVE_WORDS if word in outcome] == []


@example(cut=[(231, b"\x00")])
@given(cut=st.lists(st.tuples(st.integers(0, 5000), st.binary(max_size=4)), min_size=1, max_size=6))
@settings(max_examples=100, deadline=None)
def test_a_damaged_document_is_rewritten_or_refused_and_nothing_else(cut: list[tuple[int, bytes]]) -> None:
    content = document(with_launch)
    for at, put in cut:
        place = at % len(content)
        content = content[:place] + put + content[place + len(put) :]
    outcome = outcome_of(content, documents.rewritten)
    if isinstance(outcome, str):
        assert outcome in ("damaged", "active", "locked")
    else:
        assert b"/Launch" not in outcome


@given(st.binary(max_size=200))
def test_the_notes_of_a_camera_are_left_out_of_anything_without_failing(content: bytes) -> None:
    assert len(documents.without_camera_notes(b"\xff\xd8" + content)) <= len(content) + 2
