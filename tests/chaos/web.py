"""The web application with a trap between the commit and the answer."""

from collections.abc import Iterable
from typing import Any

from newsroom.config.wsgi import application as product
from tests.chaos.traps import BEFORE_ANSWERING, step_on


def application(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """Answers as the product does, or dies after its work."""
    answer: Iterable[bytes] = product(environ, start_response)
    if environ["REQUEST_METHOD"] == "POST":
        step_on(BEFORE_ANSWERING)
    return answer
