"""Run by `manage.py shell` on a newsroom over PostgreSQL: reports on an article that is being edited; prints JSON."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import OperationalError, connection, connections, transaction
from django.http import QueryDict

from newsroom.article_form import ArticleForm
from newsroom.models import Article
from tests.factories import make_article, make_case


def main() -> None:
    article = make_article("ar")
    print(
        json.dumps(
            {
                "stored": _while_edited(article, lambda: make_case(article)) is None,
                "edited_alone": isinstance(_while_edited(article, lambda: _edit(article)), OperationalError),
            }
        )
    )


def _while_edited(article: Article, act: Callable[[], Any]) -> BaseException | None:
    """How something ends that is done while an edit of the article is checked and not yet saved."""
    with ThreadPoolExecutor(1) as thread, transaction.atomic():
        _edit(article)
        return thread.submit(_impatiently, act).exception()


def _edit(article: Article) -> None:
    ArticleForm.for_article(article, None)(data=QueryDict(""), instance=Article.objects.get(pk=article.pk)).full_clean()


def _impatiently(act: Callable[[], Any]) -> None:
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '3s'")
            act()
    finally:
        connections.close_all()


main()
