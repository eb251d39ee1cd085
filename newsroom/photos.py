"""Photos at the way in: decoded, made smaller, encoded again. What a camera wrote beside the picture is gone."""

import hashlib
import io

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageOps, UnidentifiedImageError

from newsroom.models import Photo

#: Bytes and pixels beyond which nothing is decoded.
LARGEST_FILE = 20 * 1024 * 1024
MOST_PIXELS = 50_000_000
LONGEST_SIDE = 1600
QUALITY = 82
_FORMATS = ("JPEG", "PNG", "WEBP")


class PhotoRefused(Exception):
    """The bytes are no picture that we take; `reason` is a coded word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def store_photo(content: bytes) -> Photo:
    """Stores a picture and returns its row; the same picture is stored once.

    Decides by content, not by name: JPEG, PNG or WebP. Turns it upright, shrinks it to LONGEST_SIDE pixels,
    encodes it as JPEG without metadata, writes the file under the hash of its bytes.
    Raises PhotoRefused: too-large, too-many-pixels, no-picture.
    """
    if len(content) > LARGEST_FILE:
        raise PhotoRefused("too-large")
    picture = _decoded(content)
    encoded = _encoded(picture)
    digest = hashlib.sha256(encoded).hexdigest()
    name = f"photos/{digest}.jpg"
    # The file may lie there without its row, after a transaction that was rolled back; its bytes are these.
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(encoded))
    photo, _made = Photo.objects.get_or_create(
        digest=digest, defaults={"file": name, "width": picture.width, "height": picture.height}
    )
    return photo


def _decoded(content: bytes) -> Image.Image:
    try:
        opened = Image.open(io.BytesIO(content), formats=_FORMATS)
        if opened.width * opened.height > MOST_PIXELS:
            raise PhotoRefused("too-many-pixels")
        upright = _on_white(ImageOps.exif_transpose(opened))
    except Image.DecompressionBombError as error:
        raise PhotoRefused("too-many-pixels") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise PhotoRefused("no-picture") from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    return upright


def _on_white(picture: Image.Image) -> Image.Image:
    """The picture without transparency; a plain conversion would show what is transparent in black."""
    if not picture.has_transparency_data:
        return picture.convert("RGB")
    opaque = picture.convert("RGBA")
    white = Image.new("RGBA", opaque.size, "white")
    return Image.alpha_composite(white, opaque).convert("RGB")


def _encoded(picture: Image.Image) -> bytes:
    # A new image holds the pixels alone: nothing of the old one's metadata can come along.
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    buffer = io.BytesIO()
    clean.save(buffer, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return buffer.getvalue()
