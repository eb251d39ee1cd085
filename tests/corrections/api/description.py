"""Holds every answer against the published description: what a program reads there must be what it gets."""

import re
from functools import cache
from typing import Any

from django.test import Client
from jsonschema import Draft202012Validator

JSON_TYPES = {"application/json", "application/problem+json"}


@cache
def description() -> dict[str, Any]:
    """The OpenAPI document as it is served."""
    document: dict[str, Any] = Client().get("/api/v1/schema/", headers={"Accept": "application/json"}).json()
    return document


def operation(method: str, address: str) -> dict[str, Any] | None:
    """What the description says of a request; None where it knows no such address or method."""
    path = address.partition("?")[0]
    for template, methods in description()["paths"].items():
        if re.fullmatch(re.sub(r"\\{\w+\\}", "[0-9]+", re.escape(template)), path):
            found: dict[str, Any] | None = methods.get(method)
            return found
    return None


def hold_against_description(method: str, address: str, answer: Any) -> None:
    """Fails where status, media type or body are other than described."""
    described = operation(method, address)
    if described is None:
        assert answer.status_code in (404, 405), f"{method} {address} is answered but not described"
        return
    response = described["responses"].get(str(answer.status_code))
    assert response, f"{method} {address}: {answer.status_code} is not described"
    media_type = answer["Content-Type"].partition(";")[0]
    assert media_type in JSON_TYPES & set(response["content"])
    schema = response["content"][media_type]["schema"]
    whole = {**schema, "components": description()["components"]}
    Draft202012Validator(whole).validate(answer.json())
