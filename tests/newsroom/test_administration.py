"""The administration opens for administrators alone, through the one sign-in that limits guesses."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.db.models import Model
from django.test import Client, RequestFactory

from newsroom.administration import AdministratorsOnly
from newsroom.models import Article, StaffMember
from tests.factories import make_staff

pytestmark = pytest.mark.django_db

PASSWORD = "correct horse battery"
PAGES = ["", "newsroom/article/", "newsroom/article/add/", "newsroom/staffmember/", "newsroom/section/"]


@pytest.mark.parametrize("role", ["author", "editor", "standards_editor"])
@pytest.mark.parametrize("page", PAGES)
def test_no_other_role_gets_in_whatever_flags_the_account_has(
    signed_in: Callable[[StaffMember], Client], role: str, page: str
) -> None:
    browser = signed_in(make_staff(role, is_staff=True, is_superuser=True))
    assert browser.get(f"/ar/admin/{page}", follow=True).status_code == 403


@pytest.mark.parametrize("role", ["author", "editor", "standards_editor"])
def test_no_other_role_withdraws_an_article(
    signed_in: Callable[[StaffMember], Client], article: Article, role: str
) -> None:
    browser = signed_in(make_staff(role, is_staff=True, is_superuser=True))
    browser.post(f"/ar/admin/newsroom/article/{article.pk}/withdraw/", {"reason": "x", "expected_revision": 1})
    assert Article.objects.get().status == "published"


def test_an_administrator_needs_none_of_djangos_flags(signed_in: Callable[[StaffMember], Client]) -> None:
    browser = signed_in(make_staff("administrator"))
    assert [browser.get(f"/ar/admin/{page}").status_code for page in PAGES] == [200] * len(PAGES)


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_stranger_is_led_to_the_desks_sign_in_and_back(stranger: Client, language: str) -> None:
    wanted = f"/{language}/admin/newsroom/article/"
    answer = stranger.get(wanted, follow=True)
    assert answer.redirect_chain[-1] == (f"/{language}/desk/sign-in/?next={wanted}", 302)
    member = make_staff("administrator")
    answer = stranger.post(answer.redirect_chain[-1][0], {"username": member.username, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, wanted)


def test_no_password_is_looked_at_beside_the_sign_in_that_limits_guesses(stranger: Client) -> None:
    member = make_staff("administrator", is_staff=True)
    answer = stranger.post("/ar/admin/login/", {"username": member.username, "password": PASSWORD})
    assert answer["Location"] == "/ar/desk/sign-in/?next=/ar/admin/"
    assert stranger.get("/ar/admin/").status_code == 302


def test_somebody_elses_address_is_never_the_way_back(stranger: Client) -> None:
    member = make_staff("administrator")
    sign_in = stranger.get("/ar/admin/login/", {"next": "https://evil.example/"})["Location"]
    answer = stranger.post(sign_in, {"username": member.username, "password": PASSWORD})
    assert answer["Location"] == "/ar/desk/"


def filters_of(page: Any) -> set[str]:
    return {each if isinstance(each, str) else each[0] for each in page.list_filter}


@pytest.mark.parametrize("model", sorted(admin.site._registry, key=str))
def test_nothing_is_filtered_by_but_what_the_lists_offer(rf: RequestFactory, model: type[Model]) -> None:
    page = admin.site._registry[model]
    request = rf.get("/")
    assert AdministratorsOnly in type(page).mro()
    hidden = [field.name for field in model._meta.get_fields() if field.name not in filters_of(page)]
    asked = [*hidden, *(f"{name}__startswith" for name in hidden), *(f"{name}__password__regex" for name in hidden)]
    assert [name for name in asked if page.lookup_allowed(name, "x", request)] == []


@pytest.mark.parametrize(
    "asked",
    [
        "newsroom/staffmember/?password__regex=^pbkdf2",
        "newsroom/staffchange/?member__password__startswith=p",
        "newsroom/article/?bylines__staff_member__password__contains=a",
        "corrections/case/?receipt_hash__startswith=a",
        "corrections/case/?kind__regex=a&assigned_to__password__regex=a",
        "corrections/apitoken/?token_hash__startswith=a",
    ],
)
def test_what_no_page_shows_is_not_found_out_by_asking(signed_in: Callable[[StaffMember], Client], asked: str) -> None:
    assert signed_in(make_staff("administrator")).get(f"/ar/admin/{asked}").status_code == 400


def test_the_filters_that_the_lists_offer_work(signed_in: Callable[[StaffMember], Client], article: Article) -> None:
    browser = signed_in(make_staff("administrator"))
    for asked in (
        "newsroom/staffmember/?role__exact=author&is_active__exact=1&q=a",
        f"newsroom/article/?section__id__exact={article.section_id}&status__exact=published",
        "corrections/clause/?retired_at__isempty=1",
        "corrections/case/?kind__exact=complaint&status__exact=new",
    ):
        assert browser.get(f"/ar/admin/{asked}").status_code == 200, asked
