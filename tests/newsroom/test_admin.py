"""Articles in the administration: through their one writer, with nothing typed lost, and nothing ever deleted."""

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from pytest_django import Settings

from newsroom import articles
from newsroom.articles import Content
from newsroom.models import Article, Photo, Revision, Section, StaffMember
from tests.factories import NOW, make_section

pytestmark = pytest.mark.django_db

ADD = "/ar/admin/newsroom/article/add/"
WORDS = {
    "title": "عنوان",
    "standfirst": "مقدمة",
    "body": "فقرة أولى.\n\nفقرة ثانية.",
    "photo_alternative": "",
    "caption": "",
    "credit": "",
}


@pytest.fixture
def browser(administrator: StaffMember, signed_in: Callable[[StaffMember], Client]) -> Client:
    return signed_in(administrator)


def change_page(article: Article) -> str:
    return f"/ar/admin/newsroom/article/{article.pk}/change/"


def new_article(**fields: Any) -> dict[str, Any]:
    return {**WORDS, "language": "ar", "section": make_section().pk, "bylines": "ليلى حداد", **fields}


def next_revision(expected: int = 1, **fields: Any) -> dict[str, Any]:
    return {**WORDS, "change": "update", "expected_revision": expected, **fields}


def errors_in(answer: Any) -> dict[str, list[str]]:
    form = answer.context["adminform"].form if "adminform" in answer.context else answer.context["form"]
    return {field: [str(message) for message in messages] for field, messages in form.errors.items()}


def test_a_new_article_is_published_by_the_writer(
    browser: Client, administrator: StaffMember, author: StaffMember
) -> None:
    bylines = f"ليلى حداد | {author.username}\nسامر نعمة"
    assert browser.post(ADD, new_article(bylines=bylines)).status_code == 302
    article = Article.objects.get()
    revision = article.revisions.get()
    assert (revision.title, revision.change, revision.origin) == ("عنوان", "first", "newsroom")
    assert revision.body == "<p>فقرة أولى.</p>\n<p>فقرة ثانية.</p>"
    assert revision.made_by == administrator
    assert list(article.bylines.values_list("name", "staff_member")) == [("ليلى حداد", author.pk), ("سامر نعمة", None)]


def test_simple_html_is_kept_and_everything_else_goes(browser: Client) -> None:
    body = '<p>كلمة <strong>مهمة</strong></p><script>alert(1)</script><p onclick="x()">ثانية</p>'
    browser.post(ADD, new_article(body=body))
    assert Revision.objects.get().body == "<p>كلمة <strong>مهمة</strong></p>\n<p>ثانية</p>"


def test_a_change_makes_the_next_revision(browser: Client, article: Article) -> None:
    assert browser.post(change_page(article), next_revision()).status_code == 302
    revision = articles.latest_revision(Article.objects.get())
    assert (revision.number, revision.title, revision.change) == (2, "عنوان", "update")


def test_a_minor_fix_is_one_of_spelling(browser: Client, article: Article) -> None:
    content = Content.of(articles.latest_revision(article))
    words = {name: getattr(content, name) for name in WORDS}
    fixed = {**words, "change": "minor_fix", "standfirst": words["standfirst"].replace("الرئيسة", "الرئيسية")}
    for more in ({"title": "عنوان آخر تمامًا"}, {"body": words["body"].replace("12,000", "1,200")}):
        answer = browser.post(change_page(article), next_revision(**{**fixed, **more}))
        assert list(errors_in(answer)) == ["change"]
    assert browser.post(change_page(article), next_revision(**fixed)).status_code == 302
    assert articles.latest_revision(Article.objects.get()).change == "minor_fix"


@pytest.mark.parametrize(
    "change", ["first", "correction", "clarification", "editors_note", "right_of_reply", "retraction"]
)
def test_what_needs_a_notice_is_not_made_in_the_administration(browser: Client, article: Article, change: str) -> None:
    answer = browser.post(change_page(article), next_revision(change=change))
    assert list(errors_in(answer)) == ["change"]
    assert Revision.objects.count() == 1


def test_a_stale_change_is_refused_and_keeps_what_was_typed(browser: Client, article: Article) -> None:
    browser.post(change_page(article), next_revision(title="الأول"))
    answer = browser.post(change_page(article), next_revision(title="الثاني"))
    message = "عُدّل المقال في هذه الأثناء. تلزم المقارنة قبل الحفظ مجددًا."
    assert errors_in(answer) == {"__all__": [message]}
    assert 'value="الثاني"' in answer.content.decode()
    assert articles.latest_revision(Article.objects.get()).title == "الأول"


