"""Photos at the way in: decoded, made smaller, encoded again. What a camera wrote beside the picture is gone."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from newsroom.models import Photo
from newsroom.uploads import pictures
from newsroom.uploads.kinds import FileKind, FileRefused

#: Bytes beyond which nothing is decoded.
LARGEST_FILE = 20 * 1024 * 1024
LONGEST_SIDE = 1600
QUALITY = 82


def store_photo(content: bytes) -> Photo:
    """Stores a picture and returns its row; the same picture is stored once.

    Decides by content, not by name: JPEG, PNG or WebP. Turns it upright, shrinks it to LONGEST_SIDE pixels,
    encodes it as JPEG without metadata, writes the file under the hash of its bytes.
    Raises FileRefused: too-large, too-much (pixels), kind (no such picture), damaged.
    """
    if len(content) > LARGEST_FILE:
        raise FileRefused("too-large")
    picture = pictures.decoded(content, LONGEST_SIDE)
    encoded = pictures.encoded(picture, FileKind.JPEG, QUALITY)
    digest = hashlib.sha256(encoded).hexdigest()
    name = f"photos/{digest}.jpg"
    # The file may lie there without its row, after a transaction that was rolled back; its bytes are these.
    if not default_storage.exists(name):
        default_storage.save(name, ContentFile(encoded))
    photo, _made = Photo.objects.get_or_create(
        digest=digest, defaults={"file": name, "width": picture.width, "height": picture.height}
    )
    return photo
