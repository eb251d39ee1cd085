"""Pictures as pixels alone: upright, on white, without what a camera or a person wrote beside them."""

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from newsroom.uploads.kinds import FileKind, FileRefused

#: Pixels beyond which nothing is decoded.
MOST_PIXELS = 50_000_000
#: Pixels of the longer side that evidence keeps: the small print of a photographed page stays legible.
LONGEST_SIDE = 3000
#: Bytes beyond which a picture without loss is kept as a JPEG instead.
LARGEST_LOSSLESS = 4 * 1024 * 1024
_FORMATS = ("JPEG", "PNG", "WEBP")


def decoded(content: bytes, longest_side: int) -> Image.Image:
    """The pixels of a JPEG, PNG or WebP (of a moving one the first), upright, opaque, at most `longest_side` pixels.

    The number of pixels is read and judged before anything is decoded.
    Raises FileRefused: kind (no picture that we know), too-much, damaged.
    """
    try:
        opened = Image.open(io.BytesIO(content), formats=_FORMATS)
        if opened.width * opened.height > MOST_PIXELS:
            raise FileRefused("too-much")
        # A JPEG can be decoded at a fraction of its size, in a fraction of the memory.
        opened.draft("RGB", (longest_side, longest_side))
        # Smaller before anything copies it: the process that runs this has little memory (newsroom.uploads.program).
        opened.thumbnail((longest_side, longest_side))
        return _on_white(ImageOps.exif_transpose(opened))
    except (Image.DecompressionBombError, MemoryError) as error:
        raise FileRefused("too-much") from error
    except UnidentifiedImageError as error:
        raise FileRefused("kind") from error
    except (OSError, SyntaxError, ValueError, EOFError) as error:
        raise FileRefused("damaged") from error


def encoded(picture: Image.Image, kind: FileKind, quality: int) -> bytes:
    """The bytes of a new image that holds the pixels alone: nothing of the old one's metadata can come along."""
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    buffer = io.BytesIO()
    if kind is FileKind.PNG:
        clean.save(buffer, "PNG", optimize=True)
    else:
        clean.save(buffer, "JPEG", quality=quality, optimize=True, progressive=True)
    return buffer.getvalue()


def rewritten(content: bytes) -> tuple[FileKind, bytes]:
    """A picture as evidence: a PNG stays without loss while it is small enough, everything else becomes a JPEG.

    Raises FileRefused: kind (no picture that we know), too-much, damaged.
    """
    picture = decoded(content, LONGEST_SIDE)
    if content.startswith(b"\x89PNG"):
        lossless = encoded(picture, FileKind.PNG, 0)
        if len(lossless) <= LARGEST_LOSSLESS:
            return FileKind.PNG, lossless
    return FileKind.JPEG, encoded(picture, FileKind.JPEG, 90)


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture without transparency; a plain conversion would show what is transparent in black."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    opaque = picture.convert("RGBA")
    white = Image.new("RGBA", opaque.size, "white")
    return Image.alpha_composite(white, opaque).convert("RGB")
