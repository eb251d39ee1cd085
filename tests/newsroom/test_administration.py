"""The administration opens for administrators alone, through the one sign-in that limits guesses."""

from collections.abc import Callable

import pytest
from django.test import Client

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
