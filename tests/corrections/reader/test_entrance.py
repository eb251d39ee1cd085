"""Coming back: by the receipt as a person types it, or by a link that only its button spends."""

from collections.abc import Callable, Iterator

import pytest
import time_machine
from django.test import Client

from corrections.domain import abuse
from corrections.domain.intake import Receipted
from corrections.models import Case, Delivery
from corrections.notifications.links import token_of
from corrections.receipts import derive_receipt
from newsroom.models import Article
from newsroom.privacy import PRIVATE_HEADERS
from tests.corrections.reader.pages import faults_in, hidden_fields, open_case, post_raw, press
from tests.factories import NOW, submit

PATH = "/ar/case/"
ARABIC_INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")


@pytest.fixture(autouse=True)
def at_that_time() -> Iterator[None]:
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def receipted(article: Article) -> Receipted:
    return submit(article, wants_mail=True, address="reader@example.net")


@pytest.fixture
def link(receipted: Receipted) -> str:
    return f"/ar/open/{token_of(Delivery.objects.get(audience='reader'))}/"


@pytest.mark.parametrize(
    "typing",
    [
        str,
        lambda receipt: " ".join(receipt[start : start + 4] for start in range(0, 24, 4)),
        lambda receipt: "\u00a0".join(receipt[start : start + 4] for start in range(0, 24, 4)),
        lambda receipt: f"\u200f{receipt[:12]}–{receipt[12:]}\n".translate(ARABIC_INDIC),
    ],
)
def test_the_receipt_opens_the_case_however_it_is_typed(
    reader: Client, receipted: Receipted, typing: Callable[[str], str]
) -> None:
    answer = press(reader, PATH, PATH, receipt=typing(receipted.receipt))
    assert (answer.status_code, answer["Location"]) == (303, "/ar/my-case/")
    assert receipted.case.number in reader.get("/ar/my-case/").content.decode()


def test_the_page_behind_a_link_names_the_article_and_the_number_before_anything_is_pressed(
    stranger: Client, receipted: Receipted, link: str
) -> None:
    page = stranger.get(link).content.decode()
    assert "عودة ضخ المياه إلى عين الزيتون" in page
    assert f'تصحيح <bdi class="code">{receipted.case.number}</bdi>' in page
    assert receipted.case.summary not in page


def test_the_receipt_stands_in_no_address_and_on_no_page(reader: Client, receipted: Receipted) -> None:
    answer = open_case(reader, receipted)
    page = reader.get("/ar/my-case/").content.decode()
    assert receipted.receipt not in answer["Location"] + page
    assert "\u00a0".join(receipted.receipt[start : start + 4] for start in range(0, 24, 4)) not in page


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "يتكون الرمز من 24 رقمًا، ولا أرقام هنا"),
        ("١٢٣٤", "يتكون الرمز من 24 رقمًا، والمكتوب 4 أرقام"),
        ("1" * 24, "أحد الأرقام غير صحيح. تكفي مقارنته بالرمز المحفوظ"),
        ("0" * 24, "لا يوجد طلب بهذا الرمز. يتكون الرمز من 24 رقمًا"),
        ("2025/0001", "لا يوجد طلب بهذا الرمز. يتكون الرمز من 24 رقمًا"),
        ("1234\0", "لا يوجد طلب بهذا الرمز. يتكون الرمز من 24 رقمًا"),
        ("\u202e1234", "يتكون الرمز من 24 رقمًا، والمكتوب 4 أرقام"),
        ("ا" + "\u064e" * 10_000, "لا يوجد طلب بهذا الرمز. يتكون الرمز من 24 رقمًا"),
        ("<script>alert(1)</script>", "لا يوجد طلب بهذا الرمز. يتكون الرمز من 24 رقمًا"),
    ],
)
def test_what_is_no_receipt_is_explained_once_and_kept(reader: Client, db: None, typed: str, sentence: str) -> None:
    answer = press(reader, PATH, PATH, receipt=typed)
    page = answer.content.decode()
    assert (answer.status_code, faults_in(page), page.count("<title>خطأ:")) == (422, [sentence], 1)
    assert "<script>alert" not in page


