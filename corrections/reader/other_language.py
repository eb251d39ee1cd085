"""The same place in the other language, for pages whose own address cannot be asked for again."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language, override


def other_language() -> str:
    """The language that the page is not in."""
    here = get_language() or settings.LANGUAGE_CODE
    return "en" if here == "ar" else "ar"


def address_in(language: str, name: str, *numbers: int) -> str:
    """The path of a page in a language of the site."""
    with override(language):
        return reverse(name, args=numbers)
