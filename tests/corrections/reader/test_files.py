"""Evidence on the own case: the report is safe whatever happens to a file, and a file can harm nobody."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, RequestFactory
from pytest_django import Settings

from corrections.domain import abuse, evidence, identity, opening, retention
from corrections.domain.cases import CaseChanged
from corrections.domain.intake import Receipted
from corrections.models import Attachment, Case, Delivery, Event
from newsroom.models import Article, StaffMember
from newsroom.privacy import PRIVATE_HEADERS
from newsroom.uploads.rewrite import CleanFile
from tests.corrections.files import SECRET, add_file, document, picture
from tests.corrections.reader.pages import faults_in, hidden_fields, open_case, take_up
from tests.factories import NOW, make_case, submit

PAGE, CASE = "/ar/my-case/files/", "/ar/my-case/"
MEGABYTE = 1024 * 1024


@pytest.fixture(autouse=True)
def at_that_time() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


@pytest.fixture(autouse=True)
def private_place(settings: Settings, tmp_path: Path) -> Path:
    """The folder where evidence lies during a test."""
    place = tmp_path / "evidence"
    backend = settings.STORAGES["evidence"]
    changed = {**backend, "OPTIONS": {**backend["OPTIONS"], "location": place}}
    settings.STORAGES = {**settings.STORAGES, "evidence": changed}
    return place


@pytest.fixture
def case(reader: Client, article: Article) -> Case:
    """A case that the reader's browser has opened."""
    receipted = submit(article, text="الرقم 1,200.")
    open_case(reader, receipted)
    return receipted.case


def send(reader: Client, content: bytes, called: str = "photo.jpg", **other: Any) -> Any:
    """Adds a file as the page's form does."""
    fields = hidden_fields(reader.get(PAGE).content.decode())
    return reader.post(PAGE, {**fields, "file": SimpleUploadedFile(called, content), **other})


def kept(place: Path) -> list[str]:
    return sorted(path.name for path in place.iterdir()) if place.exists() else []


def test_the_page_says_that_the_text_is_safe_and_what_is_taken(reader: Client, case: Case) -> None:
    answer = reader.get(PAGE)
    page = answer.content.decode()
    assert {name: answer[name] for name in PRIVATE_HEADERS} == PRIVATE_HEADERS
    assert "فلن تضيع منها كلمة" in page
    assert "عدد الملفات: حتى 3، وحجم كل ملف حتى 5 ميغابايت." in page
    assert 'accept="image/jpeg,image/png,image/webp,application/pdf"' in page


def test_a_picture_is_kept_without_what_the_camera_wrote_and_under_a_name_of_ours(
    reader: Client, case: Case, private_place: Path
) -> None:
    answer = send(reader, picture(), "IMG_Huda.jpg")
    assert (answer.status_code, answer["Location"]) == (303, PAGE)
    file = Attachment.objects.get(case=case)
    assert kept(private_place) == [file.stored_name]
    stored = (private_place / file.stored_name).read_bytes()
    assert (SECRET in picture(), SECRET in stored, "Huda" in file.stored_name) == (True, False, False)
    assert "صورة 1" in reader.get(PAGE).content.decode()
    assert "أُضيف ملف." in reader.get(CASE).content.decode()


def test_a_stored_file_is_readable_by_this_account_alone(reader: Client, case: Case, private_place: Path) -> None:
    send(reader, picture())
    modes = [path.stat().st_mode & 0o777 for path in (private_place, next(private_place.iterdir()))]
    assert modes == [0o700, 0o600]


def test_the_reader_downloads_it_in_a_way_that_runs_nothing(reader: Client, case: Case) -> None:
    send(reader, document(), "report.pdf")
    answer = reader.get(f"{PAGE}{case.year}/{case.sequence}/1/")
    assert answer.content.startswith(b"%PDF-")
    assert {name: answer[name] for name in PRIVATE_HEADERS} == PRIVATE_HEADERS
    assert (answer["Content-Type"], answer["Content-Disposition"]) == (
        "application/pdf",
        f'attachment; filename="{case.year}-{case.sequence:04d}-1.pdf"',
    )
    assert (answer["Content-Security-Policy"], answer["X-Content-Type-Options"]) == (
        "default-src 'none'; sandbox",
        "nosniff",
    )


