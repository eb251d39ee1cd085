"""Every page worth looking at, each brought into view as its user comes to it."""

from collections.abc import Mapping

from tests.browser.case_pages import CASE_STOPS
from tests.browser.deadline_pages import DEADLINE_STOPS
from tests.browser.desk_pages import DESK_STOPS
from tests.browser.error_pages import ERROR_STOPS
from tests.browser.rare_pages import RARE_STOPS
from tests.browser.readers_pages import READERS_STOPS
from tests.browser.staff_pages import STAFF_STOPS
from tests.browser.statement_pages import STATEMENT_STOPS
from tests.browser.stop import Stop, open_below

STOPS: tuple[Stop, ...] = (
    *READERS_STOPS,
    *RARE_STOPS,
    *ERROR_STOPS,
    Stop("sign-in", open_below("desk/sign-in/")),
    *STAFF_STOPS,
    *DESK_STOPS,
    *CASE_STOPS,
    *STATEMENT_STOPS,
    *DEADLINE_STOPS,
)
BY_NAME: Mapping[str, Stop] = {stop.name: stop for stop in STOPS}
