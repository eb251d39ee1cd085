"""The receipt is shown once: kept as text, as a QR code or by hand, and then shown no more."""

import io
from datetime import UTC, datetime, timedelta

import pytest
import segno
import time_machine
import zxingcpp
from django.test import Client
from PIL import Image

from corrections.models import Case
from corrections.reader import receipt_files
from newsroom.models import Article
from newsroom.privacy import PRIVATE_HEADERS
from tests.corrections.reader.pages import fill_correction, press, receipt_in

MORNING = datetime(2025, 2, 17, 9, 0, tzinfo=UTC)
TEXT, PICTURE = "/ar/received/code.txt", "/ar/received/code.svg"
SHOWN_NO_MORE = "ظهر رمز هذا الطلب مرة، ولا يظهر ثانية."


@pytest.fixture(autouse=True)
def on_a_monday() -> object:
    with time_machine.travel(MORNING, tick=False) as clock:
        yield clock


@pytest.fixture
def groups(reader: Client, article: Article) -> list[str]:
    """The receipt of a report that was just sent."""
    path = f"/ar/{article.pk}/correction/"
    return receipt_in(reader.post(path, fill_correction(reader, path), follow=True).content.decode())


def test_the_text_file_holds_number_code_address_and_day_and_nothing_of_the_report(
    reader: Client, groups: list[str]
) -> None:
    answer = reader.get(TEXT)
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert answer["Content-Disposition"] == 'attachment; filename="2025-0001.txt"'
    assert {name: answer[name] for name in PRIVATE_HEADERS} == PRIVATE_HEADERS
    assert answer.content.decode("utf-8-sig").split("\r\n") == [
        "رقم الطلب 2025/0001",
        "",
        "رمز المتابعة السري:",
        " ".join(groups),
        "",
        "يُكتب هذا الرمز هنا:",
        "http://127.0.0.1:8000/ar/case/",
        "",
        "القرار متوقع قبل نهاية يوم الاثنين 24 شباط 2025.",
        "",
    ]


def test_a_phone_reads_address_and_code_from_the_picture(reader: Client, groups: list[str]) -> None:
    answer = reader.get(PICTURE)
    assert answer["Content-Type"] == "image/svg+xml"
    words = f"http://127.0.0.1:8000/ar/case/\n{' '.join(groups)}"
    assert answer.content == receipt_files.picture("".join(groups), "http://127.0.0.1:8000/ar/case/")
    drawn = io.BytesIO()
    segno.make(words, error="m", micro=False).save(drawn, kind="png", scale=4, border=4)
    [read] = zxingcpp.read_barcodes(Image.open(drawn).convert("L"))
    assert read.text == words


def test_a_reload_still_shows_it_and_the_button_ends_it(reader: Client, groups: list[str]) -> None:
    assert receipt_in(reader.get("/ar/received/").content.decode()) == groups
    answer = press(reader, "/ar/received/", "/ar/received/saved/")
    assert (answer.status_code, answer["Location"]) == (303, f"/ar/received/?report={Case.objects.get().number}")
    answer = reader.get("/ar/received/")
    page = answer.content.decode()
    assert (answer.status_code, SHOWN_NO_MORE in page, groups[0] in page) == (200, True, False)
    assert [reader.get(address).status_code for address in (TEXT, PICTURE)] == [404, 404]
    assert reader.get("/ar/my-case/").status_code == 200


def test_looking_changes_nothing(reader: Client, groups: list[str]) -> None:
    for address in (TEXT, PICTURE, "/ar/received/", TEXT, PICTURE):
        assert reader.get(address).status_code == 200
    assert reader.get("/ar/received/saved/").status_code == 405
    assert receipt_in(reader.get("/ar/received/").content.decode()) == groups


def test_a_page_left_open_stops_showing_it(
    reader: Client, groups: list[str], on_a_monday: time_machine.Traveller
) -> None:
    on_a_monday.shift(timedelta(minutes=15))
    assert receipt_in(reader.get("/ar/received/").content.decode()) == groups
    on_a_monday.shift(timedelta(seconds=1))
    assert SHOWN_NO_MORE in reader.get("/ar/received/").content.decode()
    assert reader.get(TEXT).status_code == 404


def test_sending_the_same_form_again_shows_it_again(reader: Client, article: Article) -> None:
    path = f"/ar/{article.pk}/correction/"
    fields = fill_correction(reader, path)
    first = receipt_in(reader.post(path, fields, follow=True).content.decode())
    press(reader, "/ar/received/", "/ar/received/saved/")
    assert reader.get(TEXT).status_code == 404
    assert receipt_in(reader.post(path, fields, follow=True).content.decode()) == first


def test_a_stranger_gets_neither_text_nor_picture(stranger: Client, groups: list[str]) -> None:
    assert [stranger.get(address).status_code for address in (TEXT, PICTURE)] == [404, 404]
    answer = Client().post("/ar/received/saved/", {"case": Case.objects.get().number})
    assert (answer.status_code, answer["Location"]) == (303, "/ar/received/")


def test_who_opens_the_report_with_its_code_is_not_shown_the_code(groups: list[str]) -> None:
    other = Client()
    other.post("/ar/case/", {"receipt": "".join(groups)})
    assert SHOWN_NO_MORE in other.get("/ar/received/").content.decode()
    assert other.get(TEXT).status_code == 404