def test_nobody_else_reaches_it(reader: Client, case: Case, stranger: Client, article: Article) -> None:
    other = make_case(article)
    add_file(other)
    send(reader, picture())
    address = f"{PAGE}{case.year}/{case.sequence}/1/"
    assert stranger.get(address).status_code == 404
    assert stranger.post(f"{address}remove/").status_code == 404
    assert reader.get(f"{PAGE}{other.year}/{other.sequence}/1/").status_code == 404
    assert [reader.get(f"{PAGE}{case.year}/{case.sequence}/{number}/").status_code for number in (2, 10**20)] == [
        404,
        404,
    ]
    assert Attachment.objects.count() == 2


def test_without_an_opened_case_the_page_asks_for_the_code(stranger: Client, row_counts: Any) -> None:
    before = row_counts()
    assert [stranger.get(PAGE)["Location"], stranger.post(PAGE)["Location"]] == ["/ar/case/", "/ar/case/"]
    assert row_counts() == before


@pytest.mark.parametrize(
    ("content", "called", "sentence"),
    [
        (b"", "empty.png", "الملف “\u2068empty.png\u2069” فارغ"),
        (
            b"<svg onload='alert(1)'/>",
            "photo.jpg",
            "لا يمكن قبول الملف “\u2068photo.jpg\u2069”. الأنواع المقبولة: JPEG وPNG وWebP وPDF",
        ),
        (
            picture("PNG")[:-30],
            "photo\u202egpj.exe",
            "الملف “\u2068photogpj.exe\u2069” ناقص أو تالف. يمكن اختياره مرة أخرى، أو إرسال صورة عنه",
        ),
        (b"\0" * (5 * MEGABYTE + 1), "large.pdf", "الملف “\u2068large.pdf\u2069” أكبر من 5 ميغابايت"),
        (b"\0" * (19 * MEGABYTE), "huge.pdf", "الملف “\u2068huge.pdf\u2069” أكبر من 5 ميغابايت"),
    ],
    ids=["empty", "disguised", "truncated", "too large", "far too large"],
)
def test_what_is_not_taken_is_said_beside_the_field(
    reader: Client, case: Case, private_place: Path, content: bytes, called: str, sentence: str
) -> None:
    answer = send(reader, content, called)
    page = answer.content.decode()
    assert (answer.status_code, faults_in(page)) == (422, [sentence])
    assert page.count(sentence) == 2
    assert '<p class="err" id="id_file_error">' in page
    assert (Attachment.objects.count(), kept(private_place), Event.objects.filter(case=case).count()) == (0, [], 1)


def test_no_file_at_all_is_said(reader: Client, case: Case) -> None:
    fields = hidden_fields(reader.get(PAGE).content.decode())
    assert faults_in(reader.post(PAGE, fields).content.decode()) == ["يلزم اختيار ملف"]


def test_a_body_far_beyond_any_file_is_refused_before_it_is_read_with_the_true_limit(
    reader: Client, case: Case, settings: Settings
) -> None:
    settings.EVIDENCE_MEGABYTES = 1
    answer = send(reader, b"\0" * (8 * MEGABYTE))
    assert (answer.status_code, "أكبر حجم للملف هنا 1 ميغابايت" in answer.content.decode()) == (413, True)


def test_other_addresses_keep_nothing_of_a_file(rf: RequestFactory) -> None:
    upload = SimpleUploadedFile("large.bin", b"\0" * MEGABYTE)
    received: Any = rf.post("/", {"extra": upload}).FILES["extra"]
    assert (received.size, received.read()) == (MEGABYTE, b"")


def test_other_addresses_refuse_a_large_file_before_it_is_read(reader: Client, case: Case) -> None:
    fields = hidden_fields(reader.get(CASE).content.decode())
    upload = SimpleUploadedFile("huge.bin", b"\0" * 3 * MEGABYTE)
    answer = reader.post("/ar/my-case/write/", {**fields, "text": "كلمة", "extra": upload})
    assert (answer.status_code, "4,000" in answer.content.decode()) == (413, True)


def test_a_second_press_adds_it_once_and_another_file_from_the_same_page_is_another(reader: Client, case: Case) -> None:
    fields = hidden_fields(reader.get(PAGE).content.decode())
    for content in (picture(), picture(), document()):
        answer = reader.post(PAGE, {**fields, "file": SimpleUploadedFile("file", content)})
        assert answer.status_code == 303
    assert list(Attachment.objects.values_list("position", "kind")) == [(1, "jpg"), (2, "pdf")]


