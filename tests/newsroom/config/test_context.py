"""What every page knows of the site."""

import pytest
from django.test import Client, RequestFactory
from django.utils import translation

from newsroom.config.context import site
from newsroom.models import Article

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("language", "name", "direction", "other"),
    [("ar", "صحيفة المثال", "rtl", "/en/corrections/"), ("en", "The Example", "ltr", "/ar/corrections/")],
)
def test_a_page_knows_its_language_its_direction_and_its_other_half(
    language: str, name: str, direction: str, other: str
) -> None:
    with translation.override(language):
        known = site(RequestFactory().get(f"/{language}/corrections/"))
        assert (known["site_name"], known["language"], known["direction"]) == (name, language, direction)
        assert str(known["other_language"]["url"]) == other


@pytest.mark.parametrize("path", ["/ar/", "/ar/sections/services/", "/ar/corrections/", "/ar/how-we-correct/"])
def test_switching_the_language_keeps_the_place(client: Client, article: Article, path: str) -> None:
    other = path.replace("/ar/", "/en/", 1)
    assert f'<a href="{other}" lang="en" dir="ltr" hreflang="en">English</a>' in client.get(path).content.decode()


def test_an_article_has_no_other_half_and_leads_to_the_front_page(client: Client, article: Article) -> None:
    assert '<a href="/en/" lang="en" dir="ltr" hreflang="en">' in client.get(f"/ar/{article.pk}/").content.decode()
