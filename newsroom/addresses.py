"""Where an article stands on the site."""

from newsroom.models import Article
from newsroom.slugs import quoted


def article_address(article: Article) -> str:
    """The path of an article in its own language, with the words of its headline unless it is withdrawn."""
    path = f"/{article.language}/{article.pk}/"
    return f"{path}{quoted(article.slug)}/" if article.slug and not article.is_withdrawn else path