def test_after_the_comparison_the_kept_words_can_be_saved(browser: Client, article: Article) -> None:
    browser.post(change_page(article), next_revision(title="الأول"))
    answer = browser.post(change_page(article), next_revision(title="الثاني"))
    assert '<input type="hidden" name="expected_revision" value="2"' in answer.content.decode()
    browser.post(change_page(article), next_revision(expected=2, title="الثاني"))
    assert articles.latest_revision(Article.objects.get()).title == "الثاني"


def test_a_change_that_changes_nothing_is_said_to_be_none(browser: Client, article: Article) -> None:
    content = Content.of(articles.latest_revision(article))
    same = {name: getattr(content, name) for name in WORDS}
    answer = browser.post(change_page(article), next_revision(**same))
    assert errors_in(answer) == {"__all__": ["لم يتغير شيء."]}


@pytest.mark.parametrize("expected", ["0", "-1", "x", "", "9" * 30])
def test_a_forged_revision_number_writes_nothing(browser: Client, article: Article, expected: str) -> None:
    assert "__all__" in errors_in(browser.post(change_page(article), next_revision(expected_revision=expected)))
    assert Revision.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"bylines": "x" * 121}, "bylines"),
        ({"bylines": "ليلى | absent"}, "bylines"),
        ({"bylines": "a\0b"}, "bylines"),
        ({"bylines": ""}, "bylines"),
        ({"title": ""}, "title"),
        ({"title": "ا" * 301}, "title"),
        ({"title": "a\0b"}, "title"),
        ({"body": ""}, "body"),
        ({"body": "<script>alert(1)</script>"}, "body"),
        ({"body": "<div>" * 500}, "body"),
        ({"body": "x" * 600_000}, "body"),
        ({"language": "fr"}, "language"),
        ({"section": "9" * 30}, "section"),
        ({"section": "x"}, "section"),
    ],
)
def test_what_cannot_be_published_is_refused_beside_its_field(
    browser: Client, fields: dict[str, Any], wrong: str
) -> None:
    answer = browser.post(ADD, new_article(**fields))
    assert (answer.status_code, list(errors_in(answer))) == (200, [wrong])
    assert Article.objects.count() == 0


def picture() -> SimpleUploadedFile:
    buffer = io.BytesIO()
    Image.new("RGB", (8, 6), "red").save(buffer, "PNG")
    return SimpleUploadedFile("tower.png", buffer.getvalue())


