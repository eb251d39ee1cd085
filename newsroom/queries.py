"""The only reader of articles for pages and feeds."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from newsroom.html import numbered
from newsroom.models import Article, Revision, Section

PAGE_SIZE = 20
#: The largest number a database row can have; a larger one in an address names nothing.
LARGEST_NUMBER = 2**63 - 1


class ArticleNotFound(Exception):
    """There is no such article."""


@dataclass(frozen=True)
class ArticlePage:
    """An article as its page shows it; `body` is safe HTML with numbered paragraphs."""

    article: Article
    revision: Revision
    bylines: list[str]
    section_name: str
    body: str

    @property
    def changed_at(self) -> datetime:
        return self.article.withdrawn_at or self.article.revised_at or self.article.published_at


@dataclass(frozen=True)
class River:
    """One page of a list of articles, newest first; each carries `title`, `standfirst` and its section."""

    articles: list[Article]
    page: int
    pages: int


def article_page(number: int) -> ArticlePage:
    """The page of an article (three queries). Raises ArticleNotFound."""
    article = find_article(number)
    revision = article.revisions.select_related("photo").get(number=article.latest)
    return ArticlePage(
        article=article,
        revision=revision,
        bylines=[byline.name for byline in article.bylines.all()],
        section_name=article.section.name_in(article.language),
        body=numbered(revision.body),
    )


def find_article(number: int) -> Article:
    """The article of a number with its section (one query). Raises ArticleNotFound."""
    found = Article.objects.select_related("section").filter(pk=number).first() if number <= LARGEST_NUMBER else None
    if found is None:
        raise ArticleNotFound(number)
    return found


def river(language: str, *, section: Section | None = None, page: int = 1) -> River:
    """A page of the published articles of one language, of one section or of all (two queries)."""
    articles = _with_words(Article.objects.filter(language=language, status=Article.Status.PUBLISHED))
    if section is not None:
        articles = articles.filter(section=section)
    pages = max(1, -(-articles.count() // PAGE_SIZE))
    page = min(max(page, 1), pages)
    return River(list(articles[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]), page, pages)


def sections() -> list[Section]:
    """All sections in their order."""
    return list(Section.objects.all())


def revisions_of(article: Article) -> list[Revision]:
    """Every version of an article, newest first."""
    return list(article.revisions.order_by("-number"))


def revision_and_previous(article: Article, number: int) -> tuple[Revision, Revision | None]:
    """A version and the one before it. Raises ArticleNotFound when there is no such version."""
    if number > 2**31 - 1:
        raise ArticleNotFound(number)
    found = {revision.number: revision for revision in article.revisions.filter(number__in=[number - 1, number])}
    if number not in found:
        raise ArticleNotFound(number)
    return found[number], found.get(number - 1)


def _with_words(articles: QuerySet[Article]) -> QuerySet[Article]:
    latest = Revision.objects.filter(article=OuterRef("pk"), number=OuterRef("latest"))
    return articles.select_related("section").annotate(
        title=Subquery(latest.values("title")), standfirst=Subquery(latest.values("standfirst"))
    )


def title_of(article: Article) -> str:
    """The headline of an article's latest revision."""
    return str(article.revisions.values_list("title", flat=True).get(number=article.latest))
