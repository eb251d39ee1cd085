"""An action on a thousand cases, whose worker is killed again and again: none is skipped, none is done twice."""

import re
from html import unescape

import httpx
import pytest

from tests.journeys.people import PASSWORD, hire
from tests.services.newsroom import Newsroom, running_newsroom
from tests.services.processes import wait_until

pytestmark = pytest.mark.xdist_group("journeys")

MANY, FEW = 1000, 30
SEED = "from tests.journeys.many_cases import main; main(%s)"
BOOKS = """
from collections import Counter
from django.db.models import F
from corrections.models import Delivery, Event, JobItem, Message
told = Counter(Event.objects.filter(happening="message_sent").values_list("case", flat=True))
print("BOOKS", JobItem.objects.filter(state="done").count(), len(told), max(told.values()),
      Message.objects.filter(purpose="to_reader").count(), Delivery.objects.filter(template="message").count(),
      JobItem.objects.exclude(event__case=F("case")).count())
"""


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}"[^>]*? value="([^"]*)"', page)
    assert found, name
    return unescape(found[1])


def sent(client: httpx.Client, path: str, page: str, **fields: str) -> httpx.Response:
    return client.post(path, data={"csrfmiddlewaretoken": field(page, "csrfmiddlewaretoken"), **fields})


def start(client: httpx.Client) -> str:
    """Signs in, writes to the readers of the whole view, and returns the address of the job."""
    sent(client, "/ar/desk/sign-in/", client.get("/ar/desk/sign-in/").text, username="nour", password=PASSWORD)
    queue = client.get("/ar/desk/?view=all").text
    asked = sent(client, "/ar/desk/bulk/", queue, action="write", whole_view="1", filters="view=all").text
    shown = sent(
        client,
        "/ar/desk/bulk/preview/",
        asked,
        action="write",
        selection=field(asked, "selection"),
        text_ar="شكرًا، نراجع الملاحظة.",
    ).text
    form = shown.partition("/desk/bulk/start/")[2]
    fields = {name: field(form, name) for name in ("key", "selection", "action")}
    answer = sent(client, "/ar/desk/bulk/start/", shown, **fields, text_ar="شكرًا، نراجع الملاحظة.")
    assert answer.status_code == httpx.codes.FOUND
    return answer.headers["Location"]


def settled(client: httpx.Client, job: str) -> int:
    return int(client.get(f"{job}progress/").json()["settled"])


def kill_worker_when(newsroom: Newsroom, client: httpx.Client, job: str, count: int) -> None:
    wait_until(lambda: settled(client, job) >= count, 120, f"the settling of {count} cases", every=0.05)
    assert newsroom.worker
    newsroom.worker.kill()


def test_a_killed_worker_skips_no_case_and_does_none_twice() -> None:
    with running_newsroom(with_servers=True) as newsroom:
        hire(newsroom)
        newsroom.manage("shell", "-c", SEED % MANY)
        with httpx.Client(base_url=newsroom.url, timeout=60) as client:
            job = start(client)
            for part in (1, 300, 600):
                kill_worker_when(newsroom, client, job, part)
                newsroom.start_worker()
            wait_until(lambda: client.get(f"{job}progress/").json()["ended"], 300, "the end of the job", every=0.5)
        books = newsroom.manage("shell", "-c", BOOKS).rpartition("BOOKS ")[2]
    assert books.split() == [str(MANY), str(MANY), "1", str(MANY), str(MANY), "0"]


def test_a_job_is_carried_out_while_there_is_no_broker() -> None:
    with running_newsroom(with_servers=True) as newsroom:
        hire(newsroom)
        newsroom.manage("shell", "-c", SEED % FEW)
        assert newsroom.valkey
        newsroom.valkey.kill()
        with httpx.Client(base_url=newsroom.url, timeout=60) as client:
            job = start(client)
            wait_until(lambda: settled(client, job) == FEW, 60, "the end of the job", every=0.2)
