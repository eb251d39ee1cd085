"""How the tests use the readers' forms: as a browser does, with the hidden fields of the page."""

import re
from typing import Any

from django.test import Client

HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def hidden_fields(html: str) -> dict[str, str]:
    """The hidden fields of a page's forms, the CSRF token among them."""
    return dict(HIDDEN.findall(html))


def fill_correction(client: Client, path: str, **answers: Any) -> dict[str, Any]:
    """The fields of the correction form as a reader would send them."""
    page = client.get(path).content.decode()
    return {
        **hidden_fields(page),
        "problem": "fact",
        "text": "عدد الأسر 1,200 وليس 12,000.",
        "sources": "",
        "reply": "receipt",
        "address": "",
        "credit": "none",
        "name": "",
        "website": "",
        **answers,
    }


def receipt_in(html: str) -> list[str]:
    """The groups of the receipt on a confirmation page."""
    return re.findall(r"<span>(\d+)</span>", html.split('id="receipt">')[1].split("</p>", maxsplit=1)[0])