def test_half_a_character_is_no_receipt(reader: Client, db: None) -> None:
    answer = post_raw(reader, PATH, hidden_fields(reader.get(PATH).content.decode()), receipt=b"\xed\xa0\x80")
    assert faults_in(answer.content.decode()) == ["لا يوجد طلب بهذا الرمز. يتكون الرمز من 24 رقمًا"]


def test_guesses_are_limited_for_one_network_and_not_for_another(
    reader: Client, receipted: Receipted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(abuse, "OPEN_CASE", abuse.Allowance("open case", 2, 3600))
    wrong = derive_receipt(b"another key", "another submission")
    fields = hidden_fields(reader.get(PATH).content.decode())
    answers = [reader.post(PATH, {**fields, "receipt": wrong}, REMOTE_ADDR="198.51.100.7") for _guess in range(3)]
    assert [answer.status_code for answer in answers] == [422, 422, 429]
    assert int(answers[2]["Retry-After"]) > 0
    right = {**fields, "receipt": receipted.receipt}
    assert reader.post(PATH, right, REMOTE_ADDR="198.51.100.7").status_code == 429
    assert reader.post(PATH, right, REMOTE_ADDR="203.0.113.9").status_code == 303


def test_an_expired_page_is_opened_by_pressing_again(reader: Client, receipted: Receipted) -> None:
    answer = reader.post(PATH, {"receipt": receipted.receipt, "csrfmiddlewaretoken": "x" * 64})
    page = answer.content.decode()
    assert (answer.status_code, faults_in(page)) == (403, ["انتهت مدة الصفحة. يكفي الضغط على الزر مرة ثانية"])
    assert {name: answer[name] for name in PRIVATE_HEADERS} == PRIVATE_HEADERS
    assert f'value="{receipted.receipt}"' in page
    assert reader.post(PATH, {**hidden_fields(page), "receipt": receipted.receipt}).status_code == 303


def test_looking_at_a_link_spends_nothing(reader: Client, link: str, row_counts: Callable[[], dict[str, int]]) -> None:
    before = row_counts()
    answers = [reader.get(link), reader.head(link), reader.get(link)]
    assert [answer.status_code for answer in answers] == [200, 200, 200]
    assert row_counts() == before
    assert reader.get("/ar/my-case/")["Location"] == "/ar/case/"


def test_the_button_spends_the_link_once(reader: Client, stranger: Client, link: str) -> None:
    answer = press(reader, link, link)
    assert (answer.status_code, answer["Location"]) == (303, "/ar/my-case/")
    assert [stranger.get(link).status_code, stranger.post(link).status_code] == [404, 404]
    assert stranger.get("/ar/my-case/")["Location"] == "/ar/case/"


def test_the_button_of_an_expired_page_is_pressed_again(reader: Client, link: str) -> None:
    answer = reader.post(link, {"csrfmiddlewaretoken": "x" * 64})
    page = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"], answer["Referrer-Policy"]) == (
        403,
        "no-store, private",
        "strict-origin",
    )
    assert "انتهت مدة الصفحة. يكفي الضغط على الزر مرة ثانية" in page
    assert reader.post(link, hidden_fields(page)).status_code == 303


@pytest.mark.parametrize("token", ["x", "-1", "9" * 300, "%F0%9F%92%A9", "..%2F", "<script>"])
def test_a_link_that_never_was_says_so_and_offers_the_code(reader: Client, db: None, token: str) -> None:
    answer = reader.get(f"/ar/open/{token}/")
    assert answer.status_code == 404
    assert "<script>" not in answer.content.decode()


def test_a_link_is_looked_up_by_its_hash_so_the_number_of_a_case_opens_nothing(
    reader: Client, receipted: Receipted
) -> None:
    assert reader.get(f"/ar/open/{receipted.case.pk}/").status_code == 404
    assert Case.objects.get().reader_seen_at is None
