"""Pictures at the way in: decided by content, bounded before they are decoded, stored without what a camera wrote."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image
from pytest_django import Settings

from newsroom.models import Photo
from newsroom.photos import LARGEST_FILE, LONGEST_SIDE, store_photo
from newsroom.uploads.kinds import FileRefused

pytestmark = pytest.mark.django_db

CORPUS = Path(__file__).parents[1] / "corpora/uploads"
PLACE = "33.5138 N 36.2765 E"


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def picture(form: str = "JPEG", size: tuple[int, int] = (40, 30), mode: str = "RGB", color: object = "red") -> bytes:
    buffer = io.BytesIO()
    Image.new(mode, size, color).save(buffer, form)  # type: ignore[arg-type]
    return buffer.getvalue()


def stored(photo: Photo) -> Image.Image:
    with photo.file.open() as file:
        return Image.open(io.BytesIO(file.read()))


def outcome_of(content: bytes) -> Photo | str:
    """The stored photo, or the reason of the refusal."""
    try:
        return store_photo(content)
    except FileRefused as refusal:
        return refusal.reason


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_each_kind_of_picture_becomes_a_jpeg_named_by_its_bytes(form: str, media: Path) -> None:
    photo = store_photo(picture(form))
    assert (photo.width, photo.height, stored(photo).format) == (40, 30, "JPEG")
    assert [path.name for path in (media / "photos").iterdir()] == [photo.file_name]


def test_one_picture_sent_twice_is_one_photo(media: Path) -> None:
    assert store_photo(picture()) == store_photo(picture())
    assert (Photo.objects.count(), len(list((media / "photos").iterdir()))) == (1, 1)


def test_a_file_left_over_without_its_row_is_used_again(media: Path) -> None:
    Photo.objects.filter(pk=store_photo(picture()).pk).delete()
    again = store_photo(picture())
    assert [path.name for path in (media / "photos").iterdir()] == [again.file_name]


def test_the_longest_side_is_bounded_and_the_shape_kept() -> None:
    photo = store_photo(picture(size=(4000, 2000)))
    assert (photo.width, photo.height) == (LONGEST_SIDE, LONGEST_SIDE // 2)
    assert stored(photo).size == (photo.width, photo.height)


def test_a_small_picture_is_not_made_larger() -> None:
    assert (store_photo(picture(size=(3, 2))).width, Photo.objects.get().height) == (3, 2)


def test_nothing_that_the_camera_wrote_is_kept() -> None:
    metadata = Image.Exif()
    metadata[0x010E] = PLACE
    buffer = io.BytesIO()
    Image.new("RGB", (9, 9)).save(buffer, "JPEG", exif=metadata, comment=PLACE.encode())
    assert PLACE.encode() in buffer.getvalue()
    photo = store_photo(buffer.getvalue())
    with photo.file.open() as file:
        assert PLACE.encode() not in file.read()
    assert dict(stored(photo).getexif()) == {}


def test_a_picture_taken_sideways_is_turned_upright() -> None:
    metadata = Image.Exif()
    metadata[0x0112] = 6
    buffer = io.BytesIO()
    Image.new("RGB", (40, 30)).save(buffer, "JPEG", exif=metadata)
    photo = store_photo(buffer.getvalue())
    assert (photo.width, photo.height) == (30, 40)


def test_what_is_transparent_becomes_white() -> None:
    photo = store_photo(picture("PNG", mode="RGBA", color=(0, 0, 0, 0)))
    assert stored(photo).getpixel((5, 5)) == (255, 255, 255)


@pytest.mark.parametrize(
    "content", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"GIF89a", b"\xff\xd8\xff", b"x"]
)
def test_what_is_no_picture_of_ours_is_refused(content: bytes) -> None:
    assert outcome_of(content) == "kind"


def test_a_picture_cut_off_is_refused() -> None:
    noise = io.BytesIO()
    Image.effect_noise((64, 64), 90).save(noise, "PNG")
    assert outcome_of(noise.getvalue()[:-600]) == "damaged"


@pytest.mark.filterwarnings("ignore::PIL.Image.DecompressionBombWarning")
@pytest.mark.parametrize("size", [(8000, 8000), (12_000, 12_000), (30_000, 30_000)])
def test_a_picture_that_unfolds_to_too_many_pixels_is_refused_before_it_is_decoded(size: tuple[int, int]) -> None:
    header = struct.pack(">IIBBBBB", *size, 8, 2, 0, 0, 0)
    chunk = struct.pack(">I", 13) + b"IHDR" + header + struct.pack(">I", zlib.crc32(b"IHDR" + header))
    assert outcome_of(b"\x89PNG\r\n\x1a\n" + chunk + struct.pack(">I", 0) + b"IDAT") == "too-much"


def test_a_file_that_is_too_large_is_not_even_opened() -> None:
    assert outcome_of(b"\0" * (LARGEST_FILE + 1)) == "too-large"


@given(
    form=st.sampled_from(["JPEG", "PNG", "WEBP"]),
    changes=st.lists(st.tuples(st.integers(0, 700), st.integers(0, 255)), min_size=1, max_size=12),
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_damaged_picture_is_stored_or_refused_and_nothing_else(form: str, changes: list[tuple[int, int]]) -> None:
    content = bytearray(picture(form))
    for place, value in changes:
        content[place % len(content)] = value
    outcome = outcome_of(bytes(content))
    if isinstance(outcome, Photo):
        assert stored(outcome).size == (outcome.width, outcome.height)
    else:
        assert outcome in ("kind", "damaged", "too-much")


@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()), ids=lambda path: path.name)
def test_hostile_uploads_lose_their_load_or_are_refused(path: Path) -> None:
    outcome = outcome_of(path.read_bytes())
    if isinstance(outcome, str):
        assert outcome in ("kind", "damaged")
        return
    with outcome.file.open() as file:
        content = file.read()
    assert [sign for sign in (b"<script", b"<?php", b"onclick", b"onmouseover") if sign in content] == []