def test_the_number_of_files_is_limited_and_one_removed_makes_room(
    reader: Client, case: Case, private_place: Path
) -> None:
    for form in ("JPEG", "PNG", "WEBP"):
        send(reader, picture(form))
    page = reader.get(PAGE).content.decode()
    assert ("للطلب 3 ملفات، وهو الحد الأقصى" in page, '<input type="file"' in page) == (True, False)
    answer = send(reader, document(), form_token=hidden_fields(_empty_page(reader))["form_token"], case=case.number)
    assert faults_in(answer.content.decode()) == ["الحد الأقصى 3 ملفات"]
    remove(reader, case, 2)
    assert send(reader, document()).status_code == 303
    assert list(Attachment.objects.values_list("position", flat=True)) == [1, 3, 4]


def _empty_page(reader: Client) -> str:
    """The page with its form, as it would be after a file was removed."""
    fields = hidden_fields(reader.get(CASE).content.decode())
    page: str = reader.post(PAGE, {**fields, "form_token": "forged"}).content.decode()
    return page


def remove(reader: Client, case: Case, position: int) -> Any:
    fields = hidden_fields(reader.get(PAGE).content.decode())
    return reader.post(f"{PAGE}{case.year}/{case.sequence}/{position}/remove/", fields)


def test_removing_twice_is_removing_once(
    reader: Client, case: Case, private_place: Path, django_capture_on_commit_callbacks: Any
) -> None:
    send(reader, picture())
    with django_capture_on_commit_callbacks(execute=True):
        answers = [remove(reader, case, 1) for _press in range(2)]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [(303, PAGE)] * 2
    happened = list(Event.objects.filter(case=case).values_list("happening", flat=True))
    assert (happened, kept(private_place)) == (["received", "file_added", "file_removed"], [])


def test_a_file_arrives_although_the_desk_was_faster(
    reader: Client, case: Case, editor: StaffMember, monkeypatch: pytest.MonkeyPatch
) -> None:
    stale = opening.fetch_opened(case.pk)
    take_up(case, editor)
    monkeypatch.setattr("corrections.reader.grants.granted_case", lambda *_asked: stale)
    assert send(reader, picture()).status_code == 303
    assert Attachment.objects.filter(case=case).count() == 1


def test_a_full_disk_refuses_the_file_and_says_that_the_report_is_safe(
    reader: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_clean: CleanFile) -> str:
        raise evidence.FileNotKept

    monkeypatch.setattr(evidence, "_store", full)
    answer = send(reader, picture())
    assert (answer.status_code, faults_in(answer.content.decode())) == (
        503,
        ["تعذّر حفظ الملف. الطلب محفوظ، وتمكن إعادة المحاولة لاحقًا"],
    )


def test_a_disk_that_takes_nothing_is_a_full_disk(case: Case, private_place: Path) -> None:
    private_place.write_bytes(b"a file where the folder should be")
    with pytest.raises(evidence.FileNotKept):
        add_file(case)
    assert Attachment.objects.count() == 0


def test_a_change_that_is_lost_leaves_no_file_behind(case: Case, editor: StaffMember, private_place: Path) -> None:
    stale = Case.objects.get(pk=case.pk)
    take_up(case, editor)
    with pytest.raises(CaseChanged):
        add_file(stale)
    assert kept(private_place) == []


def test_an_expired_page_says_so_and_takes_the_file_the_next_time(
    reader: Client, case: Case, at_that_time: time_machine.Traveller
) -> None:
    fields = hidden_fields(reader.get(PAGE).content.decode())
    for changed in ({"form_token": "forged"}, {"csrfmiddlewaretoken": "forged"}):
        upload = SimpleUploadedFile("photo.jpg", picture())
        answer = reader.post(PAGE, {**fields, **changed, "file": upload})
        page = answer.content.decode()
        assert (answer.status_code, faults_in(page)) == (
            403,
            ["انتهت صلاحية هذه الصفحة. يلزم اختيار الملف مرة أخرى وإرساله"],
        )
        assert 'type="file"' in page
    assert Attachment.objects.count() == 0


