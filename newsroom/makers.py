"""Who made an article: whoever did takes no part in deciding about it."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet, Value

from newsroom.models import Byline, Revision


@dataclass(frozen=True)
class Makers:
    """Who stands over an article, and which staff members wrote or edited it."""

    names: tuple[str, ...]
    staff_ids: frozenset[int]


def makers_of(article_id: int) -> Makers:
    """The names over an article, and the staff behind them or behind its revisions (one query).

    A revision made by a decision of the desk does not count: deciding is not working on the article.
    """
    bylines: QuerySet[Any, tuple[int, str, int | None]] = Byline.objects.filter(article_id=article_id).values_list(
        "position", "name", "staff_member_id"
    )
    editors = (
        Revision.objects.filter(article_id=article_id, origin=Revision.Origin.NEWSROOM)
        .annotate(position=Value(-1), name=Value(""))
        .values_list("position", "name", "made_by_id")
    )
    rows = list(bylines.order_by().union(editors.order_by()))
    names = tuple(name for position, name, _staff in sorted(rows, key=lambda row: row[0]) if position >= 0)
    return Makers(names, frozenset(staff for _position, _name, staff in rows if staff is not None))
