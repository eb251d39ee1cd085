"""Going through a view case by case: the list that an editor came from travels in the address, never on the server."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from corrections.domain.queue_filters import VIEWS, QueueFilters
from corrections.domain.queue_order import Place, read_place

#: Longest search that is looked at.
_LONGEST_SEARCH = 200


@dataclass(frozen=True)
class Walk:
    """A view with its filters, and the place in it where the editor is."""

    filters: QueueFilters
    at: Place

    def query(self) -> str:
        """As an address holds it, with its question mark."""
        return f"?{address_of(self.filters)}&at={self.at}"


def filters_asked(request: HttpRequest) -> QueueFilters:
    """The view and the filters of the address that was asked for."""
    return filters_in(request.GET)


def filters_in(query: QueryDict) -> QueueFilters:
    """The view and the filters of an address; the open view for one that is none."""
    # A zero byte, which no database column takes, hides from the middleware where an address travels in a field.
    asked = {
        name: query.get(name, "").replace("\0", "")[:_LONGEST_SEARCH] for name in QueueFilters.__dataclass_fields__
    }
    view = asked.pop("view")
    return QueueFilters(view=view if view in VIEWS else "open", **asked)


def address_of(filters: QueueFilters) -> str:
    """The filters as they stand in an address."""
    return urlencode({name: value for name, value in vars(filters).items() if value})


def walk_of(request: HttpRequest) -> Walk | None:
    """The walk that an address belongs to; None where it was come to in another way."""
    place = read_place(request.GET.get("at", ""))
    return Walk(filters_asked(request), place) if place else None


def walk_query(request: HttpRequest) -> str:
    """What every address of a case needs to stay in the walk; nothing where there is none."""
    walk = walk_of(request)
    return walk.query() if walk else ""
