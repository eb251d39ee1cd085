"""The description of the interface: whole, without warnings, and true (see description.py for the answers)."""

from pathlib import Path

import pytest
from django.core.management import call_command

from corrections.api.urls import urlpatterns
from tests.corrections.api.description import description

VERBS = {"get", "post"}


def test_the_description_is_valid_and_leaves_no_warning(tmp_path: Path) -> None:
    call_command("spectacular", file=str(tmp_path / "schema.yaml"), validate=True, fail_on_warn=True)


@pytest.mark.django_db
def test_every_address_is_described_with_what_can_go_wrong() -> None:
    paths = description()["paths"]
    assert len(paths) == len(urlpatterns) - 1
    for path, methods in paths.items():
        for verb in VERBS & set(methods):
            problems = {
                code
                for code, response in methods[verb]["responses"].items()
                if "application/problem+json" in response["content"]
            }
            assert "429" in problems, path
            assert verb == "get" or {"400", "413", "415", "422"} <= problems, path
