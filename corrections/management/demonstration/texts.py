"""The articles of the demonstration, as they are written down in articles.ar.json and articles.en.json."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LANGUAGES = ("ar", "en")


@dataclass(frozen=True)
class ArticleText:
    """One article. `picture` names a drawing of `pictures`; `author` is a username where the byline has one."""

    language: str
    key: str
    section: str
    days_ago: int
    byline: str
    author: str
    title: str
    standfirst: str
    body: list[str]
    picture: str
    alternative: str
    caption: str
    credit: str


def article_texts() -> list[ArticleText]:
    """All of them, in both languages."""
    return [ArticleText(language=language, **entry) for language in LANGUAGES for entry in _entries(language)]


def _entries(language: str) -> list[dict[str, Any]]:
    entries: list[dict[str, Any]] = json.loads(
        Path(__file__).with_name(f"articles.{language}.json").read_text(encoding="utf-8")
    )
    return entries
