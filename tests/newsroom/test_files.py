"""Photos and the sign for robots: known names alone, for ever the same."""

import io
from pathlib import Path

import pytest
from django.test import Client
from PIL import Image
from pytest_django import Settings

from newsroom.models import Photo
from newsroom.photos import store_photo

pytestmark = pytest.mark.django_db


@pytest.fixture
def photo(settings: Settings, tmp_path: Path) -> Photo:
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "secret.jpg").write_bytes(b"secret")
    buffer = io.BytesIO()
    Image.new("RGB", (8, 6), "blue").save(buffer, "PNG")
    return store_photo(buffer.getvalue())


def test_a_photo_is_kept_by_caches_for_ever_and_never_taken_for_anything_else(photo: Photo, client: Client) -> None:
    answer = client.get(f"/media/photos/{photo.file_name}")
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert b"".join(answer.streaming_content) == photo.file.read()  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "name",
    [
        "../secret.jpg",
        "..%2fsecret.jpg",
        "secret.jpg",
        "a" * 64 + ".jpg",
        "A" * 64 + ".jpg",
        "a" * 64 + ".svg",
        "",
        ".",
    ],
)
def test_any_other_name_is_not_found(photo: Photo, client: Client, name: str) -> None:
    assert client.get(f"/media/photos/{name}").status_code == 404


@pytest.mark.parametrize("name", ["notes.jpg", "{photo}.jpg", "{photo}.bak", "x{photo}", ".htaccess"])
def test_a_file_that_is_no_photo_is_not_served_although_it_lies_among_them(
    photo: Photo, client: Client, settings: Settings, name: str
) -> None:
    name = name.format(photo=photo.file_name)
    (settings.MEDIA_ROOT / "photos" / name).write_bytes(b"secret")
    assert client.get(f"/media/photos/{name}").status_code == 404


def test_robots_stay_out_of_what_is_nobodys_business(client: Client, db: None) -> None:
    answer = client.get("/robots.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    lines = answer.content.decode().splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /*/desk/", "Disallow: /*/my-case/", "Disallow: /*/open/"} <= set(lines)