def test_too_many_files_from_one_network_have_to_wait(
    reader: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(abuse, "ADD_FILE", abuse.Allowance("add file", 1, 3600))
    assert send(reader, picture()).status_code == 303
    answer = send(reader, document())
    assert (answer.status_code, "Retry-After" in answer) == (429, True)


@pytest.mark.parametrize("status", ["withdrawn", "closed"])
def test_a_case_that_has_ended_takes_no_files(reader: Client, case: Case, status: str) -> None:
    Case.objects.filter(pk=case.pk).update(status=status, decided_at=NOW)
    page = reader.get(PAGE).content.decode()
    assert ('type="file"' in page, "انتهت معالجة الطلب، فلا تمكن إضافة ملفات." in page) == (False, True)
    fields = hidden_fields(reader.get(CASE).content.decode())
    token = hidden_fields(_empty_page(reader))["form_token"]
    answer = reader.post(PAGE, {**fields, "form_token": token, "file": SimpleUploadedFile("a", picture())})
    assert faults_in(answer.content.decode()) == ["انتهت معالجة الطلب، فلا تمكن إضافة ملفات"]


def test_the_editor_who_has_the_case_is_told_and_an_untouched_case_makes_no_mail(
    reader: Client, case: Case, editor: StaffMember
) -> None:
    send(reader, picture())
    take_up(Case.objects.get(pk=case.pk), editor)
    send(reader, document())
    told = Delivery.objects.filter(template="file_added").values_list("audience", "staff_member")
    assert list(told) == [("assignee", editor.pk)]


def test_the_desk_sees_and_downloads_it(case: Case, editor: StaffMember, signed_in: Any) -> None:
    file = add_file(case, picture("PNG"))
    desk = signed_in(editor)
    page = desk.get(f"/ar/desk/cases/{case.year}/{case.sequence}/").content.decode()
    assert f'<bdi>صورة 1</bdi></a> <span class="muted small">\u2068PNG\u2069، {-(-file.bytes // 1024)} كيلوبايت' in page
    answer = desk.get(f"/ar/desk/cases/{case.year}/{case.sequence}/files/1/")
    assert (answer["Content-Type"], answer["Content-Security-Policy"]) == ("image/png", "default-src 'none'; sandbox")
    assert answer["Content-Disposition"].startswith("attachment;")


def test_deleting_the_data_deletes_the_files_of_everything_sent_together(
    reader: Client, receipted: Receipted, private_place: Path, django_capture_on_commit_callbacks: Any
) -> None:
    add_file(receipted.case)
    other = make_case(receipted.case.article)
    Case.objects.filter(pk=other.pk).update(sent_with=receipted.case)
    add_file(other)
    with django_capture_on_commit_callbacks(execute=True):
        identity.erase(Case.objects.get(pk=receipted.case.pk), now=NOW)
    assert (Attachment.objects.count(), kept(private_place)) == (0, [])
    for case in (receipted.case, other):
        assert Event.objects.filter(case=case).latest("sequence").happening == "identity_erased"


@pytest.fixture
def receipted(article: Article) -> Receipted:
    """A report without a name or an address."""
    return submit(article)


def test_files_are_erased_when_their_time_is_over_also_without_a_name_or_an_address(
    receipted: Receipted, private_place: Path, django_capture_on_commit_callbacks: Any
) -> None:
    add_file(receipted.case)
    Case.objects.update(status="closed", decided_at=NOW, closed_at=NOW)
    for days, left in ((90, 1), (91, 0), (92, 0)):
        with django_capture_on_commit_callbacks(execute=True):
            erased = retention.erase_expired(NOW + timedelta(days=days))
        assert (Attachment.objects.count(), len(kept(private_place)), erased) == (left, left, int(days == 91))


def test_a_file_that_no_row_names_is_deleted_after_a_day(case: Case, private_place: Path) -> None:
    file = add_file(case)
    storages["evidence"].save("left-over.jpg", SimpleUploadedFile("x", b"x"))
    now = storages["evidence"].get_modified_time("left-over.jpg")
    assert evidence.sweep(now + timedelta(hours=23)) == 0
    assert evidence.sweep(now + timedelta(hours=25)) == 1
    assert kept(private_place) == [file.stored_name]


def test_sweeping_where_nothing_was_ever_stored_finds_nothing(db: None) -> None:
    assert evidence.sweep(NOW) == 0
