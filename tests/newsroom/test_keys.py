"""Rows named by their keys, in whatever number."""

import pytest

from newsroom.keys import among
from newsroom.models import Article
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def test_the_rows_of_the_keys_are_found_and_no_others() -> None:
    first, _second, third = (make_article().pk for _each in range(3))
    assert set(Article.objects.filter(among([first, third, 10**9])).values_list("pk", flat=True)) == {first, third}
    assert list(Article.objects.filter(among([]))) == []


def test_more_keys_than_a_statement_takes_parameters_are_one_parameter() -> None:
    article = make_article()
    assert Article.objects.filter(among(range(article.pk, article.pk + 300_000))).get() == article
