"""What somebody does on the desk's pages, and what the pages say back."""

import html
import re
from datetime import datetime
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from corrections.models import Case

HOSTILE = '<script>alert(1)</script><img src=x onerror="alert(2)">\u202egpj.exe\u202c"\'>{{ 7|add:7 }}%(x)s'


def now() -> datetime:
    return timezone.now()


def address_of(case: Case, name: str = "case", **more: Any) -> str:
    """The address of a case's page or of something done on it, in Arabic."""
    with translation.override("ar"):
        return reverse(f"desk:{name}", kwargs={"year": case.year, "sequence": case.sequence, **more})


def page_address(name: str) -> str:
    with translation.override("ar"):
        return reverse(f"desk:{name}")


def press(client: Client, case: Case, name: str, **fields: Any) -> Any:
    """Presses a button on the case's page as it now stands (or as `expected_version` says)."""
    fields.setdefault("expected_version", Case.objects.get(pk=case.pk).version)
    return client.post(address_of(case, name), fields)


def stored(case: Case) -> Case:
    return Case.objects.get(pk=case.pk)


def happenings(case: Case) -> list[str]:
    return list(case.events.values_list("happening", flat=True))


def fields_in(page: str, name: str) -> list[str]:
    """The values of the inputs and textareas of one name, in the order of the page."""
    inputs = rf'<input(?=[^>]* name="{name}")[^>]*? value="([^"]*)"'
    areas = rf'<textarea(?=[^>]* name="{name}")[^>]*>\n?(.*?)</textarea>'
    found = re.findall(f"{inputs}|{areas}", page, re.DOTALL)
    return [html.unescape(value or text) for value, text in found]


def text_of(response: Any) -> str:
    """The page's words, without tags."""
    return html.unescape(re.sub(r"<[^>]+>", " ", response.content.decode()))
