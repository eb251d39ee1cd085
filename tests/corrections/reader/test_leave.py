"""Leaving quickly: offered on complaints about safety or privacy alone, and it changes nothing here."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from newsroom.models import Article
from tests.corrections.reader.pages import open_case
from tests.factories import submit

LEAVE = "/ar/leave/"


@pytest.mark.parametrize(
    ("fields", "is_offered"),
    [
        ({"kind": "complaint", "clause_keys": ("privacy",)}, True),
        ({"kind": "complaint", "clause_keys": ("fairness", "sources")}, True),
        ({"kind": "complaint", "clause_keys": ("fairness",)}, False),
        ({"kind": "correction"}, False),
    ],
)
def test_it_is_offered_on_sensitive_complaints_alone(
    reader: Client, article: Article, fields: dict[str, Any], is_offered: bool
) -> None:
    open_case(reader, submit(article, **fields))
    pages = [reader.get(page).content.decode() for page in ("/ar/my-case/", "/ar/received/")]
    assert [f'href="{LEAVE}"' in page for page in pages] == [is_offered, is_offered]


@pytest.mark.parametrize("chosen", ["", "https://weather.example/"])
def test_it_leads_at_once_to_the_chosen_page_and_the_device_forgets(
    reader: Client, settings: Settings, chosen: str
) -> None:
    settings.QUICK_LEAVE_ADDRESS = chosen
    answer = reader.get(LEAVE)
    assert (answer.status_code, answer["Location"]) == (303, chosen or "/ar/")
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'


def test_looking_at_it_changes_nothing_here(reader: Client, article: Article) -> None:
    receipted = submit(article, kind="complaint", clause_keys=("privacy",))
    open_case(reader, receipted)
    for method in ("get", "head"):
        getattr(reader, method)(LEAVE)
    assert reader.get("/ar/my-case/").status_code == 200
    assert Client().post(LEAVE).status_code == 405


@pytest.mark.parametrize(("site", "clears"), [("same-origin", True), ("none", True), ("cross-site", False)])
def test_another_site_cannot_make_a_browser_forget_this_one(reader: Client, site: str, clears: bool) -> None:
    answer = reader.get(LEAVE, headers={"Sec-Fetch-Site": site})
    assert (answer.status_code, "Clear-Site-Data" in answer) == (303, clears)