def test_a_photo_comes_in_with_its_article_and_stays_with_the_next_revision(
    browser: Client, settings: Settings, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    browser.post(ADD, new_article(picture=picture(), credit="سامر"))
    browser.post(change_page(Article.objects.get()), next_revision(title="عنوان آخر"))
    assert list(Revision.objects.values_list("photo__width", flat=True)) == [8, 8]


def test_a_file_that_is_no_picture_is_refused(browser: Client) -> None:
    answer = browser.post(ADD, new_article(picture=SimpleUploadedFile("tower.png", b"<svg/>")))
    assert errors_in(answer) == {"picture": ["تُقبل صور JPEG وPNG وWebP حتى 20 ميغابايت."]}


def withdrawal_of(article: Article) -> str:
    return f"/ar/admin/newsroom/article/{article.pk}/withdraw/"


def test_looking_at_the_withdrawal_withdraws_nothing(browser: Client, article: Article) -> None:
    assert browser.get(withdrawal_of(article)).status_code == 200
    assert Article.objects.get().status == "published"


def test_an_article_is_withdrawn_with_its_reason_by_a_post(
    browser: Client, article: Article, administrator: StaffMember
) -> None:
    browser.post(withdrawal_of(article), {"reason": "لم تُثبت الهوية", "expected_revision": 1})
    withdrawn = Article.objects.get()
    assert (withdrawn.status, withdrawn.withdrawal_reason) == ("withdrawn", "لم تُثبت الهوية")
    assert withdrawn.withdrawn_by == administrator


@pytest.mark.parametrize("reason", ["", " ", "\u202e\u200b"])
def test_a_withdrawal_without_a_visible_reason_is_refused(browser: Client, article: Article, reason: str) -> None:
    answer = browser.post(withdrawal_of(article), {"reason": reason, "expected_revision": 1})
    assert list(errors_in(answer)) == ["reason"]
    assert Article.objects.get().status == "published"


def test_a_withdrawn_article_is_not_revised(browser: Client, article: Article) -> None:
    articles.withdraw(article.pk, reason="سبب", expected_revision=1, by=None, now=NOW)
    answer = browser.post(change_page(article), next_revision())
    assert list(errors_in(answer)) == ["__all__"]
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("number", ["0", "999", "9" * 30])
def test_withdrawing_what_does_not_exist_is_not_found(browser: Client, number: str) -> None:
    assert browser.get(f"/ar/admin/newsroom/article/{number}/withdraw/").status_code == 404


def test_neither_articles_nor_photos_nor_accounts_are_deleted(
    browser: Client, article: Article, author: StaffMember
) -> None:
    photo = Photo.objects.create(digest="a" * 64, file="photos/a.jpg", width=1, height=1)
    for path in (f"article/{article.pk}", f"staffmember/{author.pk}", f"photo/{photo.pk}"):
        assert browser.post(f"/ar/admin/newsroom/{path}/delete/", {"post": "yes"}).status_code == 403
    for model, number in (("article", article.pk), ("staffmember", author.pk), ("photo", photo.pk)):
        fields = {"action": "delete_selected", "_selected_action": [number], "post": "yes"}
        browser.post(f"/ar/admin/newsroom/{model}/", fields)
    assert (Article.objects.count(), Photo.objects.count()) == (1, 1)
    assert StaffMember.objects.filter(pk=author.pk).exists()


def test_photos_are_only_looked_at(browser: Client) -> None:
    photo = Photo.objects.create(digest="a" * 64, file="photos/a.jpg", width=1, height=1)
    assert browser.get("/ar/admin/newsroom/photo/add/").status_code == 403
    assert browser.post(f"/ar/admin/newsroom/photo/{photo.pk}/change/", {"width": 9}).status_code == 403


def test_a_section_with_articles_is_not_deleted(browser: Client, article: Article) -> None:
    browser.post(f"/ar/admin/newsroom/section/{article.section_id}/delete/", {"post": "yes"})
    assert Section.objects.count() == 1


def test_accounts_are_only_looked_at(browser: Client) -> None:
    fields = {"username": "nour", "display_name": "نور", "email": "n@example.org", "role": "editor", "language": "ar"}
    assert browser.post("/ar/admin/newsroom/staffmember/add/", fields).status_code == 403
    assert not StaffMember.objects.filter(username="nour").exists()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_no_page_of_the_administration_needs_inline_code(browser: Client, article: Article, language: str) -> None:
    root = f"/{language}/admin/newsroom"
    for path in ("article/", "article/add/", f"article/{article.pk}/change/", "section/", "staffmember/", "photo/"):
        answer = browser.get(f"{root}/{path}")
        page = answer.content.decode()
        assert answer.status_code == 200, path
        assert f'lang="{language}"' in page, path
        assert [sign for sign in ("<script>", " style=", "onclick=", "javascript:") if sign in page] == [], path


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("is_open", [True, False])
@pytest.mark.parametrize("door", ["one", "many"])
def test_a_section_that_somebody_works_for_stays_and_the_page_says_who(
    browser: Client, editor: StaffMember, language: str, is_open: bool, door: str
) -> None:
    section, free = make_section("culture"), make_section("weather")
    StaffMember.objects.filter(pk=editor.pk).update(section_ids=[section.pk], is_active=is_open)

    def delete(chosen: Section) -> Any:
        pages = f"/{language}/admin/newsroom/section/"
        if door == "one":
            return browser.post(f"{pages}{chosen.pk}/delete/", {"post": "yes"})
        return browser.post(pages, {"action": "delete_selected", "_selected_action": [chosen.pk], "post": "yes"})

    refused = delete(section)
    sentence = {"ar": f"محدد في حساب {editor}", "en": f"{editor} works for the section"}[language]
    assert (refused.status_code, sentence in refused.content.decode()) == (200, True)
    assert Section.objects.filter(pk=section.pk).exists()
    assert delete(free).status_code == 302
    assert not Section.objects.filter(pk=free.pk).exists()
