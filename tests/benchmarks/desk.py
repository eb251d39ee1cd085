"""How fast the desk answers with many cases: `make bench-desk CASES=100000` seeds PostgreSQL and prints milliseconds.

Measured from the outside, over HTTP on this computer, one request after the other, in the sessions of an editor who
wrote some of the articles and of a colleague who works on two of the four sections alone: the whole answer with its
middleware, templates and compression, without the network.
"""

import re
import statistics
import sys
import time
from collections.abc import Iterator
from html import unescape

import httpx

from tests.journeys.people import PASSWORD, hire
from tests.services.newsroom import PROJECT, running_newsroom
from tests.services.processes import run

WARM_UP, MEASURED = 3, 40
#: Who looks.
EDITOR, OF_TWO_SECTIONS = "nour", "salma"
#: What the product promises (milliseconds, the 95th of a hundred answers).
BUDGET = 150


def main(count: int) -> None:
    with running_newsroom(with_servers=True) as newsroom:
        hire(newsroom)
        began = time.monotonic()
        settings = {"DJANGO_SETTINGS_MODULE": "newsroom.config.settings"}
        seed = [sys.executable, "-m", "tests.benchmarks.seed_cases", str(count)]
        run(seed, environment=newsroom.environment | settings, directory=PROJECT, seconds=1800)
        print(f"{count:,} cases on PostgreSQL, seeded in {time.monotonic() - began:.0f} s; {MEASURED} answers each")
        print(f"{'page':34} {'least':>8} {'median':>8} {'p95':>8}   ms")
        for username, pages in ((EDITOR, _pages), (OF_TWO_SECTIONS, _pages_of_two_sections)):
            with httpx.Client(base_url=newsroom.url, timeout=60) as client:
                _sign_in(client, username)
                for name, address in pages(client):
                    least, median, slow = _measured(client, address)
                    over = "" if slow <= BUDGET else "over the budget"
                    print(f"{name:34} {least:8.0f} {median:8.0f} {slow:8.0f}   {over}", flush=True)


def _sign_in(client: httpx.Client, username: str) -> None:
    page = client.get("/ar/desk/sign-in/").text
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    answer = client.post(
        "/ar/desk/sign-in/",
        data={"csrfmiddlewaretoken": token[1] if token else "", "username": username, "password": PASSWORD},
    )
    if answer.status_code != httpx.codes.FOUND:
        raise RuntimeError(f"no sign-in: {answer.status_code}")


def _pages(client: httpx.Client) -> Iterator[tuple[str, str]]:
    queue = client.get("/ar/desk/?view=all").text
    case = unescape(re.findall(r'<h2><a href="([^"]+)"', queue)[0])
    later = unescape(re.findall(r'href="(\?[^"]+)" rel="next"', queue)[0])
    word = re.findall(r'<h2><a href="[^"]+"><bdi dir="auto">(\S+)', queue)[0]
    yield "queue, open", "/ar/desk/"
    yield "queue, all", "/ar/desk/?view=all"
    yield "queue, all, next page", f"/ar/desk/{later}"
    yield "queue, assigned to me", "/ar/desk/?view=mine"
    yield "a case", case
    yield "the next case", case.replace(case.split("?")[0], "/ar/desk/next/")
    yield "search, a word", f"/ar/desk/?view=all&words={word}"
    # Stands in nearly every report, and is too short for the index.
    yield "search, two letters", "/ar/desk/?view=all&words=ين"
    yield "search, a number", "/ar/desk/?view=all&words=2001/0007"
    yield "search, a number without a year", "/ar/desk/?view=all&words=0007"
    yield "search, nothing found", "/ar/desk/?view=all&words=قققققققق"
    yield "statistics, this year", "/ar/desk/statistics/"
    yield "statistics, all years", "/ar/desk/statistics/?first=2020-01-01&last=2030-01-01"


def _pages_of_two_sections(_client: httpx.Client) -> Iterator[tuple[str, str]]:
    yield "two sections: queue, open", "/ar/desk/"
    yield "two sections: queue, all", "/ar/desk/?view=all"
    yield "two sections: statistics", "/ar/desk/statistics/"


def _measured(client: httpx.Client, address: str) -> tuple[float, float, float]:
    """The least, the median and the 95th of a hundred in milliseconds."""
    took = []
    for number in range(WARM_UP + MEASURED):
        began = time.perf_counter()
        answer = client.get(address)
        if number >= WARM_UP:
            took.append(1000 * (time.perf_counter() - began))
        if answer.status_code not in (httpx.codes.OK, httpx.codes.FOUND):
            raise RuntimeError(f"{address}: {answer.status_code}")
    return min(took), statistics.median(took), statistics.quantiles(took, n=20)[-1]


if __name__ == "__main__":
    main(int(sys.argv[1]))
