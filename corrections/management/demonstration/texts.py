"""The form in which the articles of the demonstration are written down."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ArticleText:
    """One article. `picture` names a drawing of `pictures`; `author` is a username where the byline has one."""

    key: str
    language: str
    section: str
    days_ago: int
    byline: str
    author: str
    title: str
    standfirst: str
    body: str
    picture: str
    alternative: str
    caption: str
    credit: str
