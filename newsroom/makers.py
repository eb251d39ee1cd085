"""Who made an article: whoever did takes no part in deciding about it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Subquery, Value

from newsroom.listed import listed
from newsroom.models import Byline, Revision

#: The position of those who stand not over the article but worked on it.
_UNNAMED = -1


@dataclass(frozen=True)
class Makers:
    """Who stands over an article, and which staff members wrote or edited it."""

    names: tuple[str, ...]
    staff_ids: frozenset[int]


def makers_of(article_id: int) -> Makers:
    """The names over an article, and the staff behind them or behind its revisions (one query).

    A revision made by a decision of the desk does not count: deciding is not working on the article.
    """
    bylines = Byline.objects.filter(article_id=article_id).order_by()
    editors = _worked_on().filter(article_id=article_id).order_by()
    return _makers(bylines.values_list(*_BYLINE).union(editors.values_list(*_EDITOR)))


def makers_through(article: str) -> dict[str, Subquery]:
    """What `read_makers` needs, to annotate rows with that belong to an article (`article` is the field that says to
    which): the makers then come with the rows."""
    return {
        "bylines_listed": listed(Byline.objects.all(), "article", article, *_BYLINE),
        "editors_listed": listed(_worked_on(), "article", article, *_EDITOR),
    }


def read_makers(row: Any) -> Makers:
    """The makers of an article from a row that was annotated with `makers_through`."""
    return _makers([*(row.bylines_listed or ()), *(row.editors_listed or ())])


def made_by(staff_id: int, article: str) -> Q:
    """The filter form of `read_makers`: the condition of rows whose article (`article` is the field that says which)
    somebody wrote or edited."""
    # A list and no join: it is read once from two indexes, however many rows are compared with it.
    written = Byline.objects.filter(staff_member=staff_id).order_by().values("article")
    edited = Revision.objects.filter(made_by=staff_id, origin=Revision.Origin.NEWSROOM).order_by().values("article")
    return Q(**{f"{article}__in": written.union(edited)})


_BYLINE = ("position", "name", "staff_member_id")
_EDITOR = ("unnamed", "nameless", "made_by_id")


def _worked_on() -> QuerySet[Any]:
    made = Revision.objects.filter(origin=Revision.Origin.NEWSROOM)
    return made.annotate(unnamed=Value(_UNNAMED), nameless=Value(""))


def _makers(rows: Iterable[Any]) -> Makers:
    """From rows of position, name and staff member."""
    rows = sorted(rows, key=lambda row: row[0])
    names = tuple(name for position, name, _staff in rows if position != _UNNAMED)
    return Makers(names, frozenset(staff for _position, _name, staff in rows if staff is not None))
