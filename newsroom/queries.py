"""The only reader of articles for pages and feeds."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, CharField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext

from newsroom.html import numbered
from newsroom.models import Article, Revision, Section, StaffMember

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


def river(language: str = "", *, section: Section | None = None, page: int = 1, page_size: int = PAGE_SIZE) -> River:
    """A page of the published articles of one language or of all, of one section or of all (two queries)."""
    articles = with_words(Article.objects.filter(status=Article.Status.PUBLISHED))
    if language:
        articles = articles.filter(language=language)
    if section is not None:
        articles = articles.filter(section=section)
    pages = max(1, -(-articles.count() // page_size))
    page = min(max(page, 1), pages)
    return River(list(articles[(page - 1) * page_size : page * page_size]), page, pages)


def article_and_words(number: int) -> tuple[Article, Revision | None]:
    """An article with `title`, and its latest revision unless it is withdrawn (two queries). Raises ArticleNotFound."""
    found = with_words(Article.objects.filter(pk=number)).first() if number <= LARGEST_NUMBER else None
    if found is None:
        raise ArticleNotFound(number)
    return found, None if found.is_withdrawn else found.revisions.get(number=found.latest)


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


def with_words(articles: QuerySet[Article]) -> QuerySet[Article]:
    """The articles with `title` and `standfirst` of their latest revision (empty: withdrawn), and their section."""
    return articles.select_related("section").annotate(title=shown("title"), standfirst=shown("standfirst"))


def shown(field: str, *, through: str = "") -> Case:
    """`latest` as the public may see it: empty for a withdrawn article, whose words stand nowhere any more."""
    is_withdrawn = Q(**{f"{through}__status" if through else "status": Article.Status.WITHDRAWN})
    return Case(When(is_withdrawn, then=Value("")), default=latest(field, through=through), output_field=CharField())


def shown_title_of(article: Article) -> str:
    """What the public reads instead of the headline of a withdrawn article; the headline of another."""
    return gettext("Withdrawn article") if article.is_withdrawn else title_of(article)


def latest(field: str, *, through: str = "") -> Subquery:
    """A field of the latest revision, to annotate rows with: articles themselves, or (`through="article"`) rows that
    belong to one."""
    article = OuterRef(f"{through}_id" if through else "pk")
    number = OuterRef(f"{through}__latest" if through else "latest")
    return Subquery(Revision.objects.filter(article_id=article, number=number).values(field))


def title_of(article: Article) -> str:
    """The headline of an article's latest revision."""
    return str(article.revisions.values_list("title", flat=True).get(number=article.latest))


def members_for(section: Section) -> list[StaffMember]:
    """Whose account names a section, open or closed (one query)."""
    # Not every database looks into lists; few people have any.
    return [each for each in StaffMember.objects.exclude(section_ids=[]) if section.pk in each.section_ids]
