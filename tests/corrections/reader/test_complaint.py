"""The complaint form: what belongs elsewhere, clauses, who is writing, and what would put it right."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from corrections.code_parts import CodePart
from corrections.enums import Relation, Sought
from corrections.models import Case, Message
from newsroom.models import Article
from tests.corrections.reader.pages import hidden_fields
from tests.factories import make_case


@pytest.fixture
def path(article: Article) -> str:
    return f"/en/{article.pk}/complaint/"


def filled(client: Client, path: str, **answers: Any) -> dict[str, Any]:
    return {
        **hidden_fields(client.get(path).content.decode()),
        "clauses": ["fairness"],
        "text": "Nobody asked us.",
        "relation": "subject",
        "reply": "receipt",
        **answers,
    }


def checked(html: str, name: str) -> list[str]:
    """The values that are ticked."""
    boxes = re.findall(rf'<input type="(?:checkbox|radio)" name="{name}" value="([^"]*)"[^>]*?( checked)?>', html)
    return [value for value, tick in boxes if tick]


def test_the_clauses_stand_below_the_parts_of_the_code(reader: Client, path: str) -> None:
    page = reader.get(path).content.decode()
    parts = re.findall(r'<div role="group" aria-labelledby="part-(\w+)">', page)
    assert parts == [part.value for part in CodePart]
    boxes = re.findall(r'name="clauses" value="([^"]+)"', page)
    assert (len(boxes), boxes[0], boxes[-1]) == (15, "accuracy", "other")


def test_who_writes_is_asked_for_priority_alone_and_may_be_left_unsaid(reader: Client, path: str) -> None:
    page = reader.get(path).content.decode()
    radios = re.findall(r'name="relation" value="([^"]+)"', page)
    assert radios == ["subject", "family", "behalf", "reader", "unsaid"]
    assert {*radios} == {*Relation.values}
    assert "We ask only to set priority." in page


def test_what_is_sought_is_kept_in_coded_words_and_in_the_readers_own(reader: Client, path: str) -> None:
    fields = filled(reader, path, sought=["apology", "correction"], remedy_sought="Name us.", relation="behalf")
    shown = reader.post(path, {**fields, "step": "check"}).content.decode()
    shown = shown.split('<dl class="answers">')[1]
    assert shown.index("A correction") < shown.index("An apology") < shown.index("Name us.")
    again = reader.post(path, {**fields, "step": "change"}).content.decode()
    assert (checked(again, "sought"), checked(again, "relation")) == (["correction", "apology"], ["behalf"])
    assert reader.post(path, {**fields, "step": "send"}).status_code == 303
    case = Case.objects.get()
    assert (case.sought, case.relation) == (["correction", "apology"], "behalf")
    assert Message.objects.get(purpose="remedy_sought").text == "Name us."


def test_nothing_need_be_sought(reader: Client, path: str) -> None:
    reader.post(path, {**filled(reader, path), "step": "send"})
    assert Case.objects.get().sought == []


def test_what_is_no_remedy_of_ours_is_refused_with_everything_typed(reader: Client, path: str) -> None:
    answer = reader.post(path, {**filled(reader, path, sought=["apology", "money"]), "step": "send"})
    page = answer.content.decode()
    assert (answer.status_code, Case.objects.count()) == (422, 0)
    assert "Choose what would put it right, or leave it open" in page
    assert ("Nobody asked us." in page, checked(page, "sought")) == (True, ["apology"])


def test_only_a_complaint_seeks_something(article: Article) -> None:
    assert make_case(article, sought=("apology",)).sought == []
    assert make_case(article, kind="complaint", sought=[*Sought.values, "reply"]).sought == Sought.values


def test_what_belongs_elsewhere_is_said_before_the_first_field(reader: Client, path: str, settings: Settings) -> None:
    addresses = {"ADVERTISING_ADDRESS": "ads@example.org", "COMMENTS_ADDRESS": "", "LEGAL_ADDRESS": "law@example.org"}
    for name, address in addresses.items():
        setattr(settings, name, address)
    settings.EMERGENCY_NUMBERS = "112"
    before = reader.get(path).content.decode().split('name="clauses"')[0].split("<main")[1]
    assert re.findall(r'href="mailto:([^"]+)"', before) == ["ads@example.org", "law@example.org"]
    assert '<bdi dir="ltr">112</bdi>' in before
    assert "stops no legal deadline" in before


def test_an_address_that_is_not_set_prints_nothing(reader: Client, path: str) -> None:
    before = reader.get(path).content.decode().split('name="clauses"')[0].split("<main")[1]
    assert ("mailto:" in before, 'dir="ltr"' in before) == (False, False)


def test_day_and_night_is_promised_only_where_somebody_watches(reader: Client, path: str, settings: Settings) -> None:
    page = reader.get(path).content.decode()
    assert "choose “Privacy or safety” or “Protection and confidence of sources”" in page
    assert "day and night" not in page
    settings.SAFETY_WATCHED_AT_NIGHT = True
    assert "They are watched day and night." in reader.get(path).content.decode()


def test_whoever_complains_is_told_the_steps_of_a_complaint(reader: Client, path: str) -> None:
    page = reader.post(path, {**filled(reader, path), "step": "send"}, follow=True).content.decode()
    assert "<h1>Your complaint is registered</h1>" in page
    assert "Nobody who worked on the article looks into it." in page
    assert "If the article is corrected" not in page
